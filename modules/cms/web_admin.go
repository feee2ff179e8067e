package cms

import (
	"net"
	"net/url"
	"slices"
	"strings"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/ui/icon"
	"orion/kit/web"
	"orion/modules/cms/cmsui"
)

type operator = *web.Ctx[web.Admin]

func (m *Module) adminRoutes(mux *web.Mux[web.Admin]) {
	k := desk[web.Admin, tenant.Platform]{
		shelf: m.Platforms, find: m.platformPlace, list: m.platformList, base: pagesPath,
		may: func(c operator, p auth.Permission) bool { return c.As.Grants.Has(p) },
	}
	k.routes(mux)
	studio[web.Admin, tenant.Platform]{m, k, func(c operator, p place[tenant.Platform]) (PageID, error) {
		return m.StartDefaultHome(c.Context(), p.in, p.langs[0], c.Actor())
	}}.routes(mux)
}

// within are the platforms that a reader works for.
func (m *Module) within(c operator) []Platform {
	return slices.DeleteFunc(slices.Clone(m.Sites()), func(p Platform) bool {
		return c.As.Platforms != nil && !slices.Contains(c.As.Platforms, p.In.ID())
	})
}

// platformOf is the platform in the query of a page, else the first.
func (m *Module) platformOf(c operator) (Platform, error) {
	for _, p := range m.within(c) {
		if asked := c.Query("platform"); asked == "" || asked == p.In.ID().String() {
			return p, nil
		}
	}
	return Platform{}, errUnknown
}

func tierOf(c operator) Tier {
	if Tier(c.Query("tier")) == Site {
		return Site
	}
	return Default
}

func (m *Module) platformPlace(c operator) (place[tenant.Platform], error) {
	p, err := m.platformOf(c)
	if err != nil {
		return place[tenant.Platform]{}, err
	}
	out := place[tenant.Platform]{in: p.In, base: pagesPath, tier: tierOf(c), langs: []i18n.Lang{p.Lang}, origin: hostOf(c, p), on: p.In.ID()}
	for _, l := range i18n.Langs {
		if l != p.Lang {
			out.langs = append(out.langs, l)
		}
	}
	out.query = queryOf(p, out.tier)
	if m.need.Sample == nil || out.tier != Default {
		return out, nil
	}
	if path := m.need.Sample(c.R.Host, p.In.ID()); path != "" {
		scheme, _, _ := strings.Cut(c.Origin(), "://")
		out.drafts = scheme + "://" + c.R.Host + path
	}
	return out, nil
}

func queryOf(p Platform, t Tier) string {
	return "?" + url.Values{"platform": {p.In.ID().String()}, "tier": {string(t)}}.Encode()
}

// hostOf is where a platform's own pages are, as seen by somebody who reached the
// operator's: by the same scheme and port.
func hostOf(c operator, p Platform) string {
	scheme, _, _ := strings.Cut(c.Origin(), "://")
	host, port, err := net.SplitHostPort(c.R.Host)
	switch {
	case err != nil:
		return scheme + "://" + p.Host
	case net.ParseIP(host) != nil && p.In == c.Place().Platform.In: // where hosts have no names
		return scheme + "://" + c.R.Host
	}
	return scheme + "://" + net.JoinHostPort(p.Host, port)
}

// platformList shows a platform's pages of one tier: one statement.
func (m *Module) platformList(c operator) error {
	p, err := m.platformOf(c)
	if err != nil {
		return err
	}
	tier := tierOf(c)
	found, err := m.Platforms.List(c.Context(), p.In, Query{Tier: tier, Request: page.Request{After: c.Query("after"), Limit: rows}})
	if err != nil {
		return err
	}
	query := queryOf(p, tier)
	v := cmsui.List{May: c.As.Grants.Has(MayEdit), Sub: c.Words.T("cms.sub_"+string(tier), "platform", p.Name), New: "/pages/new" + query}
	for _, t := range []Tier{Default, Site} {
		v.Tabs = append(v.Tabs, ui.Tab{Label: c.Words.T("cms.tab_" + string(t)), Href: "/pages" + queryOf(p, t), Active: t == tier})
	}
	if all := m.within(c); len(all) > 1 {
		v.Pick = ui.Menu{Label: p.Name, Icon: icon.Layers, Text: true}
		for _, other := range all {
			v.Pick.Items = append(v.Pick.Items, ui.MenuItem{Label: other.Name, Href: "/pages" + queryOf(other, tier)})
		}
	}
	for _, of := range found.Items {
		v.Rows = append(v.Rows, rowOf(c.Words, of, query))
	}
	v.StartHome = v.May && tier == Default && c.Query("after") == "" && !slices.ContainsFunc(found.Items, Page.IsHome)
	v.Query = query
	v.Pager = ui.PagingOf("/pages", found.Next, c.Query, "platform", "tier").Pager()
	return c.Page(web.Head{Title: c.Words.T("cms.menu"), Active: "/pages"}, cmsui.ListPage(v))
}
