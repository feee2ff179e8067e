package app

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"orion/kit/config"
	"orion/kit/db/postgres"
)

// filled are databases with the demo, filled once and copied for each test.
var filled struct {
	sqlite, postgres sync.Once
	path             string
	name             string
	err              error
}

func quietRun(ctx context.Context, conf config.Config) *run {
	return &run{Context: ctx, Process: Process{Stdout: io.Discard, Stderr: io.Discard, Stdin: strings.NewReader("")}, config: conf}
}

// testSecret signs links, so that another program over the same database takes them.
const testSecret = "what everybody knows who reads the tests"

func settings(t testing.TB, data, dsn string) config.Config {
	t.Helper()
	conf, err := config.Load(config.Sources{Args: map[string]string{"data": data, "database-url": dsn, "addr": "127.0.0.1:0", "secret": testSecret}})
	if err != nil {
		t.Fatal(err)
	}
	conf.Inspect = true // so that all pages of the developer tools are tried
	return conf
}

// eachDemo runs fn with the demo on either kind of database.
func eachDemo(t *testing.T, fn func(t *testing.T, dsn string)) {
	t.Helper()
	for name, demo := range map[string]func(testing.TB) string{"sqlite": sqliteDemo, "postgres": postgresDemo} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fn(t, demo(t))
		})
	}
}

// each runs fn with the demo in a fresh database of either kind.
func each(t *testing.T, fn func(t *testing.T, a *App)) {
	t.Helper()
	eachDemo(t, func(t *testing.T, dsn string) { fn(t, start(t, dsn)) })
}

// eachStill is each with a program that does nothing by itself: no job runs, so
// that only what is asked can change a row.
func eachStill(t *testing.T, fn func(t *testing.T, a *App)) {
	t.Helper()
	eachDemo(t, func(t *testing.T, dsn string) { fn(t, still(t, dsn)) })
}

// start opens the program over a database and lets it work; it ends with the
// test.
func start(t testing.TB, dsn string) *App {
	t.Helper()
	a := still(t, dsn)
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return a
}

// still opens the program over a database without running its jobs.
func still(t testing.TB, dsn string) *App {
	t.Helper()
	return telling(t, dsn, slog.New(slog.DiscardHandler))
}

// telling is still with a log that somebody reads.
func telling(t testing.TB, dsn string, log *slog.Logger) *App {
	t.Helper()
	return openWith(t, settings(t, t.TempDir(), dsn), log)
}

// uninspected is still as it is in production, where nobody inspects requests.
func uninspected(t testing.TB, dsn string) *App {
	t.Helper()
	conf := settings(t, t.TempDir(), dsn)
	conf.Inspect = false
	return openWith(t, conf, slog.New(slog.DiscardHandler))
}

func openWith(t testing.TB, conf config.Config, log *slog.Logger) *App {
	t.Helper()
	a, err := Open(t.Context(), conf, Options{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := a.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	return a
}

func sqliteDemo(t testing.TB) string {
	t.Helper()
	filled.sqlite.Do(func() {
		dir, err := os.MkdirTemp("", "orion-demo-")
		if err != nil {
			filled.err = err
			return
		}
		filled.path = filepath.Join(dir, "demo.db")
		conf := settings(t, dir, "sqlite:"+filled.path)
		filled.err = errors.Join(filled.err, fillDemo(quietRun(context.Background(), conf), slog.New(slog.DiscardHandler), demoSize{}))
	})
	if filled.err != nil {
		t.Fatal(filled.err)
	}
	to := filepath.Join(t.TempDir(), "orion.db")
	content, err := os.ReadFile(filled.path)
	if err == nil {
		err = os.WriteFile(to, content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + to
}

func postgresDemo(t testing.TB) string {
	t.Helper()
	server := os.Getenv("ORION_TEST_POSTGRES")
	if server == "" {
		if os.Getenv("ORION_TEST_REQUIRE") != "" {
			t.Fatal("a PostgreSQL server (ORION_TEST_POSTGRES) is missing")
		}
		t.Skip("a PostgreSQL server (ORION_TEST_POSTGRES) is missing: run make test")
	}
	owner, err := postgres.OpenOwner(server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = owner.Close() })
	filled.postgres.Do(func() {
		filled.name = "orion_demo_" + strings.ToLower(rand.Text()[:12])
		if _, err := owner.Exec("CREATE DATABASE " + filled.name); err != nil {
			filled.err = err
			return
		}
		dir, err := os.MkdirTemp("", "orion-demo-")
		conf := settings(t, dir, database(server, filled.name))
		filled.err = errors.Join(filled.err, err, fillDemo(quietRun(context.Background(), conf), slog.New(slog.DiscardHandler), demoSize{}))
	})
	if filled.err != nil {
		t.Fatal(filled.err)
	}
	name := "orion_app_" + strings.ToLower(rand.Text()[:12])
	if err := copyDatabase(owner, name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = owner.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)") })
	return database(server, name)
}

var copying sync.Mutex

// copyDatabase copies the filled database; PostgreSQL makes one copy at a time.
func copyDatabase(owner *sql.DB, name string) error {
	copying.Lock()
	defer copying.Unlock()
	_, err := owner.Exec("CREATE DATABASE " + name + " TEMPLATE " + filled.name)
	return err
}

func database(server, name string) string {
	base, query, _ := strings.Cut(server, "?")
	at := strings.LastIndex(base, "/")
	return base[:at+1] + name + "?" + query
}

// serve answers on a free port until the test ends and gives its address.
func serve(t testing.TB, a *App) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- a.Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// childArgs makes the test's own program run a command line instead of tests, so
// that a test can kill it.
const (
	childArgs = "ORION_TEST_CHILD"
	childEnv  = "ORION_TEST_CHILD_ENV" // its environment: of the test's own it sees nothing
)

// TestMain takes away what the tests shared.
func TestMain(m *testing.M) {
	if args := os.Getenv(childArgs); args != "" {
		os.Exit(Main(context.Background(), Process{Args: strings.Split(args, "\n"), Env: strings.Split(os.Getenv(childEnv), "\n"), Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}))
	}
	code := m.Run()
	if filled.path != "" {
		_ = os.RemoveAll(filepath.Dir(filled.path))
	}
	if filled.name != "" {
		if owner, err := postgres.OpenOwner(os.Getenv("ORION_TEST_POSTGRES")); err == nil {
			_, _ = owner.Exec("DROP DATABASE IF EXISTS " + filled.name + " WITH (FORCE)")
			_ = owner.Close()
		}
	}
	os.Exit(code)
}
