package catalog

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/maypok86/otter/v2"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
)

// facts are what many pages of a store need and few changes touch: its
// categories and how its options are called.
type facts struct {
	tree    *Tree
	choices map[choiceKey]choice
}

// choiceKey names a value of an option by codes; without a value, the option.
type choiceKey struct{ option, value string }

type choice struct {
	name   i18n.Text
	swatch string
}

// factsAge is how long another node may show facts that changed on this one.
const factsAge = 10 * time.Second

// factsKept bounds the memory for facts, which is some 5 kB of a store.
const factsKept = 5000

// factsKey names the facts of a store as they are now; after a change it names
// others, so that a slow reader cannot keep old ones.
type factsKey struct {
	store tenant.StoreID
	gen   uint64
}

func newFactsCache() *otter.Cache[factsKey, *facts] {
	return otter.Must(&otter.Options[factsKey, *facts]{
		MaximumSize:      factsKept,
		ExpiryCalculator: otter.ExpiryWriting[factsKey, *facts](factsAge),
	})
}

// facts gives a store's facts to a page: mostly from memory.
func (m *Module) facts(ctx context.Context, tx tx) (*facts, error) {
	store := tx.Scope().ID()
	key := factsKey{store, m.shelf.gens.of(store)}
	if f, ok := m.known.GetIfPresent(key); ok {
		return f, nil
	}
	f, err := loadFacts(ctx, tx)
	if err != nil {
		return nil, err
	}
	m.known.Set(key, f)
	return f, nil
}

// changed makes pages read the store anew once tx is committed.
func (m *Module) changed(tx tx) {
	store := tx.Scope().ID()
	tx.AfterCommit(func() { m.shelf.forget(store) })
}

func loadFacts(ctx context.Context, tx tx) (*facts, error) {
	cs, err := loadCategories(ctx, tx)
	if err != nil {
		return nil, err
	}
	choices, err := loadChoices(ctx, tx)
	if err != nil {
		return nil, err
	}
	return &facts{tree: newTree(cs), choices: choices}, nil
}

// names are what the category and those above it are called.
func (f *facts) names(c CategoryID) []i18n.Text {
	var out []i18n.Text
	for _, have := range f.tree.Path(c) {
		out = append(out, have.Name)
	}
	return out
}

// learn takes in how a product's options are called, and tells what of that is
// new and has to be stored.
func (f *facts) learn(options []Option) (news []choiceKey) {
	put := func(k choiceKey, name i18n.Text, swatch string) {
		have, ok := f.choices[k]
		next := choice{name: i18n.Text{}, swatch: have.swatch}
		same := ok
		for l, s := range have.name {
			next.name[l] = s
		}
		for l, s := range name {
			same = same && next.name[l] == s
			next.name[l] = s
		}
		if swatch != "" {
			same = same && next.swatch == swatch
			next.swatch = swatch
		}
		if !same {
			f.choices[k] = next
			news = append(news, k)
		}
	}
	for _, o := range options {
		put(choiceKey{option: o.Code}, o.Name, "")
		for _, v := range o.Values {
			put(choiceKey{o.Code, v.Code}, v.Name, v.Swatch)
		}
	}
	return news
}

// texts are choices as the statement reads them, each once.
func (f *facts) texts(keys []choiceKey) []choiceText {
	done := make(map[choiceKey]bool, len(keys))
	out := make([]choiceText, 0, len(keys))
	for _, k := range keys {
		if !done[k] {
			done[k] = true
			out = append(out, choiceText{k.option, k.value, f.choices[k].name, f.choices[k].swatch})
		}
	}
	return out
}

// word is what an option or value is called.
func (f *facts) word(option, value string, l i18n.Lang) string {
	if c, ok := f.choices[choiceKey{option, value}]; ok {
		return c.name.In(l)
	}
	if value != "" {
		return value
	}
	return option
}

// choiceWords describes a variant out of the stored options of its product.
func choiceWords(options, choice string, l i18n.Lang) (string, error) {
	if choice == "" {
		return "", nil
	}
	var decoded []Option
	if err := json.Unmarshal([]byte(options), &decoded); err != nil {
		return "", err
	}
	return describe(decoded, strings.Split(choice, "/"), l), nil
}

func isNoRow(err error) bool { return err != nil && errors.Is(err, db.ErrNoRow) }
