package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"syscall"
	"time"

	"modernc.org/sqlite"
)

// SQLite lets whoever asks at the right moment write, and a process that waits
// asks only now and then. One that always has something to write would keep the
// others out for good: an import beside a busy server would never end. So
// writers of several processes take turns: each takes the turn before it begins
// and gives it back once it may write. While it waits for the database, nobody
// else begins.

// turns is the lock file that the processes share. A process writes over one
// connection, so it needs no order within itself.
type turns struct{ file *os.File }

func openTurns(path string) (*turns, error) {
	f, err := os.OpenFile(path+".turn", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the lock that writers take turns by: %w", err)
	}
	return &turns{f}, nil
}

// patience is how long a writer waits for its turn. It then goes on without:
// the turn is a courtesy, and whoever has it may have been stopped for good.
const patience = 5 * time.Second

// take waits for the turn and returns what gives it back.
func (t *turns) take(ctx context.Context) func() {
	wait := 100 * time.Microsecond
	for began := time.Now(); ; wait = min(wait*2, time.Millisecond) {
		err := syscall.Flock(int(t.file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { _ = syscall.Flock(int(t.file.Fd()), syscall.LOCK_UN) }
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) || ctx.Err() != nil || time.Since(began) > patience {
			return func() {}
		}
		time.Sleep(wait)
	}
}

// connector opens connections that take turns.
type connector struct {
	dsn   string
	turns *turns
}

// Connect implements driver.Connector.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	conn, err := (&sqlite.Driver{}).Open(c.dsn)
	if err != nil {
		return nil, err
	}
	full, ok := conn.(fullConn)
	if !ok {
		return nil, errors.Join(errors.New("the driver of SQLite lacks an interface"), conn.Close())
	}
	return &turnConn{fullConn: full, turns: c.turns}, nil
}

// Driver implements driver.Connector.
func (connector) Driver() driver.Driver { return &sqlite.Driver{} }

// Close implements io.Closer; the pool calls it when it is closed.
func (c connector) Close() error { return c.turns.file.Close() }

// fullConn is what database/sql and the audit ask of the driver's connections.
type fullConn interface {
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

// turnConn takes the turn for a transaction until it has begun, and for a
// statement outside a transaction until it has run.
type turnConn struct {
	fullConn
	turns *turns
	inTx  atomic.Bool
}

// BeginTx implements driver.ConnBeginTx.
func (c *turnConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	defer c.turns.take(ctx)()
	tx, err := c.fullConn.BeginTx(ctx, o)
	if err != nil {
		return nil, err
	}
	c.inTx.Store(true)
	return turnTx{tx, c}, nil
}

// ExecContext implements driver.ExecerContext.
func (c *turnConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if !c.inTx.Load() {
		defer c.turns.take(ctx)()
	}
	return c.fullConn.ExecContext(ctx, query, args)
}

// QueryContext implements driver.QueryerContext.
func (c *turnConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if !c.inTx.Load() {
		defer c.turns.take(ctx)()
	}
	return c.fullConn.QueryContext(ctx, query, args)
}

type turnTx struct {
	driver.Tx
	conn *turnConn
}

// Commit implements driver.Tx.
func (t turnTx) Commit() error {
	defer t.conn.inTx.Store(false)
	return t.Tx.Commit()
}

// Rollback implements driver.Tx.
func (t turnTx) Rollback() error {
	defer t.conn.inTx.Store(false)
	return t.Tx.Rollback()
}
