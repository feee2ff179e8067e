package catalog

import (
	"context"
	"io"
	"strconv"

	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/modules/catalog/catalogapi"
)

// rated tells whether the stars of a store's products are shown.
func (m *Module) rated(in tenant.Store) bool { return m.need.Rated != nil && m.need.Rated(in) }

// rating are the stars of a product as pages show them: none where nobody keeps
// opinions now, whatever was kept before.
func (m *Module) rating(in tenant.Store, r catalogapi.Rating) ui.Rating {
	if r.Count == 0 || !m.rated(in) {
		return ui.Rating{}
	}
	return ui.Rating{Stars: r.Stars, Count: r.Count}
}

// below is what other modules put below a product.
func (m *Module) below(c shopCtx, p *Page) []func(context.Context, io.Writer) error {
	about := catalogapi.Reference{Product: p.ID, Slug: p.Slug, Title: p.Title, Rating: p.Rating}
	return slot.Collect(c.Context(), m.need.Kit.Slots, catalogapi.Below, about, func(code string) bool {
		return m.need.Enabled == nil || m.need.Enabled(c.As.In.Platform(), code)
	})
}

// ratingData is a rating in the words of schema.org.
func ratingData(r ui.Rating) data {
	t := r.Tenths()
	return data{
		"@type": "AggregateRating", "ratingValue": strconv.FormatInt(t/10, 10) + "." + strconv.FormatInt(t%10, 10),
		"ratingCount": r.Count, "bestRating": 5, "worstRating": 1,
	}
}
