package payments

import (
	"orion/kit/web"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paymentsui"
)

// connections is the page of a store's accounts at gateways.
const connections = "/payments/connections"

func (m *Module) showConnections(c *ctx) error { return m.connectionsPage(c, "", nil) }

// postCheckAccount asks a gateway about the store's account and shows what it
// found. Nothing is changed by it, so it may be asked again by loading the page.
func (m *Module) postCheckAccount(c *ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	gateway := f.Raw("gateway")
	found, err := m.CheckAccount(c.Context(), c.As.In, gateway, c.As.Shop.Currency)
	if err != nil {
		return err
	}
	return m.connectionsPage(c, gateway, found)
}

func (m *Module) connectionsPage(c *ctx, asked string, found []Finding) error {
	var v paymentsui.Connections
	if c.As.Grants.HasCode("core.edit_settings") {
		v.Settings = "/settings/" + paymentsapi.Code
	}
	if m.listens() {
		v.Events = events
	}
	if len(m.reconcilers()) > 0 && c.As.Grants.Has(View) {
		v.Differences = differences
	}
	for _, g := range m.checkers() {
		code := g.Descriptor().Code
		far, _ := g.(Checker)
		one := paymentsui.Connection{
			Code: code, Name: c.Words.T("payments.connection." + code), Mode: far.Mode(c.As.In), Hook: c.Origin() + m.HookPath(c.As.In, code),
			Events: far.Events(), Check: connections + "/check",
		}
		var err error
		if one.Account, err = m.accountView(c, code); err != nil {
			return err
		}
		for _, f := range found {
			if code == asked {
				key := "payments.check." + f.Code
				one.Findings = append(one.Findings, paymentsui.Finding{Grade: string(f.Grade), Title: c.Words.T(key, f.Args...), Text: c.Words.T(key+"_fix", f.Args...)})
			}
		}
		v.All = append(v.All, one)
	}
	return c.Page(web.Head{Title: c.Words.T("payments.connections"), Active: connections}, paymentsui.ConnectionsPage(v))
}
