package catalog

import (
	"context"
	"slices"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/catalog/catalogui"
	"orion/modules/cms/cmsapi"
)

// sections are the kinds of sections of home pages that show what is sold.
func (m *Module) sections() []slot.Filling {
	var out []slot.Filling
	for i, k := range []cmsapi.Kind{
		{Code: "featured", Icon: "star", Home: true, New: func() cmsapi.Section { return &featured{m: m, Ways: true} }},
		{Code: "collection", Icon: "tag", New: func() cmsapi.Section { return &collection{m: m} }},
		{Code: "looked", Icon: "history", Home: true, New: func() cmsapi.Section { return &looked{} }},
	} {
		k.Module = catalogapi.Code
		out = append(out, cmsapi.Sections.Fill(catalogapi.Code, 20+i, func(context.Context, struct{}) (cmsapi.Kind, error) { return k, nil }))
	}
	return out
}

// howMany are the numbers of products to choose from; they fill rows.
var howMany = []string{"4", "8", "12"}

// first are the first products, as many as were chosen; all when none was.
func first(cards []Card, many string) []Card {
	if i := slices.Index(howMany, many); i >= 0 {
		return cards[:min(len(cards), 4*(i+1))]
	}
	return cards
}

// featured are the products that the store puts first, then new ones.
type featured struct {
	m     *Module
	Title i18n.Text `json:"title,omitempty"`
	Many  string    `json:"many,omitempty"`
	Ways  bool      `json:"ways"`
}

// Fields implements cmsapi.Section.
func (s *featured) Fields() []cmsapi.Field {
	return []cmsapi.Field{
		{Name: "title", Shape: cmsapi.Line, Text: &s.Title},
		{Name: "many", Key: "catalog.section_many", Shape: cmsapi.Pick, One: &s.Many, Options: howMany},
		{Name: "ways", Key: "catalog.section_ways", Shape: cmsapi.Yes, On: &s.Ways},
	}
}

// Draw implements cmsapi.Section.
func (s *featured) Draw(ctx context.Context, at cmsapi.Spot) (cmsapi.Drawing, error) {
	l := at.Words.Lang()
	tree, err := s.m.Tree(ctx, at.In)
	if err != nil {
		return nil, err
	}
	cards, err := s.m.shown(ctx, at.In, l, nil)
	if err != nil {
		return nil, err
	}
	v := catalogui.Shelf{ID: at.ID, Title: s.Title.In(l), Products: s.m.cards(reader{at.In, at.Words, at.Base}, first(cards, s.Many), 2), More: at.Words.T("catalog.all_products"), Href: "/products"}
	if v.Title == "" {
		v.Title = at.Words.T("catalog.for_you")
	}
	if s.Ways {
		for _, c := range tree.Children(0) {
			v.Categories = append(v.Categories, catalogui.Link{Label: c.Name.In(l), Href: "/categories/" + c.Slug})
		}
	}
	return v.Render, nil
}

// collection are the products of a category, with all below it.
type collection struct {
	m        *Module
	Category string    `json:"category,omitempty"` // its slug
	Title    i18n.Text `json:"title,omitempty"`
	Many     string    `json:"many,omitempty"`
}

// Fields implements cmsapi.Section.
func (s *collection) Fields() []cmsapi.Field {
	return []cmsapi.Field{
		{Name: "category", Key: "catalog.section_category", Shape: cmsapi.Pick, Must: true, One: &s.Category, Choices: s.m.categoryChoices},
		{Name: "title", Shape: cmsapi.Line, Text: &s.Title},
		{Name: "many", Key: "catalog.section_many", Shape: cmsapi.Pick, One: &s.Many, Options: howMany},
	}
}

// Draw implements cmsapi.Section. A category that is gone has nothing to show.
func (s *collection) Draw(ctx context.Context, at cmsapi.Spot) (cmsapi.Drawing, error) {
	l := at.Words.Lang()
	tree, err := s.m.Tree(ctx, at.In)
	if err != nil {
		return nil, err
	}
	c, ok := tree.BySlug(s.Category)
	if !ok {
		return nil, ErrNoCategory
	}
	cards, err := s.m.shown(ctx, at.In, l, &c)
	if err != nil || len(cards) == 0 {
		return nil, err
	}
	v := catalogui.Shelf{ID: at.ID, Title: s.Title.In(l), Products: s.m.cards(reader{at.In, at.Words, at.Base}, first(cards, s.Many), 0), More: at.Words.T("catalog.see_all"), Href: "/categories/" + c.Slug}
	if v.Title == "" {
		v.Title = c.Name.In(l)
	}
	return v.Render, nil
}

// looked is what the reader looked at before.
type looked struct{}

// Fields implements cmsapi.Section.
func (*looked) Fields() []cmsapi.Field { return nil }

// Draw implements cmsapi.Section.
func (*looked) Draw(context.Context, cmsapi.Spot) (cmsapi.Drawing, error) {
	return catalogui.Later("").Render, nil
}

// shown are the products that a section shows, of a category or of all: one
// statement, and mostly none.
func (m *Module) shown(ctx context.Context, in tenant.Store, l i18n.Lang, of *Category) ([]Card, error) {
	list := "section/" + string(l)
	if of != nil {
		list += "/" + of.Slug
	}
	key := m.shelf.key(in.ID(), list)
	if have, ok := m.shelf.cards.GetIfPresent(key); ok {
		return have, nil
	}
	cards, err := db.Read(ctx, m.db, in, func(tx tx) ([]Card, error) {
		if of == nil {
			return homeCards(ctx, tx, l)
		}
		f, err := m.facts(ctx, tx)
		if err != nil {
			return nil, err
		}
		return categoryCards(ctx, tx, l, f.tree.Below(of.ID))
	})
	if err != nil {
		return nil, err
	}
	m.shelf.cards.Set(key, cards)
	return cards, nil
}

// categoryChoices are the categories to choose from, each with those above it.
func (m *Module) categoryChoices(ctx context.Context, in tenant.Store, l i18n.Lang) ([]cmsapi.Option, error) {
	tree, err := m.Tree(ctx, in)
	if err != nil {
		return nil, err
	}
	var out []cmsapi.Option
	var below func(at CategoryID, before string)
	below = func(at CategoryID, before string) {
		for _, c := range tree.Children(at) {
			name := before + c.Name.In(l)
			out = append(out, cmsapi.Option{Value: c.Slug, Label: name})
			below(c.ID, name+" › ")
		}
	}
	below(0, "")
	return out, nil
}
