package inventory_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/page"
	"orion/modules/catalog/catalogapi"
	"orion/modules/inventory"
)

var everything = page.Request{Limit: 100}

func policy(v catalogapi.VariantID, limit int64) inventory.Policy {
	return inventory.Policy{Variant: v, Backlog: limit}
}

// What a form changes by a number it changes once, however often it is sent.
func TestAdjustOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, ctx := setup(t, e), t.Context()
		cup, jug, at := b.variant(t, 5), b.variant(t, 7), b.home(t)
		a := inventory.Adjustment{Variant: cup, Location: at, Mode: inventory.By, Quantity: -2, Reason: "broken", Key: 77}
		for i, want := range []int64{3, 3, 1, 1} {
			if i == 2 {
				a.Key = 78
			}
			if l, err := b.m.Adjust(ctx, b.in, staff, a); err != nil || l.OnHand != want {
				t.Errorf("sent %d times: %d on hand, want %d; %v", i+1, l.OnHand, want, err)
			}
		}
		many := inventory.Adjustments{At: []inventory.Spot{{Variant: jug, Location: at}, {Variant: cup, Location: at}}, Mode: inventory.By, Quantity: 4, Reason: "found", Key: 79}
		for range 3 {
			if n, err := b.m.AdjustMany(ctx, b.in, staff, many); err != nil || n != 2 {
				t.Errorf("%d, %v", n, err)
			}
		}
		for _, l := range []struct {
			v    catalogapi.VariantID
			want int64
		}{{cup, 5}, {jug, 11}} {
			if got := b.left(t, l.v)[l.v]; got != l.want {
				t.Errorf("%d left, want %d", got, l.want)
			}
		}
		b.balanced(t)
	})
}

func TestAdjust(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, ctx := setup(t, e), t.Context()
		cup := b.variant(t, 5)
		at := b.home(t)
		if err := b.reserve(ctx, b.cause(), time.Time{}, line(cup, 3)); err != nil {
			t.Fatal(err)
		}
		adjust := func(mode inventory.Mode, n int64) (inventory.Level, string) {
			l, err := b.m.Adjust(ctx, b.in, staff, inventory.Adjustment{Variant: cup, Location: at, Mode: mode, Quantity: n, Reason: "counted"})
			if err != nil {
				return l, fault.As(err).Code
			}
			return l, ""
		}
		if l, code := adjust(inventory.To, 12); l.OnHand != 12 || code != "" {
			t.Error(l, code)
		}
		if l, code := adjust(inventory.By, -8); l.OnHand != 4 || code != "" {
			t.Error(l, code)
		}
		if _, code := adjust(inventory.To, 2); code != "inventory.below_reserved" {
			t.Error("what is held was taken away:", code)
		}
		if _, code := adjust(inventory.By, -9); code != "inventory.not_on_hand" {
			t.Error(code)
		}
		if _, code := adjust("", 1); code != "inventory.invalid_adjustment" {
			t.Error(code)
		}
		_, err := b.m.Adjust(ctx, b.in, staff, inventory.Adjustment{Variant: 7, Location: at, Mode: inventory.By, Quantity: 1, Reason: "x"})
		if fault.As(err).Code != "inventory.not_kept" {
			t.Error("an unknown variant:", err)
		}
		if diff := cmp.Diff([]string{"inventory.adjust", "inventory.adjust"}, b.log.actions); diff != "" {
			t.Error(diff)
		}
		if got := b.shown.all()[cup]; got != (catalogapi.Shown{Variant: cup, Left: 1}) {
			t.Errorf("shown: %+v", got)
		}
		b.balanced(t)
	})
}

func TestShownOnlyWhenItChanges(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, ctx := setup(t, e), t.Context()
		cup := b.variant(t, 1000)
		calls := b.shown.calls
		for range 5 {
			if err := b.reserve(ctx, b.cause(), time.Time{}, line(cup, 100)); err != nil {
				t.Fatal(err)
			}
		}
		if b.shown.calls != calls {
			t.Error("the catalogue is told numbers that it does not show")
		}
		if err := b.reserve(ctx, b.cause(), time.Time{}, line(cup, 493)); err != nil {
			t.Fatal(err)
		}
		if got := b.shown.all()[cup]; got.Left != 7 {
			t.Errorf("shown: %+v", got)
		}
	})
}

func TestMoveBetweenLocations(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, ctx := setup(t, e), t.Context()
		cup := b.variant(t, 5)
		from, to := b.home(t), b.location(t, "shop", 5)
		if err := b.reserve(ctx, b.cause(), time.Time{}, line(cup, 2)); err != nil {
			t.Fatal(err)
		}
		move := func(n int64) error {
			return b.m.Move(ctx, b.in, staff, inventory.Transfer{Variant: cup, From: from, To: to, Quantity: n})
		}
		if err := move(4); fault.As(err).Code != "inventory.below_reserved" {
			t.Error("held goods were moved:", err)
		}
		if err := move(6); fault.As(err).Code != "inventory.not_on_hand" {
			t.Error(err)
		}
		if err := move(3); err != nil {
			t.Fatal(err)
		}
		if err := b.m.CloseLocation(ctx, b.in, staff, to); fault.As(err).Code != "inventory.location_in_use" {
			t.Error("a location with goods was closed:", err)
		}
		if got := b.left(t, cup)[cup]; got != 3 {
			t.Errorf("%d left", got)
		}
		b.balanced(t)
	})
}

func TestLocations(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, ctx := setup(t, e), t.Context()
		b.variant(t, 1)
		id := b.location(t, "shop", 1)
		if _, err := b.m.AddLocation(ctx, b.in, staff, inventory.Location{Code: "Shop", Name: "x"}); fault.As(err).Fields[0].Code != "form.taken" {
			t.Error(err)
		}
		if _, err := b.m.AddLocation(ctx, b.in, staff, inventory.Location{Code: "a b"}); len(fault.As(err).Fields) != 2 {
			t.Error(err)
		}
		if err := b.m.ChangeLocation(ctx, b.in, staff, inventory.Location{ID: id, Name: "The shop", Priority: 9}); err != nil {
			t.Fatal(err)
		}
		if err := b.m.CloseLocation(ctx, b.in, staff, id); err != nil {
			t.Fatal(err)
		}
		if err := b.m.CloseLocation(ctx, b.in, staff, b.home(t)); fault.As(err).Code != "inventory.last_location" {
			t.Error(err)
		}
		got, err := b.m.Locations(ctx, b.in)
		want := inventory.Location{ID: id, Code: "shop", Name: "The shop", Priority: 9}
		if err != nil || len(got) != 2 || got[1] != want {
			t.Errorf("%+v %v", got, err)
		}
		if err := b.m.OpenLocation(ctx, b.in, staff, id); err != nil {
			t.Error(err)
		}
	})
}

func TestLists(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, ctx := setup(t, e), t.Context()
		var ids []catalogapi.VariantID
		for i := range 7 {
			ids = append(ids, b.variant(t, int64(i)))
		}
		read := func(f inventory.StockFilter, p page.Request) page.Page[inventory.Level] {
			out, err := db.Read(ctx, b.DB, b.in, func(tx tx) (page.Page[inventory.Level], error) { return b.m.StockPage(ctx, tx, f, p) })
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		first := read(inventory.StockFilter{}, page.Request{Limit: 4})
		second := read(inventory.StockFilter{}, page.Request{Limit: 4, After: first.Next})
		if len(first.Items) != 4 || len(second.Items) != 3 || second.Next != "" || second.Items[2].Variant != ids[0] {
			t.Errorf("%+v\n%+v", first, second)
		}
		if got := read(inventory.StockFilter{LowOnly: true, Location: b.home(t)}, everything); len(got.Items) != 4 {
			t.Errorf("%d levels are low", len(got.Items))
		}
		moves, err := db.Read(ctx, b.DB, b.in, func(tx tx) (page.Page[inventory.Movement], error) {
			return b.m.Movements(ctx, tx, inventory.MovementFilter{Variant: ids[6], Kind: inventory.Opened}, page.Request{})
		})
		if err != nil || len(moves.Items) != 1 || moves.Items[0].OnHandAfter != 6 || !moves.Items[0].At.Equal(dbtest.Start) {
			t.Errorf("%+v %v", moves, err)
		}
	})
}

// The first goods of a new store come from several jobs at once.
func TestFirstLocationIsMadeOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				o := catalogapi.Opening{Variant: catalogapi.VariantID(b.DB.IDs().Next()), Stock: 1, Tracked: true}
				err := db.Do(t.Context(), b.DB, b.in, func(tx tx) error { return b.m.OpenStock(t.Context(), tx, []catalogapi.Opening{o}) })
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if ls, err := b.m.Locations(t.Context(), b.in); err != nil || len(ls) != 1 {
			t.Errorf("%d locations, %v", len(ls), err)
		}
	})
}
