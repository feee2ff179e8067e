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

// Listed is a payment in the staff's list.
type Listed struct {
	paymentsapi.Payment
	Reference string
	Email     string
}

// Wanted is what staff look for. The zero value is everything.
type Wanted struct {
	Text   string // part of a reference or e-mail address
	Status paymentsapi.Status
	Method string
}

// Payments is a page of a store's payments, the newest first.
func (m *Module) Payments(ctx context.Context, in tenant.Store, w Wanted, p page.Request) (page.Page[Listed], error) {
	var where []db.Cond
	if w.Text != "" {
		where = append(where, db.Any(db.Contains("p.reference", w.Text), db.Contains("p.email", w.Text)))
	}
	if w.Status != "" {
		where = append(where, db.Eq("p.status", w.Status))
	}
	if w.Method != "" {
		where = append(where, db.Eq("p.method", w.Method))
	}
	if p.After != "" {
		var after paymentsapi.PaymentID
		if err := page.Decode(p.After, &after); err != nil {
			return page.Page[Listed]{}, err
		}
		where = append(where, db.Lt("p.id", after))
	}
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (page.Page[Listed], error) {
		rows, err := listPayments(ctx, tx, where, p.Fetch())
		found := page.Of(rows, p.Limit, func(v payment) []any { return []any{v.ID} })
		return page.Map(found, func(v payment) Listed { return Listed{v.view(), v.Reference, v.Email} }), err
	})
}

// Detail is a payment with everything that was done to it.
type Detail struct {
	Listed
	Refundable money.Amount
	Settleable bool // staff tell when the money came
	Askable    bool // a gateway knows more
	Capturable bool // an amount is held, and can be taken
	Attempts   []Attempted
	Refunds    []Refunded
	Disputes   []Disputed // the oldest first
	Entries    []Entry
}

// Attempted is an attempt as staff see it.
type Attempted struct {
	Number  int64
	Gateway string
	Status  AttemptStatus
	Reason  string
	Ref     string // the gateway's
	At      time.Time
	NextAt  time.Time // when the gateway is asked again; zero is never
}

// Refunded is a refund as staff see it.
type Refunded struct {
	Amount  money.Amount
	Status  RefundStatus
	Reason  string
	Problem string
	Actor   string
	At      time.Time
}

// Detail reads a payment's page.
func (m *Module) Detail(ctx context.Context, in tenant.Store, id paymentsapi.PaymentID) (Detail, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Detail, error) {
		p, err := findPayment(ctx, tx, id)
		if err != nil {
			return Detail{}, err
		}
		g, known := m.gateway(p.Method)
		d := Detail{
			Listed: Listed{p.view(), p.Reference, p.Email}, Refundable: p.money(p.refundable()),
			Settleable: known && g.Descriptor().Local && p.Captured == 0 && p.Amount.IsPositive(),
			Askable:    known && !g.Descriptor().Local && p.Status == paymentsapi.Pending,
		}
		attempts, err := attemptsOf(ctx, tx, id)
		if err != nil {
			return d, err
		}
		if len(attempts) > 0 {
			d.Capturable = p.capturable(attempts[0], g)
		}
		for _, a := range attempts {
			d.Attempts = append(d.Attempts, Attempted{a.Number, a.Gateway, a.Status, a.Reason, a.External, a.CreatedAt, a.CheckAt})
		}
		refunds, err := refundsOf(ctx, tx, id)
		if err != nil {
			return d, err
		}
		for _, r := range refunds {
			d.Refunds = append(d.Refunds, Refunded{p.money(r.Minor), r.Status, r.Reason, r.Problem, r.Actor, r.CreatedAt})
		}
		disputes, err := disputesOf(ctx, tx, id)
		if err != nil {
			return d, err
		}
		for _, one := range disputes {
			d.Disputes = append(d.Disputes, one.listed(p))
		}
		d.Entries, err = entriesOf(ctx, tx, id)
		return d, err
	})
}
