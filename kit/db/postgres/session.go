package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"orion/kit/tenant"
)

// Call is a statement and what it is called with.
type Call struct {
	Name string // for errors, where it is not the caller's only one
	Text string
	Args []any
	Told func(rows int64) // gets how many rows it changed; nil where nobody asks
}

// Row is what the columns of an answer are read from.
type Row interface {
	Scan(dest ...any) error
}

// Session is a connection for one read or one transaction in the scope of a
// tenant. It takes the connection when it is first used. Whose rows are seen and
// that a transaction begins go to the server together with the first statement,
// and the last ones together with the commit: a way there and back costs both
// sides more than most statements. It is not safe for concurrent use.
type Session struct {
	pool    *sql.DB
	conn    *sql.Conn
	in      tenant.Binding
	pending bool // a transaction is still to begin
	moved   bool // it told the connection whose rows are seen
	ahead   []Call
}

// NewSession is a session of a tenant: a transaction, or statements that are
// each a transaction by itself.
func NewSession(pool *sql.DB, in tenant.Binding, transaction bool) *Session {
	return &Session{pool: pool, in: in, pending: transaction}
}

// Ahead runs a statement right before the next one, or before the commit, with
// the same way to the server.
func (s *Session) Ahead(c Call) { s.ahead = append(s.ahead, c) }

// Exec runs a statement and tells how many rows it changed.
func (s *Session) Exec(ctx context.Context, c Call) (n int64, err error) {
	err = s.below(ctx, func(conn *pgx.Conn) error {
		answers, err := s.lead(ctx, conn, c)
		if err != nil {
			return err
		}
		if answers == nil {
			tag, err := conn.Exec(ctx, c.Text, c.Args...)
			n = tag.RowsAffected()
			return err //nolint:wrapcheck // the caller names the statement
		}
		tag, err := answers.Exec()
		n = tag.RowsAffected()
		return s.answered(conn, answers, err)
	})
	return n, err
}

// Query runs a statement and calls each for every row of its answer.
func (s *Session) Query(ctx context.Context, c Call, each func(Row) error) error {
	return s.below(ctx, func(conn *pgx.Conn) error {
		answers, err := s.lead(ctx, conn, c)
		if err != nil {
			return err
		}
		if answers == nil {
			rows, err := conn.Query(ctx, c.Text, c.Args...)
			if err != nil {
				return err //nolint:wrapcheck // the caller names the statement
			}
			return walk(rows, each)
		}
		rows, err := answers.Query()
		if err == nil {
			err = walk(rows, each)
		}
		return s.answered(conn, answers, err)
	})
}

// errUndone is the answer to the commit of a transaction in which something had
// failed.
var errUndone = errors.New("the transaction had failed before")

// Commit runs the last statements and ends the transaction. Its error names the
// statement that failed.
func (s *Session) Commit(ctx context.Context, last []Call) error {
	if len(last) == 0 && len(s.ahead) == 0 && s.pending {
		return nil // nothing was ever said
	}
	return s.below(ctx, func(conn *pgx.Conn) error {
		answers, err := s.send(ctx, conn, s.first(conn), append(last, Call{Text: "commit"})...)
		if err != nil {
			return err
		}
		for _, c := range last {
			if err := c.read(answers); err != nil {
				return s.answered(conn, answers, fmt.Errorf("%s: %w", c.Name, err))
			}
		}
		tag, err := answers.Exec()
		if err == nil && tag.String() == "ROLLBACK" {
			err = errUndone
		}
		if err != nil {
			err = fmt.Errorf("commit: %w", err)
		}
		return s.answered(conn, answers, err)
	})
}

// connectTime is how long a session waits for a connection when all are in use.
const connectTime = 15 * time.Second

// rollbackTime is how long a transaction gets to be undone.
const rollbackTime = 5 * time.Second

// Close undoes a transaction that did not commit and gives the connection back.
func (s *Session) Close() {
	if s.conn == nil {
		return
	}
	// A connection that does not answer is closed by it, and not used again.
	_ = below(s.conn, func(c *pgx.Conn) error {
		if c.IsClosed() || c.PgConn().TxStatus() == 'I' {
			return nil
		}
		ctx, cancel := context.WithTimeout(context.Background(), rollbackTime)
		defer cancel()
		s.forget(c)
		_, err := c.Exec(ctx, "rollback", pgx.QueryExecModeSimpleProtocol)
		return err //nolint:wrapcheck // nobody reads it
	})
	_ = s.conn.Close()
	s.conn = nil
}

// below runs fn on the driver's connection, which it takes when there is none.
func (s *Session) below(ctx context.Context, fn func(*pgx.Conn) error) error {
	if s.conn == nil {
		wait, cancel := context.WithTimeout(ctx, connectTime)
		defer cancel()
		conn, err := s.pool.Conn(wait)
		if err != nil {
			return fmt.Errorf("connect: %w", err)
		}
		s.conn = conn
	}
	return below(s.conn, fn)
}

// first is what has to be said before the next statement.
func (s *Session) first(conn *pgx.Conn) (out []Call) {
	if s.pending {
		s.pending = false
		out = append(out, Call{Name: "begin", Text: "begin"})
	}
	if seen, _ := conn.PgConn().CustomData()[scopeKey].(tenant.Binding); seen != s.in || !seen.Valid {
		delete(conn.PgConn().CustomData(), scopeKey)
		out = append(out, enter(s.in))
		s.moved = true
	}
	out = append(out, s.ahead...)
	s.ahead = nil
	return out
}

// lead sends a statement behind what has to be said before it, and gives nothing
// where there is nothing to say.
func (s *Session) lead(ctx context.Context, conn *pgx.Conn, c Call) (pgx.BatchResults, error) {
	first := s.first(conn)
	if len(first) == 0 {
		return nil, nil //nolint:nilnil // no answers yet
	}
	return s.send(ctx, conn, first, c)
}

// send sends all with one way to the server and reads the answers to first.
func (s *Session) send(ctx context.Context, conn *pgx.Conn, first []Call, then ...Call) (pgx.BatchResults, error) {
	b := &pgx.Batch{}
	for _, calls := range [][]Call{first, then} {
		for _, c := range calls {
			b.Queue(c.Text, c.Args...)
		}
	}
	answers := conn.SendBatch(ctx, b)
	for _, c := range first {
		if err := c.read(answers); err != nil {
			return nil, s.answered(conn, answers, fmt.Errorf("%s: %w", c.Name, err))
		}
	}
	return answers, nil
}

// read takes the call's answer out of those of a batch.
func (c Call) read(answers pgx.BatchResults) error {
	tag, err := answers.Exec()
	if err == nil && c.Told != nil {
		c.Told(tag.RowsAffected())
	}
	return err //nolint:wrapcheck // the caller names the statement
}

// answered ends a batch. What it told the connection is undone by the server
// when a statement behind it fails.
func (s *Session) answered(conn *pgx.Conn, answers pgx.BatchResults, err error) error {
	if closed := answers.Close(); err == nil {
		err = closed // else it says the same again
	}
	if err != nil {
		s.forget(conn)
		return err
	}
	if s.moved {
		conn.PgConn().CustomData()[scopeKey] = s.in
	}
	return nil
}

// forget makes the next user of the connection say whose rows it sees, where
// this one did and it is undone.
func (s *Session) forget(conn *pgx.Conn) {
	if s.moved {
		delete(conn.PgConn().CustomData(), scopeKey)
	}
}

func walk(rows pgx.Rows, each func(Row) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := each(rows); err != nil {
			return err
		}
	}
	return rows.Err() //nolint:wrapcheck // the caller names the statement
}

const scopeKey = "orion.scope"

// enter makes the rows of a binding visible on a connection, and no others.
func enter(b tenant.Binding) Call {
	num := func(v int64) string {
		if v == 0 {
			return ""
		}
		return strconv.FormatInt(v, 10)
	}
	system := "off"
	if b.System {
		system = "on"
	}
	return Call{
		Name: "enter scope",
		Text: "SELECT set_config('orion.store_id', $1, false), set_config('orion.merchant_id', $2, false), " +
			"set_config('orion.platform_id', $3, false), set_config('orion.system', $4, false)",
		Args: []any{num(b.Store), num(b.Merchant), num(b.Platform), system},
	}
}
