package monitoring

import (
	"context"
	"errors"
	"testing"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/job"
	"orion/kit/modtest"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/modules/monitoring/monitoringapi"
	"orion/modules/tenancy/tenancyapi"
)

var (
	plan     = modtest.Plan(migrate.Line{Module: monitoringapi.Code, Files: Files})
	operator = auth.Actor{Kind: "user", ID: "usr_1", Name: "Lena"}
	errPaint = errors.New("out of paint")
)

// ledger remembers what was written to the audit log.
type ledger struct{ entries []string }

// RecordAt implements tenancyapi.Ledger.
func (l *ledger) RecordAt(_ context.Context, _ *db.Tx[tenant.System], at tenancyapi.At, e tenancyapi.Entry) error {
	l.entries = append(l.entries, at.Platform.String()+" "+e.Actor.Name+" "+e.Action+" "+e.Title)
	return nil
}

// world is a program with a store on each of two platforms.
type world struct {
	*Module
	*dbtest.Env
	kit      module.Kit
	ledger   *ledger
	here     tenant.Store
	there    tenant.Store
	onlyHere Reach
	paint    job.Kind[toy]
	broken   bool // painting fails
	tail     *Tail
	readings []Reading // what there is
	failing  error     // counting fails
}

type toy struct {
	Name string `json:"name"`
}

func setup(t *testing.T, e *dbtest.Env) *world {
	t.Helper()
	w := &world{Env: e, kit: modtest.Kit(t, e), ledger: &ledger{}, tail: NewTail(), here: e.Gate.Store(11, 21, 31), there: e.Gate.Store(12, 22, 32)}
	w.onlyHere = Reach{w.here.Platform()}
	w.paint = job.Define("toys.paint", func(context.Context, job.Run, toy) error {
		if w.broken {
			return errPaint
		}
		return nil
	}, job.Tries(1))
	w.Module = New(Needs{
		Kit: w.kit, System: e.Gate.System(), Ledger: w.ledger,
		Platforms: func() []Place {
			return []Place{{Platform: 31, Code: "here", Name: "Here"}, {Platform: 32, Code: "there", Name: "There"}}
		},
		Store: func(s tenant.StoreID) (tenant.Store, string, bool) {
			switch s {
			case w.here.ID():
				return w.here, "Near", true
			case w.there.ID():
				return w.there, "Far", true
			}
			return tenant.Store{}, "", false
		},
		Reach: func(p []tenant.PlatformID) (out []tenant.StoreID) {
			for _, in := range []tenant.Store{w.here, w.there} {
				if Reach(p).has(in.Platform()) {
					out = append(out, in.ID())
				}
			}
			return out
		},
		Measure: w.measure, Tail: w.tail,
		Jobs: func() []job.Job { return []job.Job{w.paint.Job()} },
	})
	return w
}

// each runs fn on both databases.
func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) { fn(t, setup(t, e)) })
}

// asks enqueues a job, and tells its number.
func asks[S tenant.Scope](t *testing.T, w *world, in S, name string) int64 {
	t.Helper()
	err := db.Do(t.Context(), w.DB, in, func(tx *db.Tx[S]) error { return job.Enqueue(t.Context(), w.kit.Jobs, tx, w.paint, toy{name}) })
	if err != nil {
		t.Fatal(err)
	}
	found, err := w.Jobs(t.Context(), nil, JobFilter{})
	if err != nil || len(found.Items) == 0 {
		t.Fatal(found, err)
	}
	return found.Items[0].ID
}

// works lets all jobs run that are due.
func (w *world) works(t *testing.T) {
	t.Helper()
	modtest.Settle(t, w.Env, w.kit, module.Definition{Jobs: []job.Job{w.paint.Job()}})
}
