package tenancy

import (
	"slices"
	"time"

	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/tenancy/tenancyui"
)

// domainRow is a domain with what its owner has to do.
func domainRow(w i18n.Words, d Domain, now time.Time) tenancyui.DomainRow {
	row := tenancyui.DomainRow{Domain: d.Domain, ProofName: proofName + d.Domain, Proof: d.Proof, Verified: !d.Verified.IsZero()}
	switch {
	case row.Verified:
	case d.Checked.IsZero():
		row.Status = w.T("tenancy.domain_unchecked")
	default:
		row.Status = w.T("tenancy.domain_"+d.Trouble) + " · " + w.Ago(d.Checked, now)
	}
	return row
}

// ownDomainsPage shows a merchant the domains of all stores, and how to prove
// that they are theirs.
func (m *Module) ownDomainsPage(c *web.Ctx[web.Merchant], status int, state ui.Form) error {
	domains, err := m.DomainsOf(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	v := tenancyui.OwnDomains{State: state, Verify: c.As.Grants.Has(PermManageStores)}
	for _, d := range domains {
		row := domainRow(c.Words, d, m.db.Clock().Now())
		if shop := m.FirstShop(d.Store); shop != nil {
			row.Store = shop.Name
		}
		v.Rows = append(v.Rows, row)
	}
	return c.PageStatus(status, web.Head{Title: c.Words.T("tenancy.domains"), Active: "/domains"}, tenancyui.OwnDomainsPage(v))
}

// verifyOwnDomain asks the DNS now, for a domain of the merchant's own.
func (m *Module) verifyOwnDomain(c *web.Ctx[web.Merchant]) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	have, err := m.DomainsOf(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	name := f.Text("domain")
	if !slices.ContainsFunc(have, func(d Domain) bool { return d.Domain == name }) {
		return errUnknown
	}
	if err := m.VerifyDomain(c.Context(), c.Actor(), name); err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return m.ownDomainsPage(c, 422, state)
	}
	c.Flash("ok", "tenancy.domain_opened", "domain", name)
	return c.Redirect("/domains")
}
