package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Listen waits on a connection of its own for what is told on a channel, and
// calls heard each time, and once when it begins to hear. It returns when ctx
// ends or the connection is lost. The channel is a plain identifier.
func Listen(ctx context.Context, dsn, channel string, heard func()) error {
	conf, err := pgx.ParseConfig(dsn)
	if err != nil {
		return errors.New("read the PostgreSQL address: it is malformed")
	}
	conf.RuntimeParams["application_name"] = "orion listener"
	conn, err := pgx.ConnectConfig(ctx, conf)
	if err != nil {
		return fmt.Errorf("connect to listen: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, "LISTEN "+pgx.Identifier{channel}.Sanitize()); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	for {
		heard()
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return fmt.Errorf("wait for a notification: %w", err)
		}
	}
}
