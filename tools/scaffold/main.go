// Command scaffold writes a module that passes every check at once, and registers
// it in the program: contract, page, migration, statements, permissions with words
// in four languages, README and tests. What it writes is meant to be changed.
//
//	go run ./scaffold -dir .. returns
package main

import (
	"bytes"
	"embed"
	"flag"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"text/template"
)

//go:embed module
var files embed.FS

// names are what the templates call a module.
type names struct {
	Code  string // returns
	Title string // Returns
}

var code = regexp.MustCompile(`^[a-z]{3,20}$`)

func main() {
	dir := flag.String("dir", "..", "the project")
	flag.Parse()
	if err := write(*dir, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "scaffold:", err)
		os.Exit(1)
	}
	fmt.Printf("modules/%s is written and registered in app/modules.go. Next: make generate, then change it.\n", flag.Arg(0))
}

// write makes the module's folder and names it in the program's list.
func write(dir, name string) error {
	if !code.MatchString(name) || token.IsKeyword(name) {
		return fmt.Errorf("%q is no name for a module: 3 to 20 lower-case letters (make module NAME=returns)", name)
	}
	folder := filepath.Join(dir, "modules", name)
	if _, err := os.Stat(folder); err == nil {
		return fmt.Errorf("modules/%s is there already", name)
	}
	list := filepath.Join(dir, "app", "modules.go")
	source, err := os.ReadFile(list)
	if err != nil {
		return err
	}
	n := names{Code: name, Title: strings.ToUpper(name[:1]) + name[1:]}
	registered, err := register(source, n)
	if err != nil {
		return err
	}
	if err := fs.WalkDir(files, "module", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return copyOut(folder, path, n)
	}); err != nil {
		return err
	}
	return os.WriteFile(list, registered, 0o644)
}

// copyOut writes one file of the module. NAME in its path is the module's code.
func copyOut(folder, path string, n names) error {
	text, err := files.ReadFile(path)
	if err != nil {
		return err
	}
	t, err := template.New(path).Delims("[[", "]]").Parse(string(text))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := t.Execute(&out, n); err != nil {
		return err
	}
	to := strings.TrimSuffix(strings.ReplaceAll(strings.TrimPrefix(path, "module/"), "NAME", n.Code), ".tmpl")
	body := out.Bytes()
	if strings.HasSuffix(to, ".go") {
		if body, err = format.Source(body); err != nil {
			return fmt.Errorf("%s: %w", to, err)
		}
	}
	to = filepath.Join(folder, filepath.FromSlash(to))
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, body, 0o644)
}

// insertion is text that goes into a file at a place.
type insertion struct {
	at   token.Pos
	text string
}

// register names the module in every place of the program's list: its imports,
// the struct of modules, their folders, how it is made, and its definition.
func register(source []byte, n names) ([]byte, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "modules.go", source, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	var in []insertion
	add := func(at token.Pos, format string) {
		in = append(in, insertion{at, strings.ReplaceAll(format, "NAME", n.Code)})
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch x := node.(type) {
		case *ast.GenDecl:
			if x.Tok == token.IMPORT {
				add(x.Rparen, "\t\"orion/modules/NAME\"\n\t\"orion/modules/NAME/NAMEapi\"\n")
			}
		case *ast.TypeSpec:
			if fields, ok := x.Type.(*ast.StructType); ok && x.Name.Name == "modules" {
				for _, f := range fields.Fields.List {
					if len(f.Names) > 0 && f.Names[0].Name == "registry" {
						add(f.Pos(), "NAME *NAME.Module\n\n\t")
					}
				}
			}
		case *ast.FuncDecl:
			registerIn(x, add)
		}
		return true
	})
	if len(in) != 5 {
		return nil, fmt.Errorf("app/modules.go does not look as it did: found %d of 5 places", len(in))
	}
	slices.SortFunc(in, func(a, b insertion) int { return int(b.at - a.at) })
	for _, i := range in {
		at := set.Position(i.at).Offset
		source = slices.Concat(source[:at], []byte(i.text), source[at:])
	}
	return format.Source(source)
}

// registerIn finds the place of a module in one of the list's functions.
func registerIn(f *ast.FuncDecl, add func(at token.Pos, format string)) {
	switch f.Name.Name {
	case "build":
		add(f.Body.Rbrace, "\tm.NAME = NAME.New(NAME.Needs{Kit: k, Audit: m.tenancy})\n")
	case "moduleLines", "definitions":
		line := "{Module: NAMEapi.Code, Files: NAME.Files},\n\t"
		if f.Name.Name == "definitions" {
			line = "m.NAME.Definition(),\n\t"
		}
		ast.Inspect(f.Body, func(n ast.Node) bool {
			if r, ok := n.(*ast.ReturnStmt); ok && len(r.Results) == 1 {
				if list, ok := r.Results[0].(*ast.CompositeLit); ok {
					add(list.Rbrace, "\t"+line)
				}
			}
			return true
		})
	}
}
