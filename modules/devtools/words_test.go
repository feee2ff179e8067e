package devtools

import (
	"slices"
	"testing"
	"testing/fstest"

	"orion/kit/i18n"
)

func TestWords(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"locales/en.json": {Data: []byte(`{"loans.due":"Due {day}","loans.n":{"one":"{n} loan","other":"{n} loans"},"loans.sql":"SQL","permissions.loans.view":"See loans","loans.raw":"{a} · {b}"}`)},
		"locales/fr.json": {Data: []byte(`{"loans.due":"Le {day}","loans.n":{"one":"{n} prêt","other":"{n} prêts"},"loans.sql":"SQL","permissions.loans.view":"Voir","loans.raw":"{a} · {b}"}`)},
		"locales/de.json": {Data: []byte(`{"loans.due":"Am {day}","loans.sql":"Abfrage","permissions.loans.view":"Sehen","loans.raw":"{a} · {b}"}`)},
	}
	bundle, err := i18n.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	bundle.In(i18n.De).T("loans.due", "day", "Monday")
	find := func(key string) Word {
		all := Words(bundle, func(code string) bool { return code == "loans" })
		i := slices.IndexFunc(all, func(w Word) bool { return w.Key == key })
		if i < 0 {
			t.Fatalf("there is no %s", key)
		}
		return all[i]
	}
	if w := find("loans.n"); w.Module != "loans" || !slices.Equal(w.Missing, []i18n.Lang{i18n.De, i18n.Lb}) || w.Asked || w.In[i18n.Fr].Forms["one"] != "{n} prêt" {
		t.Errorf("a plural is %+v", w)
	}
	if w := find("loans.sql"); !slices.Equal(w.Same, []i18n.Lang{i18n.Fr}) {
		t.Errorf("the same in French: %+v", w)
	}
	if w := find("loans.raw"); len(w.Same) > 0 {
		t.Errorf("there is nothing to translate in %+v", w)
	}
	if w := find("loans.due"); !w.Asked {
		t.Errorf("it was asked for: %+v", w)
	}
	if w := find("permissions.loans.view"); w.Module != "loans" {
		t.Errorf("it is of %s", w.Module)
	}
	if w := find("ui.undo"); w.Module != "kit" {
		t.Errorf("it is of %s", w.Module)
	}
	file, err := LocaleFile([]Word{find("loans.n"), find("loans.due"), find("loans.sql")}, i18n.De)
	if want := "{\n  \"loans.due\": \"Am {day}\",\n  \"loans.sql\": \"Abfrage\"\n}\n"; err != nil || string(file) != want {
		t.Errorf("the file is %q %v", file, err)
	}
}
