package db

import (
	"cmp"
	"context"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"orion/kit/observe"
)

// Watch is told what a database does; nil functions are not called.
type Watch struct {
	// Transaction is told of each one: "read" or "write", how long it took with
	// all its tries, and what came of it.
	Transaction func(ctx context.Context, kind string, took time.Duration, err error)
}

// stopwatch begins to measure how long something takes.
func stopwatch() time.Time { return time.Now() }

func (d *DB) ended(ctx context.Context, kind string, began time.Time, err error) {
	if d.watch.Transaction != nil {
		d.watch.Transaction(ctx, kind, time.Since(began), err)
	}
}

// meter measures a statement wherever it runs in this process.
type meter struct {
	name   string
	module string // the package that loaded it
	calls  atomic.Int64
	failed atomic.Int64
	nanos  atomic.Int64
}

var (
	metersMu sync.Mutex
	meters   = map[[2]string]*meter{} // by module and name
)

// newMeter is called by Must and MustList, whose caller is the module. A block that
// is loaded for two scopes has one meter: its name stands once in the metrics.
func newMeter(name string) *meter {
	m := &meter{name: name}
	if pc, _, _, ok := runtime.Caller(2); ok {
		m.module, _, _ = strings.Cut(path.Base(runtime.FuncForPC(pc).Name()), ".")
	}
	metersMu.Lock()
	defer metersMu.Unlock()
	key := [2]string{m.module, m.name}
	if have, ok := meters[key]; ok {
		return have
	}
	meters[key] = m
	return m
}

func (m *meter) ran(ctx context.Context, began time.Time, err error) {
	took := time.Since(began)
	m.calls.Add(1)
	m.nanos.Add(int64(took))
	if seen := observe.InspectionOf(ctx); seen != nil {
		seen.Note(observe.Note{Kind: "statement", Name: m.module + "." + m.name, Took: took, Failed: err != nil})
	}
	if err != nil {
		m.failed.Add(1)
	}
}

// Ran is how a statement did in this process since it started, with the walk
// through its answer.
type Ran struct {
	Module string // the package that loaded it, such as orders
	Name   string
	Calls  int64
	Failed int64
	Took   time.Duration // all calls together
}

// Statements are those that ran in this process, those first that took most time
// together.
func Statements() []Ran {
	metersMu.Lock()
	all := slices.Collect(maps.Values(meters))
	metersMu.Unlock()
	var out []Ran
	for _, m := range all {
		if n := m.calls.Load(); n > 0 {
			out = append(out, Ran{m.module, m.name, n, m.failed.Load(), time.Duration(m.nanos.Load())})
		}
	}
	slices.SortFunc(out, func(a, b Ran) int { return cmp.Or(cmp.Compare(b.Took, a.Took), cmp.Compare(a.Name, b.Name)) })
	return out
}
