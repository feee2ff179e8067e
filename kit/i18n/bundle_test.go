package i18n

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// files is a file system of locale files, from language to text.
func files(locales map[string]string) fs.FS {
	all := fstest.MapFS{}
	for lang, text := range locales {
		all["locales/"+lang+".json"] = &fstest.MapFile{Data: []byte(text)}
	}
	return all
}

func load(t testing.TB, locales map[string]string) *Bundle {
	t.Helper()
	b, err := Load(files(locales))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestOwnWordsAreComplete(t *testing.T) {
	t.Parallel()
	b, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Gap(nil), b.Missing()); diff != "" {
		t.Error("missing:", diff)
	}
	if diff := cmp.Diff([]Gap(nil), b.Mismatched()); diff != "" {
		t.Error("other placeholders than in English:", diff)
	}
}

func TestLoadReportsGaps(t *testing.T) {
	t.Parallel()
	b := load(t, map[string]string{
		"en": `{"x.a": "A {name}", "x.b": "B", "x.n": {"one": "one", "other": "{n} of {name}"}}`,
		"fr": `{"x.a": "A {nom}", "x.n": {"other": "{n} de {name}"}}`,
		"de": `{"x.a": "{name} A", "x.b": "B", "x.n": "ohne"}`,
		"lb": `{"x.a": "A {name}", "x.b": "B", "x.c": "C", "x.n": {"other": "{n} vun {name}"}}`,
	})
	missing := []Gap{{Fr, "x.b"}, {En, "x.c"}, {Fr, "x.c"}, {De, "x.c"}}
	if diff := cmp.Diff(missing, b.Missing()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Gap{{Fr, "x.a"}, {De, "x.n"}}, b.Mismatched()); diff != "" {
		t.Error(diff)
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		lines []fs.FS
		want  []string
	}{
		{"a key of two modules", []fs.FS{files(map[string]string{"en": `{"x.a": "1"}`}), files(map[string]string{"en": `{"x.a": "2", "b.z": "3"}`})}, []string{`"x.a"`, "locales/en.json of file system 1 (x)", "locales/en.json of file system 2 (b)"}},
		{"a key of kit", []fs.FS{files(map[string]string{"de": `{"ui.save": "Sichern"}`})}, []string{`"ui.save"`, "locales/de.json"}},
		{"a key twice in a file", []fs.FS{files(map[string]string{"lb": `{"x.a": "1", "x.a": "2"}`})}, []string{`"x.a"`, "twice", "locales/lb.json"}},
		{"a language we do not have", []fs.FS{files(map[string]string{"es": `{}`})}, []string{`"es"`, "locales/es.json"}},
		{"nested messages", []fs.FS{files(map[string]string{"en": `{"x": {"a": "1"}}`})}, []string{`"x"`, "other"}},
		{"an unknown plural form", []fs.FS{files(map[string]string{"en": `{"x": {"other": "1", "single": "2"}}`})}, []string{"single"}},
		{"an empty message", []fs.FS{files(map[string]string{"en": `{"x": ""}`})}, []string{"empty"}},
		{"a number", []fs.FS{files(map[string]string{"en": `{"x": 1}`})}, []string{"float64"}},
		{"a list", []fs.FS{files(map[string]string{"en": `[]`})}, []string{"one JSON object"}},
		{"broken JSON", []fs.FS{files(map[string]string{"en": `{"x": "1"`})}, []string{"locales/en.json"}},
		{"two objects", []fs.FS{files(map[string]string{"en": `{}{}`})}, []string{"after the object"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := Load(c.lines...)
			if err == nil {
				t.Fatal("loaded")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q lacks %q", err, want)
				}
			}
		})
	}
}

func TestLoadTakesModulesWithoutWords(t *testing.T) {
	t.Parallel()
	if _, err := Load(nil, fstest.MapFS{"sql/orders.sql": &fstest.MapFile{}}); err != nil {
		t.Error(err)
	}
}

func TestGapsAreFilled(t *testing.T) {
	t.Parallel()
	b := load(t, map[string]string{
		"en": `{"x.a": "English", "x.b": "English"}`,
		"de": `{"x.a": "Deutsch"}`,
	})
	if got := b.In(Lb).T("x.a"); got != "Deutsch" {
		t.Errorf("lb falls back to %q", got)
	}
	if got := b.In(Fr).T("x.a"); got != "English" {
		t.Errorf("fr falls back to %q", got)
	}
	if got := b.In(Lb).T("x.b"); got != "English" {
		t.Errorf("lb without de falls back to %q", got)
	}
	if got := b.In("xx").Lang(); got != En {
		t.Errorf("an unknown language is %q", got)
	}
}

func TestUnknownKeysAreShownAndCounted(t *testing.T) {
	t.Parallel()
	b := load(t, nil)
	w := b.In(Fr)
	if got := w.T("x.none") + w.N("x.none", 2) + w.T("x.other", "a", 1); got != "x.nonex.nonex.other" {
		t.Errorf("got %q", got)
	}
	if diff := cmp.Diff(map[string]int{"x.none": 2, "x.other": 1}, b.Unknown()); diff != "" {
		t.Error(diff)
	}
	if w.Has("x.none") || !w.Has("ui.save") {
		t.Error("Has is wrong")
	}
	if got := (Words{}).T("ui.save"); got != "ui.save" {
		t.Errorf("zero words: %q", got)
	}
}
