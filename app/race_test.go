package app

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/catalog/catalogapi"
	"orion/modules/customers/customersapi"
	"orion/modules/orders"
)

// counter is a store with one thing on sale.
type counter struct {
	a       *App
	in      tenant.Store
	shop    *web.Shop
	variant catalogapi.VariantID
	method  orders.MethodID
}

func sellOne(t *testing.T, a *App, units int64) counter {
	t.Helper()
	shop, _, err := a.store(trialStore)
	if err != nil {
		t.Fatal(err)
	}
	in, variant, err := a.putOnSale(t.Context(), units)
	if err != nil {
		t.Fatal(err)
	}
	methods, err := a.modules.orders.Methods(t.Context(), in)
	if err != nil || len(methods) == 0 {
		t.Fatal(methods, err)
	}
	return counter{a: a, in: in, shop: shop, variant: variant, method: methods[0].ID}
}

func (c counter) visit() orders.Visit {
	return orders.Visit{Lang: i18n.Fr, Shop: orders.Shop{Name: c.shop.Name, Country: "LU", Currency: "EUR", Lang: i18n.Fr, Origin: "http://shop.test"}}
}

// fill puts one piece into a new cart and answers all questions.
func (c counter) fill(ctx context.Context, buyer int) (orders.Visit, error) {
	v := c.visit()
	var err error
	if v.Token, err = c.a.modules.orders.Add(ctx, c.in, v, orders.Pick{Variant: c.variant, Quantity: 1}); err != nil {
		return v, err
	}
	_, err = c.a.modules.orders.Save(ctx, c.in, v, orders.Checkout{
		Contact: orders.Contact{Email: fmt.Sprintf("buyer%d@example.com", buyer), Name: "Buyer", Terms: true},
		Address: customersapi.Address{Name: "Buyer", Line1: "1, rue du Fort", Postal: "1234", City: "Luxembourg", Country: "LU"},
		Method:  c.method, Payment: "on_delivery",
	}, orders.ContactPart, orders.AddressPart, orders.DeliveryPart, orders.PaymentPart)
	return v, err
}

// Five hundred buyers, 64 at a time, want one of fifty pieces.
func TestNothingIsSoldTwice(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		const buyers, atOnce, units = 500, 64, 50
		c := sellOne(t, a, units)
		var sold, short atomic.Int64
		gate := make(chan struct{}, atOnce)
		var wg sync.WaitGroup
		for i := range buyers {
			wg.Go(func() {
				gate <- struct{}{}
				defer func() { <-gate }()
				v, err := c.fill(t.Context(), i)
				if err == nil {
					_, err = a.modules.orders.Place(t.Context(), c.in, orders.Placing{Visit: v, Key: fmt.Sprintf("buyer-%d", i)})
				}
				switch f := fault.As(err); {
				case err == nil:
					sold.Add(1)
				case f.Kind == fault.Internal:
					t.Errorf("buyer %d: %v", i, err)
				default:
					short.Add(1)
				}
			})
		}
		wg.Wait()
		if sold.Load() != units || short.Load() != buyers-units {
			t.Errorf("sold %d of %d, refused %d", sold.Load(), units, short.Load())
		}
		wrong, err := a.modules.inventory.Check(t.Context(), c.in)
		if err != nil || len(wrong) != 0 {
			t.Errorf("movements do not add up to levels: %v, %v", wrong, err)
		}
	})
}

// Twenty tries of one checkout with one key make one order.
func TestOneKeyMakesOneOrder(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		c := sellOne(t, a, 50)
		v, err := c.fill(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		numbers := map[string]int{}
		fresh := 0
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				r, err := a.modules.orders.Place(t.Context(), c.in, orders.Placing{Visit: v, Key: "one"})
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				defer mu.Unlock()
				numbers[r.Order.Number]++
				if !r.Repeat {
					fresh++
				}
			})
		}
		wg.Wait()
		if len(numbers) != 1 || fresh != 1 {
			t.Errorf("orders %v, %d of them fresh", numbers, fresh)
		}
		other, err := c.fill(t.Context(), 2)
		if err != nil {
			t.Fatal(err)
		}
		_, err = a.modules.orders.Place(t.Context(), c.in, orders.Placing{Visit: other, Key: "one"})
		if f := fault.As(err); f == nil || f.Kind != fault.Invalid {
			t.Errorf("the key with another cart: %v", err)
		}
		left, err := c.left(t.Context())
		if err != nil || left != 49 {
			t.Errorf("%d are left, %v", left, err)
		}
	})
}

func (c counter) left(ctx context.Context) (int64, error) { return c.a.available(ctx, c.in, c.variant) }
