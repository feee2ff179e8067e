package orders

import (
	"errors"
	"sync"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/dbtest"
)

func TestParallelAddsSumUp(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		w.stock.Put(w.mug.Variant, 1000)
		v := w.filled(t, w.mug)
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				if _, err := w.Add(t.Context(), w.in, v, Pick{Variant: w.mug.Variant, Quantity: 2}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if c, err := w.Cart(t.Context(), w.in, v); err != nil || c.Count() != 101 || len(c.Items) != 1 {
			t.Errorf("%d pieces, %v", c.Count(), err)
		}
		if n, err := w.Count(t.Context(), w.in, v.Holder); err != nil || n != 101 {
			t.Errorf("counted %d, %v", n, err)
		}
	})
}

func TestCartHoldsWhatCanBeHad(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		few := w.mug
		few.MinQty, few.MaxQty = 2, 4
		w.catalog.Put(few)
		v := w.filled(t, few)
		add := func(n int64) error {
			_, err := w.Add(t.Context(), w.in, v, Pick{Variant: few.Variant, Quantity: n})
			return err
		}
		if c, _ := w.Cart(t.Context(), w.in, v); c.Count() != 2 {
			t.Errorf("one became %d, the smallest quantity is 2", c.Count())
		}
		if err := add(3); !errors.Is(err, errTooMany) {
			t.Errorf("five of at most four: %v", err)
		}
		w.stock.Put(few.Variant, 3)
		if err := add(2); !errors.Is(err, errOnlyLeft) {
			t.Errorf("four of three: %v", err)
		}
		w.stock.Put(few.Variant, 0)
		if err := add(1); !errors.Is(err, errSoldOut) {
			t.Errorf("one of none: %v", err)
		}
		w.catalog.Remove(few.Variant)
		if err := add(1); !errors.Is(err, errNotSold) {
			t.Errorf("what is not sold: %v", err)
		}
		for _, n := range []int64{0, -1, maxQuantity + 1} {
			if err := add(n); !errors.Is(err, errQuantity) {
				t.Errorf("%d: %v", n, err)
			}
		}
	})
}

func TestCartTellsWhatChanged(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		v := w.filled(t, w.mug)
		set := func(n int64) error { return w.Set(t.Context(), w.in, v, Pick{Variant: w.mug.Variant, Quantity: n}) }
		if err := set(4); err != nil {
			t.Fatal(err)
		}
		change := func() Change {
			c, err := w.Cart(t.Context(), w.in, v)
			if err != nil || len(c.Items) != 1 {
				t.Fatal(len(c.Items), err)
			}
			return c.Items[0].Change()
		}
		dear := w.mug
		dear.Unit = eur(2600)
		w.catalog.Put(dear)
		if got := change(); got != PriceChanged {
			t.Errorf("%q", got)
		}
		if err := set(4); err != nil || change() != Same {
			t.Errorf("seen again: %q, %v", change(), err)
		}
		w.stock.Put(w.mug.Variant, 3)
		if got := change(); got != OnlyLeft {
			t.Errorf("%q", got)
		}
		w.stock.Put(w.mug.Variant, 0)
		if got := change(); got != SoldOut {
			t.Errorf("%q", got)
		}
		w.catalog.Remove(w.mug.Variant)
		if got := change(); got != Gone {
			t.Errorf("%q", got)
		}
		if err := set(0); err != nil {
			t.Fatal(err)
		}
		if c, err := w.Cart(t.Context(), w.in, v); err != nil || len(c.Items) != 0 {
			t.Errorf("%d items after taking it out, %v", len(c.Items), err)
		}
	})
}

func TestCartIsMergedAtSignIn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		lea := auth.CustomerID(e.DB.IDs().Next())
		first := w.filled(t, w.mug)
		first.Customer = lea
		if c, err := w.Cart(t.Context(), w.in, first); err != nil || c.Count() != 1 || c.Customer != lea {
			t.Fatalf("the first cart becomes hers: %+v, %v", c, err)
		}
		second := w.filled(t, w.mug, w.oil)
		second.Customer = lea
		c, err := w.Cart(t.Context(), w.in, second)
		if err != nil || c.Count() != 3 || len(c.Items) != 2 {
			t.Errorf("%d pieces in %d lines, %v", c.Count(), len(c.Items), err)
		}
		stolen := first
		stolen.Customer = 0
		if c, err := w.Cart(t.Context(), w.in, stolen); err != nil || len(c.Items) != 0 {
			t.Errorf("the old token still opens %d lines, %v", len(c.Items), err)
		}
		home := w.visit("")
		home.Customer = lea
		if c, err := w.Cart(t.Context(), w.in, home); err != nil || c.Count() != 3 {
			t.Errorf("on another device: %d, %v", c.Count(), err)
		}
	})
}

func TestForeignTokensOpenNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		v := w.filled(t, w.mug)
		forged := v
		forged.Token = v.Token[:len(v.Token)-1] + "!"
		for _, token := range []string{"", "x", ".", "crt_", forged.Token} {
			if c, err := w.Cart(t.Context(), w.in, w.visit(token)); err != nil || len(c.Items) != 0 {
				t.Errorf("%q opens %d lines, %v", token, len(c.Items), err)
			}
		}
		if c, err := w.Cart(t.Context(), e.Store(), v); err != nil || len(c.Items) != 0 {
			t.Errorf("another store sees %d lines, %v", len(c.Items), err)
		}
	})
}

func TestAddTakesFewStatements(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		v := w.filled(t, w.mug)
		ctx, count := db.WithCounter(t.Context())
		if _, err := w.Add(ctx, w.in, v, Pick{Variant: w.mug.Variant, Quantity: 1}); err != nil || count.N() != 2 {
			t.Errorf("%d statements, %v", count.N(), err)
		}
	})
}

func TestOldCartsAreSwept(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		old := w.filled(t, w.mug)
		e.Clock.Advance(cartLife)
		young := w.filled(t, w.oil)
		e.Clock.Advance(time.Hour)
		if err := w.Sweep(t.Context(), w.in); err != nil {
			t.Fatal(err)
		}
		for v, want := range map[string]int{old.Token: 0, young.Token: 1} {
			if c, err := w.Cart(t.Context(), w.in, w.visit(v)); err != nil || len(c.Items) != want {
				t.Errorf("%d lines, want %d, %v", len(c.Items), want, err)
			}
		}
	})
}

func TestCartKeepsToSteps(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		packs := w.mug
		packs.MinQty, packs.Step = 6, 6
		w.catalog.Put(packs)
		w.stock.Put(packs.Variant, 20)
		v := w.filled(t, packs)
		set := func(n int64) error { return w.Set(t.Context(), w.in, v, Pick{Variant: packs.Variant, Quantity: n}) }
		if c, _ := w.Cart(t.Context(), w.in, v); c.Count() != 6 {
			t.Errorf("one became %d, a pack is 6", c.Count())
		}
		if _, err := w.Add(t.Context(), w.in, v, Pick{Variant: packs.Variant, Quantity: 7}); !errors.Is(err, errStep) {
			t.Errorf("seven more in packs of six: %v", err)
		}
		if err := set(8); !errors.Is(err, errStep) {
			t.Errorf("eight in packs of six: %v", err)
		}
		if err := set(24); !errors.Is(err, errOnlyLeft) {
			t.Errorf("four packs of three and a bit: %v", err)
		}
		if err := set(18); err != nil {
			t.Errorf("three packs: %v", err)
		}
		packs.MinQty, packs.Step = 4, 4
		w.catalog.Put(packs)
		if c, err := w.Cart(t.Context(), w.in, v); err != nil || c.Items[0].Change() != NotSoMany || c.Ready() {
			t.Errorf("eighteen in packs of four are %q, %v", c.Items[0].Change(), err)
		}
	})
}
