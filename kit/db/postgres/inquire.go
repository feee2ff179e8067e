package postgres

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
)

// Reader is what a connection becomes to answer what somebody asks by hand. It may
// read what is not secret, and nothing else; the migrations grant that.
const Reader = "orion_reader"

// Inquiry is a statement that somebody asks by hand.
type Inquiry struct {
	Text string
	Time time.Duration // after which the server stops it
}

// Inquire runs one statement on a connection of its own, as Reader and in a
// transaction that cannot write, and gives its rows to read as text.
func Inquire(ctx context.Context, dsn string, q Inquiry, read func(columns []string, next func() ([][]byte, bool)) error) (err error) {
	conf, err := pgx.ParseConfig(dsn)
	if err != nil {
		return errors.New("read the PostgreSQL address: it is malformed")
	}
	conf.RuntimeParams["application_name"] = "orion inquiry"
	conf.RuntimeParams["timezone"] = "UTC"
	conf.RuntimeParams["default_transaction_read_only"] = "on"
	conf.RuntimeParams["statement_timeout"] = strconv.FormatInt(q.Time.Milliseconds(), 10)
	conf.RuntimeParams["lock_timeout"] = "1000"
	conf.RuntimeParams["idle_in_transaction_session_timeout"] = "30000"
	conf.DefaultQueryExecMode = pgx.QueryExecModeExec // one statement, and none is kept prepared
	conn, err := pgx.ConnectConfig(ctx, conf)
	if err != nil {
		return fmt.Errorf("connect to inquire: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	for _, first := range []string{"SET ROLE " + Reader, "BEGIN READ ONLY"} {
		if _, err := conn.Exec(ctx, first); err != nil {
			return fmt.Errorf("enter an inquiry: %w", err)
		}
	}
	rows, err := conn.Query(ctx, q.Text, pgx.QueryResultFormats{pgx.TextFormatCode})
	if err != nil {
		return err //nolint:wrapcheck // the caller names it
	}
	defer rows.Close()
	var columns []string
	for _, f := range rows.FieldDescriptions() {
		columns = append(columns, f.Name)
	}
	if err := read(columns, func() ([][]byte, bool) {
		if !rows.Next() {
			return nil, false
		}
		return rows.RawValues(), true
	}); err != nil {
		return err
	}
	rows.Close()
	return rows.Err() //nolint:wrapcheck // the caller names it
}
