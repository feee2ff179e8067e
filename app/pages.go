package app

import (
	"context"
	"slices"

	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/kit/ui/layout"
	"orion/kit/web"
	"orion/modules/catalog"
	"orion/modules/catalog/catalogapi"
	"orion/modules/cms"
)

// termsSlug is where the conditions of sale of a store are looked for.
const termsSlug = "terms"

// written are the platforms whose pages the operator writes.
func (m *modules) written() []cms.Platform {
	var out []cms.Platform
	for _, p := range m.tenancy.Platforms() {
		out = append(out, cms.Platform{In: m.scope(p.ID), Code: p.Code, Name: p.Name, Host: m.tenancy.PlatformHost(p), Lang: p.Lang})
	}
	return out
}

// terms is the page of a store's conditions of sale, empty when there is none.
func (m *modules) terms(c *web.Ctx[web.Storefront]) string {
	for _, l := range m.storeLinks(c) {
		if l.Slug == termsSlug {
			return l.Path()
		}
	}
	return ""
}

// listed are the pages that search engines find in a store.
func (m *modules) listed(c *web.Ctx[web.Storefront]) ([]catalog.Listed, error) {
	links, err := m.cms.Links(c.Context(), cms.Here(c))
	out := make([]catalog.Listed, 0, len(links))
	for _, l := range links {
		if l.Slug != cms.HomeSlug { // which is there in any store
			out = append(out, catalog.Listed{Path: l.Path(), Changed: l.Changed})
		}
	}
	if err != nil {
		return nil, err
	}
	blog, err := m.cms.BlogPlaces(c.Context(), c.As.In)
	for _, p := range blog {
		out = append(out, catalog.Listed(p))
	}
	return out, err
}

// browse is where a platform's stores show all that they sell, if they do.
func (m *modules) browse(p tenant.PlatformID) string {
	if m.enabled(p, catalogapi.Code) {
		return "/products"
	}
	return ""
}

// homeData is what search engines are told about the first page of a store.
func (m *modules) homeData(c *web.Ctx[web.Storefront]) []any {
	if m.enabled(c.As.In.Platform(), catalogapi.Code) {
		return catalog.HomeData(c)
	}
	return nil
}

// storeLinks are the pages of a store, from memory; none when they cannot be read,
// since a page is worth more than its links.
func (m *modules) storeLinks(c *web.Ctx[web.Storefront]) []cms.Link {
	links, err := m.cms.Links(c.Context(), cms.Here(c))
	if err != nil {
		return nil
	}
	return links
}

// siteLinks are the pages of a platform's own site, the same way.
func (m *modules) siteLinks(ctx context.Context, in tenant.Platform) []cms.Link {
	if in.ID().IsZero() {
		return nil
	}
	links, err := m.cms.SiteLinks(ctx, in)
	if err != nil {
		return nil
	}
	return links
}

// items are links as a frame draws them, those of one place.
func items(links []cms.Link, l i18n.Lang, here func(cms.Link) bool) []layout.Item {
	var out []layout.Item
	for _, link := range links {
		if here(link) {
			out = append(out, layout.Item{Label: link.Title.In(l), Href: link.Path()})
		}
	}
	return out
}

func inHeader(l cms.Link) bool { return l.Header }

func inFooter(l cms.Link) bool { return l.Footer }

func inLegal(l cms.Link) bool { return l.Legal }

// withPages are the first line of a page with the pages that stand there.
func withPages(nav []layout.Item, links []cms.Link, l i18n.Lang) []layout.Item {
	return append(slices.Clip(nav), items(links, l, inHeader)...)
}
