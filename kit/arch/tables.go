package arch

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

var tableRules = []Rule{
	{
		Name:   "tables",
		Reason: "a module's statements name its own tables only; what belongs to another is asked of its contract",
		Check: func(t *Tree, r *Report) {
			prefix := t.prefixes()
			for _, f := range t.sqlFiles("sql") {
				for _, n := range tablesNamed(string(f.Text)) {
					r.saw()
					if !strings.HasPrefix(n.name, prefix(f)+"_") {
						r.broken(f.Path, n.line, n.name, "names the table %s", n.name)
					}
				}
			}
		},
	},
	{
		Name:   "references",
		Reason: "a table refers to its own module's tables or to tier core, so that every other module can be left out",
		Check: func(t *Tree, r *Report) {
			core, prefix := t.coreModules(), t.prefixes()
			for _, f := range t.sqlFiles("migrations") {
				for _, n := range named(string(f.Text), references) {
					r.saw()
					to, _, _ := strings.Cut(n.name, "_")
					if !strings.HasPrefix(n.name, prefix(f)+"_") && !slices.Contains(core, to) {
						r.broken(f.Path, n.line, n.name, "has a foreign key to %s", n.name)
					}
				}
			}
		},
	},
	{
		Name:   "migrations",
		Reason: "migrations run in the order of their names, and a table's prefix says whose it is",
		Check: func(t *Tree, r *Report) {
			prefix := t.prefixes()
			for _, f := range t.sqlFiles("migrations") {
				r.saw()
				owner := prefix(f)
				if !strings.HasPrefix(f.Name, owner+"_") || !migrationName.MatchString(f.Name) {
					r.broken(f.Path, 0, "", "is not called %s_NNN_what_it_does.sql", owner)
				}
				for _, n := range named(string(f.Text), created) {
					if !strings.HasPrefix(n.name, owner+"_") {
						r.broken(f.Path, n.line, n.name, "makes %s without the prefix %s_", n.name, owner)
					}
				}
			}
		},
	},
}

var (
	migrationName = regexp.MustCompile(`^[a-z_]+_\d{3}_[a-z0-9_]+(\.(sqlite|postgres))?\.sql$`)
	references    = regexp.MustCompile(`(?i)\bREFERENCES\s+([a-z0-9_]+)`)
	created       = regexp.MustCompile(`(?i)\bCREATE\s+(?:VIRTUAL\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([a-z0-9_]+)`)
)

// sqlFiles are the SQL files in the folders of that name, of modules and kit.
func (t *Tree) sqlFiles(folder string) []*File {
	return slices.DeleteFunc(slices.Clone(t.Files), func(f *File) bool {
		return path.Ext(f.Name) != ".sql" || path.Base(f.Dir) != folder
	})
}

// prefixes tells the prefix of the tables of a file's module or package: the code
// of a module that has hyphens is no folder's name.
func (t *Tree) prefixes() func(f *File) string {
	defined := t.definitions()
	return func(f *File) string {
		name := path.Base(path.Dir(f.Dir))
		if d := defined[moduleOf(f.Dir)]; d.prefix != "" {
			return d.prefix
		}
		return name
	}
}

// coreModules are the modules that every other may refer to.
func (t *Tree) coreModules() []string {
	core := []string{"core", "tenancy", "cms", "customers"}
	for name, d := range t.definitions() {
		if !d.core {
			core = slices.DeleteFunc(core, func(c string) bool { return c == name })
		}
	}
	return core
}

type mention struct {
	name string
	line int
}

// named finds the first group of an expression in SQL without its comments.
func named(text string, expr *regexp.Regexp) []mention {
	var found []mention
	for n, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "--")
		for _, m := range expr.FindAllStringSubmatch(line, -1) {
			found = append(found, mention{name: strings.ToLower(m[1]), line: n + 1})
		}
	}
	return found
}
