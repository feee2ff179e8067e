package i18n

import (
	"reflect"
	"slices"
	"sync"
	"testing"
	"testing/fstest"
)

func rewordable(t *testing.T) *Bundle {
	t.Helper()
	b, err := Load(fstest.MapFS{
		"locales/en.json": {Data: []byte(`{"loans.due":"Due {day}","loans.n":{"one":"One loan of {who}","other":"{n} loans of {who}"},"loans.end":"End"}`)},
		"locales/de.json": {Data: []byte(`{"loans.due":"Fällig am {day}","loans.n":{"one":"Eine Leihe von {who}","other":"{n} Leihen von {who}"}}`)},
		"locales/fr.json": {Data: []byte(`{"loans.due":"Le {day}"}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestReword(t *testing.T) {
	t.Parallel()
	b := rewordable(t)
	before := b.In(De)
	unfit := b.Reword([]Rewording{
		{De, "loans.due", Sentence{Text: "Bis {day}"}},
		{De, "loans.end", Sentence{Text: "Ende"}},
		{De, "loans.n", Sentence{Forms: map[string]string{"one": "1 Buch für {who}", "other": "{n} Bücher für {who}"}}},
		{Fr, "loans.due", Sentence{Text: "Pour {jour}"}},
	})
	if len(unfit) != 1 || unfit[0].Lang != Fr {
		t.Errorf("does not fit: %+v", unfit)
	}
	for l, want := range map[Lang][]string{
		De: {"Bis Montag", "Ende", "1 Buch für Léa", "3 Bücher für Léa"},
		Lb: {"Bis Montag", "Ende", "1 Buch für Léa", "3 Bücher für Léa"}, // falls back to German
		Fr: {"Le Montag", "End", "One loan of Léa", "3 loans of Léa"},
		En: {"Due Montag", "End", "One loan of Léa", "3 loans of Léa"},
	} {
		w := b.In(l)
		if got := []string{w.T("loans.due", "day", "Montag"), w.T("loans.end"), w.N("loans.n", 1, "who", "Léa"), w.N("loans.n", 3, "who", "Léa")}; !slices.Equal(got, want) {
			t.Errorf("%s says %q, want %q", l, got, want)
		}
	}
	if got := before.T("loans.due", "day", "Montag"); got != "Fällig am Montag" {
		t.Errorf("words that were taken before say %q", got)
	}
	for _, e := range b.Entries() {
		if e.Key == "loans.due" && (e.In[De].Text != "Bis {day}" || !slices.Equal(e.Reworded, []Lang{De}) || !e.Asked) {
			t.Errorf("reworded is %+v", e)
		}
	}
	if s, ok := b.Written(De, "loans.due"); !ok || s.Text != "Fällig am {day}" {
		t.Errorf("the file has %+v", s)
	}
	if s, ok := b.Written(De, "loans.end"); ok {
		t.Errorf("the file has %+v", s)
	}
	b.Reword(nil)
	if got := b.In(Lb).T("loans.due", "day", "Montag"); got != "Fällig am Montag" {
		t.Errorf("taken back says %q", got)
	}
}

func TestFit(t *testing.T) {
	t.Parallel()
	b := rewordable(t)
	for name, c := range map[string]struct {
		r    Rewording
		want Misfit
	}{
		"fits":             {Rewording{De, "loans.due", Sentence{Text: "{day}"}}, Misfit{}},
		"n may be left":    {Rewording{De, "loans.n", Sentence{Forms: map[string]string{"other": "{who}"}}}, Misfit{}},
		"no such message":  {Rewording{De, "loans.none", Sentence{Text: "x"}}, Misfit{Unknown: true}},
		"no such language": {Rewording{"xx", "loans.due", Sentence{Text: "{day}"}}, Misfit{Unknown: true}},
		"no such form":     {Rewording{De, "loans.n", Sentence{Forms: map[string]string{"other": "{who}", "some": "{who}"}}}, Misfit{Unknown: true}},
		"empty":            {Rewording{De, "loans.end", Sentence{}}, Misfit{Empty: "other"}},
		"empty form":       {Rewording{De, "loans.n", Sentence{Forms: map[string]string{"other": "{who}", "one": ""}}}, Misfit{Empty: "one"}},
		"a text for forms": {Rewording{De, "loans.n", Sentence{Text: "{n} {who}"}}, Misfit{Empty: "other"}},
		"lost":             {Rewording{De, "loans.due", Sentence{Text: "bald"}}, Misfit{Lost: []string{"day"}}},
		"strange":          {Rewording{De, "loans.end", Sentence{Text: "Ende {x}"}}, Misfit{Strange: []string{"x"}}},
	} {
		got := b.Fit(c.r)
		if len(got.Lost) == 0 {
			got.Lost = nil
		}
		if len(got.Strange) == 0 {
			got.Strange = nil
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

// TestRewordWhileSpeaking is for the race detector, and sees that no request
// ever meets a sentence that nobody wrote.
func TestRewordWhileSpeaking(t *testing.T) {
	t.Parallel()
	b := rewordable(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 500 {
				if got := b.In(De).T("loans.due", "day", "Montag"); got != "Bis Montag" && got != "Fällig am Montag" {
					t.Errorf("it says %q", got)
				}
			}
		})
	}
	for range 50 {
		b.Reword([]Rewording{{De, "loans.due", Sentence{Text: "Bis {day}"}}})
		b.Reword(nil)
	}
	all.Wait()
}
