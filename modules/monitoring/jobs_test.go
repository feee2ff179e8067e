package monitoring

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/job"
	"orion/kit/page"
	"orion/kit/tenant"
)

func TestJobsWithinReach(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		near, far, all := asks(t, w, w.here, "a"), asks(t, w, w.there, "b"), asks(t, w, w.Gate.System(), "c")
		list := func(r Reach, f JobFilter) (ids []int64, next string) {
			t.Helper()
			ctx, n := db.WithCounter(t.Context())
			found, err := w.Jobs(ctx, r, f)
			if err != nil {
				t.Fatal(err)
			}
			if n.N() > 1 {
				t.Errorf("a page takes %d statements", n.N())
			}
			ids = []int64{}
			for _, l := range found.Items {
				ids = append(ids, l.ID)
			}
			return ids, found.Next
		}
		for name, c := range map[string]struct {
			reach  Reach
			filter JobFilter
			want   []int64
		}{
			"everywhere":               {nil, JobFilter{}, []int64{all, far, near}},
			"on one platform":          {w.onlyHere, JobFilter{}, []int64{near}},
			"on no platform":           {Reach{}, JobFilter{}, []int64{}},
			"a platform":               {nil, JobFilter{Platform: 32}, []int64{far}},
			"a platform out of reach":  {w.onlyHere, JobFilter{Platform: 32}, []int64{}},
			"a state":                  {nil, JobFilter{State: job.Completed}, []int64{}},
			"a module":                 {nil, JobFilter{Module: "toys"}, []int64{all, far, near}},
			"a kind that there is not": {nil, JobFilter{Kind: "toys.wash"}, []int64{}},
		} {
			if got, _ := list(c.reach, c.filter); !cmp.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
		first, next := list(nil, JobFilter{Request: page.Request{Limit: 2}})
		rest, end := list(nil, JobFilter{Request: page.Request{Limit: 2, After: next}})
		if diff := cmp.Diff([]int64{all, far, near}, append(first, rest...)); diff != "" || end != "" {
			t.Errorf("by pages: %s and then %q", diff, end)
		}

		for name, id := range map[string]int64{"of another platform": far, "of the program": all, "that there is not": 1 << 40} {
			if _, err := w.Job(t.Context(), w.onlyHere, id); !errors.Is(err, db.ErrNoRow) {
				t.Errorf("a job %s: %v", name, err)
			}
			if err := w.Do(t.Context(), w.onlyHere, operator, Cancel, id); !errors.Is(err, db.ErrNoRow) {
				t.Errorf("cancels a job %s: %v", name, err)
			}
		}
		if n, err := w.DoAll(t.Context(), w.onlyHere, operator, Cancel, []int64{near, far, all}); n != 1 || err != nil {
			t.Errorf("cancelled %d, %v", n, err)
		}
		counted, err := w.Census(t.Context(), w.onlyHere)
		if diff := cmp.Diff([]job.Counted{{Kind: "toys.paint", State: job.Cancelled, N: 1}}, counted); diff != "" || err != nil {
			t.Error(diff, err)
		}
	})
}

func TestJobsAreRetriedAndCancelled(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.broken = true
		id := asks(t, w, w.here, "a")
		do := func(a Act, want *fault.Error) {
			t.Helper()
			err := w.Do(t.Context(), nil, operator, a, id)
			if want == nil && err != nil || want != nil && !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", a, err, want)
			}
		}
		is := func(want job.State) {
			t.Helper()
			if l, err := w.Job(t.Context(), nil, id); err != nil || l.State != want {
				t.Errorf("it is %s, %v, want %s", l.State, err, want)
			}
		}
		do(Retry, errDue)
		w.works(t)
		is(job.Discarded)
		do(Cancel, errOver)
		do(Retry, nil)
		is(job.Available)
		do(Cancel, nil)
		is(job.Cancelled)
		do(Retry, nil)
		w.broken = false
		w.works(t)
		is(job.Completed)
		p := tenant.PlatformID(31).String()
		want := []string{
			p + " Lena monitoring.job_retried toys.paint", p + " Lena monitoring.job_cancelled toys.paint", p + " Lena monitoring.job_retried toys.paint",
		}
		if diff := cmp.Diff(want, w.ledger.entries); diff != "" {
			t.Error(diff)
		}
	})
}

func TestShown(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"":                               "",
		`{"n":12,"on":true,"none":null}`: "{\n  \"n\": 12,\n  \"none\": null,\n  \"on\": true\n}",
		`["ord_0123456789abc","1234567890123456789","2026-03-01T10:00:00Z",""]`:                      "[\n  \"ord_0123456789abc\",\n  \"1234567890123456789\",\n  \"2026-03-01T10:00:00Z\",\n  \"\"\n]",
		`{"to":{"name":"Léa","mail":"lea@example.lu","phone":"+352621000000","tel":"352621000000"}}`: "{\n  \"to\": {\n    \"mail\": \"(hidden)\",\n    \"name\": \"(hidden)\",\n    \"phone\": \"(hidden)\",\n    \"tel\": \"(hidden)\"\n  }\n}",
		"not JSON of Léa": "(hidden)",
	} {
		if diff := cmp.Diff(want, shown(args)); diff != "" {
			t.Errorf("%s: %s", args, diff)
		}
	}
}
