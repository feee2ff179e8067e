package postgres

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
)

// Call is a statement and what it is called with.
type Call struct {
	Text string
	Args []any
}

// Batch runs statements one after the other with one way to the server for all
// of them. It tells which one failed, and none behind that has run.
func Batch(ctx context.Context, conn *sql.Conn, calls []Call) (failed int, err error) {
	err = below(conn, func(c *pgx.Conn) error {
		var b pgx.Batch
		for _, x := range calls {
			b.Queue(x.Text, x.Args...)
		}
		answers := c.SendBatch(ctx, &b)
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
