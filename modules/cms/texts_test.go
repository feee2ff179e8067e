package cms

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
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
func (w *world) translates(t *testing.T, id PageID, said ...textsapi.Said) error {
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
		must(t, w.translates(t, id, textsapi.Said{Name: "title", Is: " Ă propos\n"}, textsapi.Said{Name: "body", Is: `<p onclick="x()">Bonjour {store}</p><script>x</script>`}))
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
		must(t, w.translates(t, id, textsapi.Said{Name: "title", Is: "Un"}))
		if err := w.translates(t, id, textsapi.Said{Name: "title", Is: "Deux"}); !errors.Is(err, textsapi.ErrChanged) {
			t.Errorf("who did not see the other's text: %v", err)
		}
		must(t, w.translates(t, id, textsapi.Said{Name: "body", Is: "<p>{store}</p>"}), // another text of the same page
			w.translates(t, id, textsapi.Said{Name: "title", Was: "Un", Is: "Deux"}))
		p := wants(t, w.Stores, in, id, Changed, 4)
		if p.Title[i18n.Fr] != "Deux" || p.Body[i18n.Fr] != "<p>{store}</p>" {
			t.Errorf("the page says %v, %v", p.Title, p.Body)
		}
		for what, said := range map[string]textsapi.Said{
			"cms.texts_places": {Name: "body", Was: "<p>{store}</p>", Is: "<p>Maison</p>"}, "form.too_long": {Name: "title", Was: "Deux", Is: strings.Repeat("x", 201)},
			"cms.texts_no_places": {Name: "title", Was: "Deux", Is: "{store}"},
		} {
			err := fault.As(w.translates(t, id, said))
			if err == nil || len(err.Fields) != 1 || err.Fields[0].Code != what || err.Fields[0].Name != said.Name {
				t.Errorf("%s: %v", what, err)
			}
		}
		for what, err := range map[string]error{
			"a text that is not there":  w.translates(t, id, textsapi.Said{Name: "nothing", Is: "x"}),
			"a page that is not there":  w.translates(t, id+1, textsapi.Said{Name: "title", Is: "x"}),
			"the page of another store": second(w.pagesArea().Find(t.Context(), w.other.Store, id.String())),
		} {
			if !errors.Is(err, textsapi.ErrGone) {
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
		must(t, w.translates(t, id, textsapi.Said{Name: "section.1.questions.1.answer", Is: "<p>Ici</p>"}))
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

// exports gives what is open in French, or everything.
func (w *world) exports(t *testing.T, shape FileShape, all bool) string {
	t.Helper()
	var out bytes.Buffer
	must(t, w.ExportTexts(t.Context(), w.at.Store, &out, Exporting{
		Shape: shape, Langs: Tongues{i18n.En, i18n.Fr}, Areas: []string{ofPages}, All: all, Words: inWords(t), Name: "maison",
	}))
	return out.String()
}

// imports sends a file, and gives it as it was looked at.
func (w *world) imports(t *testing.T, content string) TextImport {
	t.Helper()
	id, err := w.ImportTexts(t.Context(), w.at.Store, TextFile{Name: "back.csv", R: strings.NewReader(content), Langs: inTongues, By: paul})
	must(t, err)
	return w.imported(t, id)
}

func (w *world) imported(t *testing.T, id TextImportID) TextImport {
	t.Helper()
	w.settle(t)
	i, err := w.TextImport(t.Context(), w.at.Store, id)
	must(t, err)
	return i
}

// writes has a file written.
func (w *world) writes(t *testing.T, id TextImportID, how importing) TextImport {
	t.Helper()
	how.Import, how.Langs, how.By = id, inTongues, paul
	must(t, w.WriteTexts(t.Context(), w.at.Store, how))
	return w.imported(t, id)
}

func (i TextImport) counts() [5]int { return [5]int{i.Changes, i.Same, i.Empty, i.Conflicts, i.Failed} }

// What is exported, filled in and sent back is written once staff said so, in both
// forms of files; HTML, names in braces and signs of all kinds survive the way.
func TestTextsGoOutAndComeBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := w.at.Store
		body := `<p>It&#39;s &lt;b&gt; &amp; <strong>{store}</strong></p><ul><li>=1+1</li></ul>`
		a := write(t, w.Stores, in, says("about", "=About; \"us\"", body))
		b := write(t, w.Stores, in, says("other", "Other", "<p>x</p>"))
		w.scans(t)
		file := w.exports(t, XLIFF, false)
		for _, want := range []string{`source-language="en" target-language="fr"`, `<ph id="1">&lt;p&gt;</ph>It&#39;s &lt;b&gt; &amp; <ph id="2">`, `<ph id="3">{store}</ph>`} {
			if !strings.Contains(file, want) {
				t.Errorf("%q is not in the file:\n%s", want, file)
			}
		}
		filled := strings.NewReplacer(
			`>It&#39;s &lt;b&gt; &amp; <`, `>C&#39;est &lt;b&gt; &amp; <`, "Other", "Autre").Replace(strings.ReplaceAll(file, "</source></trans-unit>", "</source></trans-unit>"))
		filled = targets(filled)
		i := w.imports(t, filled)
		if i.Status != ImportReady || i.counts() != [5]int{4, 0, 0, 0, 0} {
			t.Fatalf("the file is %s: %v %+v", i.Status, i.counts(), i.Problems)
		}
		wants(t, w.Stores, in, a, Published, 1) // nothing was written
		if i = w.writes(t, i.ID, importing{Publish: true}); i.Status != ImportDone || i.counts() != [5]int{4, 0, 0, 0, 0} || len(i.Drafts) != 0 {
			t.Fatalf("the file is %s: %v %+v", i.Status, i.counts(), i.Problems)
		}
		p := wants(t, w.Stores, in, a, Published, 2)
		if want := strings.Replace(body, "It&#39;s", "C&#39;est", 1); p.Body[i18n.Fr] != want {
			t.Errorf("the page says\n%s, want\n%s", p.Body[i18n.Fr], want)
		}
		wants(t, w.Stores, in, b, Published, 2)
		w.stands(t, 4, 0, 0)
		if got := w.exports(t, CSV, false); strings.Count(got, "\n") != 1 {
			t.Errorf("nothing is open, but the file says %s", got)
		}
		table := w.exports(t, CSV, true)
		if !strings.Contains(table, `'=About`) || strings.Count(table, "\n") != 5 {
			t.Errorf("the table is\n%s", table)
		}
		i = w.imports(t, "\ufeff"+strings.ReplaceAll(table, "Autre", "Encore"))
		if i.counts() != [5]int{1, 3, 0, 0, 0} {
			t.Errorf("the table changes %v %+v", i.counts(), i.Problems)
		}
		if i = w.writes(t, i.ID, importing{}); len(i.Drafts) != 1 || i.Drafts[0].Title != "Other" {
			t.Errorf("not published are %+v", i.Drafts)
		}
		wants(t, w.Stores, in, b, Changed, 3)
		if i = w.writes(t, i.ID, importing{}); i.Changes != 1 {
			t.Errorf("a file was written twice: %v", i.counts())
		}
	})
}

// targets copies each source into a target, as somebody does who translates.
func targets(file string) string {
	var out strings.Builder
	for _, unit := range strings.SplitAfter(file, "</trans-unit>") {
		if _, rest, ok := strings.Cut(unit, "<source>"); ok && !strings.Contains(unit, "<target") {
			source, _, _ := strings.Cut(rest, "</source>")
			unit = strings.Replace(unit, "</trans-unit>", `<alt-trans><target>no</target></alt-trans><target state="translated"><mrk mtype="seg" mid="0">`+source+"</mrk></target></trans-unit>", 1)
		}
		out.WriteString(unit)
	}
	return out.String()
}

// Rows that are wrong say why, and what was changed since the file was made stays
// unless somebody says otherwise.
func TestFilesDoNotOverwrite(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := w.at.Store
		id := write(t, w.Stores, in, says("about", "About", "<p>Hello {store}</p>"))
		file := w.exports(t, CSV, false)
		lines := strings.Split(strings.TrimSpace(file), "\n")
		title, body := lines[1]+"Titre", lines[2]+"<p>Bonjour</p>"
		must(t, w.translates(t, id, textsapi.Said{Name: "title", Is: "Meanwhile"}))
		rows := []string{lines[0], title, body, title, "nonsense,x,x,x,x", "cms.pages|pag_1|title|.,x,x,x,x", "short"}
		i := w.imports(t, strings.Join(rows, "\r\n"))
		if i.counts() != [5]int{0, 0, 0, 1, 5} {
			t.Errorf("the file changes %v: %+v", i.counts(), i.Problems)
		}
		var got []string
		for _, p := range i.Problems {
			got = append(got, p.Code)
		}
		slices.Sort(got)
		if want := []string{"cms.texts_gone", "cms.texts_places", "cms.texts_row_bad", "cms.texts_row_unknown", "cms.texts_since", "cms.texts_twice"}; !slices.Equal(got, want) {
			t.Errorf("what is wrong is %v, want %v", got, want)
		}
		w.writes(t, i.ID, importing{})
		if p := wants(t, w.Stores, in, id, Changed, 2); p.Title[i18n.Fr] != "Meanwhile" {
			t.Errorf("the page says %v", p.Title)
		}
		i = w.imports(t, lines[0]+"\n"+title)
		w.writes(t, i.ID, importing{Overwrite: true})
		if p := wants(t, w.Stores, in, id, Changed, 3); p.Title[i18n.Fr] != "Titre" {
			t.Errorf("the page says %v", p.Title)
		}
		for what, content := range map[string]string{
			"cms.texts_file_unknown": "a,b\n1,2", "cms.texts_file_langs": "id,source:fr,target:en\n", "cms.texts_file_large": strings.Repeat("x", maxTextFile+1),
		} {
			_, err := w.ImportTexts(t.Context(), in, TextFile{Name: "x", R: strings.NewReader(content), Langs: inTongues, By: paul})
			if f := fault.As(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Code != what {
				t.Errorf("%s: %v", what, err)
			}
		}
		for _, content := range []string{"<xliff><file source-language='en' target-language='fr'><body><trans-unit id='x'><source>", "<html></html>", "\xff\xfe<"} {
			if _, _, err := readUnits([]byte(content), i18n.En, inTongues); err == nil {
				t.Errorf("%q is read", content)
			}
		}
		if _, err := w.TextImport(t.Context(), w.other.Store, i.ID); !errors.Is(err, errNoTextImport) {
			t.Errorf("another store's file: %v", err)
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
