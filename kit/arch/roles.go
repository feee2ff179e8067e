package arch

import (
	"slices"
	"strings"
)

// statements are the names of kit/db that make or run statements.
var statements = []string{"Must", "MustList", "Exec", "One", "All", "List"}

var roleRules = []Rule{
	{
		Name:   "roles",
		Reason: "the prefix of a file says what it may touch: web_ and api_ speak HTTP, job_ runs jobs, all others decide and know neither",
		Check: func(t *Tree, r *Report) {
			forRoles(t, func(f *File, role string) {
				r.saw()
				for _, i := range f.Imports {
					if name := strings.TrimPrefix(i.Path, t.Module+"/"); slices.Contains(forbidden(role), name) {
						r.broken(f.Path, i.Line, name, "imports %s", name)
					}
				}
			})
		},
	},
	{
		Name:   "statements",
		Reason: "only sql_*.go knows tables; a use case opens a transaction and leaves the SQL to them",
		Check: func(t *Tree, r *Report) {
			forRoles(t, func(f *File, role string) {
				for _, u := range t.uses(f, "kit/db", statements...) {
					r.saw()
					if role != "sql" {
						r.broken(f.Path, u.line, u.name, "uses db.%s", u.name)
					}
				}
			})
		},
	},
}

// role is what the prefix of a file says: "sql", "web", "api", "job", "on", or
// "domain" for all others.
func role(name string) string {
	prefix, _, found := strings.Cut(strings.TrimSuffix(name, ".go"), "_")
	if found && slices.Contains([]string{"sql", "web", "api", "job", "on"}, prefix) {
		return prefix
	}
	return "domain"
}

// forbidden are the packages that files of a role may not import.
func forbidden(role string) []string {
	switch role {
	case "web", "api":
		return []string{"kit/db", "database/sql", "kit/job"}
	case "job":
		return []string{"net/http", "database/sql", "kit/web", "kit/web/form"}
	}
	return []string{"net/http", "database/sql", "kit/web", "kit/web/form", "kit/job"}
}

// forRoles visits the files of the modules' packages that have a role;
// module.go may do everything.
func forRoles(t *Tree, visit func(f *File, role string)) {
	for _, f := range t.code() {
		if moduleOf(f.Dir) != "" && part(f.Dir) == "" && f.Name != "module.go" && !f.Generated {
			visit(f, role(f.Name))
		}
	}
}
