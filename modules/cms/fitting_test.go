package cms

import (
	"context"
	"errors"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/modules/cms/textsapi"
)

// announces stores a bar as the draft, and shows it to shoppers.
func (w *world) announces(t *testing.T, b Bar) {
	t.Helper()
	f, err := w.Fitting(t.Context(), w.at.Store, TheBar)
	must(t, err)
	must(t, w.saveFitting(t.Context(), w.at.Store, fittingAct{TheBar, lena, "bar_edited"}, fittingMade{b.normal().textOf(), f.Revision}))
	must(t, w.PublishFitting(t.Context(), w.at.Store, TheBar, f.Revision+1, lena))
}

// A bar is shown from its beginning on and until its end, by the clock, and its mark
// changes with what it says alone.
func TestBarWaits(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		now := w.Clock.Now()
		b := Bar{Text: i18n.Text{i18n.En: "Open on Sunday", i18n.Fr: "Ouvert dimanche"}, To: "/pages/hours", Tone: "wash", From: now.Add(time.Hour), Until: now.Add(3 * time.Hour)}
		w.announces(t, b)
		var marks []string
		for i, want := range []string{"", "Open on Sunday", "Open on Sunday", "", ""} {
			a := w.Around(t.Context(), w.at, i18n.En)
			if a.Bar.Text != want || !a.OwnBar {
				t.Errorf("after %d hours it says %q, want %q", i, a.Bar.Text, want)
			}
			marks = append(marks, a.Bar.Mark)
			w.Clock.Advance(time.Hour)
		}
		if marks[1] == "" || marks[1] != marks[2] {
			t.Errorf("the marks are %q", marks)
		}
		b.From, b.Until = time.Time{}, time.Time{}
		w.announces(t, b)
		if a := w.Around(t.Context(), w.at, i18n.Fr); a.Bar != (Shown{Text: "Ouvert dimanche", Path: "/pages/hours", Tone: "wash", Mark: marks[1]}) {
			t.Errorf("shoppers see %+v", a.Bar)
		}
		b.Text[i18n.Fr] = "Ouvert ce dimanche"
		w.announces(t, b)
		if a := w.Around(t.Context(), w.at, i18n.En); a.Bar.Mark == marks[1] {
			t.Error("what says something else has the same mark")
		}
		b.Stays = true
		w.announces(t, b)
		if a := w.Around(t.Context(), w.at, i18n.En); a.Bar.Mark != "" {
			t.Error("what stays can be put away")
		}
	})
}

// A bar that says nothing, ends before it begins, or leads somewhere harmful is not shown.
func TestBarRefused(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for field, b := range map[string]Bar{
		"to":      {To: "javascript:alert(1)", Tone: "ink"},
		"tone":    {Tone: "url(x)"},
		"until":   {Tone: "ink", From: now, Until: now},
		"text_en": {Tone: "ink", Text: i18n.Text{i18n.En: string(make([]rune, maxBar+1))}},
	} {
		if e := b.check(); len(e.Fields) != 1 || e.Fields[0].Name != field {
			t.Errorf("%s: %v", field, e.Fields)
		}
	}
	if err := (Bar{Tone: "ink"}).ready(); !errors.Is(err, errBarEmpty) {
		t.Errorf("an empty one: %v", err)
	}
}

// The colours of a bar can be told apart in every design that can be published.
func TestBarIsReadable(t *testing.T) {
	t.Parallel()
	for _, look := range ui.Presets {
		for _, p := range []ui.Palette{look.Light, look.Dark} {
			for tone, pair := range map[string][2]string{"ink": {p.Base, p.Ink}, "accent": {p.OnAccent, p.Accent}, "wash": {p.Ink, p.Wash}, "sunk": {p.Ink, p.Sunk}} {
				if got := ui.Contrast(pair[0], pair[1]); got < 4.5 {
					t.Errorf("%s of %s has a contrast of %.1f", tone, look.Code, got)
				}
			}
		}
	}
}

// What stands around pages takes no statement while it is known, and what cannot be
// read is as it was, or as the last good version.
func TestFittingsAreKnown(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		statements := func() int {
			ctx, n := db.WithCounter(t.Context())
			w.Around(ctx, w.at, i18n.En)
			return n.N()
		}
		statements() // the links of pages
		w.fitted.forget(w.at.Store)
		if cold, warm := statements(), statements(); cold != 1 || warm != 0 {
			t.Errorf("nothing takes %d statements, and %d again", cold, warm)
		}
		w.announces(t, Bar{Text: i18n.Text{i18n.En: "One"}})
		w.announces(t, Bar{Text: i18n.Text{i18n.En: "Two"}})
		if cold, warm := statements(), statements(); cold != 1 || warm != 0 {
			t.Errorf("a bar takes %d statements, and %d again", cold, warm)
		}
		must(t, w.refit(t.Context(), w.at.Store, fittingAct{TheBar, lena, "bar_edited"}, func(tx mediaTx, f *Fitting) error {
			f.Versions++
			f.Live = f.Versions
			return insertFittingVersion(t.Context(), tx, TheBar, DesignVersion{Number: f.Versions, Text: `{"tone":"nonsense"`, At: tx.Now()})
		}))
		if a := w.Around(t.Context(), w.at, i18n.En); a.Bar.Text != "Two" || w.BrokenFitting(w.at.Store, TheBar) == "" {
			t.Errorf("instead of what is broken shoppers see %+v", a.Bar)
		}
		ctx, stop := context.WithCancel(t.Context())
		stop()
		w.fitted.forget(w.at.Store)
		if a := w.Around(ctx, w.at, i18n.En); a.OwnHeader {
			t.Errorf("nobody waits, and there is %+v", a)
		}
	})
}

// Drafts are looked at by who was given their address, in their store alone.
func TestTriedAround(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		token := w.PreviewFittings(in)
		later := Bar{Text: i18n.Text{i18n.En: "Soon"}, From: w.Clock.Now().Add(time.Hour)}.normal()
		must(t, w.saveFitting(ctx, in, fittingAct{TheBar, lena, "bar_edited"}, fittingMade{later.textOf(), 0}))
		a, err := w.TriedAround(ctx, w.at, token, i18n.En)
		if err != nil || a.Bar.Text != "Soon" || !a.Trial || w.Around(ctx, w.at, i18n.En).OwnBar {
			t.Errorf("the draft is %+v, %v", a, err)
		}
		for at, token := range map[At]string{w.other: token, w.at: token[1:]} {
			if _, err := w.TriedAround(ctx, at, token, i18n.En); !errors.Is(err, auth.ErrLink) {
				t.Errorf("%q: %v", token, err)
			}
		}
	})
}

// What menus and bar say is translated in one place: labels that people wrote, into the
// draft, and nothing is overwritten that nobody saw.
func TestMenuTexts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		must(t, w.BeginMenu(ctx, w.at, HeaderMenu, 0, lena))
		must(t, w.WriteItem(ctx, w.at, HeaderMenu, ItemWriting{MenuItem: MenuItem{Kind: asAddress, To: "/", Label: i18n.Text{i18n.En: "Home"}}, Lang: i18n.En, By: lena}))
		must(t, w.WriteItem(ctx, w.at, HeaderMenu, ItemWriting{MenuItem: MenuItem{Kind: asPage, To: "about"}, Lang: i18n.En, By: lena}))
		w.announces(t, Bar{Text: i18n.Text{i18n.En: "Open"}})
		all, err := w.menuTextsAfter(ctx, in, "", 10)
		must(t, err)
		if len(all) != 2 || all[0].Key != "bar" || all[0].Ahead || all[1].Key != "header" || !all[1].Ahead || len(all[1].Texts) != 1 {
			t.Fatalf("there is %+v", all)
		}
		change := textsapi.TextChange{Lang: i18n.Fr, By: paul, Said: []textsapi.TextSaid{{Name: "item.1", Is: "Accueil"}}}
		must(t, w.saveMenuTexts(ctx, in, "header", change))
		if err := w.saveMenuTexts(ctx, in, "header", textsapi.TextChange{Lang: i18n.Fr, By: lena, Said: []textsapi.TextSaid{{Name: "item.1", Is: "Début"}}}); !errors.Is(err, textsapi.ErrTextChanged) {
			t.Errorf("overwritten: %v", err)
		}
		must(t, w.saveMenuTexts(ctx, in, "bar", textsapi.TextChange{Lang: i18n.Fr, By: paul, Said: []textsapi.TextSaid{{Name: "text", Is: "Ouvert"}}}))
		must(t, w.publishMenuTexts(ctx, in, "bar", paul))
		if a := w.Around(ctx, w.at, i18n.Fr); a.Bar.Text != "Ouvert" {
			t.Errorf("the bar says %q", a.Bar.Text)
		}
		thing, err := w.menuTextsOf(ctx, in, "header")
		if err != nil || (*thing.Texts[0].In)[i18n.Fr] != "Accueil" {
			t.Errorf("it is %+v, %v", thing, err)
		}
		for _, key := range []string{"footer", "none"} {
			if err := w.saveMenuTexts(ctx, in, key, change); !errors.Is(err, textsapi.ErrTextGone) {
				t.Errorf("%s: %v", key, err)
			}
		}
	})
}
