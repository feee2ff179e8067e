package cms

import (
	"slices"
	"strings"

	"orion/kit/i18n"
	"orion/kit/rich"
	"orion/kit/ui"
	"orion/kit/web/form"
	"orion/modules/cms/cmsui"
)

// read takes what somebody wrote out of a form. Texts in languages that the form
// does not have stay as they were.
func read(f *form.Form, langs []i18n.Lang, have Content) Writing {
	w := Writing{Slug: f.Text("slug"), Lang: langs[0]}
	w.Title, w.Body = keep(have.Title, langs), keep(have.Body, langs)
	w.SEOTitle, w.SEODescription = keep(have.SEOTitle, langs), keep(have.SEODescription, langs)
	for _, l := range langs {
		of := "_" + string(l)
		w.Title[l], w.Body[l] = f.Text("title"+of), f.Raw("body"+of)
		w.SEOTitle[l], w.SEODescription[l] = f.Text("seo_title"+of), f.Text("seo_description"+of)
	}
	w.Header, w.Footer, w.Legal = f.Bool("header"), f.Bool("footer"), f.Bool("legal")
	w.Place = f.Between("place", 0, maxPlace)
	return w
}

// keep is a text without some languages.
func keep(t i18n.Text, without []i18n.Lang) i18n.Text {
	out := i18n.Text{}
	for l, s := range t {
		if !slices.Contains(without, l) {
			out[l] = s
		}
	}
	return out
}

// changes are differences in a reader's words.
func changes(w i18n.Words, all []Difference) []ui.Change {
	out := make([]ui.Change, len(all))
	for i, d := range all {
		c := ui.Change{Label: w.T(d.Key), Before: d.Before, After: d.After}
		if d.Of != "" {
			c.Label = w.T(d.Of) + " · " + c.Label
		}
		if d.Lang != "" {
			c.Label += " · " + d.Lang.Name()
		}
		switch {
		case d.Yes:
			c.Before, c.After = yesWord(w, d.Before), yesWord(w, d.After)
		case d.Pick:
			c.Before, c.After = pickWord(w, d.Key, d.Before), pickWord(w, d.Key, d.After)
		case d.Rich:
			c.Before, c.After = apart(rich.Text(d.Before), rich.Text(d.After))
			if c.Before == c.After { // only the markup differs
				c.Before, c.After = apart(d.Before, d.After)
			}
		}
		out[i] = c
	}
	return out
}

func yesWord(w i18n.Words, s string) string {
	if s == yes(true) {
		return w.T("ui.yes")
	}
	return w.T("ui.no")
}

// pickWord is the word of a value that is picked from some; none has none.
func pickWord(w i18n.Words, key, value string) string {
	if word := key + "_" + value; w.Has(word) {
		return w.T(word)
	}
	return value
}

// around is how many words stand on each side of what differs, and longest how
// many of it are shown.
const (
	around  = 6
	longest = 60
)

// apart is what differs between two texts, with some words around it.
func apart(a, b string) (was, is string) {
	x, y := strings.Fields(a), strings.Fields(b)
	head := 0
	for head < min(len(x), len(y)) && x[head] == y[head] {
		head++
	}
	tail := 0
	for tail < min(len(x), len(y))-head && x[len(x)-1-tail] == y[len(y)-1-tail] {
		tail++
	}
	cut := func(words []string) string {
		from, to := max(head-around, 0), min(len(words)-tail+around, len(words))
		end := min(to, from+longest)
		s := strings.Join(words[from:end], " ")
		if from > 0 {
			s = "… " + s
		}
		if end < len(words) {
			s += " …"
		}
		return s
	}
	return cut(x), cut(y)
}

// rowOf is a page in the staff's list.
func rowOf(w i18n.Words, p Page, query string) cmsui.Row {
	r := cmsui.Row{
		Href: "/pages/" + p.ID.String() + query, Title: p.Title.In(w.Lang()), Path: pathOf(p), State: string(p.State()), Edited: w.DateTime(p.Edited), By: who(w, p.Editor),
		Where: whereOf(w, p.Head),
	}
	if p.IsHome() {
		r.Href = sectionsPath(p.ID)
	}
	if !p.Due.IsZero() {
		r.Due = w.T("cms.due_at", "at", w.DateTime(p.Due))
	}
	return r
}

// who is how a page names who wrote it; programs have no name.
func who(w i18n.Words, name string) string {
	if name == "" {
		return w.T("cms.program")
	}
	return name
}

// whereOf says where links to a page stand.
func whereOf(w i18n.Words, h Head) string {
	var out []string
	for _, at := range []struct {
		on  bool
		key string
	}{{h.Header, "cms.in_header"}, {h.Footer, "cms.in_footer"}, {h.Legal, "cms.in_legal"}} {
		if at.on {
			out = append(out, w.T(at.key))
		}
	}
	return strings.Join(out, ", ")
}
