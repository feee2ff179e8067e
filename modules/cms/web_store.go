package cms

import (
	"slices"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/cms/cmsui"
)

// pagesPath is where pages are listed, and read.
const pagesPath = "/pages"

type staffer = *web.Ctx[web.Store]

func (m *Module) storeRoutes(mux *web.Mux[web.Store]) {
	k := desk[web.Store, tenant.Store]{
		shelf: m.Stores, list: m.storeList, base: pagesPath,
		find: func(c staffer) (place[tenant.Store], error) { return storePlace(c), nil },
		may:  func(c staffer, p auth.Permission) bool { return c.As.Grants.Has(p) },
	}
	k.routes(mux)
	studio[web.Store, tenant.Store]{m, k, func(c staffer, p place[tenant.Store]) (PageID, error) {
		return m.StartHome(c.Context(), At{Platform: c.Place().Platform.In, Store: p.in}, c.As.Shop.Lang, c.Actor())
	}}.routes(mux)
	mux.Post("/pages/override", web.Need(MayEdit), m.overridePost)
	m.mediaRoutes(mux)
	m.themeRoutes(mux)
	m.textRoutes(mux)
	m.redirectRoutes(mux)
	m.menuRoutes(mux)
	m.blogRoutes(mux)
}

func storePlace(c staffer) place[tenant.Store] {
	shop := c.As.Shop
	langs := []i18n.Lang{shop.Lang}
	for _, l := range shop.Langs {
		if l != shop.Lang {
			langs = append(langs, l)
		}
	}
	return place[tenant.Store]{
		in: c.As.In, base: pagesPath, tier: Own, langs: langs, zone: i18n.ZoneOf(shop.Country), origin: c.ShopOrigin(), drafts: c.ShopOrigin(), on: c.As.In.Platform(), library: &c.As.In,
	}
}

// rows is how many pages a list has.
const rows = 50

// storeList shows a store's pages, and those that it has of its platform: one
// statement, with the links in memory.
func (m *Module) storeList(c staffer) error {
	found, err := m.Stores.List(c.Context(), c.As.In, Query{Request: page.Request{After: c.Query("after"), Limit: rows}})
	if err != nil {
		return err
	}
	shared, err := m.Platforms.Links(c.Context(), c.Place().Platform.In)
	if err != nil {
		return err
	}
	own, err := m.Stores.Links(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	v := cmsui.List{May: c.As.Grants.Has(MayEdit), Sub: c.Words.T("cms.store_sub"), New: "/pages/new", Store: true, Translates: c.As.Grants.Has(MayTranslate)}
	v.StartHome = v.May && c.Query("after") == ""
	for _, p := range found.Items {
		r := rowOf(c.Words, p, "")
		r.Replaces = slices.ContainsFunc(shared, func(l Link) bool { return l.Tier == Default && l.Slug == p.Slug })
		v.StartHome = v.StartHome && !p.IsHome()
		v.Rows = append(v.Rows, r)
	}
	for _, l := range shared {
		if l.Tier == Default && l.Slug != HomeSlug && !slices.ContainsFunc(own, func(o Link) bool { return o.Slug == l.Slug }) {
			v.Shared = append(v.Shared, cmsui.Shared{
				Title: l.Title.In(c.Words.Lang()), Slug: l.Slug, Href: "~" + c.ShopURL(l.Path()), Where: whereOf(c.Words, l.Head),
				Begun: slices.ContainsFunc(found.Items, func(p Page) bool { return p.Slug == l.Slug }),
			})
		}
	}
	v.Pager = ui.PagingOf("/pages", found.Next, c.Query).Pager()
	return c.Page(web.Head{Title: c.Words.T("cms.menu"), Active: "/pages"}, cmsui.ListPage(v))
}

func (m *Module) overridePost(c staffer) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	id, err := m.Override(c.Context(), At{Platform: c.Place().Platform.In, Store: c.As.In}, f.Text("slug"), c.As.Shop.Lang, c.Actor())
	if err != nil {
		return err
	}
	c.Flash("ok", "cms.done_override")
	return c.Redirect("/pages/" + id.String())
}
