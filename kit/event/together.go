package event

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"orion/kit/db"
	"orion/kit/job"
	"orion/kit/tenant"
)

var (
	freshDeliveries = db.Must[tenant.Store](Files, "fresh_deliveries")
	skipDeliveries  = db.Must[tenant.Store](Files, "skip_deliveries")
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

func (d delivery) lanes() []lane {
	out := make([]lane, len(d.Subscribers))
	for i, s := range d.Subscribers {
		out[i] = lane{s, d.Entity}
	}
	return out
}

// together makes all of a job's deliveries in one transaction, which is undone
// as a whole when one of them fails. Where something waits from before, or a
// subscriber is not known, it makes none and gives the lanes back.
func (b *Bus) together(ctx context.Context, in tenant.Store, d delivery) (left []lane, err error) {
	if len(d.Events) == 0 {
		return d.lanes(), nil
	}
	events := make([]int64, len(d.Events))
	for i, e := range d.Events {
		if events[i], err = strconv.ParseInt(e, 10, 64); err != nil {
			return nil, fmt.Errorf("read the events of a job: %w", err)
		}
	}
	return db.Write(ctx, b.db.Relaxed(), in, func(tx *db.Tx[tenant.Store]) ([]lane, error) {
		all, err := readFresh(ctx, tx, events)
		if err != nil || len(all) == 0 {
			return nil, err
		}
		if slices.ContainsFunc(all, b.hard) {
			return d.lanes(), nil
		}
		run, err := b.endAll(ctx, tx, events, all)
		if err != nil {
			return nil, err
		}
		for _, f := range run {
			if err := job.Guard(func() error { return b.byName[f.subscriber].run(ctx, tx, f.payload) }); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
}

// hard tells whether the lane of a delivery has to be gone through one by one.
func (b *Bus) hard(f fresh) bool {
	_, known := b.byName[f.subscriber]
	return !known || f.blocked || f.attempts > 0
}

// endAll marks deliveries as made, and gives those whose handler is to run:
// handlers of modules that are off are skipped.
func (b *Bus) endAll(ctx context.Context, tx *db.Tx[tenant.Store], events []int64, all []fresh) (run []fresh, err error) {
	var ended int64
	var off []string
	for _, f := range all {
		switch {
		case b.enabled == nil || b.enabled(tx.Scope().Platform(), b.byName[f.subscriber].Module()):
			run = append(run, f)
		case !slices.Contains(off, f.subscriber):
			off = append(off, f.subscriber)
			n, err := db.Exec(ctx, tx, skipDeliveries, db.Args{"events": events, "subscriber": f.subscriber, "at": tx.Now()})
			if err != nil {
				return nil, err
			}
			ended += n
		}
	}
	n, err := db.Exec(ctx, tx, endDeliveries, db.Args{"events": events, "at": tx.Now()})
	if err == nil && int(ended+n) != len(all) {
		err = errTaken
	}
	return run, err
}

func readFresh(ctx context.Context, tx *db.Tx[tenant.Store], events []int64) ([]fresh, error) {
	return db.All(ctx, tx, freshDeliveries, db.Args{"events": events, "first": events[0]}, func(r db.Row) (f fresh, err error) {
		return f, r.Scan(&f.event, &f.subscriber, &f.payload, &f.attempts, &f.blocked)
	})
}
