package payments

import (
	"context"
	"strings"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/id"
	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
	"orion/modules/tenancy/tenancyapi"
)

var (
	errNoDifference = fault.New(fault.NotFound, "payments.no_difference")
	errDifference   = fault.New(fault.Invalid, "payments.difference_form")
	errClosed       = fault.New(fault.Rule, "payments.difference_closed")
	errNotBookable  = fault.New(fault.Rule, "payments.difference_not_bookable")
)

// DifferenceID names a difference.
type DifferenceID = id.ID[differenceKind]

type differenceKind struct{}

// Prefix of identifiers of differences.
func (differenceKind) Prefix() string { return "pdi" }

// DifferenceKind says how a gateway's books differ from ours.
type DifferenceKind string

// The kinds of differences.
const (
	OtherAmount        DifferenceKind = "amount"        // another amount was taken than we asked for
	MissingHere        DifferenceKind = "missing_here"  // it took money under a key of ours that we do not know, or could not settle
	MissingThere       DifferenceKind = "missing_there" // we booked what it did not take
	OtherRefund        DifferenceKind = "refund_amount"
	RefundMissingHere  DifferenceKind = "refund_missing_here" // it gave back what we know nothing of, as on its own pages
	RefundMissingThere DifferenceKind = "refund_missing_there"
	OtherDispute       DifferenceKind = "dispute_amount" // a bank claims what our books do not have to give
)

// Difference is money that a gateway has otherwise than we do. There is one for
// each thing at the gateway; it is closed when the books agree, or by people.
type Difference struct {
	ID        DifferenceID
	Kind      DifferenceKind
	Gateway   string
	External  string // the gateway's name of the thing
	Charge    string // of a refund: the gateway's name of what took the money
	Payment   paymentsapi.PaymentID
	Reference string
	Ours      money.Amount
	Theirs    money.Amount
	Open      bool
	Owner     string // who looks after it
	Note      string // what came of it
	ClosedBy  string // empty when the books agreed by themselves
	FoundAt   time.Time
	SeenAt    time.Time
	ClosedAt  time.Time
}

// Bookable tells whether we can book by ourselves what the gateway has.
func (d Difference) Bookable() bool {
	return d.Open && d.Kind == RefundMissingHere && !d.Payment.IsZero() && d.Theirs.IsPositive()
}

// Differences is a page of a store's differences, the newest first.
func (m *Module) Differences(ctx context.Context, in tenant.Store, open bool, p page.Request) (page.Page[Difference], error) {
	status := "closed"
	if open {
		status = "open"
	}
	where := []db.Cond{db.Eq("d.status", status)}
	if p.After != "" {
		var after DifferenceID
		if err := page.Decode(p.After, &after); err != nil {
			return page.Page[Difference]{}, err
		}
		where = append(where, db.Lt("d.id", after))
	}
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (page.Page[Difference], error) {
		rows, err := listDifferences(ctx, tx, where, p.Fetch())
		return page.Of(rows, p.Limit, func(d Difference) []any { return []any{d.ID} }), err
	})
}

// Difference reads one.
func (m *Module) Difference(ctx context.Context, in tenant.Store, number DifferenceID) (Difference, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Difference, error) { return findDifference(ctx, tx, number) })
}

// OpenDifferences counts what waits for people, to a hundred.
func (m *Module) OpenDifferences(ctx context.Context, in tenant.Store) (int, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (int, error) { return countDifferences(ctx, tx) })
}

// OwnAs says who looks after a difference.
func (m *Module) OwnAs(ctx context.Context, in tenant.Store, by auth.Actor, number DifferenceID) error {
	return m.onDifference(ctx, in, number, func(tx tx, d Difference) error {
		if err := ownDifference(ctx, tx, d.ID, by.Name); err != nil {
			return err
		}
		return m.auditDifference(ctx, tx, d, tenancyapi.Entry{Actor: by, Action: "payments.own_difference", After: map[string]string{"owner": by.Name}})
	})
}

// CloseAs says what came of a difference.
func (m *Module) CloseAs(ctx context.Context, in tenant.Store, by auth.Actor, number DifferenceID, note string) error {
	note = strings.TrimSpace(note)
	if note == "" {
		return errDifference.Field("note", "form.required")
	}
	return m.onDifference(ctx, in, number, func(tx tx, d Difference) error {
		if err := closeDifference(ctx, tx, d.ID, note, by.Name); err != nil {
			return err
		}
		return m.auditDifference(ctx, tx, d, tenancyapi.Entry{Actor: by, Action: "payments.close_difference", After: map[string]string{"note": note}})
	})
}

// BookAs books a refund that was made on the gateway's own pages. The gateway is
// asked about it before it counts, so what is wrong here is not believed.
func (m *Module) BookAs(ctx context.Context, in tenant.Store, by auth.Actor, number DifferenceID) error {
	return m.onDifference(ctx, in, number, func(tx tx, d Difference) error {
		if !d.Bookable() {
			return errNotBookable
		}
		p, err := lockPayment(ctx, tx, d.Payment)
		if err != nil {
			return err
		}
		given, err := refundsOf(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		for _, r := range given {
			if r.External == d.External && r.Status != RefundFailed {
				return errNotBookable // somebody else was quicker
			}
		}
		all, err := attemptsOf(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		for _, a := range all {
			if a.External != d.Charge {
				continue
			}
			r := refund{Attempt: a.ID, Minor: d.Theirs.Minor, External: d.External, Reason: reasonThere, Actor: by.Name}
			if err := m.refund(ctx, tx, &p, r); err != nil {
				return err
			}
			return m.auditDifference(ctx, tx, d, tenancyapi.Entry{Actor: by, Action: "payments.book_difference", After: map[string]any{"amount": d.Theirs}})
		}
		return errNotBookable
	})
}

// reasonThere is why a refund stands here that was made on the gateway's pages.
const reasonThere = "at_gateway"

// onDifference does something about one that is open.
func (m *Module) onDifference(ctx context.Context, in tenant.Store, number DifferenceID, do func(tx, Difference) error) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		d, err := findDifference(ctx, tx, number)
		if err != nil {
			return err
		}
		if !d.Open {
			return errClosed
		}
		return do(tx, d)
	})
}

func (m *Module) auditDifference(ctx context.Context, tx tx, d Difference, e tenancyapi.Entry) error {
	e.Target, e.Title = d.ID.String(), d.Gateway+" "+d.External
	return m.need.Audit.Record(ctx, tx, e)
}

// differs is what a gateway says of a payment otherwise than we asked for it.
func (p *payment) differs(kind DifferenceKind, gateway string, ours int64, s Snapshot) Difference {
	return Difference{Kind: kind, Gateway: gateway, External: s.External, Payment: p.ID, Ours: p.money(ours), Theirs: s.Amount}
}
