package bench

import (
	"context"
	"fmt"
	"net/http"
	"sync"
)

// storefront is where shoppers' programs ask.
const storefront = "/api/v1/storefront"

// cart puts one thing into a new cart and gives its token.
func (w *world) cart(ctx context.Context, i int) (string, error) {
	store := w.store(i)
	var cart struct {
		Token string `json:"token"`
	}
	err := w.client.call(ctx, request{
		method: http.MethodPost, store: store, path: storefront + "/cart/items",
		body: map[string]any{"variant": pick(w.of(i).variants, i), "quantity": 1},
	}, &cart)
	return cart.Token, err
}

// answers says everything that a checkout asks.
func (w *world) answers(ctx context.Context, store, token string) error {
	put := func(part string, in any, out any) error {
		return w.client.call(ctx, request{
			method: http.MethodPut, store: store, path: storefront + "/checkout/" + part,
			body: in, header: map[string]string{"Cart-Token": token},
		}, out)
	}
	contact := map[string]any{"email": "bench@example.com", "name": "Lea Schmit", "phone": "", "terms": true, "marketing": false}
	if err := put("contact", contact, nil); err != nil {
		return err
	}
	address := map[string]any{"name": "Lea Schmit", "line1": "12, rue des Roses", "postal_code": "2445", "city": "Luxembourg", "country": "LU"}
	var offer struct {
		Methods []struct {
			ID string `json:"id"`
		} `json:"delivery_methods"`
	}
	if err := put("address", map[string]any{"address": address}, &offer); err != nil {
		return err
	}
	if len(offer.Methods) > 0 {
		if err := put("delivery", map[string]any{"method": offer.Methods[0].ID}, nil); err != nil {
			return err
		}
	}
	return put("payment", map[string]any{"method": "on_delivery"}, nil)
}

func (w *world) place(ctx context.Context, store, token string, i int) error {
	return w.client.call(ctx, request{
		method: http.MethodPost, store: store, path: storefront + "/orders", body: map[string]any{},
		header: map[string]string{"Cart-Token": token, "Idempotency-Key": fmt.Sprintf("bench-%s-%d", token, i)},
	}, nil)
}

// checkout is a whole purchase from an empty cart to the order.
func (w *world) checkout(ctx context.Context, _, i int) error {
	token, err := w.cart(ctx, i)
	if err != nil {
		return err
	}
	if err := w.answers(ctx, w.store(i), token); err != nil {
		return err
	}
	return w.place(ctx, w.store(i), token, i)
}

// ready fills carts up to the last question, so that placing can be measured
// alone.
func (w *world) ready(ctx context.Context, n int) error {
	w.carts = make([]string, n)
	var wg sync.WaitGroup
	errs := make(chan error, n)
	gate := make(chan struct{}, 8)
	for i := range n {
		wg.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			token, err := w.cart(ctx, i)
			if err == nil {
				err = w.answers(ctx, w.store(i), token)
			}
			w.carts[i] = token
			if err != nil {
				errs <- err
			}
		})
	}
	wg.Wait()
	select {
	case err := <-errs:
		return err
	default:
		return nil
	}
}

func (w *world) placeReady(ctx context.Context, _, i int) error {
	return w.place(ctx, w.store(i), w.carts[i], i)
}
