package payments

import (
	"errors"
	"time"

	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/payments/paymentsui"
)

// payouts is the page of what gateways pay out to a store's bank.
const payouts = "/payments/payouts"

// How much is asked of a gateway for a page.
const (
	payoutsAtOnce = 20
	linesAtOnce   = 50
)

func (m *Module) payoutRoutes(x *web.Mux[web.Store]) {
	x.Get(payouts, web.Need(View).Limit(60, time.Minute), m.showPayouts)
	x.Get(payouts+"/{gateway}/{payout}", web.Need(View).Limit(60, time.Minute), m.showPayout)
}

// payoutsAt is the first gateway at which a store has an account that pays out.
func (m *Module) payoutsAt(in tenant.Store) string {
	for _, g := range m.remitters() {
		code := g.Descriptor().Code
		if _, err := m.remitter(in, code); err == nil {
			return code
		}
	}
	return ""
}

func (m *Module) showPayouts(c *ctx) error {
	v := paymentsui.Payouts{Base: payouts}
	if c.As.Grants.Has(Connect) {
		v.Connections = connections
	}
	if code := m.payoutsAt(c.As.In); code != "" {
		v.Gateway = c.Words.T("payments.connection." + code)
		f, err := m.PayoutsOf(c.Context(), c.As.In, code, Cut{After: c.Query("after"), Limit: payoutsAtOnce})
		if v.Silent = err != nil; v.Silent {
			m.need.Kit.Log.WarnContext(c.Context(), "a gateway did not say what it paid out", "gateway", code, "error", err)
		}
		v.Available, v.Pending = f.Available, f.Pending
		for _, p := range f.Payouts.All {
			v.Rows = append(v.Rows, payoutRow(code, p))
		}
		if c.Query("after") != "" {
			v.First = payouts
		}
		if f.More {
			v.Next = v.With(v.Rows[len(v.Rows)-1].ID)
		}
	}
	return c.Page(web.Head{Title: c.Words.T("payments.payouts"), Active: payouts}, paymentsui.PayoutsPage(v))
}

func (m *Module) showPayout(c *ctx) error {
	code := c.Param("gateway")
	p, lines, err := m.PayoutOf(c.Context(), c.As.In, code, c.Param("payout"), Cut{After: c.Query("after"), Limit: linesAtOnce})
	if err != nil {
		if _, known := errors.AsType[*fault.Error](err); !known {
			m.need.Kit.Log.WarnContext(c.Context(), "a gateway did not say what it paid out", "gateway", code, "error", err)
			err = errNoAnswer
		}
		return err
	}
	v := paymentsui.PayoutDetail{Payout: payoutRow(code, p), Base: payouts, Gateway: c.Words.T("payments.connection." + code)}
	for _, l := range lines.All {
		one := paymentsui.PayoutLine{Kind: string(l.Kind), What: l.What, Gross: l.Gross, Fee: l.Fee, Net: l.Net, At: l.At, Reference: l.Reference}
		if !l.Payment.IsZero() {
			one.Payment = "/payments/" + l.Payment.String()
		}
		v.Lines = append(v.Lines, one)
	}
	if c.Query("after") != "" {
		v.First = v.Href
	}
	if lines.More {
		v.Next = v.With(lines.All[len(lines.All)-1].ID)
	}
	return c.Page(web.Head{Title: c.Words.Money(p.Amount), Active: payouts}, paymentsui.PayoutPage(v))
}

func payoutRow(gateway string, p Payout) paymentsui.Payout {
	return paymentsui.Payout{
		ID: p.ID, Href: payouts + "/" + gateway + "/" + p.ID, Status: string(p.Status), Amount: p.Amount, MadeAt: p.MadeAt, Arrives: p.Arrives, Reason: p.Reason,
	}
}
