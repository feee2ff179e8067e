package arch

import (
	"maps"
	"path"
	"slices"
	"strings"
)

// inTests stands in the table for the importers of what only tests import.
const inTests = "tests"

// library is one line of docs/adr/libraries.md.
type library struct {
	path string
	by   []string
	line int
}

// allows reports whether a package may import the library; * stands for any
// part of a path, as in modules/*/*ui.
func (l library) allows(dir string) bool {
	return slices.ContainsFunc(l.by, func(by string) bool {
		ok, err := path.Match(by, dir)
		return ok && err == nil
	})
}

// libraryRule compares the imports with the table of libraries.
func libraryRule(table string) Rule {
	const doc = "docs/adr/libraries.md"
	return Rule{
		Name:   "libraries",
		Reason: "each library is let in by name and by as few packages as can be, so that it can be replaced; the table in " + doc + " says where and why",
		Check: func(t *Tree, r *Report) {
			known := readLibraries(table)
			importers := map[string]map[string]bool{}
			for _, f := range t.Files {
				for _, i := range f.Imports {
					if _, ours := t.own(i.Path); ours || !strings.Contains(i.Path, ".") {
						continue
					}
					r.saw()
					at := slices.IndexFunc(known, func(l library) bool { return under(i.Path, l.path) })
					if at < 0 {
						r.broken(f.Path, i.Line, i.Path, "imports %s, which has no line in %s", i.Path, doc)
						continue
					}
					l := known[at]
					if importers[l.path] == nil {
						importers[l.path] = map[string]bool{}
					}
					by := f.Dir
					if f.Test {
						by = inTests
					}
					importers[l.path][by] = true
					if !f.Test && !l.allows(by) {
						r.broken(f.Path, i.Line, i.Path, "imports %s, which %s allows to %s only", i.Path, doc, strings.Join(l.by, ", "))
					}
				}
			}
			for _, l := range known {
				used := slices.Collect(maps.Keys(importers[l.path]))
				for _, by := range l.by {
					if !slices.ContainsFunc(used, library{by: []string{by}}.allows) {
						r.broken(doc, l.line, l.path+" "+by, "%s is not imported by %s any more", l.path, by)
					}
				}
			}
		},
	}
}

// readLibraries reads the lines `| library | version | imported by | why |`.
// The longest paths come first, so that a part of a library can have its own line.
func readLibraries(table string) []library {
	var found []library
	for n, line := range strings.Split(table, "\n") {
		cells := strings.Split(line, "|")
		if len(cells) < 6 || !strings.Contains(cells[1], "`") {
			continue
		}
		l := library{path: strings.Trim(cells[1], " `"), line: n + 1}
		for by := range strings.SplitSeq(cells[3], ",") {
			l.by = append(l.by, strings.Trim(by, " `"))
		}
		found = append(found, l)
	}
	slices.SortStableFunc(found, func(a, b library) int { return len(b.path) - len(a.path) })
	return found
}
