package dbtest

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"orion/kit/db/migrate"
)

var templates sync.Mutex

// NewSQLite is a fresh SQLite database.
func NewSQLite(t testing.TB, plan migrate.Plan) *Env {
	t.Helper()
	template, err := sqliteTemplate(plan)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "test.db")
	if err := copyFile(template, path); err != nil {
		t.Fatal(err)
	}
	return open(t, "sqlite:"+path)
}

// sqliteTemplate makes the template once per machine and set of migrations;
// tests of several packages run at the same time, so a lock guards it.
func sqliteTemplate(plan migrate.Plan) (string, error) {
	templates.Lock()
	defer templates.Unlock()
	dir := filepath.Join(os.TempDir(), "orion-test")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	path := filepath.Join(dir, fingerprint(plan)+".db")
	f, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		return "", err
	}
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	fresh := path + ".new"
	_ = os.Remove(fresh)
	if err := up(plan, "sqlite:"+fresh); err != nil {
		return "", fmt.Errorf("migrate the template: %w", err)
	}
	return path, os.Rename(fresh, path)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		_ = out.Close()
		return err
	}
	return out.Close()
}
