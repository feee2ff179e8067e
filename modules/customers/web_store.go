package customers

import (
	"context"
	"net/url"
	"time"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/customers/customersapi"
	"orion/modules/customers/customersui"
)

type staffCtx = web.Ctx[web.Store]

func (m *Module) storePages(mux *web.Mux[web.Store]) {
	mux.Get("/customers", web.Need(View), m.listPage)
	mux.Get("/customers/{id}", web.Need(View), m.detailPage)
	mux.Get(cookiesPath, web.Need(View), m.decisionsPage)
	mux.Get(cookiesPath+".csv", web.Need(View), m.decisionsFile)
	mux.Post("/customers/{id}/block", web.Need(Edit), m.blocking(m.Block, "customers.blocked"))
	mux.Post("/customers/{id}/unblock", web.Need(Edit), m.blocking(m.Unblock, "customers.unblocked"))
}

func (m *Module) listPage(c *staffCtx) error {
	v := customersui.List{Paging: customersui.Paging{Path: "/customers", Values: url.Values{}, After: c.Query("after")}}
	for _, k := range []string{"q", "status", "consent"} {
		if s := c.Query(k); s != "" {
			v.Values.Set(k, s)
		}
	}
	f := Filter{Query: c.Query("q"), Status: Status(c.Query("status")), Consent: c.Query("consent") == "yes"}
	found, err := m.Customers(c.Context(), c.As.In, f, page.Request{After: v.After})
	if err != nil {
		return err
	}
	v.Next = found.Next
	for _, p := range found.Items {
		v.Rows = append(v.Rows, row(c, p))
	}
	return c.Page(web.Head{Title: c.Words.T("customers.menu"), Active: "/customers"}, customersui.ListPage(v))
}

func row(c *staffCtx, p Customer) customersui.Row {
	return customersui.Row{
		ID: p.ID.String(), Number: p.Label(), Name: p.Title(), Email: p.Email, Status: string(p.Status),
		Orders: c.Words.Number(int(p.Orders)), Spent: c.Words.Money(money.New(p.Spent, c.As.Shop.Currency)), Last: day(c.Words, p.LastOrder),
	}
}

func day(w i18n.Words, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return w.Date(t)
}

func (m *Module) detailPage(c *staffCtx) error {
	cid, err := parseCustomer(c.Param("id"))
	if err != nil {
		return err
	}
	card, err := m.Card(c.Context(), c.As.In, cid)
	if err != nil {
		return err
	}
	w := c.Words
	v := customersui.Detail{
		Row: row(c, card.Customer), Phone: card.Phone, Lang: card.Lang.Name(), Consent: consentText(w, card.Customer),
		Registered: day(w, card.Registered), Created: day(w, card.Created), Addresses: addressRows(card.Addresses, w.Lang()),
		Sections: collect(c.Context(), m, customersapi.Detail, customersapi.Viewed{In: c.As.In, Customer: cid}),
		Edit:     c.As.Grants.Has(Edit), Average: "–",
	}
	if card.Orders > 0 {
		v.Average = w.Money(money.New(money.Divide(card.Spent, card.Orders), c.As.Shop.Currency))
	}
	return c.Page(web.Head{Title: card.Title(), Active: "/customers"}, customersui.DetailPage(v))
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
