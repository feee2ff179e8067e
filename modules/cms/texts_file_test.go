package cms

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/modules/cms/textsapi"
)

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
		must(t, w.translates(t, id, textsapi.TextSaid{Name: "title", Is: "Meanwhile"}))
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
