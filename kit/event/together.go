package event

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"orion/kit/db"
	"orion/kit/job"
	"orion/kit/tenant"
)

var (
	takeWaiting      = db.Must[tenant.Store](Files, "take_waiting")
	parkWaiting      = db.Must[tenant.Store](Files, "park_waiting")
	forgetParked     = db.Must[tenant.Store](Files, "forget_parked")
	insertDeliveries = db.Must[tenant.Store](Files, "insert_deliveries")
)

// telling are the arguments of the job that tells subscribers what was published
// together about one entity.
type telling struct {
	Entity      int64    `json:"entity,string"`
	Last        int64    `json:"last,string"` // the event up to which it tells
	Subscribers []string `json:"subscribers"`
}

// errHard is that the subscribers have to be told one by one.
var errHard = errors.New("something waits from before, or a subscriber is not known")

// waiting is an event that nobody heard of yet.
type waiting struct {
	event       int64
	entity      int64
	subscribers string
	payload     rawJSON
	hard        bool // an attempt failed before, or something of its entity did
}

// work tells all subscribers in one transaction. Most of the time nothing fails,
// and then nothing is written down about each of them. Only when something does,
// or did, each gets a delivery of its own, with attempts and an order: one that
// fails stops no other.
func (b *Bus) work(ctx context.Context, r job.Run, t telling) error {
	if told, err := b.together(ctx, r.Store, t); err == nil && told {
		return nil
	} // else all was undone; whoever failed is found out by going one by one
	if err := b.park(ctx, r.Store, []int64{t.Entity}); err != nil {
		return err
	}
	return b.lanes(ctx, r.Store, t.Entity, t.Subscribers)
}

// together tells everybody about all events of an entity that wait, in their
// order, up to the job's last. It tells whether there were any: another job may
// have taken them.
func (b *Bus) together(ctx context.Context, in tenant.Store, t telling) (told bool, err error) {
	return db.Write(ctx, b.db.Relaxed(), in, func(tx *db.Tx[tenant.Store]) (bool, error) {
		all, err := db.All(ctx, tx, takeWaiting, db.Args{"entity": t.Entity, "last": t.Last}, func(r db.Row) (w waiting, err error) {
			return w, r.Scan(&w.event, &w.subscribers, &w.payload, &w.hard)
		})
		if err != nil {
			return false, err
		}
		slices.SortFunc(all, func(x, y waiting) int { return cmp.Compare(x.event, y.event) })
		for _, w := range all {
			if w.hard {
				return false, errHard
			}
			for s := range strings.SplitSeq(w.subscribers, " ") {
				if err := b.hear(ctx, tx, s, w.payload); err != nil {
					return false, err
				}
			}
		}
		return len(all) > 0, nil
	})
}

// hear runs a subscriber's handler, unless its module is off.
func (b *Bus) hear(ctx context.Context, tx *db.Tx[tenant.Store], subscriber string, payload rawJSON) error {
	h, known := b.byName[subscriber]
	switch {
	case !known:
		return errHard
	case !b.on(tx.Scope(), h):
		tx.AfterCommit(func() { b.delivered(subscriber, "skipped") })
		return nil
	}
	tx.AfterCommit(func() { b.delivered(subscriber, "done") })
	return job.Guard(func() error { return h.run(ctx, tx, payload) })
}

func (b *Bus) on(in tenant.Store, h Handler) bool {
	return b.enabled == nil || b.enabled(in.Platform(), h.Module())
}

// deliveryRow is a row as insert_deliveries reads it: many in one text.
type deliveryRow struct {
	Event      int64  `json:"event"`
	Subscriber string `json:"subscriber"`
	Entity     int64  `json:"entity"`
}

// park gives each subscriber of what waits about entities a delivery of its own. The
// events stay where they wait until these have ended, so that nothing which is
// published meanwhile overtakes them.
func (b *Bus) park(ctx context.Context, in tenant.Store, entities []int64) error {
	return db.Do(ctx, b.db.Relaxed(), in, func(tx *db.Tx[tenant.Store]) error {
		all, err := db.All(ctx, tx, parkWaiting, db.Args{"entities": entities}, func(r db.Row) (w waiting, err error) {
			return w, r.Scan(&w.event, &w.entity, &w.subscribers)
		})
		if err != nil || len(all) == 0 {
			return err
		}
		var rows []deliveryRow
		for _, w := range all {
			for s := range strings.SplitSeq(w.subscribers, " ") {
				rows = append(rows, deliveryRow{w.event, s, w.entity})
			}
		}
		_, err = db.Exec(ctx, tx, insertDeliveries, db.Args{"rows": db.JSON(rows), "at": tx.Now()})
		return err
	})
}

// lanes delivers what waits for subscribers about an entity. One that has to
// wait makes the job wait.
func (b *Bus) lanes(ctx context.Context, in tenant.Store, entity int64, subscribers []string) error {
	var failed []error
	var wait time.Duration
	for _, s := range subscribers {
		later, err := b.drain(ctx, in, lane{s, entity})
		if err != nil {
			failed = append(failed, err)
		}
		if later > 0 && (wait == 0 || later < wait) {
			wait = later
		}
	}
	if len(failed) > 0 {
		return errors.Join(failed...)
	}
	if err := b.forget(ctx, in, []int64{entity}); err != nil {
		return err
	}
	if wait > 0 {
		return job.Later(wait)
	}
	return nil
}

// forget lets go of parked events whose deliveries have ended.
func (b *Bus) forget(ctx context.Context, in tenant.Store, entities []int64) error {
	return db.Do(ctx, b.db.Relaxed(), in, func(tx *db.Tx[tenant.Store]) error {
		_, err := db.Exec(ctx, tx, forgetParked, db.Args{"entities": entities})
		return err
	})
}
