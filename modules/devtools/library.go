package devtools

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"orion/kit/ui"
	"orion/kit/ui/gallery"
)

// Component is an exported name of the component library: a component, or a value
// that components take.
type Component struct {
	Name     string
	File     string // of kit/ui, without its ending: where its like stand
	Doc      string
	Use      string // how it is written: "@ui.Spinner()", or "" for a value
	Props    []Prop // fields, or the parameters of a function
	Source   string
	Examples []Example // shortest first
	Places   []string  // templates of the gallery in which it stands
}

// IsValue tells that it is no component but a value that components take.
func (c Component) IsValue() bool { return c.Use == "" }

// Prop is a field or a parameter.
type Prop struct {
	Name, Type, Doc string
	Of              string // the name of the library that its type is, or ""
}

// Example is how the gallery uses a component.
type Example struct{ Text string }

// Library are all components, by name. It is read once, from the sources that the
// program has with it.
var Library = sync.OnceValue(func() []Component {
	l := library{at: map[string]*Component{}}
	for _, name := range sourceFiles(ui.Sources) {
		l.read(name, source(ui.Sources, name))
	}
	names := make([]string, 0, len(l.at))
	for name := range l.at {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range sourceFiles(gallery.Sources) {
		l.examples(source(gallery.Sources, name))
	}
	out := make([]Component, 0, len(names))
	for _, name := range names {
		c := *l.at[name]
		for i, p := range c.Props {
			if bare := bareType(p.Type); l.at[bare] != nil {
				c.Props[i].Of = bare
			}
		}
		slices.SortStableFunc(c.Examples, func(a, b Example) int { return cmp.Compare(len(a.Text), len(b.Text)) })
		out = append(out, c)
	}
	return out
})

// FindComponent is the component of that name.
func FindComponent(name string) (Component, bool) {
	all := Library()
	i, ok := slices.BinarySearchFunc(all, name, func(c Component, n string) int { return strings.Compare(c.Name, n) })
	if !ok {
		return Component{}, false
	}
	return all[i], true
}

// FindComponents are the components in whose name or description all words stand.
func FindComponents(query string) []Component {
	return slices.DeleteFunc(slices.Clone(Library()), func(c Component) bool { return !matches(query, c.Name, c.File, c.Doc) })
}

// matches tells that every word of a query stands in one of the texts.
func matches(query string, texts ...string) bool {
	all := strings.ToLower(strings.Join(texts, "\n"))
	for word := range strings.FieldsSeq(strings.ToLower(query)) {
		if !strings.Contains(all, word) {
			return false
		}
	}
	return true
}

func sourceFiles(files fs.FS) []string {
	names, _ := fs.Glob(files, "*") // of files that are part of the program
	return names
}

func source(files fs.FS, name string) string {
	text, _ := fs.ReadFile(files, name)
	return string(text)
}

type library struct{ at map[string]*Component }

// piece is a declaration at the top of a file, with its comment.
type piece struct{ doc, text string }

// pieces cuts a file into its declarations. It relies on their layout: each begins
// at the first column, and ends with a bracket there or with its first line.
func pieces(text string) (out []piece) {
	var doc, body []string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if len(body) > 0 {
			body = append(body, line)
			if line == "}" || line == ")" {
				out = append(out, piece{comment(doc), strings.Join(body, "\n")})
				doc, body = nil, nil
			}
			continue
		}
		word, _, _ := strings.Cut(line, " ")
		switch {
		case strings.HasPrefix(line, "//"):
			doc = append(doc, line)
		case slices.Contains([]string{"type", "func", "templ"}, word):
			if strings.HasSuffix(line, "{") {
				body = []string{line}
				continue
			}
			out = append(out, piece{comment(doc), line})
			doc = nil
		default:
			doc = nil
		}
	}
	return out
}

func comment(lines []string) string {
	for i, l := range lines {
		lines[i] = strings.TrimSpace(strings.TrimPrefix(l, "//"))
	}
	return strings.Join(lines, " ")
}

// read takes in the declarations of a file.
func (l *library) read(name, text string) {
	group := strings.TrimSuffix(strings.TrimSuffix(path.Base(name), ".templ"), ".go")
	for _, p := range pieces(text) {
		word, rest, _ := strings.Cut(p.text, " ")
		owner := identifier(rest)
		if strings.HasPrefix(rest, "(") { // a method
			_, recv, _ := strings.Cut(rest, " ")
			owner = identifier(strings.TrimPrefix(recv, "*"))
		}
		if !ast.IsExported(owner) {
			continue
		}
		c := l.at[owner]
		if c == nil {
			c = &Component{Name: owner, File: group}
			if word != "type" && !strings.HasPrefix(rest, "(") && (word != "templ" && !strings.HasSuffix(firstLine(p.text), "templ.Component {")) {
				continue // a function that draws nothing
			}
			l.at[owner] = c
		}
		switch {
		case word == "type":
			c.Doc, c.File, c.Props = p.doc, group, fields(p.text)
		case strings.HasPrefix(rest, "("):
			if strings.Contains(firstLine(p.text), ") Render(") {
				c.Use = "@ui." + owner + "{…}"
			}
		default:
			c.Doc, c.Props = p.doc, parameters(p.text)
			c.Use = "@ui." + owner + "(" + namesOf(c.Props) + ")"
		}
		if c.Source != "" {
			c.Source += "\n\n"
		}
		c.Source += p.text
	}
}

func firstLine(s string) string {
	first, _, _ := strings.Cut(s, "\n")
	return first
}

// identifier is the name at the beginning of s.
func identifier(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	if end < 0 {
		return s
	}
	return s[:end]
}

func namesOf(props []Prop) string {
	names := make([]string, len(props))
	for i, p := range props {
		names[i] = p.Name
	}
	return strings.Join(names, ", ")
}

// fields are those of a struct type, with what is said about them.
func fields(text string) []Prop {
	s, ok := declared(text).(*ast.TypeSpec)
	if !ok {
		return nil
	}
	t, ok := s.Type.(*ast.StructType)
	if !ok {
		return nil
	}
	return propsOf(t.Fields)
}

// parameters are those of a function or template.
func parameters(text string) []Prop {
	head := "func" + strings.TrimPrefix(strings.TrimPrefix(firstLine(text), "templ"), "func") + "}"
	f, ok := declared(head).(*ast.FuncDecl)
	if !ok {
		return nil
	}
	return propsOf(f.Type.Params)
}

// declared is the first declaration of a text.
func declared(text string) any {
	file, err := parser.ParseFile(token.NewFileSet(), "", "package ui\n"+text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil || len(file.Decls) == 0 {
		return nil
	}
	if g, ok := file.Decls[0].(*ast.GenDecl); ok {
		return g.Specs[0]
	}
	return file.Decls[0]
}

func propsOf(list *ast.FieldList) (out []Prop) {
	for _, f := range list.List {
		said := strings.TrimSpace(f.Doc.Text() + f.Comment.Text())
		for _, n := range f.Names {
			if n.IsExported() || f.Comment == nil && f.Doc == nil {
				out = append(out, Prop{Name: n.Name, Type: written(f.Type), Doc: strings.ReplaceAll(said, "\n", " ")})
			}
		}
	}
	return out
}

func written(e ast.Expr) string {
	var out bytes.Buffer
	_ = printer.Fprint(&out, token.NewFileSet(), e) // into memory
	return out.String()
}

// bareType is a type's name without what is around it: "[]Tab" is "Tab".
func bareType(t string) string {
	t = strings.TrimLeft(t, "[]*")
	name, _, _ := strings.Cut(t, "[")
	return name
}
