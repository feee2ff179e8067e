package arch

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// File is one source file of the tree: Go, templ or SQL.
type File struct {
	Path      string // slash separated, from the root
	Dir       string
	Name      string
	Text      []byte
	Lines     int
	Test      bool // _test.go
	Generated bool
	AST       *ast.File // nil unless Go
	Imports   []Import
}

// Import is one import of a Go file.
type Import struct {
	Path string
	Line int
}

// Tree is the source of one Go module.
type Tree struct {
	Module string // the module's path, the prefix of its own imports
	Files  []*File
	fset   *token.FileSet
}

// skipped are folders without source of this module.
var skipped = []string{"node_modules", "testdata", "bin", "data", "tmp", "tools", "dist"}

// Load reads a source tree: its Go, templ and SQL files.
func Load(root fs.FS, module string) (*Tree, error) {
	t := &Tree{Module: module, fset: token.NewFileSet()}
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			outside := p != "." && strings.HasPrefix(name, ".") || slices.Contains(skipped, name) && !strings.Contains(p, "modules/")
			if outside || name == "node_modules" || name == "testdata" {
				return fs.SkipDir
			}
			return nil
		}
		switch path.Ext(name) {
		case ".go", ".templ", ".sql":
			return t.read(root, p)
		}
		return nil
	})
	return t, err
}

func (t *Tree) read(root fs.FS, p string) error {
	text, err := fs.ReadFile(root, p)
	if err != nil {
		return err
	}
	f := &File{
		Path: p, Dir: path.Dir(p), Name: path.Base(p), Text: text,
		Lines: bytes.Count(text, []byte("\n")), Test: strings.HasSuffix(p, "_test.go"),
	}
	if path.Ext(p) == ".go" {
		f.AST, err = parser.ParseFile(t.fset, p, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		f.Generated = ast.IsGenerated(f.AST)
		for _, spec := range f.AST.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			f.Imports = append(f.Imports, Import{Path: name, Line: t.line(spec)})
		}
	}
	t.Files = append(t.Files, f)
	return nil
}

func (t *Tree) line(n ast.Node) int { return t.fset.Position(n.Pos()).Line }

// length is the number of lines that a node takes.
func (t *Tree) length(n ast.Node) int {
	return t.fset.Position(n.End()).Line - t.fset.Position(n.Pos()).Line + 1
}

// code are the Go files that become part of the program.
func (t *Tree) code() []*File {
	return slices.DeleteFunc(slices.Clone(t.Files), func(f *File) bool { return f.AST == nil || f.Test })
}

// own cuts the module's path off an import of this module; ok is false for others.
func (t *Tree) own(imported string) (rest string, ok bool) {
	if imported == t.Module {
		return ".", true
	}
	return strings.CutPrefix(imported, t.Module+"/")
}

// under reports whether a folder is the other one or inside it.
func under(dir string, parents ...string) bool {
	return slices.ContainsFunc(parents, func(p string) bool { return dir == p || strings.HasPrefix(dir, p+"/") })
}

// moduleOf is the module that a folder belongs to: "orders" for
// modules/orders/ordersapi; empty outside of modules.
func moduleOf(dir string) string {
	rest, ok := strings.CutPrefix(dir, "modules/")
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	return name
}

// part says what a folder is to its module: "" for its package, "api" for a
// contract, of which it may have several, "ui" for the pages, "test" for the fake, "inside" for anything else.
func part(dir string) string {
	name := moduleOf(dir)
	switch rest := strings.TrimPrefix(strings.TrimPrefix(dir, "modules/"+name), "/"); rest {
	case "":
		return ""
	case name + "api":
		return "api"
	case name + "ui":
		return "ui"
	case name + "test":
		return "test"
	default:
		if strings.HasSuffix(rest, "api") && !strings.Contains(rest, "/") {
			return "api"
		}
	}
	return "inside"
}
