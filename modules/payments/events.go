package payments

import (
	"context"
	"errors"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
	"orion/modules/tenancy/tenancyapi"
)

var errNoEvent = fault.New(fault.NotFound, "payments.no_event")

// Told is an event that a gateway told of, as staff see it.
type Told struct {
	ID         EventID
	Gateway    string
	Event      string // the gateway's name of it
	Kind       string
	Charge     string // the gateway's name of the request
	Status     string // "waiting", "done" or "foreign"
	ReceivedAt time.Time
	EndedAt    time.Time             // zero while it waits
	Payment    paymentsapi.PaymentID // zero when it is about none of ours
	Reference  string
}

// Sought is which events staff look for. The zero value is all.
type Sought struct {
	Text   string // part of the gateway's name of the event or the request
	Status string
}

// Events is a page of what gateways told a store, the newest first.
func (m *Module) Events(ctx context.Context, in tenant.Store, s Sought, p page.Request) (page.Page[Told], error) {
	var where []db.Cond
	if s.Text != "" {
		where = append(where, db.Any(db.Contains("e.event", s.Text), db.Contains("e.charge", s.Text)))
	}
	if s.Status != "" {
		where = append(where, db.Eq("e.status", s.Status))
	}
	if p.After != "" {
		var after EventID
		if err := page.Decode(p.After, &after); err != nil {
			return page.Page[Told]{}, err
		}
		where = append(where, db.Lt("e.id", after))
	}
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (page.Page[Told], error) {
		rows, err := listEvents(ctx, tx, where, p.Fetch())
		return page.Of(rows, p.Limit, func(e Told) []any { return []any{e.ID} }), err
	})
}

// ReplayAs has the gateway asked again about what it told of. Replaying what is
// done changes nothing: settling is monotonic.
func (m *Module) ReplayAs(ctx context.Context, in tenant.Store, by auth.Actor, number EventID) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		e, err := findEvent(ctx, tx, number)
		if errors.Is(err, db.ErrNoRow) {
			return errNoEvent
		}
		if err != nil {
			return err
		}
		if err := reopenEvent(ctx, tx, number); err != nil {
			return err
		}
		if err := m.heedSoon(ctx, tx, number); err != nil {
			return err
		}
		return m.need.Audit.Record(ctx, tx, tenancyapi.Entry{
			Actor: by, Action: "payments.replay_event", Target: number.String(), Title: e.Event, After: map[string]string{"kind": e.Kind},
		})
	})
}
