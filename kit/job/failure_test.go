package job_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/job"
	"orion/kit/tenant"
)

func TestText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"dial smtp://bob:hunter22@mail.example:25: refused":                          "dial smtp://(masked)@mail.example:25: refused",
		`Post "https://pay.example/v1/charge?key=abc123&x=1": EOF`:                   `Post "https://pay.example/v1/charge?(masked)": EOF`,
		"401 for Authorization: Bearer eyJhbGciOi.x-y_z":                             "401 for Authorization: Bearer (masked)",
		`{"client_secret": "abcdef", "code": "card_declined"}`:                       `{"client_secret": "(masked)", "code": "card_declined"}`,
		`failed to parse mail address "\"Léa <Schmit>\" <lea@example.lu>": no angle`: `failed to parse mail address (address): no angle`,
		"token=abcdef refused":                        "token=(masked) refused",
		"bad key sk_live_4eC39HqLyjWDarjtT1":          "bad key sk_(masked)",
		"550 no such user anne.weber+shop@example.lu": "550 no such user (address)",
		"order ord_01h455vb4pex5: not enough":         "order ord_01h455vb4pex5: not enough",
		"nul \x00 byte":                               "nul  byte",
		strings.Repeat("é", 400):                      strings.Repeat("é", 250),
		"a" + strings.Repeat("é", 400):                "a" + strings.Repeat("é", 249),
	} {
		if got := job.Text(errors.New(in)); got != want {
			t.Errorf("%q\n got %q\nwant %q", in, got, want)
		}
	}
}

func TestFailuresAreKeptAndTriedAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		q, store, out := queue(t, e), e.Store(), &bytes.Buffer{}
		fail := job.Define("toys.fail", func(context.Context, job.Run, toy) error {
			return errors.New("password=hunter22 is wrong")
		})
		crash := job.Define("toys.crash", func(context.Context, job.Run, toy) error { panic("token=hunter22") })
		later := job.Define("toys.later", func(_ context.Context, r job.Run, _ toy) error { return job.Later(time.Hour) })
		enqueue(t, e, q, store, fail, toy{})
		enqueue(t, e, q, store, crash, toy{})
		enqueue(t, e, q, store, later, toy{})
		drainWith(t, runner(t, e, func(o *job.Options) {
			o.Workers, o.Log = 1, slog.New(slog.NewTextHandler(out, nil))
		}, fail.Job(), crash.Job(), later.Job()))

		rows, err := e.DB.Pool().QueryContext(t.Context(), `SELECT attempt, COALESCE(CAST(`+errorsColumn(e)+` AS TEXT), '') FROM river_job ORDER BY id`)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		var attempts []int
		var text string
		for rows.Next() {
			var n int
			var s string
			if err := rows.Scan(&n, &s); err != nil {
				t.Fatal(err)
			}
			attempts, text = append(attempts, n), text+s
		}
		if len(attempts) != 3 || attempts[0] != 1 || attempts[1] != 1 || attempts[2] != 0 {
			t.Errorf("attempts = %v, want one of each but the one that asked for later", attempts)
		}
		if !strings.Contains(text, "password=(masked) is wrong") || !strings.Contains(text, "panic: token=(masked)") {
			t.Errorf("kept errors: %s", text)
		}
		if strings.Contains(text+out.String(), "hunter22") {
			t.Errorf("a secret was kept: %s %s", text, out)
		}
		if !strings.Contains(out.String(), "failure_test.go") {
			t.Errorf("the log has no stack of the panic: %s", out)
		}
	})
}

func errorsColumn(e *dbtest.Env) string {
	if e.DB.Dialect() == db.Postgres {
		return "errors"
	}
	return "json(errors)"
}

var sweepFiles = fstest.MapFS{"sql/toys.sql": {Data: []byte(`
-- name: due_stores
-- scope: sweep
SELECT 1 AS store_id
UNION ALL SELECT 2
UNION ALL SELECT 3
UNION ALL SELECT 4
UNION ALL SELECT 5
WHERE CAST(:now AS BIGINT) > 0
`)}}

func TestASweepGoesOnBehindAStoreThatFails(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		seen := map[tenant.StoreID]int{}
		due := db.Must[tenant.System](sweepFiles, "due_stores")
		sweep := job.Sweep("toys.sweep", time.Minute, due, func(_ context.Context, in tenant.Store) error {
			seen[in.ID()]++
			switch in.ID() {
			case 1:
				return errors.New("no")
			case 2:
				panic("no")
			}
			return nil
		})
		r := runner(t, e, func(o *job.Options) {
			o.Enabled = func(p tenant.PlatformID, _ string) bool { return p != 5 }
			o.Resolve = func(_ context.Context, s tenant.StoreID) (tenant.Store, bool) {
				return e.Gate.Store(s, 1, tenant.PlatformID(s)), s != 4 // 4 was deleted, 5 is on a platform where toys are off
			}
		}, sweep)
		if err := r.Drain(t.Context()); err == nil {
			t.Error("nobody is told that two stores failed")
		}
		if len(seen) != 3 || seen[1] != 1 || seen[2] != 1 || seen[3] != 1 {
			t.Errorf("worked on %v, want 1, 2 and 3 once", seen)
		}
	})
}

func TestPeriodicJobsRunWhenTheProgramStarts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ran := make(chan job.Run, 1)
		daily := job.Periodic("toys.tidy", 24*time.Hour, func(_ context.Context, r job.Run) error {
			ran <- r
			return nil
		})
		r := runner(t, e, nil, daily)
		ctx, cancel := context.WithCancel(t.Context())
		if err := r.Start(ctx); err != nil {
			t.Fatal(err)
		}
		cancel() // Start outlives its context
		select {
		case got := <-ran:
			if got != (job.Run{System: e.Gate.System(), Attempt: 1}) {
				t.Errorf("run = %+v", got)
			}
		case <-time.After(30 * time.Second):
			t.Error("it did not run")
		}
		if err := r.Stop(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestStopLetsAJobEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		q, begun, end := queue(t, e), make(chan struct{}), make(chan struct{})
		ended := false
		slow := job.Define("toys.slow", func(ctx context.Context, _ job.Run, _ toy) error {
			close(begun)
			<-end
			ended = ctx.Err() == nil
			return nil
		})
		enqueue(t, e, q, e.Store(), slow, toy{})
		r := runner(t, e, nil, slow.Job())
		if err := r.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		<-begun
		stopped := make(chan error)
		go func() { stopped <- r.Stop(context.WithoutCancel(t.Context())) }()
		close(end)
		if err := <-stopped; err != nil || !ended {
			t.Errorf("stopped with %v, the job ended in order: %v", err, ended)
		}
	})
}

func TestRunnerRefuses(t *testing.T) {
	t.Parallel()
	e := dbtest.NewSQLite(t, plan)
	paint := job.Define("toys.paint", new(log).work).Job()
	if _, err := job.NewRunner(job.Options{DB: e.DB, Gate: e.Gate, Jobs: []job.Job{paint, paint}}); err == nil {
		t.Error("one kind was taken twice")
	}
	sweep := job.Sweep("toys.sweep", time.Minute, db.Must[tenant.System](sweepFiles, "due_stores"), nil)
	if _, err := job.NewRunner(job.Options{DB: e.DB, Gate: e.Gate, Jobs: []job.Job{sweep}}); err == nil {
		t.Error("a sweep was taken with nobody to resolve stores")
	}
}
