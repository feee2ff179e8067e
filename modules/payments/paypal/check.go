package paypal

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"orion/kit/tenant"
	"orion/modules/payments"
)

// events are what the address of a store has to be told of, so that money is known of
// without its payer's browser.
var events = []string{
	"CHECKOUT.ORDER.APPROVED", "CHECKOUT.PAYMENT-APPROVAL.REVERSED", "PAYMENT.AUTHORIZATION.CREATED", "PAYMENT.AUTHORIZATION.VOIDED",
	"PAYMENT.CAPTURE.COMPLETED", "PAYMENT.CAPTURE.DECLINED", "PAYMENT.CAPTURE.DENIED", "PAYMENT.CAPTURE.PENDING", "PAYMENT.CAPTURE.REFUNDED", "PAYMENT.CAPTURE.REVERSED",
}

// sooner are events without which all is known as well, a few minutes later.
var sooner = []string{"VAULT.PAYMENT-TOKEN.CREATED"}

// What an app of PayPal's may do, as its token says.
const (
	mayPay    = "https://uri.paypal.com/services/payments/payment"
	mayRefund = "https://uri.paypal.com/services/payments/refund"
	maySearch = "https://uri.paypal.com/services/reporting/search/read"
	maySave   = "https://uri.paypal.com/services/vault/payment-tokens/readwrite"
)

// Events implements payments.Checker.
func (g *Gateway) Events() []string { return slices.Concat(events, sooner) }

// Ready implements payments.Checker.
func (g *Gateway) Ready(in tenant.Store) bool { return g.Mode(in) != "" }

// Mode implements payments.Checker.
func (g *Gateway) Mode(in tenant.Store) string {
	c, ok := g.client(in)
	switch {
	case !ok:
		return ""
	case c.a.Sandbox:
		return "test"
	}
	return "live"
}

func wrong(code string, args ...any) payments.Finding {
	return payments.Finding{Code: "paypal_" + code, Grade: payments.Wrong, Args: args}
}

func doubt(code string) payments.Finding {
	return payments.Finding{Code: "paypal_" + code, Grade: payments.Doubt}
}

// Check implements payments.Checker. It asks only what changes nothing.
func (g *Gateway) Check(ctx context.Context, in tenant.Store, w payments.Wish) []payments.Finding {
	c, ok := g.client(in)
	if !ok {
		return []payments.Finding{wrong("not_set_up")}
	}
	found := c.look(ctx, w)
	slices.SortStableFunc(found, func(p, q payments.Finding) int { return grades[p.Grade] - grades[q.Grade] })
	if !slices.ContainsFunc(found, func(f payments.Finding) bool { return f.Grade == payments.Wrong || f.Code == "paypal_no_answer" }) {
		found = append([]payments.Finding{{Code: "paypal_works", Grade: payments.Fine}}, found...)
	}
	if c.a.Sandbox {
		found = append(found, doubt("test_mode"))
	}
	return found
}

var grades = map[payments.Grade]int{payments.Wrong: 0, payments.Doubt: 1, payments.Fine: 2}

// look asks for a token of its own, so that keys are tried which were revoked.
func (c *client) look(ctx context.Context, w payments.Wish) []payments.Finding {
	var found []payments.Finding
	if _, ok := places[w.Currency]; !ok {
		found = append(found, wrong("currency", "currency", w.Currency))
	}
	t, err := c.token(ctx)
	switch h := hear(err); {
	case err != nil && (h.locked || h.final):
		return append(found, wrong("key_wrong"))
	case err != nil:
		return append(found, doubt("no_answer"))
	}
	for _, need := range []struct {
		scope string
		f     payments.Finding
	}{{mayPay, wrong("may_not_pay")}, {mayRefund, wrong("may_not_refund")}, {maySearch, doubt("may_not_search")}, {maySave, doubt("may_not_save")}} {
		if !slices.ContainsFunc(strings.Fields(t.scope), func(s string) bool { return s == need.scope || strings.HasPrefix(s, need.scope+"/") }) {
			found = append(found, need.f)
		}
	}
	return append(found, c.hook(ctx, w.Hook)...)
}

// address is where PayPal tells, as it is entered there.
type address struct {
	ID     string `json:"id"`
	URL    string `json:"url"`
	Events []told `json:"event_types"`
}

// told is a kind of event of which PayPal tells.
type told struct {
	Name string `json:"name"`
}

// hook looks whether PayPal tells us, and whether we can believe it.
func (c *client) hook(ctx context.Context, path string) []payments.Finding {
	var all struct {
		All []address `json:"webhooks"`
	}
	if err := c.do(ctx, request{method: http.MethodGet, path: "/v1/notifications/webhooks"}, &all); err != nil {
		return []payments.Finding{doubt("no_answer")}
	}
	i := slices.IndexFunc(all.All, func(a address) bool { return strings.HasSuffix(a.URL, path) })
	if i < 0 {
		return []payments.Finding{wrong("hook_missing")}
	}
	switch a := all.All[i]; {
	case c.a.Webhook == "":
		return []payments.Finding{wrong("hook_id", "id", a.ID)}
	case c.a.Webhook != a.ID:
		return []payments.Finding{wrong("hook_other", "id", a.ID)}
	default:
		known := func(name string) bool {
			return slices.Contains(a.Events, told{name}) || slices.Contains(a.Events, told{"*"})
		}
		if missing := slices.DeleteFunc(slices.Clone(events), known); len(missing) > 0 {
			return []payments.Finding{wrong("hook_events", "events", strings.Join(missing, ", "))}
		}
	}
	return nil
}
