package arch

import (
	"go/ast"
	"slices"
	"strings"
)

var moduleRules = []Rule{
	{
		Name:   "definition",
		Reason: "a module registers itself with one module.Definition literal, from which its needs can be read",
		Check: func(t *Tree, r *Report) {
			defined := t.definitions()
			forImports(t, func(f *File, i Import, to string) {
				if f.Dir != "app" || moduleOf(to) == "" || part(to) != "" {
					return
				}
				r.saw()
				if _, ok := defined[moduleOf(to)]; !ok {
					r.broken(f.Path, i.Line, to, "%s has no module.Definition literal", to)
				}
			})
		},
	},
	{
		Name:   "modules",
		Reason: "modules know each other by contract only; importing a module itself is for app alone",
		Check: func(t *Tree, r *Report) {
			forImports(t, func(f *File, i Import, to string) {
				mine, other := moduleOf(f.Dir), moduleOf(to)
				if mine == "" || other == "" || mine == other {
					return
				}
				r.saw()
				if part(to) != "api" {
					r.broken(f.Path, i.Line, to, "imports %s; what %s offers to others stands in %sapi", to, other, other)
				}
			})
		},
	},
	{
		Name:   "requires",
		Reason: "a contract may be used if Requires or Observes names its module (core is always there), or switching a module off would break another unseen",
		Check:  checkRequires,
	},
	{
		Name:   "observes",
		Reason: "what is only observed may be absent: it is heard in on_*.go and never called",
		Check: func(t *Tree, r *Report) {
			defined := t.definitions()
			forImports(t, func(f *File, i Import, to string) {
				d, ok := defined[moduleOf(f.Dir)]
				if !ok || part(f.Dir) != "" || part(to) != "api" || !slices.Contains(d.observes, moduleOf(to)) {
					return
				}
				r.saw()
				if role(f.Name) != "on" && f.Name != "module.go" {
					r.broken(f.Path, i.Line, to, "imports %s, which is only observed", to)
				}
			})
		},
	},
	{
		Name:   "contracts",
		Reason: "a contract is what others compile against: values and other contracts, no HTTP, no SQL, nothing that runs by itself",
		Check: func(t *Tree, r *Report) {
			checkPart(t, r, "api", append([]string{"kit/db", "kit/event", "kit/figure", "kit/guard", "kit/slot"}, values...))
			for _, f := range t.code() {
				if moduleOf(f.Dir) == "" || part(f.Dir) != "api" {
					continue
				}
				for _, d := range f.AST.Decls {
					if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.Name == "init" {
						r.broken(f.Path, t.line(d), "init", "has an init function")
					}
				}
			}
		},
	},
	{
		Name:   "pages",
		Reason: "pages show what they are given: they can be drawn in a test without a request or a database",
		Check: func(t *Tree, r *Report) {
			checkPart(t, r, "ui", append([]string{"kit/ui", "kit/ui/icon", "kit/ui/layout", "assets"}, values...))
		},
	},
	{
		Name:   "fakes",
		Reason: "a fake is for tests; the program must not sell with it",
		Check: func(t *Tree, r *Report) {
			forImports(t, func(f *File, i Import, to string) {
				if moduleOf(to) == "" || part(to) != "test" || part(f.Dir) == "test" {
					return
				}
				r.broken(f.Path, i.Line, to, "imports the fake %s", to)
			})
			for _, f := range t.code() {
				if moduleOf(f.Dir) != "" && part(f.Dir) == "test" {
					r.saw()
				}
			}
		},
	},
}

// checkRequires reports contracts that are used without being required.
func checkRequires(t *Tree, r *Report) {
	defined, core := t.definitions(), t.coreModules()
	forImports(t, func(f *File, i Import, to string) {
		mine, other := moduleOf(f.Dir), moduleOf(to)
		d, ok := defined[mine]
		if !ok || other == "" || other == mine || part(to) != "api" || part(f.Dir) == "test" {
			return
		}
		r.saw()
		free := slices.Contains(core, other) && !d.core
		if !free && !slices.Contains(d.requires, other) && !slices.Contains(d.observes, other) {
			r.broken(f.Path, i.Line, to, "imports %s, but %s does not require %s", to, mine, other)
		}
	})
}

// checkPart holds the contracts or the pages of all modules to what they may
// import of our own, and away from the network and the database.
func checkPart(t *Tree, r *Report, which string, allowed []string) {
	for _, f := range t.code() {
		if moduleOf(f.Dir) == "" || part(f.Dir) != which {
			continue
		}
		r.saw()
		for _, i := range f.Imports {
			to, ours := t.own(i.Path)
			contract := strings.HasPrefix(to, "modules/") && part(to) == "api"
			if ours && !contract && !slices.Contains(allowed, to) || i.Path == "net/http" || i.Path == "database/sql" {
				r.broken(f.Path, i.Line, i.Path, "imports %s", i.Path)
			}
		}
	}
}
