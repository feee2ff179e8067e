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

// database makes an empty database in the folder or on the server, and tells
// how to take it away again.
func database(ctx context.Context, server, folder string) (dsn string, drop func() error, err error) {
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
	name := "orion_bench_" + strings.ToLower(rand.Text()[:12])
	if _, err := owner.ExecContext(ctx, "CREATE DATABASE "+name); err != nil {
		return "", nil, errors.Join(fmt.Errorf("make a database: %w", err), owner.Close())
	}
	at.Path = "/" + name
	return at.String(), func() error {
		_, err := owner.ExecContext(context.WithoutCancel(ctx), "DROP DATABASE "+name+" WITH (FORCE)")
		return errors.Join(err, owner.Close())
	}, nil
}
