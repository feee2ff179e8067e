package job_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/job"
	"orion/kit/tenant"
)

var errPaint = errors.New("no paint for lea@example.com at https://paint.example/?key=secret")

// kinds are the kinds of the jobs that a search finds.
func kinds(t *testing.T, q *job.Queue, s job.Search) []string {
	t.Helper()
	found, err := q.List(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, l := range found {
		out = append(out, l.Kind)
	}
	return out
}

func TestJobsAreListed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		q, seen, store := queue(t, e), &log{}, e.Gate.Store(7, 8, 9)
		paint, wash := job.Define("toys.paint", seen.work), job.Define("dev_tools.wash", seen.work)
		fails := job.Define("toys.break", func(context.Context, job.Run, toy) error { return errPaint }, job.Tries(1))
		enqueue(t, e, q, store, paint, toy{"a"})
		enqueue(t, e, q, e.Gate.Platform(5), fails, toy{"b"})
		drain(t, e, paint.Job(), fails.Job())
		enqueue(t, e, q, e.Gate.System(), wash, toy{"c"})
		enqueue(t, e, q, store, wash, toy{"d"}, job.When{At: e.Clock.Now().Add(time.Hour)})

		for name, c := range map[string]struct {
			search job.Search
			want   []string
		}{
			"all, the newest first": {job.Search{}, []string{"dev_tools.wash", "dev_tools.wash", "toys.break", "toys.paint"}},
			"a page":                {job.Search{Limit: 1}, []string{"dev_tools.wash"}},
			"a kind":                {job.Search{Kind: "toys.paint"}, []string{"toys.paint"}},
			"a module":              {job.Search{Module: "dev-tools"}, []string{"dev_tools.wash", "dev_tools.wash"}},
			"part of a kind":        {job.Search{Query: "TOYS"}, []string{"toys.break", "toys.paint"}},
			"part as it stands":     {job.Search{Query: "dev%wash"}, []string{}},
			"with an underscore":    {job.Search{Query: "dev_t"}, []string{"dev_tools.wash", "dev_tools.wash"}},
			"an identifier":         {job.Search{Query: "987654321"}, []string{}},
			"states":                {job.Search{States: []job.State{job.Discarded, job.Completed}}, []string{"toys.break", "toys.paint"}},
			"those to come":         {job.Search{States: []job.State{job.Scheduled}}, []string{"dev_tools.wash"}},
			"no state":              {job.Search{States: []job.State{"'; --"}}, []string{}},
			"a platform":            {job.Search{Platforms: []tenant.PlatformID{9}}, []string{"dev_tools.wash", "toys.paint"}},
			"no platform":           {job.Search{Platforms: []tenant.PlatformID{}}, []string{}},
		} {
			if diff := cmp.Diff(c.want, kinds(t, q, c.search)); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}

		all, err := q.List(t.Context(), job.Search{})
		if err != nil {
			t.Fatal(err)
		}
		if got := kinds(t, q, job.Search{Before: all[1].ID}); !slices.Equal(got, []string{"toys.break", "toys.paint"}) {
			t.Errorf("behind the second there are %v", got)
		}
		broken, painted := all[2], all[3]
		if got := kinds(t, q, job.Search{Query: strconv.FormatInt(painted.ID, 10)}); !slices.Equal(got, []string{"toys.paint"}) {
			t.Errorf("by its identifier: %v", got)
		}
		if painted.Store != 7 || painted.Merchant != 8 || painted.Platform != 9 || painted.Attempt != 1 || painted.Args != `{"name":"a"}` || painted.Ended.IsZero() || painted.Began.IsZero() {
			t.Errorf("painted: %+v", painted)
		}
		if len(broken.Failures) != 1 || broken.Failures[0].Error != "no paint for (address) at https://paint.example/?(masked)" || broken.Failures[0].Attempt != 1 || broken.Failures[0].At.IsZero() {
			t.Errorf("broken: %+v", broken)
		}
		if all[1].Waits <= 0 || all[0].Waits != 0 {
			t.Errorf("due for %v, to come for %v", all[1].Waits, all[0].Waits)
		}
		if _, err := q.Find(t.Context(), painted.ID, []tenant.PlatformID{5}); !errors.Is(err, db.ErrNoRow) {
			t.Errorf("found from another platform: %v", err)
		}
		if got, err := q.Find(t.Context(), painted.ID, []tenant.PlatformID{9}); err != nil || got.Kind != "toys.paint" {
			t.Errorf("found %+v, %v", got, err)
		}
	})
}

func TestJobsAreCounted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		q, seen := queue(t, e), &log{}
		paint := job.Define("toys.paint", seen.work)
		enqueue(t, e, q, e.Gate.Store(7, 8, 9), paint, toy{"a"})
		drain(t, e, paint.Job())
		enqueue(t, e, q, e.Gate.Store(7, 8, 9), paint, toy{"b"})
		enqueue(t, e, q, e.Gate.Store(1, 2, 3), paint, toy{"c"})
		for platform, want := range map[tenant.PlatformID][]job.Counted{
			0: {{Kind: "toys.paint", State: job.Available, N: 2}, {Kind: "toys.paint", State: job.Completed, N: 1}},
			9: {{Kind: "toys.paint", State: job.Available, N: 1}, {Kind: "toys.paint", State: job.Completed, N: 1}},
		} {
			var of []tenant.PlatformID
			if platform != 0 {
				of = []tenant.PlatformID{platform}
			}
			got, err := q.Census(t.Context(), of)
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("of %d: %s %v", platform, diff, err)
			}
		}
	})
}

func TestJobsAreTriedAgainAndCancelled(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		q, tries := queue(t, e), 0
		fix := job.Define("toys.fix", func(context.Context, job.Run, toy) error {
			if tries++; tries == 1 {
				return errPaint
			}
			return nil
		}, job.Tries(1))
		enqueue(t, e, q, e.Gate.System(), fix, toy{"a"}, job.When{Key: "k"})
		drain(t, e, fix.Job())
		first := one(t, q)
		if first.State != job.Discarded {
			t.Fatalf("it is %s", first.State)
		}

		enqueue(t, e, q, e.Gate.System(), fix, toy{"b"}, job.When{Key: "k"})
		if err := q.Retry(t.Context(), first.ID); !errors.Is(err, job.ErrTaken) {
			t.Errorf("beside another with its key: %v", err)
		}
		second := one(t, q)
		if err := q.Cancel(t.Context(), second.ID); err != nil {
			t.Fatal(err)
		}
		if got := one(t, q); got.ID != second.ID || got.State != job.Cancelled || got.Ended.IsZero() {
			t.Errorf("cancelled: %+v", got)
		}

		if err := q.Retry(t.Context(), first.ID); err != nil {
			t.Fatal(err)
		}
		drain(t, e, fix.Job())
		got, err := q.Find(t.Context(), first.ID, nil)
		if err != nil || got.State != job.Completed || got.Attempt != 2 || tries != 2 {
			t.Errorf("after %d tries: %+v, %v", tries, got, err)
		}
		for name, do := range map[string]func(context.Context, int64) error{"retry": q.Retry, "cancel": q.Cancel} {
			if err := do(t.Context(), 987654321); !errors.Is(err, db.ErrNoRow) {
				t.Errorf("%s what is not there: %v", name, err)
			}
		}
	})
}

// one is the newest job.
func one(t *testing.T, q *job.Queue) job.Listed {
	t.Helper()
	found, err := q.List(t.Context(), job.Search{Limit: 1})
	if err != nil || len(found) != 1 {
		t.Fatalf("%d jobs, %v", len(found), err)
	}
	return found[0]
}
