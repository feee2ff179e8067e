// Package sqlite opens the database that is inside the binary: one writer, as
// SQLite has it, and a few readers beside it.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"syscall"

	"modernc.org/sqlite" // the driver, built without cgo
	sqlite3 "modernc.org/sqlite/lib"
)

const (
	// More readers gave nothing on a small machine; see docs/adr.
	maxReaders = 8
)

// Open opens path and returns the writer pool, which has one connection whose
// transactions are immediate, and the reader pool, whose connections refuse to
// write.
func Open(ctx context.Context, path string) (write, read *sql.DB, err error) {
	if dir := filepath.Dir(path); dir != "." {
		if err := os.MkdirAll(dir, 0o750); err != nil {
			return nil, nil, fmt.Errorf("make the folder of the database: %w", err)
		}
	}
	turns, err := openTurns(path)
	if err != nil {
		return nil, nil, err
	}
	write = sql.OpenDB(connector{dsn(path, url.Values{"_txlock": {"immediate"}}), turns})
	write.SetMaxOpenConns(1)
	if err := write.PingContext(ctx); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("open %s: %w", path, err), write.Close())
	}
	read = sql.OpenDB(connector{dsn: dsn(path, url.Values{"_pragma": {"query_only(1)"}})})
	read.SetMaxOpenConns(maxReaders)
	read.SetMaxIdleConns(maxReaders)
	return write, read, nil
}

func dsn(path string, more url.Values) string {
	q := url.Values{"_pragma": {
		"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
		"cache_size(-4000)", "temp_store(2)", "wal_autocheckpoint(1000)",
	}}
	for k, vs := range more {
		q[k] = append(q[k], vs...)
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// Code is the extended result code of an SQLite error, and 0 for others.
func Code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// The result codes that kit/db tells apart (https://www.sqlite.org/rescode.html).
const (
	Busy       = sqlite3.SQLITE_BUSY
	Unique     = sqlite3.SQLITE_CONSTRAINT_UNIQUE
	PrimaryKey = sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	ForeignKey = sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY
	Check      = sqlite3.SQLITE_CONSTRAINT_CHECK
	Interrupt  = sqlite3.SQLITE_INTERRUPT
	Full       = sqlite3.SQLITE_FULL
	Denied     = sqlite3.SQLITE_AUTH
)

// LeaseNode takes the lowest node number that no other process on this
// database holds, until release is called or the process ends.
func LeaseNode(path string) (node uint16, release func(), err error) {
	for n := range uint16(64) {
		f, err := os.OpenFile(fmt.Sprintf("%s.node-%d", path, n), os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			return 0, nil, fmt.Errorf("lease a node number: %w", err)
		}
		if syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
			return n, func() { _ = f.Close() }, nil
		}
		_ = f.Close()
	}
	return 0, nil, errors.New("lease a node number: 64 processes already use this database")
}
