package tenancy

import (
	"time"

	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/tenancy/tenancyui"
)

func (m *Module) merchantRoutes(mux *web.Mux[web.Merchant]) {
	portal(m, mux, func(c *web.Ctx[web.Merchant], cr Credentials) (string, error) {
		return m.SignInMerchant(c.Context(), c.Place().Platform.In, cr)
	})
	mux.Get("/stores", web.Need(PermViewStores), m.ownStoresPage)
	mux.Get("/domains", web.Need(PermViewStores), func(c *web.Ctx[web.Merchant]) error { return m.ownDomainsPage(c, 200, ui.Form{}) })
	mux.Post("/domains/verify", web.Need(PermManageStores).Limit(10, time.Minute), m.verifyOwnDomain)
	mux.Get("/team", web.Need(PermViewTeam), m.merchantTeamPage)
}

// ownStoresPage lists a merchant's stores; each leads to its own staff pages,
// where the owner signs in.
func (m *Module) ownStoresPage(c *web.Ctx[web.Merchant]) error {
	stores, err := m.StoresOf(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	v := tenancyui.OwnStores{Link: map[string]string{}}
	for _, s := range stores {
		row := tenancyui.StoreRow{ID: s.ID.String(), Name: s.Name, Code: s.Code, Merchant: s.MerchantName, Status: s.Status, Active: true}
		if shop := m.FirstShop(s.ID); shop != nil {
			row.Host = m.Host(shop)
			v.Link[row.ID] = staffAddress(m, c, shop)
		}
		v.Rows = append(v.Rows, row)
	}
	return c.Page(web.Head{Title: c.Words.T("tenancy.stores"), Active: "/stores"}, tenancyui.OwnStoresPage(v))
}

func (m *Module) merchantTeamPage(c *web.Ctx[web.Merchant]) error {
	team, err := m.TeamOf(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	var v tenancyui.MerchantTeam
	for _, t := range team {
		v.Rows = append(v.Rows, tenancyui.MemberRow{
			ID: t.User.String(), Name: t.Name, Email: t.Email, Store: t.Store, Active: t.Active,
			Role: roleName(c.Words, Role{Name: t.Role, Preset: t.Preset}),
		})
	}
	return c.Page(web.Head{Title: c.Words.T("tenancy.team"), Active: "/team"}, tenancyui.MerchantTeamPage(v))
}
