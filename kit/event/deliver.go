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
	nextDelivery = db.Must[tenant.Store](Files, "next_delivery")
	endDelivery  = db.Must[tenant.Store](Files, "end_delivery")
	failDelivery = db.Must[tenant.Store](Files, "fail_delivery")
)

// Tries is how often a delivery is attempted, over about an hour and a half,
// before it is put aside.
const Tries = 8

// errNobody is a subscriber that this program does not know: it was removed, or
// a newer program on another node has it.
var errNobody = errors.New("no subscriber has this name")

// pending is a delivery that waits.
type pending struct {
	event    int64
	payload  rawJSON
	attempts int64
	due      time.Time // zero at first
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

// delivery are the arguments of a job that delivers what waits in lanes: to
// deliver again what was put aside, and what a program from before events were
// told together has left.
type delivery struct {
	Subscribers []string `json:"subscribers"`
	Entity      int64    `json:"entity,string"`
	Subscriber  string   `json:"subscriber,omitempty"` // the only one, in the oldest of them
}

func (b *Bus) revive(ctx context.Context, r job.Run, d delivery) error {
	if d.Subscriber != "" {
		d.Subscribers = append(d.Subscribers, d.Subscriber)
	}
	return b.lanes(ctx, r.Store, d.Entity, d.Subscribers)
}

// drain delivers what waits in a lane, oldest first, so that a job which overtook
// another changes nothing in the order. It tells how long to wait for a delivery
// that failed before and is not due yet.
func (b *Bus) drain(ctx context.Context, in tenant.Store, l lane) (wait time.Duration, err error) {
	for more := true; more && err == nil && wait == 0; {
		more, wait, err = b.step(ctx, in, l)
	}
	return wait, err
}

// step makes the oldest delivery, if it is due, and tells whether there are
// more. One that failed before holds up those behind it until its time comes.
// What is published meanwhile has a job of its own, so nobody looks for it here.
func (b *Bus) step(ctx context.Context, in tenant.Store, l lane) (more bool, wait time.Duration, err error) {
	var at pending
	more, err = db.Write(ctx, b.db.Relaxed(), in, func(tx *db.Tx[tenant.Store]) (bool, error) {
		next, err := nextPending(ctx, tx, l)
		if err != nil || len(next) == 0 {
			return false, err
		}
		at = next[0]
		if wait = max(at.due.Sub(tx.Now()), 0); wait > 0 {
			return false, nil
		}
		return len(next) > 1, b.one(ctx, tx, at, l)
	})
	if err != nil && at.event != 0 {
		return false, 0, b.failed(ctx, in, l, at, err)
	}
	return more, wait, err
}

// one ends a delivery and runs its handler in the same transaction. Whoever
// changes the row first has the delivery; another who wants it waits and finds
// it done, or tried. Failures at the same time count as one attempt.
func (b *Bus) one(ctx context.Context, tx *db.Tx[tenant.Store], at pending, l lane) error {
	h, known := b.byName[l.subscriber]
	if !known {
		return errNobody
	}
	state := "done"
	if !b.on(tx.Scope(), h) {
		state = "skipped"
	}
	n, err := db.Exec(ctx, tx, endDelivery, db.Args{
		"event": at.event, "subscriber": l.subscriber, "attempts": at.attempts, "state": state, "at": tx.Now(),
	})
	if err != nil || n == 0 {
		return err
	}
	tx.AfterCommit(func() { b.delivered(l.subscriber, state) })
	if state == "skipped" {
		return nil
	}
	return job.Guard(func() error { return h.run(ctx, tx, at.payload) })
}

// failed notes a failure, also when it was the end of ctx: the attempt counts.
func (b *Bus) failed(ctx context.Context, in tenant.Store, l lane, at pending, cause error) error {
	state, outcome := "pending", "failed"
	var broken unreadable
	if at.attempts+1 >= Tries || errors.As(cause, &broken) {
		state, outcome = "dead", "dead"
	}
	b.delivered(l.subscriber, outcome)
	ctx = context.WithoutCancel(ctx)
	err := db.Do(ctx, b.db, in, func(tx *db.Tx[tenant.Store]) error {
		_, err := db.Exec(ctx, tx, failDelivery, db.Args{
			"event": at.event, "subscriber": l.subscriber, "attempts": at.attempts, "state": state, "error": job.Text(cause),
			"at": tx.Now(), "due_at": tx.Now().Add(job.Backoff(int(at.attempts))),
		})
		return err
	})
	return errors.Join(fmt.Errorf("deliver to %s: %w", l.subscriber, cause), err)
}

// nextPending are the two oldest deliveries that wait.
func nextPending(ctx context.Context, tx *db.Tx[tenant.Store], l lane) ([]pending, error) {
	return db.All(ctx, tx, nextDelivery, db.Args{"subscriber": l.subscriber, "entity": l.entity}, func(r db.Row) (p pending, err error) {
		return p, r.Scan(&p.event, &p.payload, &p.attempts, db.Time(&p.due))
	})
}
