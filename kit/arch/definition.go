package arch

import (
	"go/ast"
	"go/token"
	"path"
	"strconv"
	"strings"
)

// definition is what a module says about itself, as far as the rules need it.
type definition struct {
	prefix             string   // of its tables, when its code is written there; "" is the folder's name
	requires, observes []string // by folder
	core               bool
}

// definitions reads the module.Definition literals of the tree, by module folder.
func (t *Tree) definitions() map[string]definition {
	found := map[string]definition{}
	for _, f := range t.code() {
		local := t.local(f, "kit/module")
		if local == "" || moduleOf(f.Dir) == "" || part(f.Dir) != "" {
			continue
		}
		ast.Inspect(f.AST, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			// one without fields stands for "no module" beside an error
			if ok && len(lit.Elts) > 0 && isSelector(lit.Type, local, "Definition") {
				found[moduleOf(f.Dir)] = t.definition(f, local, lit)
			}
			return true
		})
	}
	return found
}

func (t *Tree) definition(f *File, local string, lit *ast.CompositeLit) definition {
	d := definition{core: true} // Core is the zero tier
	for _, e := range lit.Elts {
		pair, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		switch key, _ := pair.Key.(*ast.Ident); {
		case key == nil:
		case key.Name == "Code":
			if code, ok := pair.Value.(*ast.BasicLit); ok {
				d.prefix = strings.ReplaceAll(strings.Trim(code.Value, `"`), "-", "_")
			}
		case key.Name == "Requires":
			d.requires = t.codes(f, pair.Value)
		case key.Name == "Observes":
			d.observes = t.codes(f, pair.Value)
		case key.Name == "Tier":
			d.core = isSelector(pair.Value, local, "Core")
		}
	}
	return d
}

// codes reads a list of module codes: literals, or the Code of their contracts.
func (t *Tree) codes(f *File, list ast.Expr) []string {
	lit, ok := list.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	var codes []string
	for _, e := range lit.Elts {
		switch e := e.(type) {
		case *ast.BasicLit:
			if code, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
				codes = append(codes, strings.ReplaceAll(code, "-", ""))
			}
		case *ast.SelectorExpr:
			if x, ok := e.X.(*ast.Ident); ok {
				codes = append(codes, t.moduleNamed(f, x.Name))
			}
		}
	}
	return codes
}

// moduleNamed is the module whose contract a file knows under a name.
func (t *Tree) moduleNamed(f *File, name string) string {
	for _, i := range f.Imports {
		if to, ok := t.own(i.Path); ok && path.Base(to) == name {
			return moduleOf(to)
		}
	}
	return name
}

func isSelector(e ast.Expr, x, name string) bool {
	s, ok := e.(*ast.SelectorExpr)
	if !ok || s.Sel.Name != name {
		return false
	}
	id, ok := s.X.(*ast.Ident)
	return ok && id.Name == x
}
