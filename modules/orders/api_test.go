package orders

import (
	"net/http"
	"testing"

	"orion/kit/dbtest"
	"orion/modules/orders/ordersapi"
)

func TestSaleByREST(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		b := serve(t, w)
		const front, store = "/api/v1/storefront", "/api/v1/store"
		var cart apiCart
		b.call("POST", front+"/cart", 201, nil, "", &cart)
		h := http.Header{"Cart-Token": {cart.Token}}
		b.call("POST", front+"/cart/items", 200, h, `{"variant":"`+w.mug.Variant.String()+`","quantity":3}`, &cart)
		b.call("PUT", front+"/cart/items/"+w.mug.Variant.String(), 200, h, `{"quantity":1}`, &cart)
		if cart.Count != 1 || !cart.Ready || cart.Goods != eur(2400) {
			t.Fatalf("%+v", cart)
		}
		b.call("PUT", front+"/checkout/contact", 422, h, `{"email":"lea","name":"Léa","terms":true,"marketing":false}`, nil)
		b.call("PUT", front+"/checkout/contact", 200, h, `{"email":"lea@example.lu","name":"Léa","terms":true,"marketing":false}`, nil)
		var c apiCheckout
		b.call("PUT", front+"/checkout/address", 200, h, `{"address":{"name":"Léa","line1":"12, rue des Roses","postal_code":"L-2445","city":"Luxembourg","country":"LU"}}`, &c)
		if len(c.DeliveryMethods) != 1 || c.DeliveryMethods[0].Price != eur(490) {
			t.Fatalf("%+v", c.DeliveryMethods)
		}
		b.call("PUT", front+"/checkout/delivery", 200, h, `{"method":"`+c.DeliveryMethods[0].ID.String()+`"}`, nil)
		b.call("PUT", front+"/checkout/payment", 200, h, `{"method":"card"}`, &c)
		h.Set("Idempotency-Key", "k1")
		var first, again apiOrder
		b.call("POST", front+"/orders", 201, h, `{"total":{"amount":2890,"currency":"EUR"}}`, &first)
		b.call("POST", front+"/orders", 201, h, `{"total":{"amount":2890,"currency":"EUR"}}`, &again)
		b.call("POST", front+"/orders", 422, h, `{}`, nil)
		if first.ID.IsZero() || first.ID != again.ID || first.Sums.Total != eur(2890) {
			t.Errorf("%s and %s, %v", first.ID, again.ID, first.Sums.Total)
		}
		b.call("POST", front+"/orders/"+first.Token+"/payment", 200, nil, "", nil)
		b.call("GET", front+"/orders/"+first.Token, 200, nil, "", &again)
		b.call("GET", front+"/orders/x", 404, nil, "", nil)

		staffHeader := http.Header{"Authorization": {"Bearer right"}}
		w.pays(t, Order{ID: first.ID, Payment: Payment{ID: first.Payment.ID}, Totals: Totals{Total: eur(2890)}})
		var list struct{ Items []apiRow }
		b.call("GET", store+"/orders?status=processing", 200, staffHeader, "", &list)
		if len(list.Items) != 1 || list.Items[0].ID != first.ID {
			t.Fatalf("%+v", list.Items)
		}
		b.call("POST", store+"/orders/"+first.ID.String()+"/ship", 200, staffHeader, `{"carrier":"POST"}`, &again)
		if again.Status != ordersapi.Shipped || len(again.Parcels) != 1 {
			t.Errorf("%s, %+v", again.Status, again.Parcels)
		}
		b.call("POST", store+"/orders/"+first.ID.String()+"/refund", 200, staffHeader, `{"lines":[{"line":"`+first.Lines[0].ID.String()+`","quantity":1}],"restock":true}`, &again)
		b.call("POST", store+"/orders/"+first.ID.String()+"/cancel", 400, staffHeader, `{"reason":"no"}`, nil)
	})
}
