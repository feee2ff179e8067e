package app

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// orion runs the command line over a database and gives what it prints.
func orion(t *testing.T, dsn string, args ...string) (code int, out, err string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = Main(t.Context(), Process{
		Args:   append([]string{"--data", t.TempDir(), "--database-url", dsn}, args...),
		Stdin:  strings.NewReader(""),
		Stdout: &stdout, Stderr: &stderr,
	})
	return code, stdout.String(), stderr.String()
}

func TestModulesCommand(t *testing.T) {
	t.Parallel()
	for name, dsn := range map[string]string{"sqlite": sqliteDemo(t), "postgres": postgresDemo(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, tc := range []struct {
				args []string
				want []string
			}{
				{[]string{"modules"}, []string{"MODULE", "PLATFORMS", "orders", "catalog, inventory, payments"}},
				{[]string{"modules", "--markdown"}, []string{"|---|", "| `orders` | optional |"}},
				{[]string{"modules", "--schema", "inventory"}, []string{`"low_at"`, `"default": 3`}},
				{[]string{"modules", "--graph", "mermaid"}, []string{"flowchart RL", "orders --> inventory"}},
				{[]string{"modules", "--graph", "svg"}, []string{"<svg ", "Orders", "</svg>"}},
				{[]string{"modules", "disable", "inventory", "--platform", "main", "--dry-run"}, []string{"orders, inventory", "needed by", "rows kept in", "Nothing was changed."}},
			} {
				code, out, errs := orion(t, dsn, tc.args...)
				for _, want := range tc.want {
					if code != ExitOK || !strings.Contains(out, want) {
						t.Errorf("orion %s ends with %d and does not say %q:\n%s%s", strings.Join(tc.args, " "), code, want, out, errs)
					}
				}
			}
			platforms := func(code string) []string {
				_, out, _ := orion(t, dsn, "--json", "modules")
				var rows []moduleRow
				if err := json.Unmarshal([]byte(out), &rows); err != nil {
					t.Fatal(err, out)
				}
				at := slices.IndexFunc(rows, func(m moduleRow) bool { return m.Code == code })
				return rows[at].Platforms
			}
			if !slices.Contains(platforms("inventory"), "main") {
				t.Error("a dry run switched something")
			}
			code, _, errs := orion(t, dsn, "modules", "disable", "inventory", "--platform", "main")
			if code != ExitFailed || !strings.Contains(errs, "Orders") {
				t.Errorf("what orders needs is refused with %d %s", code, errs)
			}
			if code, out, errs := orion(t, dsn, "modules", "disable", "inventory", "--platform", "main", "--cascade"); code != ExitOK {
				t.Errorf("ends with %d: %s%s", code, out, errs)
			}
			if slices.Contains(platforms("orders"), "main") || !slices.Contains(platforms("orders"), "oms") {
				t.Error("it switched on the wrong platforms")
			}
			if code, out, errs := orion(t, dsn, "modules", "enable", "orders", "--platform", "main"); code != ExitOK || !strings.Contains(out, "inventory, orders") {
				t.Errorf("ends with %d: %s%s", code, out, errs)
			}
			for _, args := range [][]string{{"disable", "tenancy", "--platform", "main"}, {"disable", "teleport", "--platform", "main"}, {"enable", "orders", "--platform", "nowhere"}} {
				if code, _, errs := orion(t, dsn, append([]string{"modules"}, args...)...); code != ExitFailed || errs == "" {
					t.Errorf("%v ends with %d: %s", args, code, errs)
				}
			}
		})
	}
}
