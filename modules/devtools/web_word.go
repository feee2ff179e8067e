package devtools

import (
	"net/http"
	"slices"
	"strings"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/modules/devtools/devtoolsui"
)

// wordPage is the form of one message in all languages.
func (m *Module) wordPage(c *ctx) error { return m.word(c, http.StatusOK, ui.Form{}) }

func (m *Module) word(c *ctx, status int, state ui.Form) error {
	entry, err := m.FindWord(c.Param("word"))
	if err != nil {
		return err
	}
	stored, err := m.Rewording(c.Context(), c.As.In, entry.Key)
	if err != nil {
		return err
	}
	v := devtoolsui.Word{Key: entry.Key, State: state, Langs: i18n.Langs, Back: wordsPath, Max: maxSentence, Field: WordField}
	for _, form := range formsOf(entry) {
		s := devtoolsui.Sentence{Form: form, Texts: map[i18n.Lang]devtoolsui.WordText{}}
		for _, l := range i18n.Langs {
			own, _ := m.need.Kit.Bundle.Written(l, entry.Key)
			text := devtoolsui.WordText{Text: withPlain(entry.In[l])[form], Program: withPlain(own)[form]}
			text.Reworded = slices.Contains(entry.Reworded, l)
			s.Texts[l] = text
		}
		v.Sentences = append(v.Sentences, s)
	}
	for _, r := range stored {
		v.Changes = append(v.Changes, devtoolsui.WordChange{Lang: r.Lang, Author: r.Author, When: c.Words.DateTime(r.At), Unfit: !m.need.Kit.Bundle.Fit(r.Rewording).Fits()})
	}
	return c.PageStatus(status, head(c, "dev_tools.words", wordsPath), devtoolsui.WordPage(v))
}

// formsOf are the plural forms that a message has in any language; "" of a plain one.
func formsOf(e i18n.Entry) []string {
	var out []string
	for _, s := range e.In {
		for form := range withPlain(s) {
			if !slices.Contains(out, form) {
				out = append(out, form)
			}
		}
	}
	order := []string{"", "zero", "one", "two", "few", "many", "other"}
	slices.SortFunc(out, func(a, b string) int { return slices.Index(order, a) - slices.Index(order, b) })
	return out
}

func (m *Module) reworded(c *ctx) error {
	entry, err := m.FindWord(c.Param("word"))
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	typed := func(l i18n.Lang, form string) string {
		return strings.ReplaceAll(f.Raw(WordField(l, form)), "\r\n", "\n")
	}
	texts := map[i18n.Lang]i18n.Sentence{}
	forms := formsOf(entry)
	for _, l := range i18n.Langs {
		if !f.Has(WordField(l, forms[len(forms)-1])) {
			continue
		}
		s := i18n.Sentence{Text: typed(l, forms[len(forms)-1])}
		if forms[0] != "" {
			s.Forms = map[string]string{}
			for _, form := range forms {
				if text := typed(l, form); text != "" || slices.Contains([]string{"one", "other"}, form) {
					s.Forms[form] = text
				}
			}
		}
		texts[l] = s
	}
	if err := m.Reword(c.Context(), c.As.In, c.Actor(), entry.Key, texts); err != nil {
		if e := fault.As(err); e.Kind == fault.Invalid {
			state := f.State()
			state.Fault = e
			return m.word(c, http.StatusUnprocessableEntity, state)
		}
		return err
	}
	c.Flash("ok", "dev_tools.words_saved")
	return c.Redirect(wordsPath + "/" + entry.Key)
}
