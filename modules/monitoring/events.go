package monitoring

import (
	"context"
	"errors"
	"strconv"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/event"
	"orion/kit/fault"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

var errStoreGone = fault.New(fault.Conflict, "monitoring.store_gone")

// EventFilter chooses deliveries that failed.
type EventFilter struct {
	Failing bool // those that are tried again, instead of those that were put aside
	Query   string
	page.Request
}

// Events are the deliveries within reach that failed, the newest first.
func (m *Module) Events(ctx context.Context, r Reach, f EventFilter) (page.Page[event.Dead], error) {
	return m.events.Failed(ctx, m.need.System, event.Search{Failing: f.Failing, Query: f.Query, Stores: m.stores(r), Request: f.Request})
}

// stores are those within reach; nil is all.
func (m *Module) stores(r Reach) []tenant.StoreID {
	if r == nil {
		return nil
	}
	return append([]tenant.StoreID{}, m.need.Reach(r)...)
}

// Failed is one delivery within reach that failed, and tells whether it is tried
// again by itself.
func (m *Module) Failed(ctx context.Context, r Reach, d Delivery) (_ event.Dead, failing bool, err error) {
	dead, err := m.failed(ctx, r, d, false)
	if errors.Is(err, db.ErrNoRow) {
		dead, err = m.failed(ctx, r, d, true)
		return dead, true, err
	}
	return dead, false, err
}

func (m *Module) failed(ctx context.Context, r Reach, d Delivery, failing bool) (event.Dead, error) {
	found, err := m.events.Failed(ctx, m.need.System, event.Search{Event: d.Event, Subscriber: d.Subscriber, Failing: failing, Stores: m.stores(r)})
	if err == nil && len(found.Items) == 0 {
		err = db.ErrNoRow
	}
	if err != nil {
		return event.Dead{}, err
	}
	return found.Items[0], nil
}

// Replay tries a delivery anew that was put aside.
func (m *Module) Replay(ctx context.Context, r Reach, by auth.Actor, d Delivery) error {
	dead, err := m.failed(ctx, r, d, false)
	if err != nil {
		return err
	}
	in, _, ok := m.need.Store(dead.Store)
	if !ok {
		return errStoreGone
	}
	if err := m.events.Replay(ctx, in, dead); err != nil {
		return err
	}
	return m.record(ctx, in.Platform(), tenancyapi.Entry{
		Actor: by, Action: "monitoring.event_replayed", Target: d.String(), Title: dead.Name + " → " + dead.Subscriber,
	})
}

// ReplayAll tries some deliveries anew, and tells how many.
func (m *Module) ReplayAll(ctx context.Context, r Reach, by auth.Actor, all []Delivery) (n int, err error) {
	for _, d := range all {
		err := m.Replay(ctx, r, by, d)
		if err == nil {
			n++
		} else if kind := fault.As(err).Kind; kind != fault.Conflict && kind != fault.NotFound { // somebody was faster
			return n, err
		}
	}
	return n, nil
}

// Delivery names what one subscriber was to hear.
type Delivery struct {
	Event      int64
	Subscriber string
}

// String is its name in forms and in the audit log.
func (d Delivery) String() string { return strconv.FormatInt(d.Event, 10) + ":" + d.Subscriber }
