package payments

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
)

// Disputed is a dispute in the staff's lists.
type Disputed struct {
	ID        DisputeID
	Payment   paymentsapi.PaymentID
	Reference string
	Gateway   string
	External  string
	Amount    money.Amount
	Reason    string
	Status    DisputeStatus
	DueAt     time.Time // zero is never
	OpenedAt  time.Time
	ClosedAt  time.Time // zero while it is open
	Answered  bool
}

// DisputeDetail is a dispute with what was said to it, and what can be.
type DisputeDetail struct {
	Disputed
	Booked     bool // the ledger has what its state asks for
	Held       money.Amount
	Lost       money.Amount
	Kind       string // how it was answered: "contest", "concede", or not at all
	Sending    bool
	SentAt     time.Time
	Problem    string
	Actor      string
	Evidence   Evidence // what was said, or is about to be
	Answerable bool
	Concedable bool
	Edition    int64
}

// OpenDisputes is a page of the disputes that are not decided, the soonest due first.
func (m *Module) OpenDisputes(ctx context.Context, in tenant.Store, p page.Request) (page.Page[Disputed], error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (page.Page[Disputed], error) { return openDisputes(ctx, tx, p) })
}

// ClosedDisputes is a page of those that are, the newest first.
func (m *Module) ClosedDisputes(ctx context.Context, in tenant.Store, p page.Request) (page.Page[Disputed], error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (page.Page[Disputed], error) { return closedDisputes(ctx, tx, p) })
}

// WaitingDisputes counts those that the store can still answer, to a hundred.
func (m *Module) WaitingDisputes(ctx context.Context, in tenant.Store) (int, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (int, error) { return countWaiting(ctx, tx) })
}

// Dispute reads a dispute's page. What was not answered yet begins with what the
// store knows of the sale.
func (m *Module) Dispute(ctx context.Context, in tenant.Store, number DisputeID) (DisputeDetail, error) {
	type found struct {
		p payment
		d dispute
	}
	f, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (f found, err error) {
		if f.d, err = findDispute(ctx, tx, number); err != nil {
			return f, err
		}
		f.p, err = findPayment(ctx, tx, f.d.Payment)
		return f, err
	})
	if err != nil {
		return DisputeDetail{}, err
	}
	now := m.need.Kit.Clock.Now()
	out := DisputeDetail{
		Disputed: f.d.listed(f.p), Booked: f.d.booked(), Held: f.p.money(f.d.Held), Lost: f.p.money(f.d.Lost), Kind: string(f.d.Answer),
		Sending: f.d.Sending, SentAt: f.d.SentAt, Problem: f.d.Problem, Actor: f.d.Actor, Evidence: f.d.Evidence,
		Answerable: f.d.answerable(now), Concedable: f.d.concedable(now), Edition: f.d.Edition,
	}
	if out.Answerable && out.Evidence == (Evidence{}) && m.need.Known != nil {
		if out.Evidence, err = m.need.Known(ctx, in, f.p.Kind, f.p.For); err != nil {
			return out, err
		}
	}
	return out, nil
}

func (d *dispute) listed(p payment) Disputed {
	return Disputed{
		ID: d.ID, Payment: d.Payment, Reference: p.Reference, Gateway: d.Gateway, External: d.External, Amount: d.Amount, Reason: d.Reason,
		Status: d.Status, DueAt: d.DueAt, OpenedAt: d.OpenedAt, ClosedAt: d.ClosedAt, Answered: d.Sending || !d.SentAt.IsZero(),
	}
}
