package migrate

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"orion/kit/db/inquiry"
	"orion/kit/db/postgres"
)

const (
	makeReader = `DO $reader$
BEGIN
  PERFORM pg_advisory_xact_lock(5718);
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'orion_reader') THEN
    BEGIN
      CREATE ROLE orion_reader NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this server just did
    END;
  END IF;
  IF NOT pg_has_role(current_user, 'orion_reader', 'MEMBER') THEN
    EXECUTE format('GRANT orion_reader TO %I', current_user);
  END IF;
  IF NOT has_schema_privilege('orion_reader', current_schema(), 'USAGE') THEN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO orion_reader', current_schema());
  END IF;
END
$reader$`
	readerSees = `SELECT c.relname, a.attname, has_column_privilege('orion_reader', c.oid, a.attnum, 'SELECT'),
  c.relrowsecurity AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'reader')
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = to_regnamespace(quote_ident(current_schema())) AND c.relkind IN ('r', 'p') ORDER BY c.relname, a.attnum`
)

// allowReader lets the role of inquiries read all columns but those that are
// secret, of all tenants. Only what is not as it should be is changed.
func allowReader(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, strings.ReplaceAll(makeReader, "orion_reader", postgres.Reader)); err != nil {
		return fmt.Errorf("make the role of inquiries: %w", err)
	}
	rows, err := tx.QueryContext(ctx, strings.ReplaceAll(readerSees, "orion_reader", postgres.Reader))
	if err != nil {
		return fmt.Errorf("read what inquiries see: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var todo []string
	ruled := map[string]bool{}
	for rows.Next() {
		var table, column string
		var sees, ruleless bool
		if err := rows.Scan(&table, &column, &sees, &ruleless); err != nil {
			return fmt.Errorf("read what inquiries see: %w", err)
		}
		name, col := postgres.Quote(table), postgres.Quote(column)
		switch secret := inquiry.IsSecret(table, column); {
		case sees && secret:
			todo = append(todo, "REVOKE SELECT ON "+name+" FROM "+postgres.Reader, "REVOKE SELECT ("+col+") ON "+name+" FROM "+postgres.Reader)
		case !sees && !secret:
			todo = append(todo, "GRANT SELECT ("+col+") ON "+name+" TO "+postgres.Reader)
		}
		if ruleless && !ruled[table] {
			ruled[table] = true
			todo = append(todo, "CREATE POLICY reader ON "+name+" FOR SELECT TO "+postgres.Reader+" USING (true)")
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read what inquiries see: %w", err)
	}
	_ = rows.Close()
	for _, text := range todo {
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("say what inquiries see: %w", err)
		}
	}
	return nil
}
