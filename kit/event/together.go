package event

import (
	"context"
	"errors"
	"strconv"

	"orion/kit/db"
	"orion/kit/job"
	"orion/kit/tenant"
)

var (
	freshDeliveries = db.Must[tenant.Store](Files, "fresh_deliveries")
	endDeliveries   = db.Must[tenant.Store](Files, "end_deliveries")
)

// errTaken is that another job had one of the deliveries first.
var errTaken = errors.New("another job made one of the deliveries")

// fresh is a delivery of a job, as it stands before the job begins.
type fresh struct {
	event      int64
	subscriber string
	payload    rawJSON
	attempts   int64
	blocked    bool // an older one of its lane waits still
}

// endRow is a delivery that ends, as the statement reads it.
type endRow struct {
	Event      int64  `json:"event"`
	Subscriber string `json:"subscriber"`
	State      string `json:"state"`
}

func (d delivery) lanes() []lane {
	out := make([]lane, len(d.Subscribers))
	for i, s := range d.Subscribers {
		out[i] = lane{s, d.Entity}
	}
	return out
}

// together makes all of a job's deliveries in one transaction, which is undone
// as a whole when one of them fails. It leaves out the lanes where something
// waits from before, or whose subscriber is not known, and gives them back.
func (b *Bus) together(ctx context.Context, in tenant.Store, d delivery) (left []lane, err error) {
	if len(d.Events) == 0 {
		return d.lanes(), nil
	}
	return db.Write(ctx, b.db.Relaxed(), in, func(tx *db.Tx[tenant.Store]) ([]lane, error) {
		all, err := readFresh(ctx, tx, d)
		if err != nil {
			return nil, err
		}
		left := b.hard(all, d.Entity)
		var rows []endRow
		var run []fresh
		for _, f := range all {
			if _, later := left[f.subscriber]; later {
				continue
			}
			state := "done"
			if b.enabled != nil && !b.enabled(tx.Scope().Platform(), b.byName[f.subscriber].Module()) {
				state = "skipped"
			} else {
				run = append(run, f)
			}
			rows = append(rows, endRow{f.event, f.subscriber, state})
		}
		if len(rows) > 0 {
			n, err := db.Exec(ctx, tx, endDeliveries, db.Args{"rows": db.JSON(rows), "at": tx.Now()})
			if err != nil {
				return nil, err
			}
			if int(n) != len(rows) {
				return nil, errTaken
			}
		}
		for _, f := range run {
			if err := job.Guard(func() error { return b.byName[f.subscriber].run(ctx, tx, f.payload) }); err != nil {
				return nil, err
			}
		}
		out := make([]lane, 0, len(left))
		for _, l := range left {
			out = append(out, l)
		}
		return out, nil
	})
}

// hard are the lanes that have to be gone through one delivery at a time.
func (b *Bus) hard(all []fresh, entity int64) map[string]lane {
	left := map[string]lane{}
	for _, f := range all {
		if _, known := b.byName[f.subscriber]; !known || f.blocked || f.attempts > 0 {
			left[f.subscriber] = lane{f.subscriber, entity}
		}
	}
	return left
}

func readFresh(ctx context.Context, tx *db.Tx[tenant.Store], d delivery) ([]fresh, error) {
	events := make([]int64, len(d.Events))
	for i, e := range d.Events {
		n, err := strconv.ParseInt(e, 10, 64)
		if err != nil {
			return nil, err
		}
		events[i] = n
	}
	return db.All(ctx, tx, freshDeliveries, db.Args{"events": events, "first": events[0]}, func(r db.Row) (f fresh, err error) {
		return f, r.Scan(&f.event, &f.subscriber, &f.payload, &f.attempts, &f.blocked)
	})
}
