package cms

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/tenant"
)

// BeginMenu makes the draft of a menu what a store has that arranged nothing. seen is
// the revision that whoever does that had before them, 0 is none yet.
func (m *Module) BeginMenu(ctx context.Context, at At, kind FittingKind, seen int64, by auth.Actor) error {
	menu, err := m.begun(ctx, at, kind)
	if err != nil {
		return err
	}
	return m.saveFitting(ctx, at.Store, fittingAct{kind, by, "menu_begun"}, fittingMade{menu.text(), seen})
}

// changeMenu changes the draft of a menu as it is by then, so that who puts one entry
// elsewhere and who writes another one do not meet.
func (m *Module) changeMenu(ctx context.Context, in tenant.Store, a fittingAct, fn func(menu *Menu) error) error {
	return m.refit(ctx, in, a, func(tx mediaTx, f *Fitting) error {
		if f.Revision == 0 {
			return errNotBegun
		}
		menu, err := readMenu(a.kind, f.Text)
		if err != nil {
			return err
		}
		if err := fn(&menu); err != nil {
			return err
		}
		menu.settle(a.kind)
		if text := menu.text(); text != f.Text {
			f.touch(text, tx.Now(), a.by)
		}
		return nil
	})
}

// MoveItem puts an entry below another one, or at the first level where parent is
// empty, before one that stands there, or at its end.
func (m *Module) MoveItem(ctx context.Context, in tenant.Store, kind FittingKind, mv ItemMove) error {
	return m.changeMenu(ctx, in, fittingAct{kind, mv.By, "menu_moved"}, func(menu *Menu) error {
		if mv.Way != "" {
			return menu.step(kind, mv.Item, mv.Way)
		}
		return menu.move(kind, mv.Item, mv.Parent, mv.Before)
	})
}

// ItemMove is where an entry goes: one place to a side, or somewhere else.
type ItemMove struct {
	Item           string
	Way            string // "up", "down", "in", "out"; empty is
	Parent, Before string // below and before those
	By             auth.Actor
}

// DropItem deletes an entry with all below it, or brings them back.
func (m *Module) DropItem(ctx context.Context, in tenant.Store, kind FittingKind, d ItemDrop) error {
	return m.changeMenu(ctx, in, fittingAct{kind, d.By, "menu_dropped"}, func(menu *Menu) error { return menu.drop(d.Item, !d.Back) })
}

// ItemDrop is an entry that is deleted, or comes back.
type ItemDrop struct {
	Item string
	Back bool
	By   auth.Actor
}

// ItemWriting is an entry as somebody wrote it.
type ItemWriting struct {
	MenuItem        // without an identifier it is a new one
	Seen     string // mark of the entry that they had before them
	Lang     i18n.Lang
	By       auth.Actor
}

// WriteItem keeps an entry in the draft of its menu. Who did not see what the entry is
// by now gets ErrChanged, and nothing is stored.
func (m *Module) WriteItem(ctx context.Context, at At, kind FittingKind, w ItemWriting) error {
	w.MenuItem = w.normal()
	if err := w.check(w.Lang).OrNil(); err != nil {
		return err
	}
	if !m.leads(at, w.Kind) {
		return errMenuItem.Field("kind", "form.choose")
	}
	return m.changeMenu(ctx, at.Store, fittingAct{kind, w.By, "menu_edited"}, func(menu *Menu) error {
		if w.ID != "" {
			n, err := menu.at(w.ID)
			if err != nil {
				return err
			}
			if menu.Items[n].mark() != w.Seen {
				return ErrChanged
			}
		}
		return menu.put(w.MenuItem)
	})
}

// leads tells whether entries of a kind can be written for a store.
func (m *Module) leads(at At, kind string) bool {
	switch kind {
	case asHeading, asPage, asAddress:
		return true
	}
	t, ok := m.targets.named(kind)
	return ok && m.targets.on(at.Store.Platform(), t)
}

// mark changes with what is written in an entry, and not with where it stands.
func (i MenuItem) mark() string {
	text, _ := json.Marshal([]any{i.Kind, i.To, i.Label}) // maps are written in order
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// menuOf is the menu of a fitting as it is being made.
func menuOf(f Fitting) (Menu, error) {
	if f.Revision == 0 {
		return Menu{}, errNotBegun
	}
	return readMenu(f.Kind, f.Text)
}

// itemOf is an entry of a menu.
func (m *Menu) itemOf(id string) (MenuItem, error) {
	n, err := m.at(id)
	if err != nil {
		return MenuItem{}, err
	}
	return m.Items[n], nil
}

// itemDifferences are how two entries differ in what is written in them.
func itemDifferences(a, b MenuItem) []Difference {
	out := textDifferences("cms.menu_label", a.Label, b.Label)
	if a.Kind != b.Kind || a.To != b.To {
		out = append(out, Difference{Key: "cms.menu_to", Before: a.To, After: b.To})
	}
	return out
}

// menuDifferences are how two menus differ: which entries are more or fewer, what is
// written in each, and in which order they stand.
func menuDifferences(a, b Menu) []Difference {
	is := func(all []MenuItem, id string) int {
		return slices.IndexFunc(all, func(i MenuItem) bool { return i.ID == id && !i.Gone })
	}
	var out []Difference
	for _, i := range a.Items {
		switch n := is(b.Items, i.ID); {
		case i.Gone:
		case n < 0:
			out = append(out, Difference{Key: "cms.menu_item", Before: i.summary()})
		default:
			out = append(out, itemDifferences(i, b.Items[n])...)
		}
	}
	for _, i := range b.Items {
		if !i.Gone && is(a.Items, i.ID) < 0 {
			out = append(out, Difference{Key: "cms.menu_item", After: i.summary()})
		}
	}
	was, before := placed(a, b)
	stand, after := placed(b, a)
	if !slices.Equal(was, stand) {
		out = append(out, Difference{Key: "cms.menu_order", Before: before, After: after})
	}
	return out
}

// placed are those entries of a menu that another one has, too: where they stand, and
// in words.
func placed(of, other Menu) (places []string, words string) {
	var names []string
	for _, i := range of.Items {
		if i.Gone || !slices.ContainsFunc(other.Items, func(o MenuItem) bool { return o.ID == i.ID && !o.Gone }) {
			continue
		}
		deep := map[bool]string{true: "› "}[i.Sub]
		places, names = append(places, deep+i.ID), append(names, deep+i.summary())
	}
	return places, strings.Join(names, ", ")
}

// summary is by what an entry is recognised, whatever its language.
func (i MenuItem) summary() string {
	if s := i.Label.In(i18n.En); s != "" {
		return s
	}
	return i.To
}
