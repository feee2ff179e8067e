// Package migrate brings a database's schema to what this program knows: one
// line of numbered files per module, each with a version table of its own.
package migrate

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"syscall"

	"github.com/pressly/goose/v3"

	"orion/kit/db"
	"orion/kit/db/postgres"
	"orion/kit/db/sqlite"
)

// Line is the migrations of one module.
type Line struct {
	Module string
	Files  fs.FS // has migrations/{module}_{sequence}_{description}.sql
}

// Step is a migration that is not ours to write, such as the job runner's own.
type Step func(ctx context.Context, owner *sql.DB, d db.Dialect) error

// Plan is everything that a database needs, in order.
type Plan struct {
	DSN   string
	Steps []Step
	Lines []Line // a module stands after those that it requires
	Log   *slog.Logger
}

// Version is how far one line has come.
type Version struct {
	Module  string   `json:"module"`
	Current int64    `json:"current"`
	Known   int64    `json:"known"`
	Pending []string `json:"pending,omitempty"`
}

// Newer tells that the database was written by a later program.
func (v Version) Newer() bool { return v.Current > v.Known }

// lockKey is the advisory lock that lets one node migrate at a time.
const lockKey = 0x4f52494f4e

// Up applies what is missing. Several nodes may call it at once: one works,
// the others wait. A run that was cut off is finished by the next, also when a
// node that serves meanwhile was in its way.
func (p Plan) Up(ctx context.Context) error {
	return p.locked(ctx, func(owner *sql.DB, d db.Dialect) (err error) {
		for try := range maxTries {
			if err = p.up(ctx, owner, d); postgres.State(err) != postgres.Deadlock {
				return err
			}
			if p.Log != nil {
				p.Log.WarnContext(ctx, "the migration met a running change and is tried again", "try", try+1, "error", err.Error())
			}
		}
		return err
	})
}

// maxTries is how often a migration that met changes of a running node is
// tried. The database waits a second before it ends one of the two.
const maxTries = 10

func (p Plan) up(ctx context.Context, owner *sql.DB, d db.Dialect) error {
	for _, step := range p.Steps {
		if err := step(ctx, owner, d); err != nil {
			return err
		}
	}
	for _, line := range p.Lines {
		if err := p.upLine(ctx, owner, d, line); err != nil {
			return err
		}
	}
	if d == db.Postgres {
		return secure(ctx, owner)
	}
	return nil
}

func (p Plan) upLine(ctx context.Context, owner *sql.DB, d db.Dialect, line Line) error {
	provider, err := newProvider(owner, d, line)
	if err != nil || provider == nil {
		return err
	}
	current, known, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read the schema version of %s: %w", line.Module, err)
	}
	if current > known {
		return newerError(line.Module, current, known)
	}
	results, err := provider.Up(ctx)
	if err != nil {
		return fmt.Errorf("migrate %s: %w", line.Module, err)
	}
	for _, r := range results {
		if p.Log != nil {
			p.Log.InfoContext(ctx, "migrated", "module", line.Module, "file", r.Source.Path)
		}
	}
	return nil
}

func newerError(module string, current, known int64) error {
	return fmt.Errorf("the database's schema of module %s is at version %d, this program knows %d: start the newer program, or restore a backup", module, current, known)
}

// Status tells how far each line has come, without changing anything.
func (p Plan) Status(ctx context.Context) ([]Version, error) {
	owner, d, err := p.open(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = owner.Close() }()
	var out []Version
	for _, line := range p.Lines {
		provider, err := newProvider(owner, d, line)
		if err != nil {
			return nil, err
		}
		if provider == nil {
			continue
		}
		v := Version{Module: line.Module}
		if v.Current, v.Known, err = provider.GetVersions(ctx); err != nil {
			return nil, fmt.Errorf("read the schema version of %s: %w", line.Module, err)
		}
		for _, s := range provider.ListSources() {
			if s.Version > v.Current {
				v.Pending = append(v.Pending, s.Path)
			}
		}
		out = append(out, v)
	}
	return out, nil
}

func newProvider(owner *sql.DB, d db.Dialect, line Line) (*goose.Provider, error) {
	files, err := gather(line, d)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	dialect := goose.DialectSQLite3
	if d == db.Postgres {
		dialect = goose.DialectPostgres
	}
	table := strings.ReplaceAll(line.Module, "-", "_") + "_migrations"
	p, err := goose.NewProvider(dialect, owner, files, goose.WithTableName(table),
		goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return nil, fmt.Errorf("read the migrations of %s: %w", line.Module, err)
	}
	return p, nil
}

func (p Plan) open(ctx context.Context) (*sql.DB, db.Dialect, error) {
	d, err := db.DialectOf(p.DSN)
	if err != nil {
		return nil, d, err
	}
	if d == db.Postgres {
		owner, err := postgres.OpenOwner(p.DSN)
		return owner, d, err
	}
	write, read, err := sqlite.Open(ctx, strings.TrimPrefix(p.DSN, "sqlite:"))
	if err != nil {
		return nil, d, err
	}
	return write, d, read.Close()
}

func (p Plan) locked(ctx context.Context, fn func(*sql.DB, db.Dialect) error) (err error) {
	owner, d, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, owner.Close()) }()
	unlock, err := lock(ctx, owner, d, p.DSN)
	if err != nil {
		return fmt.Errorf("wait for other nodes that migrate: %w", err)
	}
	defer unlock()
	return fn(owner, d)
}

func lock(ctx context.Context, owner *sql.DB, d db.Dialect, dsn string) (func(), error) {
	if d == db.SQLite {
		f, err := os.OpenFile(strings.TrimPrefix(dsn, "sqlite:")+".migrate", os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			return nil, err
		}
		if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
			return nil, errors.Join(err, f.Close())
		}
		return func() { _ = f.Close() }, nil
	}
	conn, err := owner.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", int64(lockKey)); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", int64(lockKey))
		_ = conn.Close()
	}, nil
}
