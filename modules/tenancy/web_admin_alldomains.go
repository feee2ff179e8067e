package tenancy

import (
	"context"
	"errors"

	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/tenancy/tenancyui"
)

func (m *Module) allDomainRoutes(mux *web.Mux[web.Admin]) {
	mux.Get("/domains", web.Need(PermViewStores), func(c *web.Ctx[web.Admin]) error { return m.domainsPage(c, 200, ui.Form{}) })
	mux.Post("/domains", web.Need(PermManageStores), m.addPlatformDomain)
	mux.Post("/domains/verify", web.Need(PermManageStores), func(c *web.Ctx[web.Admin]) error {
		return m.onAnyDomain(c, "tenancy.domain_opened", func(ctx context.Context, d Domain) error { return m.VerifyDomain(ctx, c.Actor(), d.Domain) })
	})
	mux.Post("/domains/remove", web.Need(PermManageStores), func(c *web.Ctx[web.Admin]) error {
		return m.onAnyDomain(c, "tenancy.domain_gone", func(ctx context.Context, d Domain) error {
			return m.Change(ctx, c.Actor(), func(ctx context.Context, ch *Change) error { return ch.RemoveDomain(ctx, d.Domain) })
		})
	})
}

// domainsPage shows all domains within reach with what the DNS said of them.
func (m *Module) domainsPage(c *web.Ctx[web.Admin], status int, state ui.Form) error {
	f := DomainFilter{Query: c.Query("q"), State: DomainState(c.Query("state")), Request: request(c)}
	list, err := m.Domains(c.Context(), reachOf(c), f)
	if err != nil {
		return err
	}
	v := tenancyui.Domains{
		Paging: ui.PagingOf("/domains", list.Next, c.Query, "q", "state"), State: state,
		Edit: c.As.Grants.Has(PermManageStores), Platforms: m.platformOptions(c),
	}
	now := m.db.Clock().Now()
	for _, d := range list.Items {
		row := tenancyui.OwnedDomainRow{DomainRow: domainRow(c.Words, d.Domain, now), Owner: d.Owner, Platform: d.PlatformName}
		switch {
		case d.Store != 0:
			row.Href = "/stores/" + d.Store.String()
		case d.Merchant != 0:
			row.Href = "/merchants/" + d.Merchant.String()
		default:
			row.Href = "/platforms/" + d.Platform.String()
		}
		v.Rows = append(v.Rows, row)
	}
	return c.PageStatus(status, web.Head{Title: c.Words.T("tenancy.domains"), Active: "/domains"}, tenancyui.DomainsPage(v))
}

func (m *Module) addPlatformDomain(c *web.Ctx[web.Admin]) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	d := Domain{Domain: f.Text("domain")}
	if chosen := readPlatforms(f, "platform"); len(chosen) == 1 {
		d.Platform = chosen[0]
	}
	if err := m.AddPlatformDomain(c.Context(), c.Actor(), reachOf(c), d); err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return m.domainsPage(c, 422, state)
	}
	c.Flash("ok", "ui.saved")
	return c.Redirect("/domains")
}

// onAnyDomain acts on a domain within reach and leads back to the list. What the
// DNS said is in the list.
func (m *Module) onAnyDomain(c *web.Ctx[web.Admin], done string, act func(ctx context.Context, d Domain) error) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	d, err := m.domainWithin(c.Context(), reachOf(c), f.Text("domain"))
	if err != nil {
		return err
	}
	switch err := act(c.Context(), d); {
	case errors.Is(err, errUnverified), errors.Is(err, errDNS):
		c.Flash("bad", "tenancy.domain_still_shut", "domain", d.Domain)
	case err != nil:
		return err
	default:
		c.Flash("ok", done, "domain", d.Domain)
	}
	return c.Redirect("/domains")
}
