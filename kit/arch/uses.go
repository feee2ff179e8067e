package arch

import (
	"go/ast"
	"path"
	"slices"
	"strconv"
)

// use is one mention of a name of another package.
type use struct {
	name string
	line int
}

// uses finds the mentions of a package's names in a file. No names means any.
func (t *Tree) uses(f *File, dir string, names ...string) []use {
	local := t.local(f, dir)
	if local == "" {
		return nil
	}
	var found []use
	ast.Inspect(f.AST, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := s.X.(*ast.Ident); ok && x.Name == local && (len(names) == 0 || slices.Contains(names, s.Sel.Name)) {
			found = append(found, use{name: s.Sel.Name, line: t.line(s)})
		}
		return true
	})
	return found
}

// calls finds the calls of methods with these names, whoever has them.
func (t *Tree) calls(f *File, names ...string) []use {
	var found []use
	ast.Inspect(f.AST, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok {
			if s, ok := c.Fun.(*ast.SelectorExpr); ok && slices.Contains(names, s.Sel.Name) {
				found = append(found, use{name: s.Sel.Name, line: t.line(s)})
			}
		}
		return true
	})
	return found
}

// local is the name under which a file knows one of our packages, or "".
func (t *Tree) local(f *File, dir string) string {
	for _, spec := range f.AST.Imports {
		if p, _ := strconv.Unquote(spec.Path.Value); p != t.Module+"/"+dir {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name
		}
		return path.Base(dir)
	}
	return ""
}
