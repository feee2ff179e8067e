package monitoring

import (
	"context"
	"fmt"
	"strings"
	"time"

	"orion/kit/db"
	"orion/kit/observe"
	"orion/kit/tenant"
)

// Measure is something that grows.
type Measure string

// The measures, in the order of the page.
const (
	Stores    Measure = "stores"
	Merchants Measure = "merchants"
	Customers Measure = "customers"
	Products  Measure = "products"
	Orders    Measure = "orders"
	Media     Measure = "media"    // bytes
	Database  Measure = "database" // bytes
	Disk      Measure = "disk"     // percent that are left
)

// Measures are all of them.
var Measures = []Measure{Stores, Merchants, Customers, Products, Orders, Media, Database, Disk}

// Reading is how much there is of something.
type Reading struct {
	Measure Measure
	Value   int64
}

// Snapshot is the last reading of a day.
type Snapshot struct {
	Reading
	Day int64 // since 1970, UTC
	At  time.Time
}

func dayOf(t time.Time) int64 { return t.Unix() / (24 * 60 * 60) }

// keptDays is for how many days there is a snapshot.
const keptDays = 400

// Count writes down how much there is now.
func (m *Module) Count(ctx context.Context) error {
	all, err := m.need.Measure(ctx, m.need.System)
	if err != nil {
		return fmt.Errorf("count what there is: %w", err)
	}
	return db.Do(ctx, m.db, m.need.System, func(tx *db.Tx[tenant.System]) error {
		size, err := databaseBytes(ctx, tx)
		if err != nil {
			return err
		}
		for _, r := range append(all, Reading{Database, size}) {
			if err := putSnapshot(ctx, tx, r); err != nil {
				return err
			}
		}
		return forgetSnapshots(ctx, tx, tx.Now().AddDate(0, 0, -keptDays))
	})
}

// Course is how a measure went.
type Course struct {
	Measure Measure
	Limit   Limit
	Days    []Snapshot // oldest first
}

// Now is the latest reading, and false before the first.
func (c Course) Now() (Snapshot, bool) {
	if len(c.Days) == 0 {
		return Snapshot{}, false
	}
	return c.Days[len(c.Days)-1], true
}

// Courses are those of the last days, in the order of the page, in one statement.
func (m *Module) Courses(ctx context.Context, days int) ([]Course, error) {
	found, err := db.Read(ctx, m.db, m.need.System, func(tx *db.Tx[tenant.System]) ([]Snapshot, error) {
		return snapshots(ctx, tx, tx.Now().AddDate(0, 0, 1-days))
	})
	if err != nil {
		return nil, err
	}
	return m.courses(found), nil
}

func (m *Module) courses(found []Snapshot) []Course {
	limits := m.config().limits()
	by := map[Measure][]Snapshot{}
	for _, s := range found {
		by[s.Measure] = append(by[s.Measure], s)
	}
	var out []Course
	for _, name := range Measures {
		out = append(out, Course{Measure: name, Limit: limits[name], Days: by[name]})
	}
	return out
}

// Latest is how things stood when they were counted last.
func (m *Module) Latest(ctx context.Context) ([]Course, error) {
	found, err := db.Read(ctx, m.db, m.need.System, func(tx *db.Tx[tenant.System]) ([]Snapshot, error) { return latestSnapshot(ctx, tx) })
	if err != nil {
		return nil, err
	}
	return m.courses(found), nil
}

// Level is how a measure stands against its limits.
type Level string

// The levels, best first.
const (
	OK       Level = "ok"
	Warning  Level = "warning"
	Critical Level = "critical"
)

// Limit is from where on something is too much, or of what is left too little.
type Limit struct{ Warning, Critical int64 }

// Level tells how a value stands.
func (l Limit) Level(m Measure, value int64) Level {
	beyond := func(limit int64) bool { return value >= limit }
	if m == Disk {
		beyond = func(limit int64) bool { return value <= limit }
	}
	switch {
	case beyond(l.Critical):
		return Critical
	case beyond(l.Warning):
		return Warning
	}
	return OK
}

// Level tells how the latest reading stands; nothing was counted is well.
func (c Course) Level() Level {
	s, ok := c.Now()
	if !ok {
		return OK
	}
	return c.Limit.Level(c.Measure, s.Value)
}

// health is worse where something is beyond its last limit.
func (m *Module) health(ctx context.Context) observe.Result {
	all, err := m.Latest(ctx)
	if err != nil {
		return observe.Result{Status: observe.Degraded, Detail: "what was counted cannot be read"}
	}
	var beyond []string
	for _, c := range all {
		if c.Level() == Critical {
			beyond = append(beyond, string(c.Measure))
		}
	}
	if len(beyond) == 0 {
		return observe.OK()
	}
	return observe.Result{Status: observe.Degraded, Detail: "beyond the last limit: " + strings.Join(beyond, ", ")}
}
