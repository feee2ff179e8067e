package db

import (
	"context"
	"database/sql"
	"errors"

	"orion/kit/db/postgres"
	"orion/kit/db/sqlite"
	"orion/kit/fault"
)

// ErrNoRow is what One returns when no row matches. Modules that mean something
// more particular by it return their own fault instead.
var ErrNoRow = fault.New(fault.NotFound, "not_found")

// ErrFull is the answer when the disk has no room left.
var ErrFull = fault.New(fault.Internal, "db.full")

// ErrText is the answer to text that a database cannot keep.
var ErrText = fault.New(fault.Invalid, "db.bad_text")

// IsUnique tells that a row with the same key is there already.
func IsUnique(err error) bool {
	code := sqlite.Code(err)
	return code == sqlite.Unique || code == sqlite.PrimaryKey || postgres.State(err) == postgres.Unique
}

// IsForeignKey tells that a row points at, or is pointed at by, another that
// is missing or would be.
func IsForeignKey(err error) bool {
	return sqlite.Code(err) == sqlite.ForeignKey || postgres.State(err) == postgres.ForeignKey
}

// IsCheck tells that a row broke a CHECK of its table.
func IsCheck(err error) bool {
	return sqlite.Code(err) == sqlite.Check || postgres.State(err) == postgres.Check
}

func retryable(err error) bool {
	if sqlite.Code(err)&0xff == sqlite.Busy {
		return true
	}
	switch postgres.State(err) {
	case postgres.Serialisation, postgres.Deadlock, postgres.LockTimeout:
		return true
	}
	return false
}

// mapError gives the errors that callers act on a face of their own.
func mapError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return ErrNoRow
	case sqlite.Code(err)&0xff == sqlite.Full:
		return ErrFull.Because(err)
	case postgres.State(err) == postgres.BadText, postgres.State(err) == postgres.BadEscape:
		return ErrText.Because(err)
	case sqlite.Code(err) == sqlite.Interrupt, postgres.State(err) == postgres.Canceled:
		return errors.Join(context.DeadlineExceeded, err)
	}
	return err
}
