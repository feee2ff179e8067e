package migrate

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"strings"

	"orion/kit/db/postgres"
)

// secure repeats on PostgreSQL what scopes promise in Go: the role of the
// program owns nothing and sees only rows of the tenant that its connection
// entered.
func secure(ctx context.Context, owner *sql.DB) error {
	tx, err := owner.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("secure the tables: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, strings.ReplaceAll(secureSQL, "orion_app", postgres.Role)); err != nil {
		return fmt.Errorf("secure the tables: %w", err)
	}
	if err := allowReader(ctx, tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("secure the tables: %w", err)
	}
	return nil
}

//go:embed secure.postgres.sql
var secureSQL string
