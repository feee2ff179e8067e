package payments

import (
	"net/http"
	"net/url"
	"time"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paymentsui"
)

type ctx = web.Ctx[web.Store]

func (m *Module) storeRoutes(x *web.Mux[web.Store]) {
	x.Get("/payments", web.Need(View), m.showPayments)
	x.Get("/payments/{payment}", web.Need(View), m.showPayment)
	x.Post("/payments/{payment}/settle", web.Need(MaySettle), m.postSettle)
	x.Post("/payments/{payment}/capture", web.Need(MaySettle), m.postCapture)
	x.Post("/payments/{payment}/check", web.Need(MaySettle), m.postCheck)
	x.Post("/payments/{payment}/refund", web.Need(MayRefund), m.postRefund)
	if len(m.checkers()) > 0 {
		x.Get(connections, web.Need(Connect), m.showConnections)
		x.Post(connections+"/check", web.Need(Connect).Limit(20, time.Minute), m.postCheckAccount)
	}
	if m.onboards() {
		m.accountRoutes(x)
	}
	if len(m.reconcilers()) > 0 {
		m.differenceRoutes(x)
	}
	if m.disputes() {
		m.disputeRoutes(x)
	}
	if m.listens() {
		x.Get(events, web.Need(Connect), m.showEvents)
		x.Post(events+"/replay", web.Need(Connect), m.postReplay)
	}
	if len(m.remitters()) > 0 {
		m.payoutRoutes(x)
	}
	if m.saves() {
		x.Post("/payments/cards/{card}/remove", web.Need(MaySettle), m.postStaffRemove)
	}
	m.hookRoutes(x)
}

func (m *Module) showPayments(c *ctx) error {
	w := Wanted{Text: c.Query("q"), Status: paymentsapi.Status(c.Query("status")), Method: c.Query("method")}
	found, err := m.Payments(c.Context(), c.As.In, w, page.Request{After: c.Query("after")})
	if err != nil {
		return err
	}
	v := paymentsui.List{Text: w.Text, Status: string(w.Status), Method: w.Method}
	if len(m.reconcilers()) > 0 {
		v.Differences = differences
	}
	if m.disputes() {
		v.Disputes = disputesPath
	}
	for _, g := range m.gateways {
		code := g.Descriptor().Code
		v.Methods = append(v.Methods, ui.Option{Value: code, Label: methodName(c.Words, code)})
	}
	for _, p := range found.Items {
		v.Rows = append(v.Rows, row(c.Words, p))
	}
	if c.Query("after") != "" {
		v.First = v.Path()
	}
	if found.Next != "" {
		v.Next = v.With("after", found.Next)
	}
	return c.Page(web.Head{Title: c.Words.T("payments.title"), Active: "/payments"}, paymentsui.Payments(v))
}

func (m *Module) showPayment(c *ctx) error { return m.paymentPage(c, "", nil) }

// paymentPage shows a payment, with a form that was wrong as it was typed.
func (m *Module) paymentPage(c *ctx, wrong string, f *form.Form) error {
	number, err := parsePayment(c.Param("payment"))
	if err != nil {
		return err
	}
	d, err := m.Detail(c.Context(), c.As.In, number)
	if err != nil {
		return err
	}
	v := detail(c.Words, d)
	for _, one := range d.Disputes {
		v.Disputes = append(v.Disputes, disputeRow(c.Words, one, m.need.Kit.Clock.Now()))
	}
	v.MaySettle = d.Settleable && c.As.Grants.Has(MaySettle)
	v.MayCheck = d.Askable && c.As.Grants.Has(MaySettle)
	v.MayCapture = d.Capturable && c.As.Grants.Has(MaySettle)
	v.MayRefund = d.Refundable.IsPositive() && c.As.Grants.Has(MayRefund)
	status := http.StatusOK
	if f != nil {
		v.Wrong, v.State, status = wrong, f.State(), http.StatusUnprocessableEntity
	}
	return c.PageStatus(status, web.Head{Title: v.Reference, Active: "/payments"}, paymentsui.Payment(v))
}

func (m *Module) postSettle(c *ctx) error {
	return m.act(c, "settle", "payments.settled", func(p paymentsapi.PaymentID, f *form.Form) error {
		note := f.Text("note")
		if !f.OK() {
			return nil
		}
		return m.SettleAs(c.Context(), c.As.In, c.Actor(), p, note)
	})
}

// postCheck asks the gateway now instead of when it is due.
func (m *Module) postCheck(c *ctx) error {
	return m.act(c, "check", "payments.checked", func(p paymentsapi.PaymentID, _ *form.Form) error {
		_, err := m.Look(c.Context(), c.As.In, p)
		return err
	})
}

func (m *Module) postCapture(c *ctx) error {
	return m.act(c, "capture", "payments.capture_begun", func(p paymentsapi.PaymentID, _ *form.Form) error {
		return m.CaptureAs(c.Context(), c.As.In, c.Actor(), p)
	})
}

func (m *Module) postRefund(c *ctx) error {
	return m.act(c, "refund", "payments.refund_begun", func(p paymentsapi.PaymentID, f *form.Form) error {
		r := Return{Payment: p, Amount: f.Money("amount", c.As.Shop.Currency, string(c.Words.Lang())), Reason: f.Text("reason")}
		if !f.OK() {
			return nil
		}
		err := m.RefundAs(c.Context(), c.As.In, c.Actor(), r)
		if e := fault.As(err); e != nil && (e.Is(ErrTooMuch) || e.Is(ErrDisputed)) {
			f.Fail("amount", e.Code)
			return nil
		}
		return err
	})
}

// act answers a form of a payment's page.
func (m *Module) act(c *ctx, which, done string, do func(paymentsapi.PaymentID, *form.Form) error) error {
	number, err := parsePayment(c.Param("payment"))
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	if err := do(number, f); err != nil && !f.Take(err) {
		return err
	}
	if !f.OK() {
		return m.paymentPage(c, which, f)
	}
	c.Flash("ok", done)
	return c.Redirect("/payments/" + url.PathEscape(number.String()))
}

func parsePayment(s string) (paymentsapi.PaymentID, error) {
	var p paymentsapi.PaymentID
	if err := p.UnmarshalText([]byte(s)); err != nil || p.IsZero() {
		return 0, errNoPayment
	}
	return p, nil
}

func methodName(w i18n.Words, code string) string {
	if key := "payments.method." + code; w.Has(key) {
		return w.T(key)
	}
	return code
}

func row(w i18n.Words, p Listed) paymentsui.Row {
	return paymentsui.Row{
		ID: p.ID.String(), Reference: p.Reference, Email: p.Email, Method: methodName(w, p.Method), Status: string(p.Status),
		Amount: p.Amount, Captured: p.Captured, Refunded: p.Refunded, Disputed: p.Disputed, Lost: p.Lost, At: p.OpenedAt,
	}
}

func detail(w i18n.Words, d Detail) paymentsui.Detail {
	v := paymentsui.Detail{Row: row(w, d.Listed), Refundable: d.Refundable}
	for _, a := range d.Attempts {
		v.Attempts = append(v.Attempts, paymentsui.Attempt{
			Number: a.Number, Gateway: methodName(w, a.Gateway), Status: string(a.Status), Reason: a.Reason, Ref: a.Ref, At: a.At, NextAt: a.NextAt,
		})
	}
	for _, r := range d.Refunds {
		v.Refunds = append(v.Refunds, paymentsui.Refund{
			Amount: r.Amount, Status: string(r.Status), Reason: r.Reason, Problem: r.Problem, Actor: r.Actor, At: r.At,
		})
	}
	for _, e := range d.Entries {
		v.Entries = append(v.Entries, paymentsui.Entry{
			Kind: string(e.Kind), Account: string(e.Account), Amount: e.Amount, Note: e.Note, Actor: e.Actor, At: e.At,
		})
	}
	return v
}
