// Package postgres opens PostgreSQL through database/sql and tells each
// connection whose rows it may see.
package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// Role is what connections become after login. It owns no table, so row-level
// security binds it.
const Role = "orion_app"

// Options say how a pool is.
type Options struct {
	Conns int // at most
	// Relaxed commits do not wait for the disk: the last of them, for less than a
	// second, are gone when the server's machine loses power, but never half of one.
	Relaxed bool
}

// Open opens dsn with a pool of connections, each of which has become Role and
// sees no tenant's rows until a [Session] enters a scope.
func Open(ctx context.Context, dsn string, o Options) (*sql.DB, error) {
	conf, err := pgx.ParseConfig(dsn)
	if err != nil {
		// The parser's error may quote the address with its password.
		return nil, errors.New("read the PostgreSQL address: it is malformed; expected postgres://user:password@host:port/database")
	}
	conf.RuntimeParams["application_name"] = "orion"
	conf.RuntimeParams["timezone"] = "UTC"
	conf.RuntimeParams["statement_timeout"] = "10000"
	conf.RuntimeParams["lock_timeout"] = "8000"
	conf.RuntimeParams["idle_in_transaction_session_timeout"] = "30000"
	// Every statement is prepared and finds its rows by the tenant, whoever that
	// is, so one plan fits all; else each connection makes five of each first.
	conf.RuntimeParams["plan_cache_mode"] = "force_generic_plan"
	// While a table is small, reading all of it looks cheapest; the plan would
	// stay when the table has grown. Where no index serves, it is read all the same.
	conf.RuntimeParams["enable_seqscan"] = "off"
	conf.RuntimeParams["jit"] = "off" // whose trigger is the estimate that this makes huge
	if o.Relaxed {
		conf.RuntimeParams["synchronous_commit"] = "off"
	}
	conf.StatementCacheCapacity = 1024
	pool := stdlib.OpenDB(*conf, stdlib.OptionAfterConnect(func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, "SET ROLE "+Role, pgx.QueryExecModeSimpleProtocol)
		return err
	}))
	pool.SetMaxOpenConns(o.Conns)
	pool.SetMaxIdleConns(o.Conns)
	if err := pool.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("connect to PostgreSQL: %w", err), pool.Close())
	}
	return pool, nil
}

// OpenOwner opens dsn as the role that it logs in as, for migrations.
func OpenOwner(dsn string) (*sql.DB, error) {
	conf, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, errors.New("read the PostgreSQL address: it is malformed; expected postgres://user:password@host:port/database")
	}
	return stdlib.OpenDB(*conf), nil
}

// below runs fn on the driver's own connection.
func below(conn *sql.Conn, fn func(*pgx.Conn) error) error {
	return conn.Raw(func(driverConn any) error {
		std, ok := driverConn.(*stdlib.Conn)
		if !ok {
			return errors.New("not a PostgreSQL connection")
		}
		return fn(std.Conn())
	})
}

// State is the SQLSTATE of a PostgreSQL error, and empty for others.
func State(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// Message is what the server said, "" when the error is not its.
func Message(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Message
	}
	return ""
}

// Quote is a name as statements write it.
func Quote(name string) string { return pgx.Identifier{name}.Sanitize() }

// The states that kit/db tells apart
// (https://www.postgresql.org/docs/15/errcodes-appendix.html).
const (
	Serialisation = "40001"
	Deadlock      = "40P01"
	Unique        = "23505"
	ForeignKey    = "23503"
	Check         = "23514"
	Canceled      = "57014"
	BadText       = "22021" // bytes that are no UTF-8, or a NUL
	BadEscape     = "22P05" // the same inside JSON
	LockTimeout   = "55P03"
	Forbidden     = "42501"
)

// leaseSpace is the class of the advisory locks that stand for node numbers.
const leaseSpace = 0x4f52

// LeaseNode takes the lowest node number that no other process on this
// database holds. It keeps one connection until release is called; a crash
// gives the number back at once.
func LeaseNode(ctx context.Context, pool *sql.DB) (node uint16, release func(), err error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return 0, nil, fmt.Errorf("lease a node number: %w", err)
	}
	for n := range uint16(1024) {
		var got bool
		if err := conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock($1, $2)", leaseSpace, int32(n)).Scan(&got); err != nil {
			return 0, nil, errors.Join(fmt.Errorf("lease a node number: %w", err), conn.Close())
		}
		if got {
			return n, func() {
				// The connection goes back to the pool, so the lock has to be given up by name.
				_, _ = conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1, $2)", leaseSpace, int32(n))
				_ = conn.Close()
			}, nil
		}
	}
	return 0, nil, errors.Join(errors.New("lease a node number: 1024 processes already use this database"), conn.Close())
}
