package app

import (
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"orion/kit/db/postgres"
	"orion/kit/db/sqlite"
	"orion/modules/tenancy"
)

// The audit log is verified by the command line, over a database that nobody serves.
func TestAuditCommand(t *testing.T) {
	t.Parallel()
	for name, dsn := range map[string]string{"sqlite": sqliteDemo(t), "postgres": postgresDemo(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conf := filepath.Join(t.TempDir(), "orion.yaml") // every run has a folder, and so keys, of its own
			if err := os.WriteFile(conf, []byte("settings_key: a key of at least thirty-two bytes\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			with := func(args ...string) (int, string, string) {
				return orion(t, dsn, append([]string{"--config", conf}, args...)...)
			}
			code, out, errs := with("audit", "seal")
			if code != ExitOK || !strings.HasPrefix(out, "CHAINED") {
				t.Fatalf("sealing ends with %d: %s%s", code, out, errs)
			}
			verdict := func(want int, args ...string) (v tenancy.Verdict) {
				t.Helper()
				code, out, errs := with(append([]string{"--json", "audit", "verify"}, args...)...)
				if err := json.Unmarshal([]byte(out), &v); err != nil || code != want {
					t.Fatalf("verifying ends with %d, not %d (%v): %s%s", code, want, err, out, errs)
				}
				return v
			}
			whole := verdict(ExitOK)
			if whole.Entries == 0 || whole.Chained != whole.Entries {
				t.Errorf("the demo's log is %+v", whole)
			}
			verdict(ExitOK, "--through", whole.Head)
			verdict(ExitRows, "--through", "1:beef")

			meddle(t, dsn, `UPDATE tenancy_audit SET title = 'Something else' WHERE seq = 5`)
			code, out, _ = with("audit", "verify")
			if code != ExitRows || !strings.Contains(out, "changed at 5 aud_") {
				t.Errorf("after a change it ends with %d and says %s", code, out)
			}
		})
	}
}

// meddle is what somebody does who got into the database, around the program.
func meddle(t *testing.T, dsn, query string) {
	t.Helper()
	pool, err := postgres.OpenOwner(dsn)
	if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		var reads *sql.DB
		if pool, reads, err = sqlite.Open(t.Context(), path); err == nil {
			defer func() { _ = reads.Close() }()
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = pool.Close() }()
	res, err := pool.ExecContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		t.Fatalf("%s hits %d rows: %v", query, n, err)
	}
}
