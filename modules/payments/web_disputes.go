package payments

import (
	"net/http"
	"net/url"
	"time"

	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/payments/paymentsui"
)

// disputesPath is the page of the disputes.
const disputesPath = "/payments/disputes"

func (m *Module) disputeRoutes(x *web.Mux[web.Store]) {
	x.Get(disputesPath, web.Need(View), m.showDisputes)
	x.Get(disputesPath+"/{dispute}", web.Need(View), m.showDispute)
	x.Post(disputesPath+"/{dispute}/save", web.Need(MayDispute), m.postEvidence)
	x.Post(disputesPath+"/{dispute}/contest", web.Need(MayDispute), m.postContest)
	x.Post(disputesPath+"/{dispute}/concede", web.Need(MayDispute), m.postConcede)
}

func (m *Module) showDisputes(c *ctx) error {
	v := paymentsui.Disputes{Base: disputesPath, Closed: c.Query("status") == "closed"}
	read := m.OpenDisputes
	if v.Closed {
		read = m.ClosedDisputes
	}
	found, err := read(c.Context(), c.As.In, page.Request{After: c.Query("after")})
	if err != nil {
		return err
	}
	now := m.need.Kit.Clock.Now()
	for _, d := range found.Items {
		v.Rows = append(v.Rows, disputeRow(c.Words, d, now))
	}
	if c.Query("after") != "" {
		v.First = v.With("")
	}
	if found.Next != "" {
		v.Next = v.With(found.Next)
	}
	return c.Page(web.Head{Title: c.Words.T("payments.disputes"), Active: "/payments"}, paymentsui.DisputesPage(v))
}

func disputeRow(w i18n.Words, d Disputed, now time.Time) paymentsui.Dispute {
	out := paymentsui.Dispute{
		ID: d.ID.String(), Payment: "/payments/" + d.Payment.String(), Reference: d.Reference, Gateway: serviceName(w, d.Gateway), External: d.External,
		Amount: d.Amount, Reason: reasonGroup(d.Reason), Status: string(d.Status), DueAt: d.DueAt, OpenedAt: d.OpenedAt, ClosedAt: d.ClosedAt,
		Waits: d.Status.waits() && !d.Answered && now.Before(d.DueAt),
	}
	if out.Waits {
		out.Left = timeLeft(w, d.DueAt.Sub(now))
	}
	return out
}

// timeLeft is how long there is to answer, in days, and at last in hours.
func timeLeft(w i18n.Words, d time.Duration) string {
	if d >= 48*time.Hour {
		return w.N("payments.dispute_days", int(d/(24*time.Hour)))
	}
	return w.N("payments.dispute_hours", int(d/time.Hour))
}

// reasonGroup is the part of a word that a gateway's reason has of its own; those of which
// the bank itself is the cause have one together.
func reasonGroup(code string) string {
	switch code {
	case "fraudulent", "unrecognized", "duplicate", "product_not_received", "product_unacceptable", "credit_not_processed", "subscription_canceled":
		return code
	case "bank_cannot_process", "check_returned", "debit_not_authorized", "incorrect_account_details", "insufficient_funds":
		return "bank"
	}
	return "general"
}

func (m *Module) showDispute(c *ctx) error { return m.disputePage(c, nil) }

// disputePage shows a dispute, with a form that was wrong as it was typed.
func (m *Module) disputePage(c *ctx, f *form.Form) error {
	number, err := parseDispute(c.Param("dispute"))
	if err != nil {
		return err
	}
	d, err := m.Dispute(c.Context(), c.As.In, number)
	if err != nil {
		return err
	}
	now := m.need.Kit.Clock.Now()
	v := paymentsui.DisputeDetail{
		Dispute: disputeRow(c.Words, d.Disputed, now), Base: disputesPath, Booked: d.Booked, Held: d.Held, Lost: d.Lost, Answer: d.Kind,
		Sending: d.Sending, SentAt: d.SentAt, Problem: d.Problem, Actor: d.Actor, Evidence: paymentsui.Evidence(d.Evidence), Edition: d.Edition,
		Late: d.Status.waits() && !d.Answered && !d.DueAt.IsZero() && !now.Before(d.DueAt),
	}
	if may := c.As.Grants.Has(MayDispute); may {
		v.MayAnswer, v.MayConcede = d.Answerable, d.Concedable
	}
	status := http.StatusOK
	if f != nil {
		v.State, status = f.State(), http.StatusUnprocessableEntity
	}
	return c.PageStatus(status, web.Head{Title: c.Words.T("payments.dispute_of", "reference", v.Reference), Active: "/payments"}, paymentsui.DisputePage(v))
}

func (m *Module) postEvidence(c *ctx) error {
	return m.onDisputePage(c, "payments.dispute_saved", func(s Saying) error { return m.SaveEvidenceAs(c.Context(), c.As.In, c.Actor(), s) })
}

func (m *Module) postContest(c *ctx) error {
	return m.onDisputePage(c, "payments.dispute_sent", func(s Saying) error { return m.ContestAs(c.Context(), c.As.In, c.Actor(), s) })
}

func (m *Module) postConcede(c *ctx) error {
	return m.onDisputePage(c, "payments.dispute_conceded", func(s Saying) error { return m.ConcedeAs(c.Context(), c.As.In, c.Actor(), s) })
}

// onDisputePage answers a form of a dispute's page.
func (m *Module) onDisputePage(c *ctx, done string, do func(Saying) error) error {
	number, err := parseDispute(c.Param("dispute"))
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	s := Saying{Dispute: number, Edition: f.Int("edition")}
	for name, part := range s.texts() {
		*part.text = f.Long(name, part.most)
	}
	if f.OK() {
		if err := do(s); err != nil && !f.Take(err) {
			return err
		}
	}
	if !f.OK() {
		return m.disputePage(c, f)
	}
	c.Flash("ok", done)
	return c.Redirect(disputesPath + "/" + url.PathEscape(number.String()))
}

func parseDispute(s string) (DisputeID, error) {
	var d DisputeID
	if err := d.UnmarshalText([]byte(s)); err != nil || d.IsZero() {
		return 0, errNoDispute
	}
	return d, nil
}
