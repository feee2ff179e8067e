package tenancy

import (
	"context"
	"strings"

	"orion/kit/money"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/tenancy/tenancyui"
)

func (m *Module) adminStoreRoutes(mux *web.Mux[web.Admin]) {
	mux.Get("/stores", web.Need(PermViewStores), m.storesPage)
	mux.Get("/stores/new", web.Need(PermManageStores), func(c *web.Ctx[web.Admin]) error { return m.newStoreForm(c, 200, ui.Form{}) })
	mux.Post("/stores", web.Need(PermManageStores), m.createStore)
	mux.Get("/stores/{store}", web.Need(PermViewStores), func(c *web.Ctx[web.Admin]) error { return m.storePage(c, 200, ui.Form{}) })
	mux.Get("/stores/{store}/edit", web.Need(PermManageStores), func(c *web.Ctx[web.Admin]) error {
		s, err := m.storeOf(c)
		if err != nil {
			return err
		}
		return m.storeForm(c, 200, s, ui.Form{})
	})
	mux.Post("/stores/{store}", web.Need(PermManageStores), m.editStore)
	mux.Post("/stores/{store}/platforms", web.Need(PermManageStores), m.joinStore)
	mux.Post("/stores/{store}/domains", web.Need(PermManageStores), m.addDomain)
	mux.Post("/stores/{store}/domains/verify", web.Need(PermManageStores), m.verifyDomain)
	mux.Post("/stores/{store}/domains/remove", web.Need(PermManageStores), m.removeDomain)
}

func (m *Module) storeRow(s StoreRow) tenancyui.StoreRow {
	row := tenancyui.StoreRow{ID: s.ID.String(), Name: s.Name, Code: s.Code, Merchant: s.MerchantName, Status: s.Status, Active: s.Active}
	if shop := m.FirstShop(s.ID); shop != nil {
		row.Host = m.Host(shop)
	}
	return row
}

func (m *Module) storesPage(c *web.Ctx[web.Admin]) error {
	list, err := m.Stores(c.Context(), reachOf(c), StoreFilter{Query: c.Query("q"), Status: c.Query("status"), Request: request(c)})
	if err != nil {
		return err
	}
	v := tenancyui.Stores{Paging: ui.PagingOf("/stores", list.Next, c.Query, "q", "status"), Edit: c.As.Grants.Has(PermManageStores)}
	for _, s := range list.Items {
		v.Rows = append(v.Rows, m.storeRow(s))
	}
	return c.Page(web.Head{Title: c.Words.T("tenancy.stores"), Active: "/stores"}, tenancyui.StoresPage(v))
}

func (m *Module) storeOf(c *web.Ctx[web.Admin]) (StoreRow, error) {
	var id tenant.StoreID
	if id.UnmarshalText([]byte(c.Param("store"))) != nil {
		return StoreRow{}, errUnknown
	}
	return m.Store(c.Context(), reachOf(c), id)
}

func (m *Module) storePage(c *web.Ctx[web.Admin], status int, state ui.Form) error {
	s, err := m.storeOf(c)
	if err != nil {
		return err
	}
	d, err := m.storeDetail(c.Context(), s)
	if err != nil {
		return err
	}
	v := tenancyui.StoreView{
		StoreRow: m.storeRow(s), MerchantID: s.Merchant.String(), Currency: string(s.Currency), Created: c.Words.Date(s.Created),
		Edit: c.As.Grants.Has(PermManageStores), State: state,
	}
	if shop := m.FirstShop(s.ID); shop != nil {
		v.Address = shopAddress(m, c, shop)
	}
	langs := make([]string, len(s.Langs))
	for i, l := range s.Langs {
		langs[i] = l.Name()
	}
	v.Langs = strings.Join(langs, ", ")
	joined := make([]tenant.PlatformID, len(d.platforms))
	for i, p := range d.platforms {
		joined[i] = p.platform
		if known := m.directory.Load().byID[p.platform]; known != nil {
			v.Platforms = append(v.Platforms, tenancyui.Named{ID: p.platform.String(), Name: known.Name, Detail: p.subdomain})
		}
	}
	v.Joinable = m.platformOptions(c, joined...)
	for _, domain := range d.domains {
		v.Domains = append(v.Domains, domainRow(c.Words, domain, m.db.Clock().Now()))
	}
	for _, t := range d.team {
		v.Team = append(v.Team, tenancyui.MemberRow{
			ID: t.User.String(), Name: t.Name, Email: t.Email, Active: t.Active, Store: t.Store,
			Role: roleName(c.Words, Role{Name: t.Role, Preset: t.Preset}),
		})
	}
	return c.PageStatus(status, web.Head{Title: s.Name, Active: "/stores"}, tenancyui.StorePage(v))
}

func (m *Module) newStoreForm(c *web.Ctx[web.Admin], status int, state ui.Form) error {
	f := MerchantFilter{}
	f.Limit = 100
	merchants, err := m.Merchants(c.Context(), reachOf(c), f)
	if err != nil {
		return err
	}
	v := tenancyui.StoreForm{
		State: state, Title: c.Words.T("tenancy.new_store"), Action: "/stores", Cancel: "/stores", Fresh: true, Operator: true,
		Platforms: m.platformOptions(c), Values: showProfile(Profile{Lang: "fr", StaffLang: "fr", Country: "LU", Status: "open"}),
	}
	v.Values.Langs = []string{"fr", "de", "en"}
	v.Values.Currency, v.Values.Merchant = "EUR", c.Query("merchant")
	for _, r := range merchants.Items {
		v.Merchants = append(v.Merchants, ui.Option{Value: r.ID.String(), Label: r.Name})
	}
	if len(v.Platforms) == 1 {
		v.Values.Platforms = []string{v.Platforms[0].Value}
	}
	return c.PageStatus(status, web.Head{Title: v.Title, Active: "/stores"}, tenancyui.StoreFormPage(v))
}

func (m *Module) createStore(c *web.Ctx[web.Admin]) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	n := NewStore{
		Code: f.Text("code"), Currency: money.Currency(f.Text("currency")), Platforms: readPlatforms(f, "platforms"), Profile: readProfile(f, Profile{}),
	}
	_ = n.Merchant.UnmarshalText([]byte(f.Raw("merchant"))) // none is refused below
	var id tenant.StoreID
	if err = f.Fault("tenancy.invalid"); err == nil {
		err = m.Change(c.Context(), c.Actor(), func(ctx context.Context, ch *Change) (err error) {
			id, err = ch.CreateStore(ctx, reachOf(c), n)
			return err
		})
	}
	if err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return m.newStoreForm(c, 422, state)
	}
	c.Flash("ok", "ui.saved")
	return c.Redirect("/stores/" + id.String())
}

func (m *Module) storeForm(c *web.Ctx[web.Admin], status int, s StoreRow, state ui.Form) error {
	v := tenancyui.StoreForm{
		State: state, Title: s.Name, Action: "/stores/" + s.ID.String(), Cancel: "/stores/" + s.ID.String(), Operator: true,
		Values: showProfile(s.Profile),
	}
	v.Values.Active = s.Active
	return c.PageStatus(status, web.Head{Title: s.Name, Active: "/stores"}, tenancyui.StoreFormPage(v))
}

func (m *Module) editStore(c *web.Ctx[web.Admin]) error {
	s, err := m.storeOf(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	e := StoreEdit{Profile: readProfile(f, s.Profile), Active: f.Bool("active")}
	if err = f.Fault("tenancy.invalid"); err == nil {
		err = m.Change(c.Context(), c.Actor(), func(ctx context.Context, ch *Change) error { return ch.EditStore(ctx, reachOf(c), s.ID, e) })
	}
	if err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return m.storeForm(c, 422, s, state)
	}
	c.Flash("ok", "ui.saved")
	return c.Redirect("/stores/" + s.ID.String())
}
