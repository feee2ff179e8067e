package event

import (
	"context"
	"errors"
	"fmt"
	"time"

	"orion/kit/db"
	"orion/kit/job"
	"orion/kit/tenant"
)

var (
	nextDelivery   = db.Must[tenant.Store](Files, "next_delivery")
	endDelivery    = db.Must[tenant.Store](Files, "end_delivery")
	failDelivery   = db.Must[tenant.Store](Files, "fail_delivery")
	deadDeliveries = db.Must[tenant.Store](Files, "dead_deliveries")
	reviveDelivery = db.Must[tenant.Store](Files, "revive_delivery")
	pendingOnes    = db.Must[tenant.Store](Files, "pending_deliveries")
)

// Tries is how often a delivery is attempted before it is put aside.
const Tries = 8

// pending is a delivery that waits.
type pending struct {
	event    int64
	payload  rawJSON
	attempts int64
}

// rawJSON takes JSON as both databases give it.
type rawJSON []byte

// Scan implements sql.Scanner.
func (r *rawJSON) Scan(v any) error {
	switch x := v.(type) {
	case string:
		*r = []byte(x)
	case []byte:
		*r = append((*r)[:0], x...)
	default:
		return fmt.Errorf("read an event: got %T", v)
	}
	return nil
}

// work delivers what waits for a subscriber about one entity, oldest first, so
// that a job which overtook another changes nothing in the order.
func (b *Bus) work(ctx context.Context, r job.Run, d delivery) error {
	h, known := b.byName[d.Subscriber]
	for {
		var at pending
		more, err := db.Write(ctx, b.db, r.Store, func(tx *db.Tx[tenant.Store]) (bool, error) {
			var err error
			at, err = nextPending(ctx, tx, d)
			if errors.Is(err, db.ErrNoRow) {
				return false, nil
			}
			if err != nil {
				return false, err
			}
			return true, b.one(ctx, tx, h, known, at, d)
		})
		if err != nil {
			return b.failed(ctx, r.Store, d, at, err)
		}
		if !more {
			return nil
		}
	}
}

// one ends a delivery and runs its handler in the same transaction. Whoever
// changes the row first has the delivery; the other waits for it and finds it
// done.
func (b *Bus) one(ctx context.Context, tx *db.Tx[tenant.Store], h Handler, known bool, at pending, d delivery) error {
	state := "done"
	if !known || b.enabled != nil && !b.enabled(tx.Scope().Platform(), h.Module()) {
		state = "skipped"
	}
	n, err := db.Exec(ctx, tx, endDelivery, db.Args{"event": at.event, "subscriber": d.Subscriber, "state": state, "at": tx.Now()})
	if err != nil || n == 0 || state == "skipped" {
		return err
	}
	return guarded(ctx, tx, h, at.payload)
}

func guarded(ctx context.Context, tx *db.Tx[tenant.Store], h Handler, raw []byte) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s panicked: %v", h.subscriber, p)
		}
	}()
	return h.run(ctx, tx, raw)
}

func (b *Bus) failed(ctx context.Context, in tenant.Store, d delivery, at pending, cause error) error {
	tries := int64(Tries)
	var broken unreadable
	if errors.As(cause, &broken) {
		tries = 0
	}
	if at.event == 0 {
		return cause
	}
	err := db.Do(context.WithoutCancel(ctx), b.db, in, func(tx *db.Tx[tenant.Store]) error {
		_, err := db.Exec(ctx, tx, failDelivery, db.Args{
			"event": at.event, "subscriber": d.Subscriber, "error": short(cause.Error()), "at": tx.Now(), "tries": tries,
		})
		return err
	})
	return errors.Join(fmt.Errorf("deliver to %s: %w", d.Subscriber, cause), err)
}

func short(s string) string {
	const most = 500
	if len(s) > most {
		return s[:most]
	}
	return s
}

func nextPending(ctx context.Context, tx *db.Tx[tenant.Store], d delivery) (pending, error) {
	return db.One(ctx, tx, nextDelivery, db.Args{"subscriber": d.Subscriber, "entity": d.Entity}, func(r db.Row) (p pending, err error) {
		return p, r.Scan(&p.event, &p.payload, &p.attempts)
	})
}

// Dead is a delivery that was put aside after its last attempt.
type Dead struct {
	Event      int64
	Subscriber string
	Name       string
	Entity     int64
	Attempts   int64
	Error      string
	At         time.Time
}

// DeadLetters lists a store's oldest hundred deliveries that were put aside.
func (b *Bus) DeadLetters(ctx context.Context, in tenant.Store) ([]Dead, error) {
	return db.Read(ctx, b.db, in, func(tx *db.Tx[tenant.Store]) ([]Dead, error) {
		return db.All(ctx, tx, deadDeliveries, nil, func(r db.Row) (d Dead, err error) {
			return d, r.Scan(&d.Event, &d.Subscriber, &d.Name, &d.Entity, &d.Attempts, &d.Error, db.Time(&d.At))
		})
	})
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
		return job.Enqueue(ctx, b.queue, tx, b.deliver, delivery{Subscriber: dead.Subscriber, Entity: dead.Entity})
	})
}

// Flush delivers what waits for a store now, instead of leaving it to the job
// runner, until nothing is left: handlers may publish more. It stops at the
// first delivery that fails.
func (b *Bus) Flush(ctx context.Context, in tenant.Store) error {
	for {
		waiting, err := db.Read(ctx, b.db, in, func(tx *db.Tx[tenant.Store]) ([]delivery, error) {
			return db.All(ctx, tx, pendingOnes, nil, func(r db.Row) (d delivery, err error) {
				return d, r.Scan(&d.Subscriber, &d.Entity)
			})
		})
		if err != nil || len(waiting) == 0 {
			return err
		}
		for _, d := range waiting {
			if err := b.work(ctx, job.Run{Store: in, Attempt: 1}, d); err != nil {
				return err
			}
		}
	}
}
