package demo

import (
	"context"
	"fmt"

	"orion/kit/auth"
	"orion/modules/orders"
)

// wishesEach is how many products somebody with an account wishes for.
const wishesEach = 4

// wish puts some products on the list of a customer, other ones for each.
func (f *filling) wish(ctx context.Context, at *stock, who auth.CustomerID, nth int) error {
	v := orders.Visit{Holder: orders.Holder{Customer: who}, Lang: at.content.Lang}
	products := at.content.Products
	for k := range wishesEach {
		p := products[(nth+k*5)%len(products)]
		if _, err := f.Orders.Wish(ctx, at.in, v, orders.Wanted{Slug: p.Slug}); err != nil {
			return fmt.Errorf("wish for %s: %w", p.Slug, err)
		}
	}
	return nil
}
