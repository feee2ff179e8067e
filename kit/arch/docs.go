package arch

import (
	"go/ast"
	"maps"
	"slices"
)

var docRules = []Rule{
	{
		Name:   "package docs",
		Reason: "the first sentence about a package is where its reader starts",
		Check: func(t *Tree, r *Report) {
			documented := map[string]bool{}
			for _, f := range t.code() {
				documented[f.Dir] = documented[f.Dir] || f.AST.Doc != nil && !f.Generated
			}
			for _, dir := range slices.Sorted(maps.Keys(documented)) {
				r.saw()
				if !documented[dir] {
					r.broken(dir, 0, "", "has no package comment")
				}
			}
		},
	},
	{
		Name:   "exported docs",
		Reason: "what others may use is promised in a sentence",
		Check: func(t *Tree, r *Report) {
			for _, f := range t.code() {
				if f.Generated || f.AST.Name.Name == "main" {
					continue
				}
				for _, d := range f.AST.Decls {
					r.saw()
					for _, name := range undocumented(d) {
						r.broken(f.Path, t.line(d), name, "%s has no comment", name)
					}
				}
			}
		},
	},
}

// undocumented are the exported names of a declaration without a comment. A
// comment on a group speaks for its constants and variables.
func undocumented(d ast.Decl) []string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		recv := receiver(d)
		if d.Doc == nil && d.Name.IsExported() && (d.Recv == nil || ast.IsExported(recv)) {
			return []string{funcName(d)}
		}
	case *ast.GenDecl:
		var names []string
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && s.Doc == nil && s.Comment == nil && (d.Doc == nil || d.Lparen.IsValid()) {
					names = append(names, s.Name.Name)
				}
			case *ast.ValueSpec:
				for _, n := range s.Names {
					if n.IsExported() && s.Doc == nil && s.Comment == nil && d.Doc == nil {
						names = append(names, n.Name)
					}
				}
			}
		}
		return names
	}
	return nil
}
