package customers_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/dbtest"
	"orion/kit/page"
	"orion/modules/customers"
)

func TestDecisions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		all, some := []string{"preferences", "statistics"}, []string{"preferences"}
		for _, d := range []customers.Decision{
			{Visitor: "ada", Version: 1, Allowed: all},
			{Visitor: "bob", Version: 1, Refused: all},
			{Visitor: "ada", Version: 1, Allowed: some, Refused: []string{"statistics"}},
		} {
			if err := b.m.Decide(t.Context(), b.in, d); err != nil {
				t.Fatal(err)
			}
			e.Clock.Advance(time.Hour)
		}
		first, err := b.m.Decisions(t.Context(), b.in, page.Request{Limit: 2})
		if err != nil {
			t.Fatal(err)
		}
		second, err := b.m.Decisions(t.Context(), b.in, page.Request{Limit: 2, After: first.Next})
		if err != nil {
			t.Fatal(err)
		}
		if len(first.Items) != 2 || len(second.Items) != 1 || first.Items[0].Answer() != "some" || second.Items[0].Visitor != "ada" || !cmp.Equal(second.Items[0].Allowed, all) {
			t.Errorf("log %+v, then %+v", first, second)
		}
		counts, err := b.m.Answers(t.Context(), b.in, 30)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(map[string]int64{"all": 1, "none": 1, "some": 1}, counts); d != "" {
			t.Error(d)
		}
		if other, err := b.m.Answers(t.Context(), e.Store(), 30); err != nil || len(other) != 0 {
			t.Errorf("another store has %v, %v", other, err)
		}

		var file bytes.Buffer
		if err := b.m.WriteDecisions(t.Context(), b.in, &file); err != nil {
			t.Fatal(err)
		}
		if lines := bytes.Count(file.Bytes(), []byte("\n")); lines != 4 || !bytes.Contains(file.Bytes(), []byte(",ada,1,preferences,statistics\n")) {
			t.Errorf("file of %d lines:\n%s", lines, file.String())
		}
		e.Clock.Advance(40 * 24 * time.Hour)
		if old, err := b.m.Answers(t.Context(), b.in, 30); err != nil || len(old) != 0 {
			t.Errorf("after 40 days %v, %v", old, err)
		}
	})
}
