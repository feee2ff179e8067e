package catalog

import (
	"cmp"
	"strings"

	"orion/kit/ui"
	"orion/modules/catalog/catalogui"
)

// maxTyped is how much of what somebody looks for is read, in bytes.
const maxTyped = 200

// sought is what somebody looks for, without what is too much.
func sought(text string) string {
	text = squeeze(text)
	return strings.ToValidUTF8(text[:min(len(text), maxTyped)], "")
}

// offeredInstead is how many products a search without a result shows.
const offeredInstead = 4

// waysOut gives a search that has nothing to show the categories and products
// that a visitor would begin with. It takes one statement.
func (m *Module) waysOut(c shopCtx, view *catalogui.List) error {
	l := c.Words.Lang()
	home, err := m.HomeOf(c.Context(), c.As.In, l)
	if err != nil {
		return err
	}
	for _, cat := range home.Roots {
		view.Ways = append(view.Ways, catalogui.Link{Label: cat.Name.In(l), Href: "/categories/" + cat.Slug})
	}
	view.Instead = m.cardViews(c, home.Cards[:min(len(home.Cards), offeredInstead)], 0)
	return nil
}

func (m *Module) showSuggestions(c shopCtx) error {
	text, w := sought(c.Query("q")), c.Words
	s, err := m.Suggest(c.Context(), c.As.In, w.Lang(), text)
	if err != nil {
		return err
	}
	view := catalogui.Suggested{Said: w.N("catalog.suggested", len(s.Categories)+len(s.Products))}
	if s.Meant != "" {
		view.Meant = w.T("catalog.meant", "typed", text, "meant", s.Meant)
	}
	for _, cat := range s.Categories {
		view.Options = append(view.Options, catalogui.Suggestion{Label: cat.Name.In(w.Lang()), Detail: w.T("catalog.category"), Href: "/categories/" + cat.Slug})
	}
	for _, p := range s.Products {
		cover := catalogui.Picture(c.Base(), stored(p.Cover), "")
		view.Options = append(view.Options, catalogui.Suggestion{
			Label: p.Title, Detail: w.Money(p.Price), Href: "/products/" + p.Slug,
			Image: ui.Image{Src: cmp.Or(cover.Small, cover.Src), Width: 40, Height: 50},
		})
	}
	return c.Partial(catalogui.Suggestions(view))
}
