package i18n

import (
	"maps"
	"slices"

	"golang.org/x/text/feature/plural"
)

// Rewording is a sentence that stands in the place of a file's, or where the
// files have none in that language.
type Rewording struct {
	Lang Lang
	Key  string
	Sentence
}

// Misfit is why a rewording can't be said: nothing that callers hand over may
// get lost, and no brace be shown. The zero value fits.
type Misfit struct {
	Unknown bool     // there is no such message or no such language
	Empty   string   // form that has no text: "other" of a plain text
	Lost    []string // placeholders that the message has and the rewording lacks
	Strange []string // placeholders that nobody fills
}

// Fits tells that there is nothing wrong.
func (m Misfit) Fits() bool {
	return !m.Unknown && m.Empty == "" && len(m.Lost) == 0 && len(m.Strange) == 0
}

// Fit tells what is wrong with a rewording.
func (b *Bundle) Fit(r Rewording) Misfit {
	_, wrong := b.reworded(r)
	return wrong
}

// Reword says these sentences from now on, and the files' everywhere else: what
// was reworded before and is not among them is as in the files again. It gives
// back those that do not fit, such as after an update of the program; the files'
// own stay in their place. Words that were taken before keep saying what they said.
func (b *Bundle) Reword(all []Rewording) (unfit []Rewording) {
	out := map[Lang]map[string]*message{}
	for _, r := range all {
		m, wrong := b.reworded(r)
		if !wrong.Fits() {
			unfit = append(unfit, r)
			continue
		}
		if out[r.Lang] == nil {
			out[r.Lang] = map[string]*message{}
		}
		out[r.Lang][r.Key] = m
	}
	b.say(out)
	return unfit
}

// model is the message whose placeholders a rewording has to have: the English
// one, as everywhere, or the only one that there is.
func (b *Bundle) model(r Rewording) *message {
	for _, l := range append([]Lang{En, r.Lang}, Langs...) {
		if e, ok := b.loaded[l][r.Key]; ok {
			return e.message
		}
	}
	return nil
}

func (b *Bundle) reworded(r Rewording) (*message, Misfit) {
	model := b.model(r)
	if model == nil || !r.Lang.Valid() {
		return nil, Misfit{Unknown: true}
	}
	m := newMessage(r.Text)
	if model.forms != nil {
		m = newMessage(r.Forms["other"])
		m.forms = map[plural.Form]*message{}
		for _, name := range slices.Sorted(maps.Keys(r.Forms)) {
			if r.Forms[name] == "" {
				return nil, Misfit{Empty: name}
			}
			if _, known := formNames[name]; !known {
				return nil, Misfit{Unknown: true}
			}
			m.forms[formNames[name]] = newMessage(r.Forms[name])
		}
	}
	if m.text == "" {
		return nil, Misfit{Empty: "other"}
	}
	m.asked = model.asked
	has, want := m.names(), model.names()
	return m, Misfit{Lost: without(want, has), Strange: without(has, want)}
}

func without(all, these []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return slices.Contains(these, s) })
}
