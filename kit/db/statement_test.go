package db_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/tenant"
)

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	cases := map[string]func(){
		"does not use :store_id": func() { db.Must[tenant.Store](files, "leak") },
		"-- scope: system":       func() { db.Must[tenant.System](files, "leak") },
		"loaded as a tenant's":   func() { db.Must[tenant.Store](files, "everybody") },
		"no block":               func() { db.Must[tenant.Store](files, "nothing") },
		":merchant_id":           func() { db.Must[tenant.Merchant](files, "find_box") },
		"-- where":               func() { db.MustList[tenant.Store](files, "find_box") },
	}
	for want, load := range cases {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			defer func() {
				if got := fmt.Sprint(recover()); !strings.Contains(got, want) {
					t.Errorf("panic %q, want one about %q", got, want)
				}
			}()
			load()
		})
	}
}

func TestArgsAreChecked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, store := t.Context(), e.Store()
		for _, a := range []db.Args{nil, {"id": 1, "more": 2}, {"id": 1, "store_id": 9}} {
			err := db.Do(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) error {
				_, err := db.One(ctx, tx, findBox, a, scanBox)
				return err
			})
			if err == nil || errors.Is(err, db.ErrNoRow) {
				t.Errorf("args %v were taken: %v", a, err)
			}
		}
	})
}

// Text that PostgreSQL would not keep is refused on both databases alike, as the
// sender's fault.
func TestTextIsText(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		for _, text := range []string{"a\x00b", "\xff"} {
			err := db.Do(t.Context(), e.DB, e.Store(), func(tx *db.Tx[tenant.Store]) error {
				_, err := db.Exec(t.Context(), tx, insertBox, db.Args{"id": 1, "name": text, "stock": 1, "made_at": nil, "tags": db.JSON([]string{})})
				return err
			})
			if !errors.Is(err, db.ErrText) {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
}

func TestLists(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, store, other := t.Context(), e.Store(), e.Store()
		for i, name := range []string{"Ball", "Bat", "100%_fun", "Kite"} {
			if err := errors.Join(
				insert(ctx, e, store, box{ID: int64(i + 1), Name: name, Stock: int64(i)}),
				insert(ctx, e, other, box{ID: int64(i + 1), Name: name, Stock: int64(i)})); err != nil {
				t.Fatal(err)
			}
		}
		names := func(f db.Filter) string {
			t.Helper()
			rows, err := db.Read(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) ([]box, error) {
				return db.List(ctx, tx, listBoxes, f, scanBox)
			})
			if err != nil {
				t.Error(err)
			}
			var out []string
			for _, b := range rows {
				out = append(out, b.Name)
			}
			return strings.Join(out, " ")
		}
		order := []string{"id"}
		for _, c := range []struct {
			want  string
			where []db.Cond
		}{
			{"Ball Bat 100%_fun Kite", nil},
			{"Ball Bat", []db.Cond{db.Contains("name", "BA")}},
			{"100%_fun", []db.Cond{db.Contains("name", "%_")}},
			{"100%_fun", []db.Cond{db.Has("name", "%_")}},
			{"Ball Bat", []db.Cond{db.Has("name", "Ba")}},
			{"Ball", []db.Cond{db.Has("name", "Ba"), db.Has("name", "ll")}},
			{"Ball Bat", []db.Cond{db.Holds("name", "Ba")}},
			{"", []db.Cond{db.Holds("name", "ba")}},
			{"100%_fun Kite", []db.Cond{db.Ge("stock", 2)}},
			{"Bat 100%_fun", []db.Cond{db.Gt("stock", 0), db.Lt("stock", 3)}},
			{"Ball Kite", []db.Cond{db.In("id", 1, 4, 99)}},
			{"", []db.Cond{db.In[int]("id")}},
			{"Ball Kite", []db.Cond{db.Any(db.Eq("name", "Ball"), db.Eq("stock", 3))}},
			{"100%_fun Kite", []db.Cond{db.After(false, []string{"stock", "id"}, []any{1, 2})}},
		} {
			if got := names(db.Filter{Where: c.where, Order: order}); got != c.want {
				t.Errorf("%v: got %q, want %q", c.where, got, c.want)
			}
		}
		if got := names(db.Filter{Order: []string{"stock DESC", "id DESC"}, Limit: 2}); got != "Kite 100%_fun" {
			t.Errorf("sorted: %q", got)
		}
		_, err := db.Read(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) ([]box, error) {
			return db.List(ctx, tx, listBoxes, db.Filter{Order: []string{"id; DROP TABLE toys_boxes"}}, scanBox)
		})
		if err == nil {
			t.Error("an unknown column was taken")
		}
		got, err := db.Read(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) ([]box, error) {
			return db.All(ctx, tx, boxesByID, db.Args{"ids": []int64{2, 4}}, scanBox)
		})
		if err != nil || len(got) != 2 || got[0].Name != "Bat" || got[1].Name != "Kite" {
			t.Errorf("by ids: %v, %v", got, err)
		}
	})
}

func TestCounter(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, counter := db.WithCounter(t.Context())
		_, _ = find(ctx, e, e.Store(), 1)
		_, _ = find(ctx, e, e.Store(), 1)
		if counter.N() != 2 {
			t.Errorf("counted %d statements, want 2", counter.N())
		}
	})
}

// A block that is loaded twice stands once among the statements, which are metrics
// by their names.
func TestBlocksHaveOneMeter(t *testing.T) {
	t.Parallel()
	again := db.Must[tenant.Store](files, "find_box")
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		_, _ = find(t.Context(), e, e.Store(), 1)
		_, _ = db.Read(t.Context(), e.DB, e.Store(), func(tx *db.Tx[tenant.Store]) (box, error) {
			return db.One(t.Context(), tx, again, db.Args{"id": 1}, scanBox)
		})
		ran := slices.DeleteFunc(db.Statements(), func(r db.Ran) bool { return r.Name != "find_box" })
		if len(ran) != 1 || ran[0].Calls < 2 {
			t.Errorf("the block stands as %+v", ran)
		}
	})
}
