package bench

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"orion/kit/db/postgres"
)

// Database makes an empty database in the folder or on the server, and tells
// how to take it away again.
func Database(ctx context.Context, server, folder string) (dsn string, drop func() error, err error) {
	if server == "" {
		return "sqlite:" + filepath.Join(folder, "orion.db"), func() error { return nil }, nil
	}
	at, err := url.Parse(server)
	if err != nil {
		return "", nil, errors.New("read the PostgreSQL address: expected postgres://user:password@host:port/database")
	}
	owner, err := postgres.OpenOwner(server)
	if err != nil {
		return "", nil, err
	}
	name := "orion_scratch_" + strings.ToLower(rand.Text()[:12])
	if _, err := owner.ExecContext(ctx, "CREATE DATABASE "+name); err != nil {
		return "", nil, errors.Join(fmt.Errorf("make a database: %w", err), owner.Close())
	}
	at.Path = "/" + name
	return at.String(), func() error {
		_, err := owner.ExecContext(context.WithoutCancel(ctx), "DROP DATABASE "+name+" WITH (FORCE)")
		return errors.Join(err, owner.Close())
	}, nil
}

// analyze takes the statistics of a database that was just filled, as
// PostgreSQL itself does within a minute.
func analyze(ctx context.Context, dsn string) error {
	owner, err := postgres.OpenOwner(dsn)
	if err != nil {
		return err
	}
	defer func() { _ = owner.Close() }()
	if _, err := owner.ExecContext(ctx, "ANALYZE"); err != nil {
		return fmt.Errorf("take the statistics: %w", err)
	}
	return nil
}

// postmaster is the process of the PostgreSQL server at dsn, which has to run on
// this machine; 0 when SQLite is measured.
func postmaster(ctx context.Context, dsn string) (int, error) {
	if dsn == "" {
		return 0, nil
	}
	owner, err := postgres.OpenOwner(dsn)
	if err != nil {
		return 0, err
	}
	defer func() { _ = owner.Close() }()
	var backend int
	if err := owner.QueryRowContext(ctx, "SELECT pg_backend_pid()").Scan(&backend); err != nil {
		return 0, fmt.Errorf("ask for the process of the database: %w", err)
	}
	s, err := readStat(backend)
	if err != nil || s.name != "postgres" {
		return 0, errors.New("the PostgreSQL server is not on this machine: its CPU time cannot be read")
	}
	return s.parent, nil
}
