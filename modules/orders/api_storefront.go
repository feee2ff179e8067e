package orders

import (
	"context"
	"net/http"
	"time"

	"orion/kit/money"
	"orion/kit/web"
	"orion/modules/customers/customersapi"
	"orion/modules/payments/paymentsapi"
)

func (m *Module) apiRoutes(api *web.API) {
	m.cartAPI(api)
	m.checkoutAPI(api)
	m.buyerAPI(api)
	m.storeAPI(api)
}

// Holding is what every call about a cart carries.
type Holding struct {
	Token string `header:"Cart-Token" doc:"The cart's token, as an earlier answer gave it"`
}

func visitOfAPI(ctx context.Context, as web.Storefront, h Holding) Visit {
	return Visit{
		Holder: Holder{Token: h.Token, Customer: as.Customer.ID},
		Shop:   shopOf(as.Shop, web.OriginOf(ctx)), Lang: web.WordsOf(ctx).Lang(),
	}
}

type cartAnswer struct{ Body apiCart }

func (m *Module) cartAPI(api *web.API) {
	web.Handle(api, web.Op{Method: http.MethodPost, Path: "/cart", ID: "createCart", Summary: "Begin a cart", Status: http.StatusCreated, Example: exampleCart},
		func(ctx context.Context, as web.Storefront, in *Holding) (*cartAnswer, error) {
			v := visitOfAPI(ctx, as, *in)
			token, err := m.Begin(ctx, as.In, v.Holder)
			if err != nil {
				return nil, err
			}
			return m.cartNow(ctx, as, v, token)
		})
	web.Handle(api, web.Op{Method: http.MethodGet, Path: "/cart", ID: "getCart", Summary: "Read the cart with today's prices and stock", Example: exampleCart},
		func(ctx context.Context, as web.Storefront, in *Holding) (*cartAnswer, error) {
			v := visitOfAPI(ctx, as, *in)
			return m.cartNow(ctx, as, v, in.Token)
		})
	type adding struct {
		Holding
		Body struct {
			Variant  string `json:"variant" example:"var_06dq2k8w3m9x1"`
			Quantity int64  `json:"quantity" minimum:"1" maximum:"9999" example:"1"`
		}
	}
	web.Handle(api, web.Op{Method: http.MethodPost, Path: "/cart/items", ID: "addToCart", Summary: "Put a quantity into the cart, on top of what is there", Example: exampleCart},
		func(ctx context.Context, as web.Storefront, in *adding) (*cartAnswer, error) {
			v := visitOfAPI(ctx, as, in.Holding)
			variant, err := parseVariant(in.Body.Variant)
			if err != nil {
				return nil, err
			}
			token, cart, err := m.AddAndLook(ctx, as.In, v, Pick{Variant: variant, Quantity: in.Body.Quantity})
			if err != nil {
				return nil, err
			}
			body, err := cartJSON(cart, token, v.Shop.Currency)
			return &cartAnswer{body}, err
		})
	type setting struct {
		Holding
		Variant string `path:"variant"`
		Body    struct {
			Quantity int64 `json:"quantity" minimum:"0" maximum:"9999" doc:"0 takes it out"`
		}
	}
	web.Handle(api, web.Op{Method: http.MethodPut, Path: "/cart/items/{variant}", ID: "setInCart", Summary: "Change a quantity", Example: exampleCart},
		func(ctx context.Context, as web.Storefront, in *setting) (*cartAnswer, error) {
			return m.setNow(ctx, as, visitOfAPI(ctx, as, in.Holding), in.Variant, in.Body.Quantity)
		})
	type removing struct {
		Holding
		Variant string `path:"variant"`
	}
	web.Handle(api, web.Op{Method: http.MethodDelete, Path: "/cart/items/{variant}", ID: "removeFromCart", Summary: "Take a variant out", Example: exampleCart},
		func(ctx context.Context, as web.Storefront, in *removing) (*cartAnswer, error) {
			return m.setNow(ctx, as, visitOfAPI(ctx, as, in.Holding), in.Variant, 0)
		})
}

func (m *Module) cartNow(ctx context.Context, as web.Storefront, v Visit, token string) (*cartAnswer, error) {
	v.Token = token
	cart, err := m.Cart(ctx, as.In, v)
	if err != nil {
		return nil, err
	}
	body, err := cartJSON(cart, token, v.Shop.Currency)
	return &cartAnswer{body}, err
}

func (m *Module) setNow(ctx context.Context, as web.Storefront, v Visit, variant string, quantity int64) (*cartAnswer, error) {
	id, err := parseVariant(variant)
	if err != nil {
		return nil, err
	}
	if err := m.Set(ctx, as.In, v, Pick{Variant: id, Quantity: quantity}); err != nil {
		return nil, err
	}
	return m.cartNow(ctx, as, v, v.Token)
}

type checkoutAnswer struct{ Body apiCheckout }

func (m *Module) checkoutAPI(api *web.API) {
	web.Handle(api, web.Op{Method: http.MethodGet, Path: "/checkout", ID: "getCheckout", Summary: "Read the checkout: what was said, what can be chosen, what it costs", Example: exampleCheckout},
		func(ctx context.Context, as web.Storefront, in *Holding) (*checkoutAnswer, error) {
			v := visitOfAPI(ctx, as, *in)
			q, err := m.Quote(ctx, as.In, v)
			if err != nil {
				return nil, err
			}
			return &checkoutAnswer{checkoutJSON(q, v)}, nil
		})
	type contacting struct {
		Holding
		Body Contact
	}
	web.Handle(api, m.step("contact", "Say who buys"), func(ctx context.Context, as web.Storefront, in *contacting) (*checkoutAnswer, error) {
		return m.amend(ctx, as, in.Holding, func(c *Checkout) { c.Contact = in.Body }, ContactPart)
	})
	type addressing struct {
		Holding
		Body struct {
			Address customersapi.Address  `json:"address"`
			Billing *customersapi.Address `json:"billing,omitempty" doc:"Where the invoice goes, when not with the goods"`
		}
	}
	web.Handle(api, m.step("address", "Say where it goes"), func(ctx context.Context, as web.Storefront, in *addressing) (*checkoutAnswer, error) {
		return m.amend(ctx, as, in.Holding, func(c *Checkout) { c.Address, c.Billing = in.Body.Address, in.Body.Billing }, AddressPart)
	})
	type delivering struct {
		Holding
		Body struct {
			Method string `json:"method" example:"dlm_06dq2k8w3m9x1"`
		}
	}
	web.Handle(api, m.step("delivery", "Choose a delivery method"), func(ctx context.Context, as web.Storefront, in *delivering) (*checkoutAnswer, error) {
		method, err := parseID[methodKind](in.Body.Method)
		if err != nil {
			return nil, err
		}
		return m.amend(ctx, as, in.Holding, func(c *Checkout) { c.Method = method }, DeliveryPart)
	})
	type paying struct {
		Holding
		Body struct {
			Method string `json:"method" example:"bank_transfer"`
			Note   string `json:"note,omitempty" maxLength:"1000" doc:"For the shop"`
		}
	}
	web.Handle(api, m.step("payment", "Choose how to pay"), func(ctx context.Context, as web.Storefront, in *paying) (*checkoutAnswer, error) {
		return m.amend(ctx, as, in.Holding, func(c *Checkout) { c.Payment, c.Note = in.Body.Method, in.Body.Note }, PaymentPart)
	})
}

func (m *Module) step(name, summary string) web.Op {
	return web.Op{Method: http.MethodPut, Path: "/checkout/" + name, ID: "setCheckout-" + name, Summary: summary, Example: exampleCheckout}
}

func (m *Module) amend(ctx context.Context, as web.Storefront, h Holding, edit func(*Checkout), parts ...Part) (*checkoutAnswer, error) {
	v := visitOfAPI(ctx, as, h)
	q, err := m.Amend(ctx, as.In, v, edit, parts...)
	if err != nil {
		return nil, err
	}
	return &checkoutAnswer{checkoutJSON(q, v)}, nil
}

type orderAnswer struct{ Body apiOrder }

func (m *Module) buyerAPI(api *web.API) {
	type placing struct {
		Holding
		Key  string `header:"Idempotency-Key" required:"true" maxLength:"200" doc:"The same for every try of the same purchase"`
		Body struct {
			Total money.Amount `json:"total,omitempty" required:"false" doc:"What the buyer agreed to pay; when it is something else by now, the order is refused"`
		}
	}
	web.Handle(api, web.Op{Method: http.MethodPost, Path: "/orders", ID: "placeOrder", Summary: "Buy what is in the cart", Status: http.StatusCreated, Need: web.Public.Limit(600, time.Minute), Example: exampleOrder},
		func(ctx context.Context, as web.Storefront, in *placing) (*orderAnswer, error) {
			r, err := m.Place(ctx, as.In, Placing{Visit: visitOfAPI(ctx, as, in.Holding), Key: in.Key, Seen: in.Body.Total})
			if err != nil {
				return nil, err
			}
			return m.answer(as, r.Order), nil
		})
	type opening struct {
		Token string `path:"token"`
	}
	web.Handle(api, web.Op{Method: http.MethodGet, Path: "/orders/{token}", ID: "getOrder", Summary: "Read an order by its token", Example: exampleOrder},
		func(ctx context.Context, as web.Storefront, in *opening) (*orderAnswer, error) {
			o, err := m.byToken(ctx, as, in.Token)
			if err != nil {
				return nil, err
			}
			return m.answer(as, o), nil
		})
	type step struct {
		Body struct {
			Status       paymentsapi.Status `json:"status" example:"pending"`
			Redirect     string             `json:"redirect,omitempty" doc:"Path of the storefront where the payer goes on"`
			Instructions string             `json:"instructions,omitempty" doc:"Text for the payer"`
		}
	}
	web.Handle(api, web.Op{Method: http.MethodPost, Path: "/orders/{token}/payment", ID: "payOrder", Summary: "Begin the first or next attempt to pay"},
		func(ctx context.Context, as web.Storefront, in *opening) (*step, error) {
			o, err := m.byToken(ctx, as, in.Token)
			if err != nil {
				return nil, err
			}
			next, err := m.Pay(ctx, as.In, o)
			out := &step{}
			out.Body.Status, out.Body.Redirect, out.Body.Instructions = next.Status, next.RedirectPath, next.Instructions
			return out, err
		})
}

func (m *Module) byToken(ctx context.Context, as web.Storefront, token string) (Order, error) {
	oid, err := m.opened(as.In, token)
	if err != nil {
		return Order{}, err
	}
	return m.Order(ctx, as.In, oid)
}

func (m *Module) answer(as web.Storefront, o Order) *orderAnswer {
	return &orderAnswer{orderJSON(o, m.Token(as.In, o.ID))}
}
