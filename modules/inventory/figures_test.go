package inventory_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/figure"
	"orion/kit/i18n"
	"orion/kit/slot"
	"orion/kit/ui"
	"orion/modules/catalog/catalogapi"
	"orion/modules/inventory"
)

type figureChange = figure.Change[catalogapi.ProductID, catalogapi.VariantID]

// keeper is what the sheet of somebody with these permissions is given.
func (b *bundle) keeper(t *testing.T, codes ...string) figure.Keeper[catalogapi.ProductID, catalogapi.VariantID] {
	t.Helper()
	words, err := i18n.Load(ui.Files, inventory.Files)
	if err != nil {
		t.Fatal(err)
	}
	hub := slot.NewHub(nil)
	hub.Add(b.m.Definition().Fills...)
	all := slot.Collect(t.Context(), hub, catalogapi.Figures, figure.Reader{In: b.in, Grants: auth.Granted(codes...), Words: words.In(i18n.En)}, nil)
	if len(all) != 1 {
		t.Fatalf("%d keepers", len(all))
	}
	return all[0]
}

func TestCountInSheet(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, ctx := setup(t, e), t.Context()
		cup, mug := b.variant(t, 5), b.variant(t, 8)
		card := b.open(t, catalogapi.Opening{Digital: true})
		here, there := b.home(t).String(), b.location(t, "annexe", 9).String()
		if k := b.keeper(t, "inventory.view"); len(k.Columns()) != 0 {
			t.Errorf("who may not count is shown %v", k.Columns())
		}
		k := b.keeper(t, "inventory.adjust")
		if len(k.Columns()) != 2 || k.Columns()[1].Label != "Stock · annexe" {
			t.Errorf("columns %v", k.Columns())
		}
		read := func() map[catalogapi.VariantID]map[string]int64 {
			out, err := db.Read(ctx, b.DB, b.in, func(tx tx) (map[catalogapi.VariantID]map[string]int64, error) {
				return k.Read(ctx, tx, []catalogapi.VariantID{cup, mug, card})
			})
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		if diff := cmp.Diff(map[catalogapi.VariantID]map[string]int64{cup: {here: 5, there: 0}, mug: {here: 8, there: 0}}, read()); diff != "" {
			t.Error(diff)
		}
		if err := b.reserve(ctx, b.cause(), time.Time{}, line(mug, 3)); err != nil {
			t.Fatal(err)
		}
		set := func(all ...figureChange) (refused map[catalogapi.VariantID]string) {
			refused = map[catalogapi.VariantID]string{}
			b.do(t, func(tx tx) error {
				clear(refused)
				no, err := k.Set(ctx, tx, staff, all)
				for _, r := range no {
					refused[r.Part] = r.Why.Code
				}
				return err
			})
			return refused
		}
		change := func(p catalogapi.ProductID, v catalogapi.VariantID, at string, from, to int64) figureChange {
			return figureChange{Whole: p, Part: v, Code: at, From: from, To: to}
		}
		no := set(change(1, cup, here, 5, 12), change(1, cup, there, 0, 4), change(2, mug, here, 8, 2), change(2, mug, there, 0, 6), change(3, card, here, 0, 1))
		if diff := cmp.Diff(map[catalogapi.VariantID]string{mug: "inventory.below_reserved", card: "inventory.not_kept"}, no); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(map[catalogapi.VariantID]map[string]int64{cup: {here: 12, there: 4}, mug: {here: 8, there: 0}}, read()); diff != "" {
			t.Errorf("all or nothing of a product:\n%s", diff)
		}
		if no := set(change(1, cup, here, 5, 9)); no[cup] != "inventory.moved_meanwhile" {
			t.Errorf("counted from an old number: %v", no)
		}
		if s := b.shown.stock[cup]; s.Left != catalogapi.Plenty {
			t.Errorf("the shop shows %+v", s)
		}
		if bad, err := b.m.Check(ctx, b.in); err != nil || len(bad) != 0 {
			t.Errorf("levels that differ from their movements: %v, %v", bad, err)
		}
		many := make([]figureChange, 300)
		for i := range many {
			many[i] = change(catalogapi.ProductID(i+1), b.variant(t, 1), here, 1, 20)
		}
		counted, n := db.WithCounter(ctx)
		if err := db.Do(counted, b.DB, b.in, func(tx tx) error { _, err := k.Set(counted, tx, staff, many); return err }); err != nil || n.N() > 5 {
			t.Errorf("300 counts take %d statements, %v", n.N(), err)
		}
	})
}
