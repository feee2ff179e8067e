package tenancy

import (
	"context"
	"strconv"

	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/tenancy/tenancyui"
)

func (m *Module) adminRoutes(mux *web.Mux[web.Admin]) {
	portal(m, mux, func(c *web.Ctx[web.Admin], cr Credentials) (string, error) { return m.SignInAdmin(c.Context(), cr) })
	m.setupRoutes(mux)
	mux.Get("/platforms", web.Need(PermViewStores), m.platformsPage)
	mux.Get("/platforms/new", web.Need(PermManagePlatforms), func(c *web.Ctx[web.Admin]) error {
		return m.platformForm(c, 200, PlatformRow{Platform: Platform{Lang: "en"}, Active: true}, ui.Form{})
	})
	mux.Post("/platforms", web.Need(PermManagePlatforms), m.createPlatform)
	mux.Get("/platforms/{platform}", web.Need(PermViewStores), m.platformPage)
	mux.Post("/platforms/{platform}", web.Need(PermManagePlatforms), m.editPlatform)
	m.adminMerchantRoutes(mux)
	m.adminDeletionRoutes(mux)
	m.adminStoreRoutes(mux)
	m.adminUserRoutes(mux)
	m.adminSessionRoutes(mux)
	m.allDomainRoutes(mux)
	m.adminModuleRoutes(mux)
	mux.Get("/audit", web.Need(PermViewAudit), m.auditOfAllPage)
	mux.Get("/audit.csv", web.Need(PermViewAudit), m.auditOfAllFile)
}

func reachOf(c *web.Ctx[web.Admin]) Reach { return ReachOf(c.As.Platforms) }

func (m *Module) platformsPage(c *web.Ctx[web.Admin]) error {
	rows, err := m.AllPlatforms(c.Context(), reachOf(c))
	if err != nil {
		return err
	}
	v := tenancyui.Platforms{Edit: c.As.Grants.Has(PermManagePlatforms)}
	for _, p := range rows {
		v.Rows = append(v.Rows, tenancyui.PlatformRow{
			ID: p.ID.String(), Name: p.Name, Code: p.Code, Stores: strconv.FormatInt(p.Stores, 10), Active: p.Active,
		})
	}
	return c.Page(web.Head{Title: c.Words.T("tenancy.platforms"), Active: "/platforms"}, tenancyui.PlatformsPage(v))
}

func (m *Module) platformOf(c *web.Ctx[web.Admin]) (PlatformRow, error) {
	var p tenant.PlatformID
	if p.UnmarshalText([]byte(c.Param("platform"))) != nil {
		return PlatformRow{}, errUnknown
	}
	return m.OnePlatform(c.Context(), reachOf(c), p)
}

func (m *Module) platformPage(c *web.Ctx[web.Admin]) error {
	p, err := m.platformOf(c)
	if err != nil {
		return err
	}
	return m.platformForm(c, 200, p, ui.Form{})
}

func (m *Module) platformForm(c *web.Ctx[web.Admin], status int, p PlatformRow, state ui.Form) error {
	v := tenancyui.PlatformForm{
		State: state, ID: p.ID.String(), Code: p.Code, Name: p.Name, Lang: string(p.Lang), Tagline: p.Tagline, Active: p.Active,
		Edit: c.As.Grants.Has(PermManagePlatforms), Switches: c.As.Grants.Has(PermManageModules),
	}
	title := c.Words.T("tenancy.new_platform")
	if v.ID != "" {
		v.Delete = v.Edit && p.Code != mainPlatform
		title = p.Name
		modules, err := m.ModulesOf(c.Context(), reachOf(c), p.ID)
		if err != nil {
			return err
		}
		for _, r := range modules {
			v.Modules = append(v.Modules, tenancyui.ModuleRow{Code: r.Module, Module: groupName(c.Words, r.Module), Enabled: r.Enabled, Changed: when(c.Words, r.Changed) + " · " + r.By})
		}
	}
	return c.PageStatus(status, web.Head{Title: title, Active: "/platforms"}, tenancyui.PlatformPage(v))
}

func (m *Module) createPlatform(c *web.Ctx[web.Admin]) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	n := NewPlatform{Code: f.Text("code"), Name: f.Text("name"), Lang: langOf(f.Raw("lang")), Tagline: readText(f, "tagline", maxShort)}
	err = m.Change(c.Context(), c.Actor(), func(ctx context.Context, ch *Change) error {
		_, err := ch.CreatePlatform(ctx, n)
		return err
	})
	if err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return m.platformForm(c, 422, PlatformRow{Platform: Platform{Lang: n.Lang}, Active: true}, state)
	}
	c.Flash("ok", "ui.saved")
	return c.Redirect("/platforms")
}

func (m *Module) editPlatform(c *web.Ctx[web.Admin]) error {
	p, err := m.platformOf(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	e := PlatformEdit{
		Name: f.Text("name"), Lang: langOf(f.Raw("lang")), Tagline: readText(f, "tagline", maxShort), Picture: p.Picture, Active: f.Bool("active"),
	}
	err = m.Change(c.Context(), c.Actor(), func(ctx context.Context, ch *Change) error { return ch.EditPlatform(ctx, p.ID, e) })
	if err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return m.platformForm(c, 422, p, state)
	}
	c.Flash("ok", "ui.saved")
	return c.Redirect("/platforms/" + p.ID.String())
}

// platformOptions are the platforms within the reader's reach.
func (m *Module) platformOptions(c *web.Ctx[web.Admin], but ...tenant.PlatformID) []ui.Option {
	reach := reachOf(c)
	var out []ui.Option
next:
	for _, p := range m.Platforms() {
		for _, b := range but {
			if p.ID == b {
				continue next
			}
		}
		if reach.has(p.ID) {
			out = append(out, ui.Option{Value: p.ID.String(), Label: p.Name})
		}
	}
	return out
}
