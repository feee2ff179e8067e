// Package db gives modules transactions that belong to a tenant and statements
// that cannot leave it, on SQLite and PostgreSQL alike.
//
// Statements stand in a module's sql folder as named blocks and are loaded with
// [Must], which refuses a text that does not use its scope's parameter. They run
// only in a transaction of their scope ([Write], [Read]), which binds that
// parameter itself.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"orion/kit/clock"
	"orion/kit/db/postgres"
	"orion/kit/db/sqlite"
	"orion/kit/id"
)

// Dialect is the database behind a DB.
type Dialect uint8

// The two dialects.
const (
	SQLite Dialect = iota
	Postgres
)

// String is the name of the dialect as in a DSN.
func (d Dialect) String() string {
	if d == Postgres {
		return "postgres"
	}
	return "sqlite"
}

// Options says how to open a database.
type Options struct {
	DSN      string       // sqlite:PATH or postgres://…
	Clock    clock.Clock  // nil is the system's
	Log      *slog.Logger // nil is slog.Default
	Watch    Watch
	MaxConns int // PostgreSQL connections, a quarter of them for relaxed changes; 0 is 24
}

// DB is an open database. It is safe for concurrent use.
type DB struct {
	dialect Dialect
	write   *sql.DB
	read    *sql.DB // the same as write on PostgreSQL
	relaxed *DB     // nil when it is this one
	clock   clock.Clock
	ids     *id.Source
	log     *slog.Logger
	watch   Watch
	release func()
	node    uint16
	dsn     string // of PostgreSQL, for those who listen
	path    string // of SQLite's file
}

// ErrDSN is the answer to an address that names no known database.
var ErrDSN = errors.New("the database address must be sqlite:PATH or postgres://user:password@host:port/database")

// DialectOf tells the dialect of an address.
func DialectOf(dsn string) (Dialect, error) {
	switch {
	case strings.HasPrefix(dsn, "sqlite:"):
		return SQLite, nil
	case strings.HasPrefix(dsn, "postgres://"), strings.HasPrefix(dsn, "postgresql://"):
		return Postgres, nil
	}
	return SQLite, ErrDSN
}

// Open opens the database and leases a node number, so that identifiers made
// by several processes never meet.
func Open(ctx context.Context, o Options) (*DB, error) {
	dialect, err := DialectOf(o.DSN)
	if err != nil {
		return nil, err
	}
	d := &DB{dialect: dialect, clock: o.Clock, log: o.Log, watch: o.Watch}
	if d.clock == nil {
		d.clock = clock.System()
	}
	if d.log == nil {
		d.log = slog.Default()
	}
	var node uint16
	if dialect == Postgres {
		node, err = d.openPostgres(ctx, o)
	} else {
		node, err = d.openSQLite(ctx, strings.TrimPrefix(o.DSN, "sqlite:"))
	}
	if err != nil {
		return nil, err
	}
	d.ids, d.node = id.NewSource(node, d.clock), node
	if d.relaxed != nil {
		d.relaxed.ids, d.relaxed.node = d.ids, node
	}
	return d, nil
}

// Node is the number that this process has leased. Nobody else has it until the
// process ends, also when it is killed; then the next one that starts takes it.
func (d *DB) Node() int { return int(d.node) }

func (d *DB) openSQLite(ctx context.Context, path string) (uint16, error) {
	var err error
	d.path = path
	if d.write, d.read, err = sqlite.Open(ctx, path); err != nil {
		return 0, err
	}
	node, release, err := sqlite.LeaseNode(path)
	if err != nil {
		return 0, errors.Join(err, d.read.Close(), d.write.Close())
	}
	d.release = release
	return node, nil
}

func (d *DB) openPostgres(ctx context.Context, o Options) (uint16, error) {
	conns := o.MaxConns
	if conns == 0 {
		conns = 24
	}
	few := max(conns/4, 1)
	pool, err := postgres.Open(ctx, o.DSN, postgres.Options{Conns: max(conns-few, 1)})
	if err != nil {
		return 0, err
	}
	soft, err := postgres.Open(ctx, o.DSN, postgres.Options{Conns: few, Relaxed: true})
	if err != nil {
		return 0, errors.Join(err, pool.Close())
	}
	d.write, d.read, d.dsn = pool, pool, o.DSN
	node, release, err := postgres.LeaseNode(ctx, pool)
	if err != nil {
		return 0, errors.Join(err, soft.Close(), pool.Close())
	}
	d.release = release
	d.relaxed = &DB{dialect: d.dialect, write: soft, read: soft, clock: d.clock, log: d.log, watch: d.watch}
	return node, nil
}

// Relaxed is the same database for changes that need not outlive a loss of
// power: what somebody does again without harm, such as putting a thing into a
// cart, or what a job does again by itself. On PostgreSQL they do not wait for
// the disk, and the last of them, for less than a second, may be lost there when
// its machine stops, but never half of one, and nothing that was told to be done
// before by a transaction that is not relaxed.
func (d *DB) Relaxed() *DB {
	if d.relaxed == nil {
		return d
	}
	return d.relaxed
}

// Close waits for running statements and gives the node number back.
func (d *DB) Close() error {
	if d.release != nil {
		d.release()
	}
	if d.relaxed != nil {
		if err := d.relaxed.write.Close(); err != nil {
			return fmt.Errorf("close the relaxed connections: %w", err)
		}
	}
	if d.read != d.write {
		if err := d.read.Close(); err != nil {
			return fmt.Errorf("close the readers: %w", err)
		}
	}
	if err := d.write.Close(); err != nil {
		return fmt.Errorf("close the database: %w", err)
	}
	return nil
}

// Dialect tells which database this is.
func (d *DB) Dialect() Dialect { return d.dialect }

// Clock is where transactions take their time from.
func (d *DB) Clock() clock.Clock { return d.clock }

// IDs makes identifiers.
func (d *DB) IDs() *id.Source { return d.ids }

// Pool is the writer's pool, for kit's job runner only; kit/arch holds that.
func (d *DB) Pool() *sql.DB { return d.write }

// ReadPool is the readers' pool, for the same and held alike. A long look at the
// queue there keeps nobody from writing.
func (d *DB) ReadPool() *sql.DB { return d.read }

// Ping asks the database for a sign of life.
func (d *DB) Ping(ctx context.Context) error {
	var one int
	if err := d.read.QueryRowContext(ctx, "SELECT 1").Scan(&one); err != nil {
		return fmt.Errorf("ping the database: %w", err)
	}
	return nil
}

// Pool of connections and how it is.
type Pool struct {
	Name string // "write", "read" or "relaxed"
	sql.DBStats
}

// Pools are the figures of all pools of connections: two on SQLite, where one
// writes and others read, and two on PostgreSQL, where one does both and the
// other changes what need not outlive a loss of power.
func (d *DB) Pools() []Pool {
	out := []Pool{{"write", d.write.Stats()}}
	if d.read != d.write {
		out = append(out, Pool{"read", d.read.Stats()})
	}
	if d.relaxed != nil {
		out = append(out, Pool{"relaxed", d.relaxed.write.Stats()})
	}
	return out
}
