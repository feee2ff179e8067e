package event

import (
	"cmp"
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
	takeDeliveries = db.Must[tenant.Store](Files, "take_deliveries")
	skipDeliveries = db.Must[tenant.Store](Files, "skip_deliveries")
)

// errHard is that the lanes have to be gone through one by one.
var errHard = errors.New("something waits from before, or a subscriber is not known")

// fresh is a delivery of a job.
type fresh struct {
	event      int64
	subscriber string
	payload    rawJSON
	hard       bool // it failed before, or an older one of its lane waits still
}

func (d delivery) lanes() []lane {
	out := make([]lane, len(d.Subscribers))
	for i, s := range d.Subscribers {
		out[i] = lane{s, d.Entity}
	}
	return out
}

// together makes all of a job's deliveries in one transaction, which is undone
// as a whole when one of them fails, when something waits from before, or when a
// subscriber is not known.
func (b *Bus) together(ctx context.Context, in tenant.Store, d delivery) error {
	events := make([]int64, len(d.Events))
	for i, e := range d.Events {
		var err error
		if events[i], err = strconv.ParseInt(e, 10, 64); err != nil {
			return fmt.Errorf("read the events of a job: %w", err)
		}
	}
	return db.Do(ctx, b.db.Relaxed(), in, func(tx *db.Tx[tenant.Store]) error {
		if err := b.skip(ctx, tx, d.Subscribers, events); err != nil {
			return err
		}
		all, err := db.All(ctx, tx, takeDeliveries, db.Args{"events": events, "first": events[0], "at": tx.Now()}, func(r db.Row) (f fresh, err error) {
			return f, r.Scan(&f.event, &f.subscriber, &f.payload, &f.hard)
		})
		if err != nil {
			return err
		}
		slices.SortFunc(all, func(x, y fresh) int {
			return cmp.Or(cmp.Compare(x.event, y.event), cmp.Compare(x.subscriber, y.subscriber))
		})
		for _, f := range all {
			h, known := b.byName[f.subscriber]
			if !known || f.hard {
				return errHard
			}
			if err := job.Guard(func() error { return h.run(ctx, tx, f.payload) }); err != nil {
				return err
			}
		}
		return nil
	})
}

// skip ends the deliveries to modules that are off.
func (b *Bus) skip(ctx context.Context, tx *db.Tx[tenant.Store], subscribers []string, events []int64) error {
	for _, s := range subscribers {
		h, known := b.byName[s]
		if !known || b.enabled == nil || b.enabled(tx.Scope().Platform(), h.Module()) {
			continue
		}
		if _, err := db.Exec(ctx, tx, skipDeliveries, db.Args{"events": events, "subscriber": s, "at": tx.Now()}); err != nil {
			return err
		}
	}
	return nil
}
