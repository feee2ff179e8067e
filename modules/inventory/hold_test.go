package inventory_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/modules/inventory"
	"orion/modules/inventory/inventoryapi"
)

func (b *bundle) levels(t *testing.T) []inventory.Level {
	t.Helper()
	out, err := db.Read(t.Context(), b.DB, b.in, func(tx tx) ([]inventory.Level, error) {
		p, err := b.m.StockPage(t.Context(), tx, inventory.StockFilter{}, everything)
		return p.Items, err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestKeepAndRelease(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, ctx := setup(t, e), t.Context()
		cup, c := b.variant(t, 5), b.cause()
		if err := b.reserve(ctx, c, e.Clock.Now().Add(time.Hour), line(cup, 4)); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if ok, err := b.keep(ctx, c); !ok || err != nil {
				t.Error("a running hold is not kept", err)
			}
		}
		e.Clock.Advance(2 * time.Hour)
		if n, err := b.m.Sweep(ctx, b.in); n != 0 || err != nil {
			t.Errorf("a kept hold ended: %d %v", n, err)
		}
		for range 2 { // releasing twice is harmless
			if err := b.release(ctx, c); err != nil {
				t.Fatal(err)
			}
		}
		if got := b.left(t, cup)[cup]; got != 5 {
			t.Errorf("%d left", got)
		}
		if ok, err := b.keep(ctx, c); ok || err != nil {
			t.Error("a released hold is kept", err)
		}
		if err := b.reserve(ctx, c, time.Time{}, line(cup, 1)); err != nil {
			t.Error("the cause cannot reserve anew:", err)
		}
		b.balanced(t)
	})
}

func TestExpiry(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, ctx := setup(t, e), t.Context()
		cup, c := b.variant(t, 5), b.cause()
		if err := b.reserve(ctx, c, e.Clock.Now().Add(time.Hour), line(cup, 5)); err != nil {
			t.Fatal(err)
		}
		if n, err := b.m.Sweep(ctx, b.in); n != 0 || err != nil {
			t.Errorf("ended before its time: %d %v", n, err)
		}
		e.Clock.Advance(61 * time.Minute)
		if err := b.reserve(ctx, b.cause(), time.Time{}, line(cup, 1)); err != nil {
			t.Error("nobody swept, and the next buyer goes without:", err)
		}
		if ok, err := b.keep(ctx, c); ok || err != nil {
			t.Error("an ended hold is kept", err)
		}
		if n, err := b.m.Sweep(ctx, b.in); n != 0 || err != nil {
			t.Errorf("ended twice: %d %v", n, err)
		}
		if got := b.left(t, cup)[cup]; got != 4 {
			t.Errorf("%d left", got)
		}
		b.balanced(t)
	})
}

func TestExpireAgainstKeep(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, ctx := setup(t, e), t.Context()
		cup := b.variant(t, 40)
		var causes []inventoryapi.Cause
		for range 20 {
			c := b.cause()
			causes = append(causes, c)
			if err := b.reserve(ctx, c, e.Clock.Now().Add(time.Minute), line(cup, 2)); err != nil {
				t.Fatal(err)
			}
		}
		e.Clock.Advance(time.Hour)
		var kept, ended int
		var wg sync.WaitGroup
		wg.Go(func() {
			for _, c := range causes {
				ok, err := b.keep(ctx, c)
				if err != nil {
					t.Error(err)
				}
				if ok {
					kept++
				}
			}
		})
		wg.Go(func() {
			for range 4 {
				n, err := b.m.Sweep(ctx, b.in)
				if err != nil {
					t.Error(err)
				}
				ended += n
			}
		})
		wg.Wait()
		n, err := b.m.Sweep(ctx, b.in)
		if ended += n; err != nil || kept+ended != len(causes) {
			t.Errorf("%d kept and %d ended of %d, %v", kept, ended, len(causes), err)
		}
		if got := b.left(t, cup)[cup]; got != int64(2*ended) {
			t.Errorf("%d left, %d holds ended", got, ended)
		}
		b.balanced(t)
	})
}

func TestShipAndRestock(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, ctx := setup(t, e), t.Context()
		cup, c := b.variant(t, 5), b.cause()
		if err := b.ship(ctx, c, line(cup, 1)); fault.As(err).Code != "inventory.not_held" {
			t.Errorf("shipping without a hold: %v", err)
		}
		if err := b.reserve(ctx, c, time.Time{}, line(cup, 3)); err != nil {
			t.Fatal(err)
		}
		if err := b.ship(ctx, c, line(cup, 4)); fault.As(err).Code != "inventory.not_held" {
			t.Errorf("shipping more than held: %v", err)
		}
		if err := errors.Join(b.ship(ctx, c, line(cup, 2)), b.release(ctx, c)); err != nil {
			t.Fatal(err)
		}
		if got := b.left(t, cup)[cup]; got != 3 {
			t.Errorf("%d left of 5 after 2 went", got)
		}
		if err := b.restock(ctx, c, line(cup, 3)); fault.As(err).Code != "inventory.not_shipped" {
			t.Errorf("more comes back than went: %v", err)
		}
		if err := b.restock(ctx, c, line(cup, 1)); err != nil {
			t.Fatal(err)
		}
		if err := b.restock(ctx, c, line(cup, 2)); fault.As(err).Code != "inventory.not_shipped" {
			t.Errorf("it comes back twice: %v", err)
		}
		if got := b.left(t, cup)[cup]; got != 4 {
			t.Errorf("%d left", got)
		}
		b.balanced(t)
	})
}
