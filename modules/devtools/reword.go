package devtools

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

const (
	// wordsEvery is how late another node says what was reworded on this one.
	wordsEvery  = 10 * time.Second
	maxSentence = 2000 // characters
)

var (
	errWords  = fault.New(fault.Invalid, "dev_tools.invalid_words")
	errNoWord = fault.New(fault.NotFound, "dev_tools.no_word")
)

// Reworded is a sentence in the place of the program's own.
type Reworded struct {
	i18n.Rewording
	Author string
	At     time.Time
}

// wordsVersion differs whenever something was reworded or taken back.
type wordsVersion struct{ count, latest int64 }

// FindWord is the message of a key.
func (m *Module) FindWord(key string) (i18n.Entry, error) {
	e, ok := m.need.Kit.Bundle.Entry(key)
	if !ok {
		return e, errNoWord
	}
	return e, nil
}

// Rewording is what was reworded of one message, by language.
func (m *Module) Rewording(ctx context.Context, in tenant.System, key string) ([]Reworded, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) ([]Reworded, error) { return readRewordedOf(ctx, tx, key) })
}

// Reword puts sentences in the place of the program's own, in the languages that
// are given; an empty sentence, and one that says what the program says, takes back
// what stood there. All of them are refused when one would lose a placeholder or
// show a brace; the fields of the fault are called as in WordField. This node says
// them at once, others within ten seconds.
func (m *Module) Reword(ctx context.Context, in tenant.System, by auth.Actor, key string, texts map[i18n.Lang]i18n.Sentence) error {
	if _, err := m.FindWord(key); err != nil {
		return err
	}
	wrong := errWords
	for _, l := range i18n.Langs {
		if s, given := texts[l]; given && !blank(s) {
			wrong = unfit(wrong, m.need.Kit.Bundle, i18n.Rewording{Lang: l, Key: key, Sentence: s})
		}
	}
	if len(wrong.Fields) > 0 {
		return wrong
	}
	err := db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error { return m.reword(ctx, tx, by, key, texts) })
	if err != nil {
		return err
	}
	return m.RefreshWords(ctx, in)
}

func (m *Module) reword(ctx context.Context, tx tx, by auth.Actor, key string, texts map[i18n.Lang]i18n.Sentence) error {
	stored, err := readRewordedOf(ctx, tx, key)
	if err != nil {
		return err
	}
	before, after := map[string]string{}, map[string]string{}
	for _, l := range i18n.Langs {
		s, given := texts[l]
		if !given {
			continue
		}
		i := slices.IndexFunc(stored, func(r Reworded) bool { return r.Lang == l })
		own, has := m.need.Kit.Bundle.Written(l, key)
		back := blank(s) || has && same(s, own)
		switch {
		case back && i < 0, i >= 0 && same(s, stored[i].Sentence):
			continue
		case back:
			err = deleteReworded(ctx, tx, key, l)
		default:
			after[string(l)] = s.Text
			err = putReworded(ctx, tx, by, i18n.Rewording{Lang: l, Key: key, Sentence: s})
		}
		if err != nil {
			return err
		}
		before[string(l)] = own.Text
		if i >= 0 {
			before[string(l)] = stored[i].Text
		}
		if back {
			after[string(l)] = own.Text
		}
	}
	if len(after) == 0 {
		return nil
	}
	before["key"], after["key"] = key, key
	return m.need.Audit.RecordAt(ctx, tx, tenancyapi.At{}, tenancyapi.Entry{Actor: by, Action: "dev_tools.reworded", Before: before, After: after})
}

func same(a, b i18n.Sentence) bool { return a.Text == b.Text && maps.Equal(a.Forms, b.Forms) }

func blank(s i18n.Sentence) bool {
	for _, text := range s.Forms {
		if text != "" {
			return false
		}
	}
	return s.Text == ""
}

// WordField is the name of a sentence's field in forms: of a plain one without form.
func WordField(l i18n.Lang, form string) string {
	if form == "" {
		return "text_" + string(l)
	}
	return "text_" + form + "_" + string(l)
}

// unfit adds to a fault what is wrong with a rewording.
func unfit(wrong *fault.Error, b *i18n.Bundle, r i18n.Rewording) *fault.Error {
	field := WordField(r.Lang, "")
	if r.Forms != nil {
		field = WordField(r.Lang, "other")
	}
	for form, text := range withPlain(r.Sentence) {
		if utf8.RuneCountInString(text) > maxSentence {
			return wrong.Field(WordField(r.Lang, form), "form.too_long", "max", maxSentence)
		}
	}
	switch misfit := b.Fit(r); {
	case misfit.Fits():
		return wrong
	case misfit.Unknown:
		return wrong.Field(field, "form.invalid")
	case misfit.Empty != "":
		return wrong.Field(WordField(r.Lang, misfit.Empty), "form.required")
	case len(misfit.Lost) > 0:
		return wrong.Field(field, "dev_tools.placeholder_lost", "names", braces(misfit.Lost))
	default:
		return wrong.Field(field, "dev_tools.placeholder_strange", "names", braces(misfit.Strange))
	}
}

// withPlain are the forms of a sentence, a plain one as "".
func withPlain(s i18n.Sentence) map[string]string {
	if s.Forms == nil {
		return map[string]string{"": s.Text}
	}
	return s.Forms
}

func braces(names []string) string { return "{" + strings.Join(names, "}, {") + "}" }

// RefreshWords says what is reworded in the database, which costs one statement
// while nothing changed.
func (m *Module) RefreshWords(ctx context.Context, in tenant.System) error {
	m.wording.Lock()
	defer m.wording.Unlock()
	all, version, err := m.readWords(ctx, in)
	if err != nil || m.worded == version {
		return err
	}
	rewordings := make([]i18n.Rewording, len(all))
	for i, r := range all {
		rewordings[i] = r.Rewording
	}
	for _, r := range m.need.Kit.Bundle.Reword(rewordings) {
		m.need.Kit.Log.WarnContext(ctx, "a reworded sentence no longer fits the program, which says its own", "key", r.Key, "lang", string(r.Lang))
	}
	m.worded = version
	return nil
}

// readWords reads everything that is reworded, unless it is what this node says.
func (m *Module) readWords(ctx context.Context, in tenant.System) (all []Reworded, version wordsVersion, err error) {
	err = db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		if version, err = readWordsVersion(ctx, tx); err != nil || version == m.worded {
			return err
		}
		all, err = readReworded(ctx, tx)
		return err
	})
	return all, version, err
}

// Watch says what other nodes reword, until ctx ends.
func (m *Module) Watch(ctx context.Context) {
	tick := time.NewTicker(wordsEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := m.RefreshWords(ctx, m.need.System); err != nil && ctx.Err() == nil {
				m.need.Kit.Log.WarnContext(ctx, "words not refreshed", "error", err.Error())
			}
		}
	}
}
