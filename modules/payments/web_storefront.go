package payments

import (
	"time"

	"orion/kit/web"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paymentsui"
)

type shopCtx = web.Ctx[web.Storefront]

func (m *Module) storefrontRoutes(x *web.Mux[web.Storefront]) {
	x.Get("/pay/{token}", web.Public.Limit(120, time.Minute), m.showReturn)
	x.Get("/pay/test/{token}", web.Public, m.showTest)
	x.Post("/pay/test/{token}", web.Public.Limit(60, time.Minute), m.postTest)
}

// showReturn is where a payer comes back to. While nobody knows, the page asks
// again by itself; then it leads to where the payer came from.
func (m *Module) showReturn(c *shopCtx) error {
	id, err := m.opened(c.As.In, c.Param("token"))
	if err != nil {
		return err
	}
	r, err := m.Look(c.Context(), c.As.In, id)
	if err != nil {
		return err
	}
	switch r.Status {
	case paymentsapi.Pending:
		c.W.Header().Set("Refresh", "4")
		head := web.Head{Title: c.Words.T("payments.checking"), NoIndex: true}
		return c.Page(head, paymentsui.Checking(paymentsui.Wait{Reference: r.Reference, Amount: r.Amount, Back: r.Return}))
	case paymentsapi.Failed:
		c.Flash("bad", "payments.not_taken")
	}
	return c.Redirect(r.Return)
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
