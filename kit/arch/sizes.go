package arch

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
)

// The limits.
const (
	maxFile      = 300
	maxFunction  = 70
	maxTypical   = 40 // nine of ten functions
	maxParams    = 4  // after the context
	maxMethods   = 4
	maxContract  = 150
	minFunctions = 10 // below this a percentile says nothing
)

var sizeRules = []Rule{
	{
		Name:   "file size",
		Reason: "a file is read in one sitting; a longer one has two subjects",
		Check: func(t *Tree, r *Report) {
			for _, f := range t.Files {
				if !f.Generated && path.Ext(f.Name) != ".sql" {
					r.saw()
					r.over(Finding{Path: f.Path, Subject: f.Path, Measure: f.Lines, What: "lines"}, maxFile)
				}
			}
		},
	},
	{
		Name:   "function size",
		Reason: "a function does one thing that its name says",
		Check: func(t *Tree, r *Report) {
			var lengths []int
			t.forFuncs(func(f *File, name string, fn *ast.FuncDecl) {
				r.saw()
				lengths = append(lengths, t.length(fn))
				r.over(about(f, name, t.line(fn)).measures(t.length(fn), "lines"), maxFunction)
			})
			if len(lengths) >= minFunctions {
				slices.Sort(lengths)
				typical := lengths[len(lengths)*9/10]
				r.over(Finding{Path: "all functions", Subject: "all", Measure: typical, What: "lines that nine of ten stay under"}, maxTypical)
			}
		},
	},
	{
		Name:   "parameters",
		Reason: "more than four values have a name together: make it a struct",
		Check: func(t *Tree, r *Report) {
			t.forFuncs(func(f *File, name string, fn *ast.FuncDecl) {
				r.saw()
				r.over(about(f, name, t.line(fn)).measures(params(fn.Type), "parameters"), maxParams)
			})
		},
	},
	{
		Name:   "interface size",
		Reason: "a capability is small: one that asks for little can be given by many, and faked in a test",
		Check: func(t *Tree, r *Report) {
			for _, f := range t.code() {
				ast.Inspect(f.AST, func(n ast.Node) bool {
					spec, ok := n.(*ast.TypeSpec)
					if !ok {
						return true
					}
					if i, ok := spec.Type.(*ast.InterfaceType); ok && !f.Generated {
						r.saw()
						r.over(about(f, spec.Name.Name, t.line(spec)).measures(methods(i), "methods"), maxMethods)
					}
					return true
				})
			}
		},
	},
	{
		Name:   "contract size",
		Reason: "a contract is read by everybody who builds on it",
		Check: func(t *Tree, r *Report) {
			lines := map[string]int{}
			for _, f := range t.code() {
				if moduleOf(f.Dir) != "" && part(f.Dir) == "api" {
					r.saw()
					lines[f.Dir] += f.Lines
				}
			}
			for dir, n := range lines {
				r.over(Finding{Path: dir, Subject: dir, Measure: n, What: "lines"}, maxContract)
			}
		},
	},
}

// about begins a finding about a name in a file.
func about(f *File, name string, line int) Finding {
	return Finding{Path: f.Path, Line: line, Subject: f.Path + ":" + name, What: name}
}

// measures is the finding with how much of what was counted.
func (f Finding) measures(n int, what string) Finding {
	f.Measure, f.What = n, what+" of "+f.What
	return f
}

// forFuncs visits the functions that people wrote for the program.
func (t *Tree) forFuncs(visit func(f *File, name string, fn *ast.FuncDecl)) {
	for _, f := range t.code() {
		if f.Generated {
			continue
		}
		for _, d := range f.AST.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
				visit(f, funcName(fn), fn)
			}
		}
	}
}

// funcName is the function's name, with its receiver's type before it.
func funcName(fn *ast.FuncDecl) string {
	if recv := receiver(fn); recv != "" {
		return fmt.Sprintf("%s.%s", recv, fn.Name.Name)
	}
	return fn.Name.Name
}

// receiver is the name of the type that a method belongs to.
func receiver(fn *ast.FuncDecl) string {
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return ""
	}
	for e := fn.Recv.List[0].Type; ; {
		switch x := e.(type) {
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.IndexListExpr:
			e = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

// params counts the parameters after a context and before an open end.
func params(fn *ast.FuncType) int {
	n := 0
	for i, p := range fn.Params.List {
		if i == 0 && isSelector(p.Type, "context", "Context") {
			continue
		}
		if _, open := p.Type.(*ast.Ellipsis); open {
			continue
		}
		n += max(1, len(p.Names))
	}
	return n
}

// methods counts what an interface asks for by itself; embedded ones are
// capabilities of their own.
func methods(i *ast.InterfaceType) int {
	n := 0
	for _, m := range i.Methods.List {
		n += len(m.Names)
	}
	return n
}
