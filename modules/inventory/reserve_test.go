package inventory_test

import (
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/modules/catalog/catalogapi"
	"orion/modules/inventory/inventoryapi"
)

func TestReserve(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, ctx := setup(t, e), t.Context()
		cup, pot := b.variant(t, 5), b.variant(t, 2)
		digital := b.open(t, catalogapi.Opening{Digital: true, Tracked: true})

		c := b.cause()
		if err := b.reserve(ctx, c, time.Time{}, line(cup, 2), line(pot, 1), line(cup, 1), line(digital, 9)); err != nil {
			t.Fatal(err)
		}
		want := map[catalogapi.VariantID]int64{cup: 2, pot: 1}
		if diff := cmp.Diff(want, b.left(t, cup, pot, digital)); diff != "" {
			t.Error(diff)
		}
		if err := b.reserve(ctx, c, time.Time{}, line(pot, 1)); fault.As(err).Code != "inventory.already_reserved" {
			t.Errorf("a second hold of one cause: %v", err)
		}
		b.balanced(t)
	})
}

func TestReserveIsAllOrNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, ctx := setup(t, e), t.Context()
		cup, pot, unknown := b.variant(t, 5), b.variant(t, 2), catalogapi.VariantID(99)

		err := b.reserve(ctx, b.cause(), time.Time{}, line(cup, 2), line(pot, 1), line(pot, 2), line(unknown, 1))
		if !errors.Is(err, inventoryapi.ErrShort) {
			t.Fatal(err)
		}
		want := []inventoryapi.Shortage{{Variant: unknown, Wanted: 1}, {Variant: pot, Wanted: 3, Left: 2}}
		if diff := cmp.Diff(want, fault.As(err).Args["short"]); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(map[catalogapi.VariantID]int64{cup: 5, pot: 2, unknown: 0}, b.left(t, cup, pot, unknown)); diff != "" {
			t.Error(diff)
		}
		for _, n := range []int64{0, -1, 1 << 40} {
			if err := b.reserve(ctx, b.cause(), time.Time{}, line(cup, n)); fault.As(err).Code != "inventory.bad_quantity" {
				t.Errorf("%d: %v", n, err)
			}
		}
		b.balanced(t)
	})
}

func TestReserveStatements(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		cup, pot, pan := b.variant(t, 50), b.variant(t, 50), b.variant(t, 50)
		ctx, n := db.WithCounter(t.Context())
		if err := b.reserve(ctx, b.cause(), time.Time{}, line(cup, 1), line(pot, 1), line(pan, 1)); err != nil {
			t.Fatal(err)
		}
		if n.N() != 4 {
			t.Errorf("%d statements, however long the cart: want 4", n.N())
		}
	})
}

func TestManyBuyersSellExactlyWhatIsThere(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		const buyers, units, workers = 500, 50, 64
		b, ctx := setup(t, e), t.Context()
		cup := b.variant(t, units)
		var sold, short atomic.Int64
		parallel(workers, buyers, func(i int) {
			c := inventoryapi.Cause{Kind: "order", ID: int64(i + 1)}
			switch err := b.reserve(ctx, c, time.Time{}, line(cup, 1)); {
			case err == nil:
				sold.Add(1)
			case errors.Is(err, inventoryapi.ErrShort):
				short.Add(1)
			default:
				t.Error(err)
			}
		})
		if sold.Load() != units || short.Load() != buyers-units {
			t.Errorf("%d sold, %d turned away", sold.Load(), short.Load())
		}
		if got := b.shown.all()[cup]; got != (catalogapi.Shown{Variant: cup}) {
			t.Errorf("shown: %+v", got)
		}
		b.balanced(t)
	})
}

func TestMixedCartsDoNotDeadlock(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, ctx := setup(t, e), t.Context()
		var ids []catalogapi.VariantID
		for range 6 {
			ids = append(ids, b.variant(t, 40))
		}
		second := b.location(t, "second", 5)
		for _, v := range ids[:3] {
			b.receive(t, second, v, 20)
		}
		var held atomic.Int64
		parallel(16, 160, func(i int) {
			r := rand.New(rand.NewPCG(1, uint64(i)))
			c := inventoryapi.Cause{Kind: "order", ID: int64(i + 1)}
			var cart []inventoryapi.Line
			for _, at := range r.Perm(len(ids))[:4] {
				cart = append(cart, line(ids[at], 1+r.Int64N(3)))
			}
			err := b.reserve(ctx, c, time.Time{}, cart...)
			switch {
			case err == nil && i%3 == 0:
				err = b.ship(ctx, c, cart...)
			case err == nil && i%3 == 1:
				err = b.release(ctx, c)
			case err == nil:
				held.Add(1)
			case errors.Is(err, inventoryapi.ErrShort):
				err = nil
			}
			if err != nil {
				t.Error(err)
			}
		})
		if held.Load() == 0 {
			t.Error("nobody got anything")
		}
		b.balanced(t)
	})
}

func parallel(workers, n int, fn func(i int)) {
	var wg sync.WaitGroup
	var next atomic.Int64
	for range workers {
		wg.Go(func() {
			for i := next.Add(1); i <= int64(n); i = next.Add(1) {
				fn(int(i - 1))
			}
		})
	}
	wg.Wait()
}

func TestSplit(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, ctx := setup(t, e), t.Context()
		cup := b.variant(t, 3)
		first, second := b.home(t), b.location(t, "second", 5)
		b.receive(t, second, cup, 5)

		one, two, three := b.cause(), b.cause(), b.cause()
		for _, r := range []struct {
			c inventoryapi.Cause
			n int64
		}{{one, 2}, {two, 4}, {three, 2}} {
			if err := b.reserve(ctx, r.c, time.Time{}, line(cup, r.n)); err != nil {
				t.Fatal(err)
			}
		}
		got := map[string]int64{}
		for _, l := range b.levels(t) {
			if l.Location == first {
				got["first"] = l.Reserved
			}
			if l.Location == second {
				got["second"] = l.Reserved
			}
		}
		// 2 of the first; 4 of the second, which alone has all; 2 that nobody has together.
		if diff := cmp.Diff(map[string]int64{"first": 3, "second": 5}, got); diff != "" {
			t.Error(diff)
		}
		b.balanced(t)
	})
}

func TestBackorder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, ctx := setup(t, e), t.Context()
		cup := b.variant(t, 1)
		if err := b.m.SetPolicy(ctx, b.in, staff, policy(cup, 2)); err != nil {
			t.Fatal(err)
		}
		c := b.cause()
		if err := b.reserve(ctx, c, time.Time{}, line(cup, 3)); err != nil {
			t.Fatal(err)
		}
		if err := b.reserve(ctx, b.cause(), time.Time{}, line(cup, 1)); !errors.Is(err, inventoryapi.ErrShort) {
			t.Error(err)
		}
		if err := b.m.SetPolicy(ctx, b.in, staff, policy(cup, 1)); fault.As(err).Kind != fault.Invalid {
			t.Errorf("a limit below what is promised: %v", err)
		}
		if err := b.ship(ctx, c, line(cup, 3)); fault.As(err).Code != "inventory.not_on_hand" {
			t.Errorf("shipping what is not there: %v", err)
		}
		b.receive(t, b.home(t), cup, 2)
		if err := b.ship(ctx, c, line(cup, 3)); err != nil {
			t.Error(err)
		}
		endless := b.open(t, catalogapi.Opening{Tracked: true})
		if err := b.reserve(ctx, b.cause(), time.Time{}, line(endless, 1000)); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(map[catalogapi.VariantID]int64{cup: 2}, b.left(t, cup, endless)); diff != "" {
			t.Error(diff)
		}
		b.balanced(t)
	})
}
