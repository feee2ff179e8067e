package catalog

import (
	"strings"
	"testing"
	"time"

	"orion/kit/db"
)

// The page of an import that runs says how far it is, what is wrong so far and
// how long it takes, from what is stored: who comes back sees the same.
func TestImportShowsHowFar(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		id, err := db.Write(ctx, b.db, b.in, func(tx tx) (ImportID, error) {
			j := Transfer{ID: ImportID(tx.NewID()), File: "goods.csv", Size: 1000, Report: Report{Format: Orion}}
			return j.ID, insertImport(ctx, tx, j)
		})
		if err != nil {
			t.Fatal(err)
		}
		note := func(change func(*Transfer)) {
			j, err := b.Transfer(ctx, b.in, id)
			if err != nil {
				t.Fatal(err)
			}
			change(&j)
			if err := b.note(ctx, b.in, j); err != nil {
				t.Fatal(err)
			}
		}
		page := func() string { return get(t, b.site(t), "/store/imports/"+id.String()).Body.String() }
		if body := page(); !strings.Contains(body, "Waiting") || strings.Contains(body, "left") && strings.Contains(body, "about") {
			t.Error("says how long before it began")
		}
		note(func(j *Transfer) { j.Status, j.StartedAt = Running, b.env.Clock.Now() })
		b.env.Clock.Advance(30 * time.Second)
		note(func(j *Transfer) {
			j.Position, j.Lines, j.Created, j.Failed = 250, 40, 30, 2
			for range 30 {
				j.Problems = append(j.Problems, Problem{Line: 7, Product: "cup", Field: "price", Code: "catalog.price_wrong"})
			}
		})
		body := page()
		for _, want := range []string{"40 rows read", "32 products", "2 products left out", "about 2 minutes left", "<o-again", "cup"} {
			if !strings.Contains(body, want) {
				t.Errorf("the page lacks %q", want)
			}
		}
		if n := strings.Count(body, ">cup<"); n > firstProblems || strings.Contains(body, "problems.csv") {
			t.Errorf("%d problems while it runs", n)
		}
		note(func(j *Transfer) { j.Status, j.Position = Done, 1000 })
		if body := page(); strings.Contains(body, "<o-again") || !strings.Contains(body, "problems.csv") || strings.Contains(body, "minutes left") {
			t.Error("goes on when it is over")
		}
	})
}
