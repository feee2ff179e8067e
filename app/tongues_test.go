package app

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"orion/kit/i18n"
	"orion/kit/modtest"
	"orion/kit/ui"
)

// untranslated are pages that are in English for everybody, each with its reason.
var untranslated = map[string]string{
	"admin-dev-tools-components":           "says of components what their source says, in the language of the source",
	"admin-dev-tools-components-component": "the same",
	"admin-dev-tools-pages":                "the same as the source names them",
	"admin-dev-tools-preview":              "components with what they are filled with as examples, in English",
	"admin-dev-tools-words":                "lists the words of all languages",
	"admin-dev-tools-words-word":           "has a sentence in all languages",
	"admin-dev-tools-schema":               "lists the names of tables and columns",
	"platform-reference":                   "describes the REST interface to programmers, as the description that it is made of",
}

// phrases are the messages of a language: those without placeholders by their
// text, and the others as patterns, by key.
type phrases struct {
	plain    map[string]string // key by text
	patterns map[string][]*regexp.Regexp
}

var placeholder = regexp.MustCompile(`\\\{[a-z0-9_]+\\\}`)

// phrasesOf reads the locale files of a language.
func phrasesOf(t *testing.T, l i18n.Lang) phrases {
	t.Helper()
	out := phrases{plain: map[string]string{}, patterns: map[string][]*regexp.Regexp{}}
	lines := []fs.FS{ui.Files, locales}
	for _, m := range moduleLines() {
		lines = append(lines, m.Files)
	}
	for _, files := range lines {
		raw, err := fs.ReadFile(files, "locales/"+string(l)+".json")
		if err != nil {
			continue // a module without words
		}
		var all map[string]any
		if err := json.Unmarshal(raw, &all); err != nil {
			t.Fatal(err)
		}
		for key, v := range all {
			switch v := v.(type) {
			case string:
				out.add(key, v)
			case map[string]any:
				for _, form := range v {
					out.add(key, fmt.Sprint(form))
				}
			}
		}
	}
	return out
}

func (p *phrases) add(key, text string) {
	text = squeeze(text)
	quoted := regexp.QuoteMeta(text)
	if bare := placeholder.ReplaceAllString(quoted, " "); bare != quoted {
		if len(word.FindAllString(bare, -1)) > 1 { // else it may be like anything
			p.patterns[key] = append(p.patterns[key], regexp.MustCompile("^"+placeholder.ReplaceAllString(quoted, "(.+)")+"$"))
		}
		return
	}
	p.plain[text] = key
}

var word = regexp.MustCompile(`\p{L}{2,}`)

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// find is the key of the message that a text is, "" when it is none.
func (p *phrases) find(text string) string {
	if key, ok := p.plain[text]; ok {
		return key
	}
	for _, key := range slices.Sorted(maps.Keys(p.patterns)) {
		if p.says(key, text) {
			return key
		}
	}
	return ""
}

func (p *phrases) says(key, text string) bool {
	return slices.ContainsFunc(p.patterns[key], func(x *regexp.Regexp) bool { return x.MatchString(text) })
}

// english are words that the other three languages do not have.
var english = regexp.MustCompile(`\b(the|and|with|your|you|this|that|are|from|which|have|has|been|were|they|their|when|there|what|will|would|should|cannot|nothing|something)\b`)

// said are the texts of a page in its language: those that it marks as of another
// one are left out, and so is what is for machines.
func said(n *html.Node, l string, out map[string]bool) {
	if n.Type == html.ElementNode {
		if lang := attribute(n, "lang"); lang != "" && lang != l || slices.Contains([]string{"script", "style", "code", "pre", "kbd", "textarea", "svg"}, n.Data) {
			return
		}
		for _, a := range n.Attr {
			switch a.Key {
			case "title", "aria-label", "placeholder", "data-confirm", "data-remove", "data-done", "data-none", "data-leave", "data-sent", "data-failed", "data-changed", "data-missing", "data-one", "data-other", "data-all", "data-show", "data-hide", "data-dismiss":
				out[squeeze(a.Val)] = true
			}
		}
	}
	if n.Type == html.TextNode {
		out[squeeze(n.Data)] = true
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		said(c, l, out)
	}
}

// written is everything that the demo's people wrote, in one text.
func written(t *testing.T, pool *sql.DB) string {
	t.Helper()
	var b strings.Builder
	for _, c := range textColumns(t, pool) {
		values, err := pairs(pool, fmt.Sprintf("SELECT DISTINCT %s, '' FROM %s WHERE %s <> ''", c[1], c[0], c[1]))
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range values {
			b.WriteString(squeeze(v[0]) + "\n")
		}
	}
	return b.String()
}

// TestTongues reads every page of every frontend in French, German and
// Luxembourgish: none shows the key of a message, and none a message or a sentence
// in English that no customer or merchant wrote.
func TestTongues(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	g := sightsOf(t, a)
	all := append(g.sights, g.moments(t)...)
	theirs := written(t, owner(t, a))
	en := phrasesOf(t, i18n.En)
	for _, l := range []i18n.Lang{i18n.Fr, i18n.De, i18n.Lb} {
		own, told, understood := phrasesOf(t, l), map[string]bool{}, 0
		for text, key := range en.plain {
			if own.plain[text] == key && len(word.FindAllString(text, -1)) > 2 {
				t.Errorf("%s: the message %s is still in English: %s", l, key, text)
			}
		}
		for _, s := range all {
			if untranslated[s.name] != "" {
				continue
			}
			page := g.read(t, s, l)
			if got := attribute(page, "lang"); got != string(l) && got != "en" || page == nil {
				t.Errorf("%s: %s says that it is in %q", l, s.name, got)
			}
			if attribute(page, "lang") != string(l) {
				continue // the store does not have the language
			}
			texts := map[string]bool{}
			said(page, string(l), texts)
			for _, text := range slices.Sorted(maps.Keys(texts)) {
				if told[text] || !word.MatchString(text) {
					continue
				}
				if own.plain[text] != "" {
					understood++
					continue
				}
				key := en.find(text)
				foreign := len(english.FindAllString(text, -1)) > 1
				if key == "" && !foreign || key != "" && own.says(key, text) || strings.Contains(theirs, text) {
					continue
				}
				told[text] = true
				t.Errorf("%s: %s says %q %s", l, s.name, text, key)
			}
		}
		if understood < 2000 {
			t.Errorf("%s: only %d messages were found on all pages", l, understood)
		}
	}
	for key, n := range a.kit.Bundle.Unknown() {
		t.Errorf("the message %s is asked for %d times and does not exist", key, n)
	}
}

// read is a sight in a language.
func (g *gaze) read(t *testing.T, s sight, l i18n.Lang) *html.Node {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "http://"+s.host+s.path, nil)
	for name, value := range s.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	r.AddCookie(&http.Cookie{Name: "lang", Value: string(l)})
	w := httptest.NewRecorder()
	g.a.Handler().ServeHTTP(w, r)
	root, err := html.Parse(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "html" {
			return n
		}
	}
	t.Fatalf("%s is no page", s.name)
	return nil
}

// Who has not signed in reads the language of their browser; afterwards their own.
func TestTongueBeforeSignIn(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	v := modtest.Visitor{Handler: a.Handler(), Host: "localhost", Header: map[string]string{"Accept-Language": "de-LU,de;q=0.9"}}
	for _, path := range []string{"/admin/login", "/merchants/login"} {
		if got := v.Ask(modtest.Ask{Method: http.MethodGet, Path: path}); !strings.Contains(got.Body, `<html lang="de"`) {
			t.Errorf("%s: %.200s", path, got.Body)
		}
	}
}
