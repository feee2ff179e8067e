package devtools

import (
	"slices"
	"strings"
	"testing"

	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/modtest"
)

func TestReword(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, m *Module, e *dbtest.Env, l *ledger) {
		in, b := e.Gate.System(), m.need.Kit.Bundle
		say := func(key string, texts map[i18n.Lang]string) error {
			sentences := map[i18n.Lang]i18n.Sentence{}
			for lang, text := range texts {
				sentences[lang] = i18n.Sentence{Text: text}
			}
			return m.Reword(t.Context(), in, lea, key, sentences)
		}
		own := b.In(i18n.De).T("ui.undo")
		if err := say("ui.undo", map[i18n.Lang]string{i18n.De: "Doch nicht", i18n.En: "Undo", i18n.Fr: ""}); err != nil {
			t.Fatal(err)
		}
		if got := b.In(i18n.De).T("ui.undo"); got != "Doch nicht" {
			t.Errorf("it says %q", got)
		}
		stored, err := m.Rewording(t.Context(), in, "ui.undo")
		if err != nil || len(stored) != 1 || stored[0].Lang != i18n.De || stored[0].Text != "Doch nicht" || stored[0].Author != "Léa" || !stored[0].At.Equal(e.Clock.Now()) {
			t.Errorf("stored is %+v %v", stored, err)
		}
		if want := []string{`Léa dev_tools.reworded {"de":"Doch nicht","key":"ui.undo"}`}; !slices.Equal(l.entries, want) {
			t.Errorf("written down: %q", l.entries)
		}
		if err := say("ui.undo", map[i18n.Lang]string{i18n.De: "Doch nicht"}); err != nil || len(l.entries) != 1 {
			t.Errorf("the same once more is written down: %v %q", err, l.entries)
		}
		for name, c := range map[string]struct {
			key, text, field, code string
		}{
			"a placeholder is lost":    {"form.too_long", "Zu lang", "text_de", "dev_tools.placeholder_lost"},
			"nobody fills that":        {"ui.undo", "Nicht {x}", "text_de", "dev_tools.placeholder_strange"},
			"far too long":             {"ui.undo", strings.Repeat("ä", maxSentence+1), "text_de", "form.too_long"},
			"a plural without a form":  {"ui.selected", "alle", "text_de", "form.required"},
			"nothing has such a word ": {"ui.never", "x", "", "dev_tools.no_word"},
		} {
			err := fault.As(say(c.key, map[i18n.Lang]string{i18n.De: c.text}))
			if err == nil || c.field == "" && err.Code != c.code || c.field != "" && (len(err.Fields) != 1 || !strings.HasPrefix(err.Fields[0].Name, "text_") || err.Fields[0].Code != c.code) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := say("ui.undo", map[i18n.Lang]string{i18n.De: own}); err != nil || b.In(i18n.De).T("ui.undo") != own {
			t.Errorf("taken back it says %q, %v", b.In(i18n.De).T("ui.undo"), err)
		}
		if stored, _ := m.Rewording(t.Context(), in, "ui.undo"); len(stored) != 0 || len(l.entries) != 2 {
			t.Errorf("still stored is %+v, written down %q", stored, l.entries)
		}
	})
}

func TestRewordedElsewhere(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, m *Module, e *dbtest.Env, l *ledger) {
		in := e.Gate.System()
		other := New(Needs{Kit: modtest.Kit(t, e), System: in, Audit: l})
		forms := map[string]string{"one": "Nur {n}", "other": "Ganze {n}"}
		err := m.Reword(t.Context(), in, lea, "ui.selected", map[i18n.Lang]i18n.Sentence{i18n.Lb: {Text: forms["other"], Forms: forms}})
		if err != nil {
			t.Fatal(err)
		}
		says := func() string { return other.need.Kit.Bundle.In(i18n.Lb).N("ui.selected", 7) }
		if says() == "Ganze 7" {
			t.Fatal("another node knows before it looked")
		}
		if err := other.Definition().Hooks.OnStartup(t.Context()); err != nil || says() != "Ganze 7" {
			t.Errorf("a node that starts says %q, %v", says(), err)
		}
		e.Clock.Advance(1)
		if err := m.Reword(t.Context(), in, lea, "ui.selected", map[i18n.Lang]i18n.Sentence{i18n.Lb: {Forms: map[string]string{"one": "", "other": ""}}}); err != nil {
			t.Fatal(err)
		}
		if err := other.RefreshWords(t.Context(), in); err != nil || says() == "Ganze 7" {
			t.Errorf("after it was taken back, another node says %q, %v", says(), err)
		}
	})
}
