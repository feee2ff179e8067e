package dbtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"testing"

	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/db/postgres"
)

// NewPostgres is a fresh PostgreSQL database, dropped when the test ends.
func NewPostgres(t testing.TB, plan migrate.Plan) *Env {
	t.Helper()
	server := os.Getenv("ORION_TEST_POSTGRES")
	if server == "" {
		required(t, "a PostgreSQL server (ORION_TEST_POSTGRES)")
	}
	owner, err := postgres.OpenOwner(server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = owner.Close() })
	template, err := postgresTemplate(owner, server, plan)
	if err != nil {
		t.Fatal(err)
	}
	name := "orion_test_" + random()
	if err := create(context.Background(), owner, "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := owner.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return open(t, withDatabase(server, name))
}

// Analyze lets a database of PostgreSQL know what its tables hold by now, which it
// finds out by itself within a minute in operation.
func (e *Env) Analyze(t testing.TB) {
	t.Helper()
	if e.DB.Dialect() != db.Postgres {
		return
	}
	owner, err := postgres.OpenOwner(e.DSN)
	if err == nil {
		_, err = owner.Exec("ANALYZE")
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := owner.Close(); err != nil {
		t.Fatal(err)
	}
}

// create makes a database while holding the lock that all tests take for it:
// PostgreSQL refuses to copy a template that somebody else copies.
func create(ctx context.Context, owner *sql.DB, statement string) error {
	conn, err := owner.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock(77)"); err != nil {
		return err
	}
	defer func() { _, _ = conn.ExecContext(ctx, "SELECT pg_advisory_unlock(77)") }()
	_, err = conn.ExecContext(ctx, statement)
	return err
}

func postgresTemplate(owner *sql.DB, server string, plan migrate.Plan) (string, error) {
	templates.Lock()
	defer templates.Unlock()
	ctx := context.Background()
	name := "orion_template_" + fingerprint(plan)
	conn, err := owner.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock(78)"); err != nil {
		return "", err
	}
	defer func() { _, _ = conn.ExecContext(ctx, "SELECT pg_advisory_unlock(78)") }()
	var there bool
	if err := conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&there); err != nil || there {
		return name, err
	}
	fresh := name + "_new"
	if _, err := conn.ExecContext(ctx, "DROP DATABASE IF EXISTS "+fresh+" WITH (FORCE)"); err != nil {
		return "", err
	}
	if err := create(ctx, owner, "CREATE DATABASE "+fresh); err != nil {
		return "", err
	}
	if err := up(plan, withDatabase(server, fresh)); err != nil {
		return "", fmt.Errorf("migrate the template: %w", err)
	}
	_, err = conn.ExecContext(ctx, "ALTER DATABASE "+fresh+" RENAME TO "+name)
	return name, err
}

func withDatabase(server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		return server
	}
	u.Path = "/" + name
	return u.String()
}

func random() string {
	b := make([]byte, 8)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}
