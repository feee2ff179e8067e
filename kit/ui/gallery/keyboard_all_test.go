package gallery_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	pressed = regexp.MustCompile(`<(a|button|input|select|textarea|summary|dialog|o-[a-z-]+)\b`)
	unseen  = regexp.MustCompile(`<input[^>]*(type="hidden"|tabindex="-1")`) // for nobody to fill in
	uses    = regexp.MustCompile(`@\(?(?:ui\.)?([A-Z]\w*)[\[({]`)
	element = regexp.MustCompile(`customElements\.define\("(o-[a-z-]+)"`)
)

// quiet elements of ours do something that no key is needed for, each with its reason.
var quiet = map[string]string{
	"o-again":     "fetches a part of a page by itself",
	"o-choose":    "the picture of a form, which is cms's: TestBlogInABrowser",
	"o-countdown": "counts by itself",
	"o-later":     "fetches a part of a page by itself",
	"o-margin":    "follows fields",
	"o-pay":       "the payer's page, whose form is the gateway's: TestCards",
	"o-studio":    "the studio of sections, which is cms's: TestHomeOfSections",
	"o-theme":     "the editor of a store's look, which is cms's: TestDesignInABrowser",
	"o-suggest":   "the search field of storefronts, which is the catalogue's: TestSuggestions",
}

// TestKeyboardIsWhole compares the cases of TestKeyboard with the code: every
// component in which something can be pressed or filled in, and every element
// of ours, has a case that says so.
func TestKeyboardIsWhole(t *testing.T) {
	t.Parallel()
	driven := map[string]bool{}
	for _, c := range keyboardCases {
		for _, part := range strings.Fields(c.parts) {
			driven[part] = true
		}
	}
	drawn := components(t)
	for name := range drawn {
		if interactive(drawn, name, nil) && !driven[name] {
			t.Errorf("%s can be used, and no case of TestKeyboard does so by keyboard", name)
		}
	}
	scripts, _ := filepath.Glob("../../../assets/js/*.js")
	for _, file := range scripts {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range element.FindAllStringSubmatch(string(src), -1) {
			drawn[m[1]] = string(src)
			if _, ok := quiet[m[1]]; ok == driven[m[1]] {
				t.Errorf("<%s> needs either a case of TestKeyboard or a reason in quiet", m[1])
			}
		}
	}
	for name := range driven {
		if _, ok := drawn[name]; !ok {
			t.Errorf("a case of TestKeyboard is about %s, which is not there any more", name)
		}
	}
	if len(scripts) < 30 || len(drawn) < 90 {
		t.Errorf("%d scripts and %d components are not all", len(scripts), len(drawn))
	}
}

// interactive tells whether a component has something to press, or draws one that has.
func interactive(drawn map[string]string, name string, above []string) bool {
	if pressed.MatchString(unseen.ReplaceAllString(drawn[name], "")) {
		return true
	}
	for _, m := range uses.FindAllStringSubmatch(drawn[name], -1) {
		if part := m[1]; !slices.Contains(above, part) && drawn[part] != "" && interactive(drawn, part, append(above, name)) {
			return true
		}
	}
	return false
}

// components are the exported components of ui and its frames with all that draws
// them: what their templates say, and their methods.
func components(t *testing.T) map[string]string {
	t.Helper()
	text, exported := map[string]string{}, map[string]bool{}
	for _, dir := range []string{"..", "../layout"} {
		files, err := filepath.Glob(dir + "/*")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			switch {
			case strings.HasSuffix(file, ".templ"):
				templates(t, file, text)
			case strings.HasSuffix(file, "_templ.go"):
				methods(t, file, nil, exported)
			case strings.HasSuffix(file, ".go") && !strings.HasSuffix(file, "_test.go"):
				methods(t, file, text, exported)
			}
		}
	}
	out := map[string]string{}
	for name := range exported {
		out[name] = text[name]
	}
	return out
}

// templates reads what templates draw, by the component that they belong to.
func templates(t *testing.T, file string, text map[string]string) {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head := regexp.MustCompile(`(?m)^templ (?:\(\w+ \*?(\w+)(?:\[\w+\])?\) )?(\w+)`)
	all := head.FindAllStringSubmatchIndex(string(src), -1)
	for i, m := range all {
		end := len(src)
		if i+1 < len(all) {
			end = all[i+1][0]
		}
		name := string(src[m[4]:m[5]])
		if m[2] >= 0 {
			name = string(src[m[2]:m[3]])
		}
		text[name] += string(src[m[0]:end])
	}
}

// methods reads what Go draws, and which components are exported: types with
// Render, and functions that give a component.
func methods(t *testing.T, file string, text map[string]string, exported map[string]bool) {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	f, err := parser.ParseFile(token.NewFileSet(), file, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		name := fn.Name.Name
		if fn.Recv != nil {
			name = receiver(fn.Recv.List[0].Type)
		}
		if text != nil {
			text[name] += string(src[fn.Pos()-1 : fn.End()-1])
		}
		if !ast.IsExported(name) {
			continue
		}
		if fn.Recv != nil && fn.Name.Name == "Render" || fn.Recv == nil && gives(fn) == "templ.Component" {
			exported[name] = true
		}
	}
}

func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// gives is the only result of a function, as it is written.
func gives(fn *ast.FuncDecl) string {
	if fn.Type.Results == nil || len(fn.Type.Results.List) != 1 {
		return ""
	}
	if s, ok := fn.Type.Results.List[0].Type.(*ast.SelectorExpr); ok {
		return s.X.(*ast.Ident).Name + "." + s.Sel.Name
	}
	return ""
}
