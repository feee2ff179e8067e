package catalog

import (
	"context"
	"slices"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
)

// Suggestion is what a search box offers while somebody types.
type Suggestion struct {
	Meant      string // what these are for, where what was typed finds nothing
	Products   []Card
	Categories []Category
}

// Suggest offers up to six products and three categories for the beginning of
// what somebody looks for, or for what they may have meant. It takes one
// statement, and mostly one more where nothing begins like it.
func (m *Module) Suggest(ctx context.Context, in tenant.Store, l i18n.Lang, text string) (Suggestion, error) {
	words := terms(text)
	if len(words) == 0 {
		return Suggestion{}, nil
	}
	return db.Read(ctx, m.db, in, func(tx tx) (Suggestion, error) {
		var s Suggestion
		f, err := m.facts(ctx, tx)
		if err != nil {
			return s, err
		}
		if err := s.find(ctx, tx, f, l, words); err != nil || len(s.Categories)+len(s.Products) > 0 {
			return s, err
		}
		known, err := m.vocabulary(ctx, tx, f)
		if err != nil {
			return s, err
		}
		text := meant(text, known)
		if text == "" {
			return s, nil
		}
		if err := s.find(ctx, tx, f, l, terms(text)); err != nil {
			return s, err
		}
		if len(s.Categories)+len(s.Products) > 0 {
			s.Meant = text
		}
		return s, nil
	})
}

func (s *Suggestion) find(ctx context.Context, tx tx, f *facts, l i18n.Lang, words []string) (err error) {
	s.Categories = f.named(words)
	s.Products, err = foundCards(ctx, tx, l, words)
	return err
}

// named are the first categories whose name in any language has all the words.
func (f *facts) named(words []string) []Category {
	var out []Category
	for _, c := range f.tree.All() {
		var have []string
		for _, name := range c.Name {
			have = append(have, tokens(name)...)
		}
		if len(out) < 3 && startsAll(have, words) {
			out = append(out, c)
		}
	}
	return out
}

func startsAll(have, words []string) bool {
	for _, w := range words {
		if !slices.ContainsFunc(have, func(h string) bool { return len(h) >= len(w) && h[:len(w)] == w }) {
			return false
		}
	}
	return true
}
