package payments

import (
	"context"
	"strings"
	"time"

	"orion/kit/i18n"
	"orion/kit/mail"
	"orion/modules/payments/disputesapi"
)

// Desk is where a store's staff are written to.
type Desk struct {
	Shop    string // the store's name
	Email   string // the store's own address; nobody is written to without one
	Lang    i18n.Lang
	Country string // whose time the store's pages tell
	Staff   string // whole address of the staff's pages; empty when nobody can tell
}

// disputeNews is what has become of a dispute.
type disputeNews struct {
	was    dispute
	fresh  bool // it was not heard of before
	remind bool // the time to answer ends soon
}

// opened tells whether the bank asks, or claims, something that it did not before.
func (n disputeNews) opened(d dispute) bool {
	return n.fresh || n.was.Status.inquiry() && !d.Status.inquiry()
}

// closed tells whether a dispute has ended, or ended otherwise than it had.
func (n disputeNews) closed(d dispute) bool {
	return d.Status.over() && (d.Status != n.was.Status || d.Lost != n.was.Lost)
}

var outcomes = map[DisputeStatus]disputesapi.Outcome{
	InquiryClosed: disputesapi.Dropped, DisputeLost: disputesapi.Lost, DisputeWon: disputesapi.Won,
}

// tellDispute lets other modules and the store's staff know.
func (m *Module) tellDispute(ctx context.Context, tx tx, p payment, d dispute, n disputeNews) error {
	if n.opened(d) {
		e := disputesapi.WasDisputed{Changed: p.changedBy(d), Inquiry: d.Status.inquiry(), DueAt: d.DueAt}
		if err := m.need.Kit.Events.Publish(ctx, tx, e); err != nil {
			return err
		}
	}
	if n.closed(d) {
		e := disputesapi.DisputeClosed{Changed: p.changedBy(d), Outcome: outcomes[d.Status]}
		if err := m.need.Kit.Events.Publish(ctx, tx, e); err != nil {
			return err
		}
	}
	switch {
	case n.opened(d) && d.Status.inquiry() && !d.Status.over():
		return m.writeStaff(ctx, tx, p, d, "inquiry")
	case n.opened(d) && !d.Status.over():
		return m.writeStaff(ctx, tx, p, d, "opened")
	case n.closed(d):
		return m.writeStaff(ctx, tx, p, d, string(outcomes[d.Status]))
	case n.remind:
		return m.writeStaff(ctx, tx, p, d, "reminder")
	}
	return nil
}

// remind tells once that the time to answer ends soon.
func (d *dispute) remind(now time.Time) bool {
	if d.Reminded || !d.answerable(now) || now.Add(remindBefore).Before(d.DueAt) {
		return false
	}
	d.Reminded = true
	return true
}

// writeStaff sends a mail to the store's own address: about which payment, and until
// when something has to be said. Who paid stays in the program.
func (m *Module) writeStaff(ctx context.Context, tx tx, p payment, d dispute, what string) error {
	if m.need.Desk == nil || m.need.Kit.Mail == nil {
		return nil
	}
	desk, ok := m.need.Desk(tx.Scope())
	if !ok || desk.Email == "" {
		return nil
	}
	return m.need.Kit.Mail.Send(ctx, tx, m.disputeLetter(desk, about{p, d}, what))
}

// about is a dispute with its payment.
type about struct {
	p payment
	d dispute
}

func (m *Module) disputeLetter(desk Desk, a about, what string) mail.Message {
	lang := desk.Lang
	if !lang.Valid() {
		lang = i18n.Fr
	}
	w := m.need.Kit.Bundle.In(lang).Zone(i18n.ZoneOf(desk.Country))
	lines := []mail.Line{
		{Label: w.T("payments.payment"), Value: a.p.Reference},
		{Label: w.T("payments.amount"), Value: w.Money(a.d.Amount)},
		{Label: w.T("payments.dispute_reason"), Value: disputeReason(w, a.d.Reason)},
	}
	if !a.d.Status.over() && !a.d.DueAt.IsZero() {
		lines = append(lines, mail.Line{Label: w.T("payments.dispute_due"), Value: w.DateTime(a.d.DueAt), Strong: true})
	}
	body := mail.Letter{
		Shop: desk.Shop, Lang: w.Lang(), Title: w.T("payments.dispute_mail_"+what, "reference", a.p.Reference),
		Intro: w.T("payments.dispute_mail_" + what + "_text"), Lines: lines,
	}
	if desk.Staff != "" {
		body.Button = mail.Button{Label: w.T("payments.dispute_mail_open"), URL: strings.TrimSuffix(desk.Staff, "/") + disputesPath + "/" + a.d.ID.String()}
	}
	return body.Fill(mail.Message{To: desk.Email, Name: desk.Shop, Key: "payments." + what + "/" + a.d.ID.String() + "/" + string(a.d.Status)})
}

// disputeReason is why a payer's bank took money back, in a few words.
func disputeReason(w i18n.Words, code string) string {
	return w.T("payments.dispute_reason." + reasonGroup(code))
}
