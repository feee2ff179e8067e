package modtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

	"orion/kit/i18n"
)

// Faults tells which fault codes and field codes in a module's source have no
// sentence for people.
func Faults(s Subject) (wrong []string) {
	bundle, err := i18n.Load(s.Definition.Files)
	if err != nil {
		return []string{err.Error()}
	}
	words := bundle.In(i18n.En)
	for _, code := range faultCodes(s.Dir) {
		if !words.Has(code) {
			wrong = append(wrong, "no sentence for the fault "+code)
		}
	}
	return wrong
}

// faultCodes are the literals given to fault.New, and to the methods Field and
// Fail, which take a field's name first.
func faultCodes(dir string) []string {
	var out []string
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return nil
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || len(call.Args) < 2 {
				return true
			}
			pkg, _ := sel.X.(*ast.Ident)
			isNew := sel.Sel.Name == "New" && pkg != nil && pkg.Name == "fault"
			if !isNew && sel.Sel.Name != "Field" && sel.Sel.Name != "Fail" {
				return true
			}
			if lit, ok := call.Args[1].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if code, err := strconv.Unquote(lit.Value); err == nil && strings.Contains(code, ".") {
					out = append(out, code)
				}
			}
			return true
		})
		return nil
	})
	return out
}
