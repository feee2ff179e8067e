package cms

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/ui"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/textsapi"
)

// inTongues are a store in English that also speaks French.
var inTongues = []i18n.Lang{i18n.En, i18n.Fr}

const ofPages = "cms.pages"

// scans looks through all texts of the store.
func (w *world) scans(t *testing.T) {
	t.Helper()
	w.Clock.Advance(time.Second)
	must(t, w.ScanTexts(t.Context(), w.at.Store, inTongues))
	w.settle(t)
}

// inWords are the words of English.
func inWords(t *testing.T) i18n.Words {
	t.Helper()
	bundle, err := i18n.Load(ui.Files, Files)
	must(t, err)
	return bundle.In(i18n.En)
}

// stands is how far the pages are in French.
func (w *world) stands(t *testing.T, total, missing, changed int64) {
	t.Helper()
	_, progress, scan, err := w.Texts(t.Context(), w.at.Store, TextQuery{Lang: i18n.Fr, Areas: []string{ofPages}, State: TextsOpen})
	must(t, err)
	if scan.Asked.IsZero() || scan.Running() {
		t.Errorf("nobody looked through the texts: %+v", scan)
	}
	var got TextProgress
	for _, p := range progress {
		if p.Area == ofPages && p.Lang == i18n.Fr {
			got = p
		}
	}
	if got.Total != total || got.Missing != missing || got.Changed != changed {
		t.Errorf("%d texts, %d missing, %d changed; want %d, %d and %d", got.Total, got.Missing, got.Changed, total, missing, changed)
	}
}

// translates writes what a page says in French.
func (w *world) translates(t *testing.T, id PageID, said ...textsapi.TextSaid) error {
	t.Helper()
	_, err := w.Translate(t.Context(), w.at.Store, Translating{Area: ofPages, Thing: id.String(), Said: said, Langs: Langs{All: inTongues, Into: i18n.Fr}, By: lena})
	return err
}

// A text is missing until it is translated, and changed once what it was translated
// from says something else; whoever translates it again, wherever, sets that right.
func TestTextsAreMissingAndChange(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		id := write(t, w.Stores, in, says("about", "About", "<p>Hello {store}</p>"))
		w.scans(t)
		w.stands(t, 2, 2, 0)
		must(t, w.translates(t, id, textsapi.TextSaid{Name: "title", Is: " Ă propos\n"}, textsapi.TextSaid{Name: "body", Is: `<p onclick="x()">Bonjour {store}</p><script>x</script>`}))
		w.stands(t, 2, 0, 0)
		p := wants(t, w.Stores, in, id, Changed, 2)
		if p.Title[i18n.Fr] != "Ă propos" || p.Body[i18n.Fr] != "<p>Bonjour {store}</p>" {
			t.Errorf("the draft says %q and %q", p.Title[i18n.Fr], p.Body[i18n.Fr])
		}
		edit := says("about", "About us", "<p>Hello {store}</p>")
		edit.Title[i18n.Fr], edit.Body[i18n.Fr], edit.Seen = p.Title[i18n.Fr], p.Body[i18n.Fr], 2
		must(t, w.Stores.Save(ctx, in, id, edit))
		w.scans(t)
		w.stands(t, 2, 0, 1)
		w.scans(t) // stays so however often somebody looks
		w.stands(t, 2, 0, 1)
		found, _, _, err := w.Texts(ctx, in, TextQuery{Lang: i18n.Fr, Areas: []string{ofPages}, State: TextsMissing})
		if err != nil || len(found.Items) != 0 {
			t.Errorf("missing are %v, %v", found.Items, err)
		}
		edit.Title[i18n.Fr], edit.Seen = "À propos de nous", 3
		must(t, w.Stores.Save(ctx, in, id, edit)) // in the editor of pages
		w.scans(t)
		w.stands(t, 2, 0, 0)
		must(t, w.Stores.Delete(ctx, in, id, lena))
		w.scans(t)
		w.stands(t, 0, 0, 0)
	})
}

// Two who translate one text meet: nothing that anybody wrote is lost.
func TestTranslatorsMeet(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := w.at.Store
		id := write(t, w.Stores, in, says("about", "About", "<p>Hello {store}</p>"))
		must(t, w.translates(t, id, textsapi.TextSaid{Name: "title", Is: "Un"}))
		if err := w.translates(t, id, textsapi.TextSaid{Name: "title", Is: "Deux"}); !errors.Is(err, textsapi.ErrTextChanged) {
			t.Errorf("who did not see the other's text: %v", err)
		}
		must(t, w.translates(t, id, textsapi.TextSaid{Name: "body", Is: "<p>{store}</p>"}), // another text of the same page
			w.translates(t, id, textsapi.TextSaid{Name: "title", Was: "Un", Is: "Deux"}))
		p := wants(t, w.Stores, in, id, Changed, 4)
		if p.Title[i18n.Fr] != "Deux" || p.Body[i18n.Fr] != "<p>{store}</p>" {
			t.Errorf("the page says %v, %v", p.Title, p.Body)
		}
		for what, said := range map[string]textsapi.TextSaid{
			"cms.texts_places": {Name: "body", Was: "<p>{store}</p>", Is: "<p>Maison</p>"}, "form.too_long": {Name: "title", Was: "Deux", Is: strings.Repeat("x", 201)},
			"cms.texts_no_places": {Name: "title", Was: "Deux", Is: "{store}"},
		} {
			err := fault.As(w.translates(t, id, said))
			if err == nil || len(err.Fields) != 1 || err.Fields[0].Code != what || err.Fields[0].Name != said.Name {
				t.Errorf("%s: %v", what, err)
			}
		}
		for what, err := range map[string]error{
			"a text that is not there":  w.translates(t, id, textsapi.TextSaid{Name: "nothing", Is: "x"}),
			"a page that is not there":  w.translates(t, id+1, textsapi.TextSaid{Name: "title", Is: "x"}),
			"the page of another store": second(w.pagesArea().Find(t.Context(), w.other.Store, id.String())),
		} {
			if !errors.Is(err, textsapi.ErrTextGone) {
				t.Errorf("%s: %v", what, err)
			}
		}
		wants(t, w.Stores, in, id, Changed, 4)
	})
}

// Sections are translated text by text, and those of pictures too.
func TestSectionsAreTranslated(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := w.at.Store
		id := write(t, w.Stores, in, says("help", "Help", ""))
		value, err := json.Marshal(questions{Title: i18n.Text{i18n.En: "Questions"}, Items: []question{
			{Question: i18n.Text{i18n.En: "When?"}, Answer: i18n.Text{i18n.En: "<p>Now</p>"}}, {Question: i18n.Text{i18n.En: "Where?"}, Answer: i18n.Text{i18n.En: "<p>Here</p>"}},
		}})
		must(t, err)
		_, err = w.Stores.Compose(t.Context(), in, id, Composing{Seen: 1, By: lena, Do: func([]Section) ([]Section, error) { return []Section{{ID: "1", Kind: "cms.faq", Value: value}}, nil }})
		must(t, err)
		w.scans(t)
		w.stands(t, 6, 6, 0)
		must(t, w.translates(t, id, textsapi.TextSaid{Name: "section.1.questions.1.answer", Is: "<p>Ici</p>"}))
		w.stands(t, 6, 5, 0)
		p, err := w.Stores.Page(t.Context(), in, id)
		must(t, err)
		var got questions
		must(t, json.Unmarshal(p.Sections[0].Value, &got))
		if got.Items[1].Answer[i18n.Fr] != "<p>Ici</p>" || got.Items[1].Answer[i18n.En] != "<p>Here</p>" || len(got.Items[0].Answer) != 1 {
			t.Errorf("the section says %+v", got)
		}
		thing, err := w.pagesArea().Find(t.Context(), in, id.String())
		must(t, err)
		text, _ := textNamed(thing, "section.1.questions.1.answer")
		if word := textWord(inWords(t), text); !strings.Contains(word, "2") || strings.Contains(word, "cms.") {
			t.Errorf("the text is called %q", word)
		}
	})
}

// The list is read by pages, in a number of statements that nothing makes larger.
func TestTextsAreListedByPages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, slug := range []string{"a", "b", "c", "d", "e"} {
			write(t, w.Stores, w.at.Store, says(slug, "Page "+slug, ""))
		}
		w.scans(t)
		q := TextQuery{Request: page.Request{Limit: 2}, Lang: i18n.Fr, Areas: []string{ofPages}, State: TextsOpen}
		var got []string
		for range 3 {
			ctx, n := db.WithCounter(t.Context())
			found, _, _, err := w.Texts(ctx, w.at.Store, q)
			must(t, err)
			if n.N() != 3 {
				t.Errorf("a page takes %d statements", n.N())
			}
			for _, r := range found.Items {
				got = append(got, strings.TrimPrefix(r.Title, "Page "))
			}
			q.After = found.Next
		}
		if strings.Join(got, "") != "abcde" || q.After != "" {
			t.Errorf("the pages have %v, and behind them is %q", got, q.After)
		}
		if _, err := areaNamed(w.areas(w.at.Store.Platform()), cmsapi.Code+".nothing"); !errors.Is(err, errNoArea) {
			t.Errorf("an area that there is not: %v", err)
		}
	})
}
