package event

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/job"
	"orion/kit/page"
	"orion/kit/tenant"
)

var (
	deadDeliveries   = db.Must[tenant.Store](Files, "dead_deliveries")
	reviveDelivery   = db.Must[tenant.Store](Files, "revive_delivery")
	countUndelivered = db.Must[tenant.System](Files, "count_undelivered")
	allDead          = db.Must[tenant.System](Files, "all_dead_deliveries")
	listDead         = db.MustList[tenant.System](Files, "list_dead")
	listFailing      = db.MustList[tenant.System](Files, "list_failing")
)

// Dead is a delivery that was put aside after its last attempt.
type Dead struct {
	Store      tenant.StoreID
	Event      int64
	Subscriber string
	Name       string // of the event
	Entity     int64
	Attempts   int64
	Error      string // of the last attempt
	At         time.Time
	Due        time.Time // of the next attempt; means nothing once it was put aside
}

func scanDead(r db.Row) (d Dead, err error) {
	return d, r.Scan(&d.Store, &d.Event, &d.Subscriber, &d.Name, &d.Entity, &d.Attempts, &d.Error, db.Time(&d.At), db.Time(&d.Due))
}

// DeadLetters lists a store's oldest hundred deliveries that were put aside.
func (b *Bus) DeadLetters(ctx context.Context, in tenant.Store) ([]Dead, error) {
	return db.Read(ctx, b.db, in, func(tx *db.Tx[tenant.Store]) ([]Dead, error) {
		return db.All(ctx, tx, deadDeliveries, nil, scanDead)
	})
}

// Undelivered is what is under way and what was put aside in all stores.
type Undelivered struct {
	Waiting int64
	Dead    int64
	Letters []Dead // the newest hundred
}

// Undelivered tells operators how delivery goes.
func (b *Bus) Undelivered(ctx context.Context, in tenant.System) (Undelivered, error) {
	return db.Read(ctx, b.db, in, func(tx *db.Tx[tenant.System]) (Undelivered, error) {
		u, err := db.One(ctx, tx, countUndelivered, nil, func(r db.Row) (u Undelivered, err error) {
			return u, r.Scan(&u.Waiting, &u.Dead)
		})
		if err != nil || u.Dead == 0 {
			return u, err
		}
		u.Letters, err = db.All(ctx, tx, allDead, nil, scanDead)
		return u, err
	})
}

// Search chooses deliveries that failed, the newest event first.
type Search struct {
	Failing    bool             // those that are tried again, instead of those that were put aside
	Stores     []tenant.StoreID // nil is all
	Query      string           // in the name of the subscriber or the event; empty is any
	Event      int64            // one event only; 0 is any
	Subscriber string           // one subscriber only; empty is any
	page.Request
}

// Failed finds deliveries that failed, for operators.
func (b *Bus) Failed(ctx context.Context, in tenant.System, s Search) (page.Page[Dead], error) {
	f := db.Filter{Order: []string{"d.event_id DESC", "d.subscriber DESC"}, Limit: s.Fetch()}
	if s.Stores != nil {
		f.Where = append(f.Where, db.In("d.store_id", s.Stores...))
	}
	if s.Query != "" {
		f.Where = append(f.Where, db.Any(db.Contains("d.subscriber", s.Query), db.Contains("e.name", s.Query)))
	}
	if s.Event != 0 {
		f.Where = append(f.Where, db.Eq("d.event_id", s.Event))
	}
	if s.Subscriber != "" {
		f.Where = append(f.Where, db.Eq("d.subscriber", s.Subscriber))
	}
	if s.After != "" {
		var event int64
		var subscriber string
		if err := page.Decode(s.After, &event, &subscriber); err != nil {
			return page.Page[Dead]{}, err
		}
		f.Where = append(f.Where, db.After(true, []string{"d.event_id", "d.subscriber"}, []any{event, subscriber}))
	}
	list := listDead
	if s.Failing {
		list = listFailing
	}
	found, err := db.Read(ctx, b.db, in, func(tx *db.Tx[tenant.System]) ([]Dead, error) { return db.List(ctx, tx, list, f, scanDead) })
	return page.Of(found, s.Limit, func(d Dead) []any { return []any{d.Event, d.Subscriber} }), err
}

// Replay tries a delivery that was put aside anew.
func (b *Bus) Replay(ctx context.Context, in tenant.Store, dead Dead) error {
	return db.Do(ctx, b.db, in, func(tx *db.Tx[tenant.Store]) error {
		n, err := db.Exec(ctx, tx, reviveDelivery, db.Args{"event": dead.Event, "subscriber": dead.Subscriber})
		if err != nil {
			return err
		}
		if n == 0 {
			return db.ErrNoRow
		}
		return job.Enqueue(ctx, b.queue, tx, b.deliver, delivery{Subscribers: []string{dead.Subscriber}, Entity: dead.Entity})
	})
}
