package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"

	"modernc.org/sqlite"
)

// connector opens connections that keep what they prepared, and take turns when
// they write.
type connector struct {
	dsn   string
	turns *turns // nil for readers
}

// Connect implements driver.Connector.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	below, err := (&sqlite.Driver{}).Open(c.dsn)
	if err != nil {
		return nil, err
	}
	full, ok := below.(driverConn)
	if !ok {
		return nil, errors.Join(errors.New("the driver of SQLite lacks an interface"), below.Close())
	}
	return &conn{driverConn: full, turns: c.turns, idle: map[string]stmt{}}, nil
}

// Driver implements driver.Connector.
func (connector) Driver() driver.Driver { return &sqlite.Driver{} }

// Close implements io.Closer; the pool calls it when it is closed.
func (c connector) Close() error {
	if c.turns == nil {
		return nil
	}
	return c.turns.file.Close()
}

// driverConn is what database/sql and the audit ask of the driver's connections.
type driverConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
	RegisterAuthorizer(fn sqlite.AuthorizerFn) error
}

type stmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// conn keeps prepared statements by their text: parsing a statement costs more
// than running it, and the texts are the program's own, so they are few. It is
// used by one goroutine at a time, as database/sql promises.
type conn struct {
	driverConn
	turns *turns
	inTx  bool
	idle  map[string]stmt // prepared and not in use
}

// Unwrap gives the driver its own connection back.
func (c *conn) Unwrap() driver.Conn { return c.driverConn }

// maxIdle bounds the memory for statements whose text was put together.
const maxIdle = 400

// BeginTx implements driver.ConnBeginTx.
func (c *conn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	defer c.turn(ctx)()
	tx, err := c.driverConn.BeginTx(ctx, o)
	if err != nil {
		return nil, err
	}
	c.inTx = true
	return connTx{tx, c}, nil
}

// turn waits until it is this process's turn to write, unless it writes
// already, and returns what ends the turn.
func (c *conn) turn(ctx context.Context) func() {
	if c.turns == nil || c.inTx {
		return func() {}
	}
	return c.turns.take(ctx)
}

// ExecContext implements driver.ExecerContext.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	defer c.turn(ctx)()
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	res, err := s.ExecContext(ctx, args)
	return res, errors.Join(err, c.give(query, s))
}

// QueryContext implements driver.QueryerContext.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	defer c.turn(ctx)()
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(ctx, args)
	if err != nil {
		return nil, errors.Join(err, c.give(query, s))
	}
	return &connRows{rows, func() error { return c.give(query, s) }}, nil
}

// take gives a prepared statement that nobody uses.
func (c *conn) take(ctx context.Context, query string) (stmt, error) {
	if s, ok := c.idle[query]; ok {
		delete(c.idle, query)
		return s, nil
	}
	prepared, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	s, ok := prepared.(stmt)
	if !ok {
		return nil, errors.Join(errors.New("the driver of SQLite lacks an interface"), prepared.Close())
	}
	return s, nil
}

// give keeps a statement for the next time. One that came back meanwhile, or
// any when there are many, is closed.
func (c *conn) give(query string, s stmt) error {
	if _, ok := c.idle[query]; ok {
		return s.Close()
	}
	if len(c.idle) >= maxIdle {
		for other, old := range c.idle {
			delete(c.idle, other)
			if err := old.Close(); err != nil {
				return err
			}
			break
		}
	}
	c.idle[query] = s
	return nil
}

// Close implements driver.Conn.
func (c *conn) Close() error {
	var errs []error
	for _, s := range c.idle {
		errs = append(errs, s.Close())
	}
	clear(c.idle)
	if err := c.driverConn.Close(); err != nil {
		errs = append(errs, fmt.Errorf("close a connection: %w", err))
	}
	return errors.Join(errs...)
}

// connRows gives its statement back when it is closed.
type connRows struct {
	driver.Rows
	give func() error
}

// Close implements driver.Rows.
func (r *connRows) Close() error {
	err := r.Rows.Close()
	if r.give == nil {
		return err
	}
	give := r.give
	r.give = nil
	return errors.Join(err, give())
}

type connTx struct {
	driver.Tx
	conn *conn
}

// Commit implements driver.Tx.
func (t connTx) Commit() error {
	defer func() { t.conn.inTx = false }()
	return t.Tx.Commit()
}

// Rollback implements driver.Tx.
func (t connTx) Rollback() error {
	defer func() { t.conn.inTx = false }()
	return t.Tx.Rollback()
}
