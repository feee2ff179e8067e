package payments

import (
	"net/url"
	"strings"
	"time"

	"orion/kit/i18n"
	"orion/kit/web"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paymentsui"
)

type shopCtx = web.Ctx[web.Storefront]

func (m *Module) storefrontRoutes(x *web.Mux[web.Storefront]) {
	x.Get("/pay/{token}", web.Public.Limit(120, time.Minute), m.showReturn)
	x.Get("/pay/test/{token}", web.Public, m.showTest)
	x.Post("/pay/test/{token}", web.Public.Limit(60, time.Minute), m.postTest)
	if m.confirms() {
		x.Get("/pay/form/{token}", web.Public.Limit(60, time.Minute), m.showForm)
	}
	if m.saves() {
		m.cardRoutes(x)
	}
}

// showReturn is where a payer comes back to. While nobody knows, the page asks
// again by itself; then it leads to where the payer came from, or to the gateway
// again when that has just said that the payer may go on.
func (m *Module) showReturn(c *shopCtx) error {
	id, err := m.opened(c.As.In, c.Param("token"))
	if err != nil {
		return err
	}
	r, err := m.Look(c.Context(), c.As.In, id)
	if err != nil {
		return err
	}
	switch {
	case strings.HasPrefix(r.Turn, "/"):
		return c.Redirect(r.Turn)
	case r.Turn != "":
		return m.leaves(c, r)
	case r.Status == paymentsapi.Pending:
		c.W.Header().Set("Refresh", "4")
		head := web.Head{Title: c.Words.T("payments.checking"), NoIndex: true}
		return c.Page(head, paymentsui.Checking(paymentsui.Wait{Reference: r.Reference, Amount: r.Amount, Back: r.Return}))
	case r.Status == paymentsapi.Failed:
		c.Flash("bad", "payments.not_taken")
	}
	return c.Redirect(r.Return)
}

// leaves leads a payer on to the gateway's own page: by itself, unless they should
// know first why their last try failed, or they are the customer who can choose what is
// saved and what to pay with.
func (m *Module) leaves(c *shopCtx, r Receipt) error {
	to, err := url.Parse(r.Turn)
	if err != nil || to.Scheme != "https" && to.Scheme != "http" || to.Host == "" {
		return c.Redirect(r.Return)
	}
	v := paymentsui.Leave{
		Service: c.Words.T("payments.method." + r.Method), To: to.String(), Back: r.Return, Reference: r.Reference, Amount: r.Payment.Amount,
	}
	if err := m.choices(c, r, &v); err != nil {
		return err
	}
	if r.Problem != "" {
		v.Problem = declined(c.Words, r.Problem)
	}
	if v.Title = c.Words.T("payments.leave", "service", v.Service); v.Save != "" {
		v.Title = c.Words.T("payments.pay_at", "service", v.Service)
	}
	if c.Query("on") != "" || v.Problem == "" && v.Save == "" {
		c.W.Header().Set("Refresh", "0; url="+v.To)
	}
	c.W.Header().Set("Cache-Control", "no-store")
	return c.Page(web.Head{Title: v.Title, NoIndex: true, Body: "plain"}, paymentsui.LeavePage(v))
}

// choices are what the customer of a payment reads before they leave.
func (m *Module) choices(c *shopCtx, r Receipt, v *paymentsui.Leave) error {
	if c.As.Customer.ID.IsZero() || c.As.Customer.ID != r.customer || c.Query("on") != "" {
		return nil
	}
	saves, cards, err := m.offered(c.Context(), c.As.In, r)
	if err != nil || !saves {
		return err
	}
	form := "/pay/form/" + c.Param("token")
	v.Save, v.Use = form+"/save", form+"/card"
	for _, one := range cards {
		v.Cards = append(v.Cards, cardView(c.Words, one))
	}
	return nil
}

// showForm is the page with the gateway's form. It leads to showReturn unless the
// gateway has just said that it is the payer's turn.
func (m *Module) showForm(c *shopCtx) error {
	id, err := m.opened(c.As.In, c.Param("token"))
	if err != nil {
		return err
	}
	p, err := m.Confirmation(c.Context(), c.As.In, Owned{c.As.Customer.ID, id})
	if err != nil {
		return err
	}
	if !p.Open {
		return c.Redirect(m.path(c.As.In, id))
	}
	w := c.Words
	v := paymentsui.Form{
		Script: p.Script, Key: p.Key, Account: p.Account, Secret: p.Secret, Test: p.Test, Lang: string(w.Lang()), Return: c.URL(m.path(c.As.In, id)), Back: p.Receipt.Return,
		Reference: p.Reference, Amount: p.Payment.Amount,
	}
	if p.Reason != "" {
		v.Problem = declined(w, p.Reason)
	}
	here := "/pay/form/" + c.Param("token")
	v.Asks = p.Asks && !p.attempt.Method.IsZero() && c.Query("other") == ""
	if v.Asks {
		v.Other = here + "?other=1"
	}
	if p.Saves {
		v.Save = here + "/save"
		v.Use = here + "/card"
		for _, one := range p.Cards {
			v.Cards = append(v.Cards, cardView(w, one))
		}
	}
	c.Trusts(web.Outside{Scripts: p.Scripts, Frames: p.Frames, Calls: p.Calls})
	c.W.Header().Set("Cache-Control", "no-store")
	return c.Page(web.Head{Title: w.T("payments.pay"), NoIndex: true, Body: "plain"}, paymentsui.PayForm(v))
}

// declined says why a try failed, and that another may follow.
func declined(w i18n.Words, reason string) string {
	if key := "payments.declined." + reason; w.Has(key) {
		return w.T(key)
	}
	return w.T("payments.declined")
}

func (m *Module) showTest(c *shopCtx) error {
	id, err := m.opened(c.As.In, c.Param("token"))
	if err != nil {
		return err
	}
	p, err := m.readTestPage(c.Context(), c.As.In, id)
	if err != nil {
		return err
	}
	if p.Over {
		return c.Redirect(m.path(c.As.In, id))
	}
	head := web.Head{Title: c.Words.T("payments.method.test"), NoIndex: true}
	return c.Page(head, paymentsui.TestGateway(paymentsui.Test{
		Action: "/pay/test/" + c.Param("token"), Reference: p.Reference, Amount: p.Amount, Challenge: p.Challenge,
	}))
}

func (m *Module) postTest(c *shopCtx) error {
	id, err := m.opened(c.As.In, c.Param("token"))
	if err != nil {
		return err
	}
	p, err := m.readTestPage(c.Context(), c.As.In, id)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	pick := Choice(f.Raw("choice"))
	if err := m.test.choose(c.Context(), c.As.In, p.key, pick); err != nil {
		return err
	}
	if pick == ChooseChallenge {
		return c.Redirect("/pay/test/" + c.Param("token"))
	}
	return c.Redirect(m.path(c.As.In, id))
}
