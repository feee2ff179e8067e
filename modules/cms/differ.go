package cms

import (
	"maps"
	"slices"

	"orion/kit/i18n"
)

// Difference is one value of a page that differs between two states.
type Difference struct {
	Of            string    // the word of the section that it stands in
	Key           string    // of its word
	Lang          i18n.Lang // empty where there is one for all
	Before, After string
	Yes           bool // the values are "true" and "false"
	Rich          bool // the values are HTML
	Pick          bool // the values have words of their own, which begin with Key
}

// differences are how two states of a page differ, in the order of the editor.
func (k *kinds) differences(a, b Content) []Difference {
	return append(differences(a, b), k.sectionDifferences(a.Sections, b.Sections)...)
}

// differences are how two contents differ but for their sections.
func differences(a, b Content) []Difference {
	var out []Difference
	text := func(key string, x, y i18n.Text, rich bool) {
		for _, d := range textDifferences(key, x, y) {
			d.Rich = rich
			out = append(out, d)
		}
	}
	flag := func(key string, x, y bool) {
		if x != y {
			out = append(out, Difference{Key: key, Before: yes(x), After: yes(y), Yes: true})
		}
	}
	text("cms.title", a.Title, b.Title, false)
	text("cms.summary", a.Summary, b.Summary, false)
	text("cms.body", a.Body, b.Body, true)
	out = append(out, postDifferences(a.PostHead, b.PostHead)...)
	flag("cms.header", a.Header, b.Header)
	flag("cms.footer", a.Footer, b.Footer)
	flag("cms.legal", a.Legal, b.Legal)
	if a.Place != b.Place {
		out = append(out, Difference{Key: "cms.place", Before: number(a.Place), After: number(b.Place)})
	}
	text("cms.seo_title", a.SEOTitle, b.SEOTitle, false)
	text("cms.seo_description", a.SEODescription, b.SEODescription, false)
	return out
}

// textDifferences are how two texts differ.
func textDifferences(key string, a, b i18n.Text) []Difference {
	langs := maps.Clone(a)
	if langs == nil {
		langs = i18n.Text{}
	}
	maps.Copy(langs, b)
	var out []Difference
	for _, l := range slices.Sorted(maps.Keys(langs)) {
		if a[l] != b[l] {
			out = append(out, Difference{Key: key, Lang: l, Before: a[l], After: b[l]})
		}
	}
	return out
}
