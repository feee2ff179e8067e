package cms

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"orion/kit/i18n"
	"orion/kit/picture"
	"orion/kit/rich"
	"orion/modules/cms/cmsapi"
)

// written is one value that stands in a section.
type written struct {
	key  string // of its word
	lang i18n.Lang
	text string
	rich bool
	yes  bool
	pick bool // the text has a word that begins with the key
}

// writtenIn are all values of a section, by the names of its form.
func writtenIn(s cmsapi.Section) map[string]written {
	out := map[string]written{}
	eachField(s.Fields(), "", func(name string, f cmsapi.Field) {
		key := f.Key
		if key == "" {
			key = "cms.section_f_" + f.Name
		}
		texts := func(at string, t i18n.Text, rich bool) {
			for l, text := range t {
				out[at+"_"+string(l)] = written{key: key, lang: l, text: text, rich: rich}
			}
		}
		switch f.Shape {
		case cmsapi.Line, cmsapi.Lines, cmsapi.Rich:
			texts(name, *f.Text, f.Shape == cmsapi.Rich)
		case cmsapi.Address, cmsapi.Plain, cmsapi.Pick:
			out[name] = written{key: key, text: *f.One, pick: f.Shape == cmsapi.Pick && f.Choices == nil}
		case cmsapi.Yes:
			out[name] = written{key: key, text: yes(*f.On), yes: true}
		case cmsapi.Image:
			out[name] = written{key: key, text: cmp.Or(f.Picture.File, picture.Read(f.Picture.Image).Key)}
			texts(name+"_alt", f.Picture.Alt, false)
		case cmsapi.Moment:
			if !f.Time.IsZero() {
				out[name] = written{key: key, text: f.Time.UTC().Format("2006-01-02 15:04 UTC")}
			}
		}
	})
	return out
}

// partDifferences are how what is written in a section differs.
func partDifferences(a, b part) []Difference {
	if a.bad != nil || b.bad != nil {
		return nil
	}
	x, y := writtenIn(a.value), writtenIn(b.value)
	names := maps.Clone(x)
	maps.Copy(names, y)
	var out []Difference
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if w := names[name]; x[name].text != y[name].text {
			out = append(out, Difference{Of: a.kind.Word(), Key: w.key, Lang: w.lang, Before: x[name].text, After: y[name].text, Rich: w.rich, Yes: w.yes, Pick: w.pick})
		}
	}
	return out
}

// sectionDifferences are how the sections of two states of a page differ: which are
// more or fewer, in which order they stand, and what is written in each.
func (k *kinds) sectionDifferences(before, after []Section) []Difference {
	was, is := k.parts(kept(before)), k.parts(kept(after))
	find := func(all []part, id string) int { return slices.IndexFunc(all, func(p part) bool { return p.id == id }) }
	var out []Difference
	for i, p := range was {
		j := find(is, p.id)
		if j < 0 || is[j].name != p.name {
			out = append(out, Difference{Of: wordOf(p), Key: "cms.section", Before: summary(p)})
			continue
		}
		if a, b := kept(before)[i].Hidden, kept(after)[j].Hidden; a != b {
			out = append(out, Difference{Of: wordOf(p), Key: "cms.section_hidden", Before: yes(a), After: yes(b), Yes: true})
		}
		out = append(out, partDifferences(p, is[j])...)
	}
	for _, p := range is {
		if i := find(was, p.id); i < 0 || was[i].name != p.name {
			out = append(out, Difference{Of: wordOf(p), Key: "cms.section", After: summary(p)})
		}
	}
	if a, b := order(was, is), order(is, was); a != b {
		out = append(out, Difference{Key: "cms.section_order", Before: a, After: b})
	}
	return out
}

// order names those sections of a that b has, too, in their order.
func order(a, b []part) string {
	var out []string
	for _, p := range a {
		if slices.ContainsFunc(b, func(o part) bool { return o.id == p.id && o.name == p.name }) {
			out = append(out, p.id)
		}
	}
	return strings.Join(out, ", ")
}

func wordOf(p part) string {
	if p.kind.New == nil {
		return ""
	}
	return p.kind.Word()
}

// summary is by what a section is recognised, whatever its language.
func summary(p part) string {
	if p.bad != nil {
		return p.name
	}
	if s := beginning(p.value, i18n.En); s != "" {
		return s
	}
	return p.id
}

const saysLength = 80

// beginning is how what is written in a section begins, for a reader of l.
func beginning(s cmsapi.Section, l i18n.Lang) string {
	text := ""
	eachField(s.Fields(), "", func(_ string, f cmsapi.Field) {
		if text != "" {
			return
		}
		switch f.Shape {
		case cmsapi.Line, cmsapi.Lines:
			text = f.Text.In(l)
		case cmsapi.Rich:
			text = rich.Text(f.Text.In(l))
		case cmsapi.Plain, cmsapi.Pick:
			text = *f.One
		}
	})
	if r := []rune(text); len(r) > saysLength {
		text = string(r[:saysLength]) + "…"
	}
	return text
}
