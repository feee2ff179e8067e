package paymentsui

import (
	"context"
	"net/url"
	"time"

	"orion/kit/money"
	"orion/kit/ui"
)

// Disputes is the list of what payers' banks take back, or ask about.
type Disputes struct {
	Base        string
	Closed      bool // those that are decided are shown
	Rows        []Dispute
	First, Next string
}

// With is the list from behind a cursor on.
func (v Disputes) With(after string) string {
	return Differences{Base: v.Base, Closed: v.Closed}.With(after)
}

// Dispute is money that a payer's bank takes back.
type Dispute struct {
	ID        string
	Payment   string // path of its page
	Reference string
	Gateway   string // in words
	External  string
	Amount    money.Amount
	Reason    string // key of the words
	Status    string
	DueAt     time.Time // zero is never
	OpenedAt  time.Time
	ClosedAt  time.Time // zero while it is open
	Waits     bool      // the store can answer
	Left      string    // how long, in words
}

// Evidence is what a bank is told.
type Evidence struct {
	Explanation, Product, Customer, Email, Address, Carrier, Tracking, ShippedOn, Refusal, Duplicate string
}

// DisputeDetail is one with what was said to it, and what can be.
type DisputeDetail struct {
	Dispute
	Base       string
	Booked     bool // the ledger has what its state asks for
	Late       bool // nobody answered in time
	Held, Lost money.Amount
	Answer     string // "contest", "concede", or nothing
	Sending    bool
	SentAt     time.Time
	Problem    string
	Actor      string
	Evidence   Evidence
	Edition    int64
	MayAnswer  bool
	MayConcede bool
	State      ui.Form // of the form that was sent and is wrong
}

func (v Dispute) inquiry() bool {
	return v.Status == "warning_needs_response" || v.Status == "warning_under_review" || v.Status == "warning_closed"
}

func (v DisputeDetail) path(act string) string { return v.Base + "/" + url.PathEscape(v.ID) + act }

var disputeTones = map[string]ui.Tone{
	"warning_needs_response": ui.Warn, "warning_under_review": ui.Info, "needs_response": ui.Bad, "under_review": ui.Info, "won": ui.OK, "lost": ui.Bad,
	"sending": ui.Info,
}

func disputeBadge(ctx context.Context, status string) ui.Badge {
	return ui.Badge{Label: ui.Words(ctx).T("payments.dispute_status." + status), Tone: disputeTones[status]}
}

// due is until when a dispute can be answered, and how long that is.
func (v Dispute) due(ctx context.Context) (at, left string) {
	if v.DueAt.IsZero() {
		return ui.Words(ctx).T("payments.dispute_no_due"), ""
	}
	return ui.Words(ctx).DateTime(v.DueAt), v.Left
}

// alerts are what there is to say of a dispute above all, the most urgent first.
func (v DisputeDetail) alerts(ctx context.Context) []ui.Alert {
	w := ui.Words(ctx)
	at, left := v.due(ctx)
	with := []any{"amount", w.Money(v.Amount), "at", at, "left", left}
	say := func(tone ui.Tone, what string) ui.Alert {
		return ui.Alert{Tone: tone, Text: w.T("payments.dispute_"+what, with...)}
	}
	var out []ui.Alert
	if !v.Booked {
		out = append(out, say(ui.Bad, "alert_apart"))
	}
	switch {
	case v.Problem == "answered_there":
		out = append(out, say(ui.Warn, "answered_there"))
	case v.Problem != "":
		out = append(out, ui.Alert{Tone: ui.Bad, Text: w.T("payments.dispute_refused", "code", v.Problem)})
	}
	switch {
	case v.Sending:
		return append(out, say(ui.Info, "alert_sending"))
	case v.Waits && v.inquiry():
		return append(out, say(ui.Warn, "alert_inquiry"))
	case v.Waits:
		return append(out, say(ui.Warn, "alert_open"))
	case v.Late:
		return append(out, say(ui.Bad, "alert_late"))
	}
	switch v.Status {
	case "under_review":
		return append(out, say(ui.Info, "alert_review"))
	case "won":
		return append(out, say(ui.OK, "alert_won"))
	case "lost":
		return append(out, say(ui.Bad, "alert_lost"))
	case "warning_closed":
		return append(out, say(ui.OK, "alert_dropped"))
	}
	return out
}

// said are the parts of an answer that has something in it.
func (v DisputeDetail) said(ctx context.Context) []ui.Fact {
	w, e := ui.Words(ctx), v.Evidence
	var out []ui.Fact
	for _, part := range [][2]string{
		{"explanation", e.Explanation},
		{"product", e.Product},
		{"refusal", e.Refusal},
		{"duplicate", e.Duplicate},
		{"customer", e.Customer},
		{"email", e.Email},
		{"address", e.Address},
		{"carrier", e.Carrier},
		{"tracking", e.Tracking},
		{"shipped_on", e.ShippedOn},
	} {
		if part[1] != "" {
			out = append(out, ui.Fact{Label: w.T("payments.evidence." + part[0]), Text: part[1]})
		}
	}
	return out
}

func (v DisputeDetail) list(ctx context.Context) []ui.Fact {
	w := ui.Words(ctx)
	out := []ui.Fact{
		{Label: w.T("payments.payment"), Value: ui.Button{Label: v.Reference, Kind: ui.Link, Href: v.Payment}},
		{Label: w.T("payments.amount"), Text: w.Money(v.Amount)},
	}
	if v.Held.IsPositive() {
		out = append(out, ui.Fact{Label: w.T("payments.dispute_held"), Text: w.Money(v.Held)})
	}
	if v.Lost.IsPositive() {
		out = append(out, ui.Fact{Label: w.T("payments.dispute_lost"), Text: w.Money(v.Lost)})
	}
	out = append(out, ui.Fact{Label: w.T("payments.dispute_opened"), Text: w.DateTime(v.OpenedAt)})
	if v.ClosedAt.IsZero() {
		at, _ := v.due(ctx)
		out = append(out, ui.Fact{Label: w.T("payments.dispute_due"), Text: at})
	} else {
		out = append(out, ui.Fact{Label: w.T("payments.dispute_decided"), Text: w.DateTime(v.ClosedAt)})
	}
	if v.Actor != "" {
		out = append(out, ui.Fact{Label: w.T("payments.dispute_by"), Text: v.Actor})
	}
	return append(out, ui.Fact{Label: w.T("payments.dispute_at_gateway"), Text: v.Gateway + " " + v.External})
}
