package payments

import (
	"net/http"
	"net/url"
	"time"

	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/payments/paymentsui"
)

// differences is the page on which the books are compared.
const differences = "/payments/differences"

func (m *Module) differenceRoutes(x *web.Mux[web.Store]) {
	x.Get(differences, web.Need(View), m.showDifferences)
	x.Post(differences+"/compare", web.Need(MaySettle).Limit(20, time.Hour), m.postCompare)
	x.Get(differences+"/{difference}", web.Need(View), m.showDifference)
	x.Post(differences+"/{difference}/own", web.Need(MaySettle), m.postOwn)
	x.Post(differences+"/{difference}/book", web.Need(MayRefund), m.postBook)
	x.Post(differences+"/{difference}/close", web.Need(MaySettle), m.postClose)
}

func (m *Module) showDifferences(c *ctx) error {
	closed := c.Query("status") == "closed"
	found, err := m.Differences(c.Context(), c.As.In, !closed, page.Request{After: c.Query("after")})
	if err != nil {
		return err
	}
	compared, err := m.Comparisons(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	v := paymentsui.Differences{Base: differences, Closed: closed}
	if c.As.Grants.Has(MaySettle) {
		v.Compare = differences + "/compare"
	}
	for _, g := range m.reconcilers() {
		code := g.Descriptor().Code
		v.Gateways = append(v.Gateways, ui.Option{Value: code, Label: serviceName(c.Words, code)})
	}
	for _, d := range found.Items {
		v.Rows = append(v.Rows, differenceRow(c.Words, d))
	}
	for _, one := range compared {
		v.Compared = append(v.Compared, paymentsui.Comparison{
			Gateway: serviceName(c.Words, one.Gateway), From: one.Span.From, To: one.Span.To, Status: string(one.Status), Actor: one.Actor, At: one.BegunAt,
			Matched: one.Matched, Mended: one.Mended, Other: one.Other, Different: one.Different, Unknown: one.Unknown,
		})
		v.Running = v.Running || one.Status == Comparing
	}
	if c.Query("after") != "" {
		v.First = v.With("")
	}
	if found.Next != "" {
		v.Next = v.With(found.Next)
	}
	return c.Page(web.Head{Title: c.Words.T("payments.differences"), Active: "/payments"}, paymentsui.DifferencesPage(v))
}

func differenceRow(w i18n.Words, d Difference) paymentsui.Difference {
	out := paymentsui.Difference{
		ID: d.ID.String(), Kind: string(d.Kind), Gateway: serviceName(w, d.Gateway), External: d.External, Reference: d.Reference,
		Ours: d.Ours, Theirs: d.Theirs, Open: d.Open, Owner: d.Owner, Note: d.Note, ClosedBy: d.ClosedBy,
		FoundAt: d.FoundAt, SeenAt: d.SeenAt, ClosedAt: d.ClosedAt,
	}
	if !d.Payment.IsZero() {
		out.Payment = "/payments/" + d.Payment.String()
	}
	return out
}

// postCompare has the books of the last days compared.
func (m *Module) postCompare(c *ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	now := m.need.Kit.Clock.Now()
	if err := m.CompareAs(c.Context(), c.As.In, c.Actor(), f.Raw("gateway"), Span{From: now.Add(-compared), To: now}); err != nil {
		return err
	}
	c.Flash("ok", "payments.comparison_begun")
	return c.Redirect(differences)
}

func (m *Module) showDifference(c *ctx) error { return m.differencePage(c, nil) }

// differencePage shows a difference, with a form that was wrong as it was typed.
func (m *Module) differencePage(c *ctx, f *form.Form) error {
	number, err := parseDifference(c.Param("difference"))
	if err != nil {
		return err
	}
	d, err := m.Difference(c.Context(), c.As.In, number)
	if err != nil {
		return err
	}
	v := paymentsui.DifferenceDetail{Difference: differenceRow(c.Words, d), Base: differences}
	v.MayClose = d.Open && c.As.Grants.Has(MaySettle)
	v.MayBook = d.Bookable() && c.As.Grants.Has(MayRefund)
	status := http.StatusOK
	if f != nil {
		v.State, status = f.State(), http.StatusUnprocessableEntity
	}
	return c.PageStatus(status, web.Head{Title: c.Words.T("payments.difference." + v.Kind), Active: "/payments"}, paymentsui.DifferencePage(v))
}

func (m *Module) postOwn(c *ctx) error {
	return m.onDifferencePage(c, "payments.difference_owned", func(d DifferenceID, _ *form.Form) error {
		return m.OwnAs(c.Context(), c.As.In, c.Actor(), d)
	})
}

func (m *Module) postBook(c *ctx) error {
	return m.onDifferencePage(c, "payments.difference_booked", func(d DifferenceID, _ *form.Form) error {
		return m.BookAs(c.Context(), c.As.In, c.Actor(), d)
	})
}

func (m *Module) postClose(c *ctx) error {
	return m.onDifferencePage(c, "payments.difference_closed_now", func(d DifferenceID, f *form.Form) error {
		return m.CloseAs(c.Context(), c.As.In, c.Actor(), d, f.Text("note"))
	})
}

// onDifferencePage answers a form of a difference's page.
func (m *Module) onDifferencePage(c *ctx, done string, do func(DifferenceID, *form.Form) error) error {
	number, err := parseDifference(c.Param("difference"))
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
		return m.differencePage(c, f)
	}
	c.Flash("ok", done)
	return c.Redirect(differences + "/" + url.PathEscape(number.String()))
}

func parseDifference(s string) (DifferenceID, error) {
	var d DifferenceID
	if err := d.UnmarshalText([]byte(s)); err != nil || d.IsZero() {
		return 0, errNoDifference
	}
	return d, nil
}

// serviceName is who stands behind a way to pay.
func serviceName(w i18n.Words, gateway string) string {
	if key := "payments.connection." + gateway; w.Has(key) {
		return w.T(key)
	}
	return methodName(w, gateway)
}
