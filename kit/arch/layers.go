package arch

import (
	"slices"
	"strings"
)

// values are the packages of kit that every layer, contracts and pages may use.
var values = []string{"kit/id", "kit/money", "kit/clock", "kit/fault", "kit/page", "kit/tenant", "kit/i18n", "kit/auth"}

var layerRules = []Rule{
	{
		Name:   "layers",
		Reason: "imports go one way, cmd → app → modules → kit, so that the framework can be read and tested without the program",
		Check: func(t *Tree, r *Report) {
			forImports(t, func(f *File, i Import, to string) {
				from, at := layer(f.Dir), layer(to)
				if from < 0 || at < 0 {
					return
				}
				r.saw()
				if at > from || from == layerCmd && at < layerApp {
					r.broken(f.Path, i.Line, to, "imports %s", to)
				}
			})
		},
	},
	{
		Name:   "values",
		Reason: "values stand at the bottom: whoever speaks of money or time must not load a database for it",
		Check: func(t *Tree, r *Report) {
			bottom := []string{"kit/id", "kit/money", "kit/clock", "kit/fault", "kit/page", "kit/tenant"}
			forImports(t, func(f *File, i Import, to string) {
				if !slices.Contains(bottom, f.Dir) {
					return
				}
				r.saw()
				if !slices.Contains(bottom, to) {
					r.broken(f.Path, i.Line, to, "imports %s, which is no value package", to)
				}
			})
		},
	},
	{
		Name:   "database",
		Reason: "only kit/db speaks to a database by hand (job and the test databases need its handle), so that scopes cannot be bypassed",
		Check: func(t *Tree, r *Report) {
			for _, f := range t.code() {
				for _, i := range f.Imports {
					if i.Path != "database/sql" && i.Path != "database/sql/driver" {
						continue
					}
					r.saw()
					if !under(f.Dir, "kit/db", "kit/dbtest", "kit/job", "kit/modtest") {
						r.broken(f.Path, i.Line, i.Path, "imports %s", i.Path)
					}
				}
			}
		},
	},
	{
		Name:   "handles",
		Reason: "kit/db's ways around its scopes are for the job runner and the test databases: anywhere else they read any tenant",
		Check: func(t *Tree, r *Report) {
			for _, f := range t.code() {
				for _, u := range t.calls(f, "SQL", "Pool", "ReadPool", "Unscoped") {
					r.saw()
					if !under(f.Dir, "kit/db", "kit/dbtest", "kit/job", "kit/modtest") {
						r.broken(f.Path, u.line, u.name, "calls %s", u.name)
					}
				}
			}
		},
	},
	{
		Name:   "gate",
		Reason: "a scope is minted where host, token or job was resolved and nowhere else; who can make a gate can read any tenant",
		Check: func(t *Tree, r *Report) {
			for _, f := range t.code() {
				for _, u := range t.uses(f, "kit/tenant", "NewGate") {
					r.saw()
					if !under(f.Dir, "app", "kit/dbtest") {
						r.broken(f.Path, u.line, u.name, "makes a tenant gate")
					}
				}
			}
		},
	},
}

const (
	layerKit = iota
	layerModules
	layerApp
	layerCmd
)

func layer(dir string) int {
	top, _, _ := strings.Cut(dir, "/")
	return slices.Index([]string{"kit", "modules", "app", "cmd"}, top)
}

// forImports visits every import of this module's own packages by its code.
func forImports(t *Tree, visit func(f *File, i Import, to string)) {
	for _, f := range t.code() {
		for _, i := range f.Imports {
			if to, ok := t.own(i.Path); ok {
				visit(f, i, to)
			}
		}
	}
}
