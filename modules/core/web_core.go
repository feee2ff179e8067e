package core

import (
	"encoding/json"
	"strings"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/core/coreapi"
	"orion/modules/core/coreui"
)

const (
	minQuery   = 2 // characters
	maxQuery   = 100
	maxResults = 8 // of one module
)

func (m *Module) adminRoutes(mux *web.Mux[web.Admin]) {
	d := desk[web.Admin]{m, m.platformOf}
	d.routes(mux, d.list)
	m.menuRoutes(mux)
	mux.Get("/", web.SignedIn, m.adminDashboard)
	mux.Get("/search", web.SignedIn, func(c *web.Ctx[web.Admin]) error {
		return found(c, func(query string) [][]coreapi.Result {
			in := coreapi.Search[coreapi.AdminReader]{Reader: adminReader(c), Query: query, Limit: maxResults}
			pages := m.pages(visitor{web.AdminPages, tenant.PlatformID(0), c.As.Grants, c.Granted, c.Words}, query)
			return append([][]coreapi.Result{pages}, slot.Collect(c.Context(), m.slots, coreapi.AdminResults, in, nil)...)
		})
	})
	profile(m, mux, func(c *web.Ctx[web.Admin]) auth.User { return c.As.User })
}

func (m *Module) merchantRoutes(mux *web.Mux[web.Merchant]) {
	d := desk[web.Merchant]{m, m.merchantOf}
	d.routes(mux, d.list)
	mux.Get("/", web.SignedIn, m.merchantDashboard)
	mux.Get("/search", web.SignedIn, func(c *web.Ctx[web.Merchant]) error {
		return found(c, func(query string) [][]coreapi.Result {
			in := coreapi.Search[coreapi.MerchantReader]{Reader: merchantReader(c), Query: query, Limit: maxResults}
			pages := m.pages(visitor{web.MerchantPages, c.As.In.Platform(), c.As.Grants, c.Granted, c.Words}, query)
			return append([][]coreapi.Result{pages}, slot.Collect(c.Context(), m.slots, coreapi.MerchantResults, in, m.on(c.As.In.Platform()))...)
		})
	})
	profile(m, mux, func(c *web.Ctx[web.Merchant]) auth.User { return c.As.User })
}

func (m *Module) storeRoutes(mux *web.Mux[web.Store]) {
	mux.Get("/", web.SignedIn, m.storeDashboard)
	mux.Get("/search", web.SignedIn, func(c *web.Ctx[web.Store]) error {
		return found(c, func(query string) [][]coreapi.Result {
			in := coreapi.Search[coreapi.StoreReader]{Reader: storeReader(c), Query: query, Limit: maxResults}
			pages := m.pages(visitor{web.StorePages, c.As.In.Platform(), c.As.Grants, c.Granted, c.Words}, query)
			return append([][]coreapi.Result{pages}, slot.Collect(c.Context(), m.slots, coreapi.StoreResults, in, m.on(c.As.In.Platform()))...)
		})
	})
	mux.Post("/first-steps/dismiss", web.Need(PermEditSettings), func(c *web.Ctx[web.Store]) error { return m.setDismissed(c, true) })
	mux.Post("/first-steps/show", web.Need(PermEditSettings), func(c *web.Ctx[web.Store]) error { return m.setDismissed(c, false) })
	mux.Post("/views", web.SignedIn, m.postView)
	mux.Post("/views/{id}/remove", web.SignedIn, m.removeView)
	desk[web.Store]{m, m.storeOf}.routes(mux, m.settingsPage)
	profile(m, mux, func(c *web.Ctx[web.Store]) auth.User { return c.As.User })
}

// hit is a result as the command palette reads it.
type hit struct {
	Label  string `json:"label"`
	Href   string `json:"href"`
	Detail string `json:"detail"`
}

// found answers a search as a page, or as JSON to the command palette.
func found[A web.Audience](c *web.Ctx[A], search func(query string) [][]coreapi.Result) error {
	v := coreui.Found{Query: c.Query("q")}
	n := len([]rune(v.Query))
	if v.Short = n < minQuery || n > maxQuery; !v.Short {
		v.Results = flat(search(v.Query))
	}
	if !strings.Contains(c.R.Header.Get("Accept"), "application/json") {
		return c.Page(web.Head{Title: c.Words.T("ui.search"), Active: "/search"}, coreui.FoundPage(v))
	}
	hits := make([]hit, len(v.Results))
	for i, r := range v.Results {
		hits[i] = hit{Label: r.Title, Href: c.URL(r.Link), Detail: strings.Trim(r.Kind+" · "+r.Sub, " ·")}
	}
	c.W.Header().Set("Content-Type", "application/json")
	c.W.Header().Set("Cache-Control", "no-store")
	return json.NewEncoder(c.W).Encode(hits)
}

// again is a form that is shown again with what was refused.
func again(f *form.Form, err error) (ui.Form, error) {
	e := fault.As(err)
	switch e.Kind {
	case fault.Invalid, fault.Rule, fault.Conflict:
		if f.OK() {
			f.Take(err)
		}
		state := f.State()
		if state.Fault == nil {
			state.Fault = e
		}
		return state, nil
	}
	return ui.Form{}, err
}
