package arch_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"orion/kit/arch"
)

const (
	shopDefinition = `// Package shop sells.
package shop

import (
	"orion/kit/module"
	"orion/modules/goods/goodsapi"
)

var definition = module.Definition{Code: "shop", Tier: module.Optional, Requires: []string{goodsapi.Code}, Observes: []string{"news"}}
`
	table = "| library | version | imported by | why |\n|---|---|---|---|\n| `example.org/lib` | 1.0 | `kit/db` | to plant |\n"
)

// TestPlanted puts one violation at a time into a small tree and expects the
// rule that it breaks to find it, at its place.
func TestPlanted(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ path, text, want string }{
		"kit imports a module":                  {"kit/x/x.go", imports("x", "orion/modules/goods/goodsapi"), "layers kit/x/x.go:4"},
		"cmd reaches past app":                  {"cmd/orion/main.go", imports("main", "orion/kit/db"), "layers cmd/orion/main.go:4"},
		"a module imports app":                  {"modules/shop/x.go", imports("shop", "orion/app"), "layers modules/shop/x.go:4"},
		"a value loads the database":            {"kit/money/x.go", imports("money", "orion/kit/db"), "values kit/money/x.go:4"},
		"database/sql outside of kit/db":        {"kit/web/x.go", imports("web", "database/sql"), "database kit/web/x.go:4"},
		"a way around the scopes":               {"modules/shop/x.go", calls("shop", "db", "Tx.Unscoped()"), "handles modules/shop/x.go:6"},
		"a gate in a module":                    {"modules/shop/x.go", calls("shop", "tenant", "NewGate()"), "gate modules/shop/x.go:6"},
		"a module imports another itself":       {"modules/shop/x.go", imports("shop", "orion/modules/goods"), "modules modules/shop/x.go:4"},
		"a contract that is not required":       {"modules/shop/x.go", imports("shop", "orion/modules/bank/bankapi"), "requires modules/shop/x.go:4"},
		"a call to what is only observed":       {"modules/shop/x.go", imports("shop", "orion/modules/news/newsapi"), "observes modules/shop/x.go:4"},
		"a contract with HTTP":                  {"modules/shop/shopapi/x.go", imports("shopapi", "net/http"), "contracts modules/shop/shopapi/x.go:4"},
		"a contract with init":                  {"modules/shop/shopapi/x.go", doc + "package shopapi\n\nfunc init() {}\n", "contracts modules/shop/shopapi/x.go:4"},
		"a page with a transaction":             {"modules/shop/shopui/x.go", imports("shopui", "orion/kit/db"), "pages modules/shop/shopui/x.go:4"},
		"a fake in the program":                 {"modules/shop/x.go", imports("shop", "orion/modules/shop/shoptest"), "fakes modules/shop/x.go:4"},
		"the domain speaks HTTP":                {"modules/shop/place.go", imports("shop", "net/http"), "roles modules/shop/place.go:4"},
		"a page handler with a transaction":     {"modules/shop/web_shop.go", imports("shop", "orion/kit/db"), "roles modules/shop/web_shop.go:4"},
		"a job with a page":                     {"modules/shop/job_x.go", imports("shop", "orion/kit/web"), "roles modules/shop/job_x.go:4"},
		"a statement in a use case":             {"modules/shop/place.go", calls("shop", "db", "Exec()"), "statements modules/shop/place.go:6"},
		"a library without a line":              {"kit/db/x.go", imports("db", "example.org/other"), "libraries kit/db/x.go:4"},
		"a library in a second package":         {"kit/web/x.go", imports("web", "example.org/lib/part"), "libraries kit/web/x.go:4"},
		"another module's table read":           {"modules/shop/sql/x.sql", "-- name: x\nSELECT 1 FROM shop_a a, bank_b\nWHERE true;\n", "tables modules/shop/sql/x.sql:2"},
		"another module's table joined":         {"modules/shop/sql/x.sql", "-- name: x\nSELECT 1\nFROM shop_a a\nLEFT JOIN bank_b b ON true;\n", "tables modules/shop/sql/x.sql:4"},
		"another module's table written":        {"modules/shop/sql/x.sql", "-- name: x\nUPDATE bank_b SET x = 1;\n", "tables modules/shop/sql/x.sql:2"},
		"another module's table in a sub-query": {"modules/shop/sql/x.sql", "-- name: x\nSELECT (SELECT max(id) FROM (SELECT 1 FROM bank_b) q) FROM shop_a;\n", "tables modules/shop/sql/x.sql:2"},
		"a foreign key to an optional module":   {"modules/shop/migrations/shop_001_x.sql", "CREATE TABLE shop_a (\n  x BIGINT REFERENCES bank_b (id)\n);\n", "references modules/shop/migrations/shop_001_x.sql:2"},
		"a table without its prefix":            {"modules/shop/migrations/shop_001_x.sql", "CREATE TABLE bank_b (x BIGINT);\n", "migrations modules/shop/migrations/shop_001_x.sql:1"},
		"a migration without a number":          {"modules/shop/migrations/shop_x.sql", "SELECT 1;\n", "migrations modules/shop/migrations/shop_x.sql"},
		"a long file":                           {"modules/shop/x.go", doc + "package shop\n" + strings.Repeat("\n", 300), "file size modules/shop/x.go"},
		"a long template":                       {"modules/shop/shopui/x.templ", strings.Repeat("\n", 301), "file size modules/shop/shopui/x.templ"},
		"a long function":                       {"modules/shop/x.go", doc + "package shop\n\nfunc f() {\n" + strings.Repeat("\n", 70) + "}\n", "function size modules/shop/x.go:4"},
		"many parameters":                       {"modules/shop/x.go", doc + "package shop\n\nfunc f(ctx context.Context, a, b, c, d, e int) {}\n", "parameters modules/shop/x.go:4"},
		"a wide interface":                      {"modules/shop/x.go", doc + "package shop\n\ntype i interface{ A(); B(); C(); D(); E() }\n", "interface size modules/shop/x.go:4"},
		"a long contract":                       {"modules/shop/shopapi/x.go", doc + "package shopapi\n" + strings.Repeat("\n", 150), "contract size modules/shop/shopapi"},
		"a package without a comment":           {"modules/shop/inner/x.go", "package inner\n", "package docs modules/shop/inner"},
		"a name without a comment":              {"modules/shop/x.go", doc + "package shop\n\nfunc F() {}\n", "exported docs modules/shop/x.go:4"},
		"a method without a comment":            {"modules/shop/x.go", doc + "package shop\n\n// T is one.\ntype T int\n\nfunc (T) F() {}\n", "exported docs modules/shop/x.go:7"},
		"a module without a definition":         {"modules/new/x.go", doc + "package new\n", "definition app/modules.go:7"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tree := house()
			tree[c.path] = &fstest.MapFile{Data: []byte(c.text)}
			if got := broken(t, tree); !slices.Contains(got, c.want) {
				t.Errorf("want %q in %q", c.want, got)
			}
		})
	}
}

func TestHouseWithoutViolations(t *testing.T) {
	t.Parallel()
	tree := house()
	delete(tree, "app/modules.go")
	if got := broken(t, tree); len(got) > 0 {
		t.Errorf("findings in a house in order: %q", got)
	}
}

func TestSQLThatNamesNoForeignTable(t *testing.T) {
	t.Parallel()
	tree := house()
	delete(tree, "app/modules.go")
	tree["modules/shop/sql/x.sql"] = &fstest.MapFile{Data: []byte(`-- name: x
WITH due AS (SELECT id FROM shop_a FOR UPDATE SKIP LOCKED), best (n) AS (SELECT 1 FROM due) -- FROM bank_b
INSERT INTO shop_a (id, note) SELECT s.value, 'FROM bank_b' FROM json_each(:ids) s JOIN best ON true
WHERE s.id IS DISTINCT FROM other AND extract(day FROM s.at) = 1
ON CONFLICT (id) DO UPDATE SET note = excluded.note;
-- name: y
DELETE FROM shop_a AS a USING shop_b b WHERE a.id = b.id
`)}
	if got := broken(t, tree); len(got) > 0 {
		t.Errorf("findings: %q", got)
	}
}

func TestLibraryThatIsGone(t *testing.T) {
	t.Parallel()
	tree := house()
	delete(tree, "kit/db/db.go")
	if got := broken(t, tree); !slices.Contains(got, "libraries docs/adr/libraries.md:3") {
		t.Errorf("the line of a library that nobody imports is not found: %q", got)
	}
}

func TestRuleWithoutSubject(t *testing.T) {
	t.Parallel()
	tree, err := arch.Load(house(), "orion")
	if err != nil {
		t.Fatal(err)
	}
	report := arch.Check(tree, arch.Rule{Name: "stale", Check: func(*arch.Tree, *arch.Report) {}})
	if diff := cmp.Diff([]string{"stale"}, report.Idle); diff != "" {
		t.Error(diff)
	}
}

func TestRatchet(t *testing.T) {
	t.Parallel()
	found := []arch.Finding{
		{Rule: "size", Subject: "a.go", Measure: 310},
		{Rule: "size", Subject: "b.go", Measure: 320},
		{Rule: "roles", Subject: "c.go:net/http"},
		{Rule: "roles", Subject: "new.go:net/http"},
	}
	ratchet := arch.ReadRatchet("# why\nsize | a.go | 305\nsize | b.go | 330\nroles | c.go:net/http\nroles | gone.go:net/http\n")
	left, stale := ratchet.Apply(found)
	if diff := cmp.Diff([]arch.Finding{found[0], found[3]}, left); diff != "" {
		t.Errorf("what has grown or is new must be left:\n%s", diff)
	}
	want := []string{"size | b.go | 330  (is now: size | b.go | 320)", "size | a.go | 305", "roles | gone.go:net/http"}
	if diff := cmp.Diff(want, stale); diff != "" {
		t.Errorf("lines that allow too much:\n%s", diff)
	}
}

const doc = "// Package x is planted.\n"

// house is a small tree in order, except that app lists a module that is not there.
func house() fstest.MapFS {
	texts := map[string]string{
		"app/modules.go":              "// Package app is the program.\npackage app\n\nimport (\n\t_ \"orion/modules/shop\"\n\n\t_ \"orion/modules/new\"\n)\n",
		"kit/db/db.go":                imports("db", "example.org/lib"),
		"modules/goods/module.go":     definition("goods"),
		"modules/bank/module.go":      definition("bank"),
		"modules/news/module.go":      definition("news"),
		"modules/shop/module.go":      shopDefinition,
		"modules/shop/none.go":        calls("shop", "module", "Definition{}"),
		"modules/shop/on_news.go":     imports("shop", "orion/modules/news/newsapi"),
		"modules/goods/goodsapi/a.go": doc + "package goodsapi\n\n// Code is goods.\nconst Code = \"goods\"\n",
	}
	tree := fstest.MapFS{}
	for path, text := range texts {
		tree[path] = &fstest.MapFile{Data: []byte(text)}
	}
	return tree
}

func broken(t *testing.T, files fstest.MapFS) []string {
	t.Helper()
	tree, err := arch.Load(files, "orion")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, f := range arch.Check(tree, arch.Rules(table)...).Findings {
		if f.Reason == "" {
			t.Errorf("the rule %q gives no reason", f.Rule)
		}
		first, _, _ := strings.Cut(f.String(), ": ")
		found = append(found, f.Rule+" "+first)
	}
	return found
}

func imports(name, path string) string {
	return doc + "package " + name + "\n\nimport _ \"" + path + "\"\n"
}

func calls(name, kit, call string) string {
	return doc + "package " + name + "\n\nimport \"orion/kit/" + kit + "\"\n\nvar _ = " + kit + "." + call + "\n"
}

func definition(name string) string {
	return doc + "package " + name + "\n\nimport \"orion/kit/module\"\n\nvar definition = module.Definition{Code: \"" + name + "\", Tier: module.Optional}\n"
}

// The code of a module with a hyphen is no folder's name; its tables follow the code.
func TestCodeWithHyphen(t *testing.T) {
	t.Parallel()
	tree := house()
	delete(tree, "app/modules.go")
	tree["modules/frontdesk/module.go"] = &fstest.MapFile{Data: []byte(strings.NewReplacer(`Code: "shop"`, `Code: "front-desk"`, "shop", "frontdesk", "Requires: []string{goodsapi.Code}, ", "", "\t\"orion/modules/goods/goodsapi\"\n", "").Replace(shopDefinition))}
	tree["modules/frontdesk/migrations/front_desk_001_x.sql"] = &fstest.MapFile{Data: []byte("CREATE TABLE front_desk_a (x BIGINT REFERENCES front_desk_b (id));\n")}
	tree["modules/frontdesk/sql/x.sql"] = &fstest.MapFile{Data: []byte("-- name: x\nSELECT x FROM front_desk_a;\n")}
	if got := broken(t, tree); len(got) > 0 {
		t.Errorf("findings: %q", got)
	}
	tree["modules/frontdesk/sql/y.sql"] = &fstest.MapFile{Data: []byte("-- name: y\nSELECT x FROM frontdesk_a;\n")}
	if got := broken(t, tree); !slices.Contains(got, "tables modules/frontdesk/sql/y.sql:2") {
		t.Errorf("the table of another prefix is not found: %q", got)
	}
}
