package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"orion/kit/db/postgres"
	"orion/kit/db/sqlite"
)

// Examination is what a database says of itself.
type Examination struct {
	Version string        // "PostgreSQL 15.8" or "SQLite 3.54.1"
	Ahead   time.Duration // how far its clock is before this machine's; zero on SQLite, which has none
	Lossy   []string      // settings with which it may lose what it confirmed
	Damage  string        // the first thing that is wrong in the file; SQLite looks, PostgreSQL does not
	Most    int           // connections that it accepts; zero is no limit
}

// Examine asks the database at dsn how it is. It opens a connection of its own,
// as the role that logs in, and changes nothing.
func Examine(ctx context.Context, dsn string) (Examination, error) {
	d, err := DialectOf(dsn)
	if err != nil {
		return Examination{}, err
	}
	if d == SQLite {
		write, read, err := sqlite.Open(ctx, strings.TrimPrefix(dsn, "sqlite:"))
		if err != nil {
			return Examination{}, err
		}
		x, err := examineSQLite(ctx, read)
		return x, errors.Join(err, read.Close(), write.Close())
	}
	pool, err := postgres.OpenOwner(dsn)
	if err != nil {
		return Examination{}, err
	}
	x, err := examinePostgres(ctx, pool)
	return x, errors.Join(err, pool.Close())
}

func examineSQLite(ctx context.Context, read *sql.DB) (x Examination, err error) {
	if err := read.QueryRowContext(ctx, "SELECT 'SQLite ' || sqlite_version()").Scan(&x.Version); err != nil {
		return x, fmt.Errorf("ask the database's version: %w", err)
	}
	if err := read.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&x.Damage); err != nil {
		return x, fmt.Errorf("check the database's file: %w", err)
	}
	if x.Damage == "ok" {
		x.Damage = ""
	}
	return x, nil
}

func examinePostgres(ctx context.Context, pool *sql.DB) (x Examination, err error) {
	conn, err := pool.Conn(ctx) // so that the time below is that of the way alone
	if err != nil {
		return x, fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	var now time.Time
	asked := stopwatch()
	if err := conn.QueryRowContext(ctx, "SELECT clock_timestamp()").Scan(&now); err != nil {
		return x, fmt.Errorf("ask the database's clock: %w", err)
	}
	took := time.Since(asked)
	x.Ahead = now.Sub(asked.Add(took / 2)).Round(time.Millisecond)
	var fsync, whole, commit string
	if err := conn.QueryRowContext(ctx, `SELECT current_setting('server_version'), current_setting('fsync'), current_setting('full_page_writes'),
		current_setting('synchronous_commit'), CAST(current_setting('max_connections') AS INTEGER)`).Scan(&x.Version, &fsync, &whole, &commit, &x.Most); err != nil {
		return x, fmt.Errorf("ask the database's settings: %w", err)
	}
	x.Version = "PostgreSQL " + x.Version
	for name, value := range map[string]string{"fsync": fsync, "full_page_writes": whole, "synchronous_commit": commit} {
		if value == "off" {
			x.Lossy = append(x.Lossy, name)
		}
	}
	return x, nil
}
