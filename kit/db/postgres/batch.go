package postgres

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Call is a statement and what it is called with.
type Call struct {
	Text string
	Args []any
}

// Batch runs statements one after the other with one way to the server for all
// of them. It tells which one failed, and none behind that has run.
func Batch(ctx context.Context, conn *sql.Conn, calls []Call) (failed int, err error) {
	err = conn.Raw(func(driverConn any) error {
		std, ok := driverConn.(*stdlib.Conn)
		if !ok {
			return errors.New("run a batch: not a PostgreSQL connection")
		}
		var b pgx.Batch
		for _, c := range calls {
			b.Queue(c.Text, c.Args...)
		}
		answers := std.Conn().SendBatch(ctx, &b)
		for failed = range calls {
			if _, err := answers.Exec(); err != nil {
				_ = answers.Close() // it says the same again
				return err          //nolint:wrapcheck // the caller names the statement
			}
		}
		return answers.Close() //nolint:wrapcheck // the same
	})
	return failed, err //nolint:wrapcheck // the same
}
