package customers

import (
	"context"
	"net/http"
	"time"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/customers/customersapi"
	"orion/modules/customers/customersui"
)

type staffCtx = web.Ctx[web.Store]

func (m *Module) storePages(mux *web.Mux[web.Store]) {
	mux.Get("/customers", web.Need(View), m.listPage)
	mux.Get("/customers.csv", web.Need(View).Of(Export), m.file)
	mux.Post("/customers/segments", web.Need(Edit), m.saveSegment)
	mux.Post("/customers/segments/{id}/remove", web.Need(Edit), m.removeSegment)
	mux.Get("/customers/{id}", web.Need(View), func(c *staffCtx) error { return m.detailPage(c, http.StatusOK, deskForms{}) })
	mux.Post("/customers/{id}/notes", web.Need(Edit), m.addNote)
	mux.Post("/customers/notes/{note}/remove", web.Need(Edit), m.removeNote)
	mux.Post("/customers/{id}/tags", web.Need(Edit), m.saveTags)
	mux.Post("/customers/{id}/withdraw-consent", web.Need(Edit), m.blocking(m.WithdrawConsent, "customers.consent_withdrawn"))
	mux.Get(cookiesPath, web.Need(View), m.decisionsPage)
	mux.Get(cookiesPath+".csv", web.Need(View), m.decisionsFile)
	mux.Post("/customers/{id}/block", web.Need(Edit), m.blocking(m.Block, "customers.blocked"))
	mux.Post("/customers/{id}/erase", web.Need(Erasing), m.eraseCustomer)
	mux.Post("/customers/{id}/unblock", web.Need(Edit), m.blocking(m.Unblock, "customers.unblocked"))
}

func row(c *staffCtx, p Customer) customersui.Row {
	return customersui.Row{
		ID: p.ID.String(), Number: p.Label(), Name: p.Title(), Email: p.Email, Status: string(p.Status), Tags: p.Tags,
		Orders: c.Words.Number(int(p.Orders)), Spent: c.Words.Money(money.New(p.Spent, c.As.Shop.Currency)), Last: day(c.Words, p.LastOrder),
	}
}

func day(w i18n.Words, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return w.Date(t)
}

// deskForms are the forms of a customer's page after they were refused.
type deskForms struct{ note, tags ui.Form }

func (m *Module) detailPage(c *staffCtx, status int, forms deskForms) error {
	cid, err := parseCustomer(c.Param("id"))
	if err != nil {
		return err
	}
	desk, err := m.Desk(c.Context(), c.As.In, cid)
	if err != nil {
		return err
	}
	w, now := c.Words, m.need.Kit.Clock.Now()
	viewed := customersapi.Viewed{In: c.As.In, Customer: cid, Grants: c.As.Grants, Lang: w.Lang()}
	amount := func(minor int64) string { return w.Money(money.New(minor, c.As.Shop.Currency)) }
	v := customersui.Detail{
		Row: row(c, desk.Customer), Phone: desk.Phone, Lang: desk.Lang.Name(), Consent: consentText(w, desk.Customer), Agreed: desk.Consent,
		Registered: day(w, desk.Registered), Created: day(w, desk.Created), Addresses: addressRows(desk.Addresses, w.Lang()),
		Sections: collect(c.Context(), m, customersapi.Detail, viewed),
		Story:    story(w, desk.Customer, collect(c.Context(), m, customersapi.Timeline, viewed)),
		Edit:     c.As.Grants.Has(Edit) && desk.Erased.IsZero(), Erase: c.As.Grants.Has(Erasing) && desk.Erased.IsZero(), Erased: day(w, desk.Erased), Average: "–", Returned: amount(desk.Returned), Known: desk.Tags, Note: forms.note, TagForm: forms.tags,
	}
	if desk.Orders > 0 {
		v.Average = amount(money.Divide(desk.Spent, desk.Orders))
	}
	for _, n := range desk.Notes {
		v.Notes = append(v.Notes, customersui.Note{ID: n.ID.String(), Text: n.Text, Author: n.Author, At: ui.When{At: n.At, Now: now}})
	}
	if v.Erased != "" {
		v.Name, v.Status = w.T("customers.erased_name"), "erased"
	}
	return c.PageStatus(status, web.Head{Title: v.Name, Active: "/customers"}, customersui.DetailPage(v))
}

func consentText(w i18n.Words, c Customer) string {
	switch {
	case c.ConsentAt.IsZero():
		return w.T("ui.no")
	case c.Consent:
		return w.T("customers.agreed", "date", w.Date(c.ConsentAt))
	}
	return w.T("customers.withdrawn", "date", w.Date(c.ConsentAt))
}

type blockFunc = func(ctx context.Context, in tenant.Store, by auth.Actor, id auth.CustomerID) error

// blocking is the target of the buttons that take an account away and give it
// back.
func (m *Module) blocking(act blockFunc, said string) web.Handler[web.Store] {
	return func(c *staffCtx) error {
		cid, err := parseCustomer(c.Param("id"))
		if err != nil {
			return err
		}
		if err := act(c.Context(), c.As.In, c.Actor(), cid); err != nil {
			return err
		}
		c.Flash("ok", said)
		return c.Redirect("/customers/" + cid.String())
	}
}
