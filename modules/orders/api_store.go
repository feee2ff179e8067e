package orders

import (
	"context"
	"net/http"

	"orion/kit/auth"
	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/web"
	"orion/modules/orders/ordersapi"
)

// Naming is what every call about one order carries.
type Naming struct {
	ID string `path:"id" example:"ord_06dq2k8w3m9x1"`
}

func (m *Module) storeAPI(api *web.API) {
	type listing struct {
		Status string `query:"status" doc:"One of the states; none is all"`
		Text   string `query:"q" doc:"In number, name or e-mail"`
		After  string `query:"after" doc:"The next value of the page before"`
		Limit  int    `query:"limit" maximum:"100" default:"20"`
	}
	type list struct{ Body page.Page[apiRow] }
	web.Handle(api, web.Op{Method: http.MethodGet, Path: "/orders", ID: "listOrders", Summary: "List orders, the newest first", Need: web.Need(MayView), Example: exampleList},
		func(ctx context.Context, as web.Store, in *listing) (*list, error) {
			q := Query{Text: in.Text, Request: page.Request{After: in.After, Limit: in.Limit}}
			if in.Status != "" {
				q.Statuses = []ordersapi.Status{ordersapi.Status(in.Status)}
			}
			found, err := m.Orders(ctx, as.In, q)
			return &list{page.Map(found, rowJSON)}, err
		})
	web.Handle(api, web.Op{Method: http.MethodGet, Path: "/orders/{id}", ID: "getOrder", Summary: "Read an order", Need: web.Need(MayView), Example: exampleOrder},
		func(ctx context.Context, as web.Store, in *Naming) (*orderAnswer, error) {
			return m.dossierNow(ctx, as, in.ID)
		})
	m.storeActsAPI(api)
}

// quantity is how much of a line.
type quantity struct {
	Line     string `json:"line" example:"oln_06dq2k8w3m9x1"`
	Quantity int64  `json:"quantity" minimum:"1" example:"1"`
}

func (m *Module) storeActsAPI(api *web.API) {
	type shipping struct {
		Naming
		Body struct {
			Lines    []quantity `json:"lines,omitempty" required:"false" doc:"None is everything that is left"`
			Carrier  string     `json:"carrier,omitempty" required:"false" example:"POST Luxembourg"`
			Tracking string     `json:"tracking,omitempty" required:"false" example:"LU123456789"`
			URL      string     `json:"url,omitempty" required:"false" doc:"Where the parcel can be followed"`
		}
	}
	web.Handle(api, operation("ship", "Send a parcel", MayShip), func(ctx context.Context, as web.Store, in *shipping) (*orderAnswer, error) {
		return m.done(ctx, as, in.ID, func(oid ordersapi.OrderID) error {
			lines, err := picked(in.Body.Lines)
			if err != nil {
				return err
			}
			s := Shipment{Lines: lines, Carrier: in.Body.Carrier, Tracking: in.Body.Tracking, URL: in.Body.URL}
			_, err = m.Ship(ctx, as.In, oid, s, auth.UserActor(as.User))
			return err
		})
	})
	type cancelling struct {
		Naming
		Body struct {
			Reason string `json:"reason" maxLength:"200" doc:"The buyer reads it"`
		}
	}
	web.Handle(api, operation("cancel", "Cancel an order and give the money back", MayCancel), func(ctx context.Context, as web.Store, in *cancelling) (*orderAnswer, error) {
		return m.done(ctx, as, in.ID, func(oid ordersapi.OrderID) error {
			_, err := m.Cancel(ctx, as.In, oid, in.Body.Reason, auth.UserActor(as.User))
			return err
		})
	})
	type refunding struct {
		Naming
		Body struct {
			Lines   []quantity   `json:"lines,omitempty" required:"false"`
			Amount  money.Amount `json:"amount,omitempty" required:"false" doc:"Instead of what the lines cost"`
			Restock bool         `json:"restock,omitempty" required:"false" doc:"The goods of the lines go back on the shelf"`
			Reason  string       `json:"reason,omitempty" required:"false" maxLength:"200"`
		}
	}
	web.Handle(api, operation("refund", "Give money back", MayRefund), func(ctx context.Context, as web.Store, in *refunding) (*orderAnswer, error) {
		return m.done(ctx, as, in.ID, func(oid ordersapi.OrderID) error {
			lines, err := picked(in.Body.Lines)
			if err != nil {
				return err
			}
			r := Refunding{Lines: lines, Amount: in.Body.Amount, Restock: in.Body.Restock, Reason: in.Body.Reason}
			_, err = m.Refund(ctx, as.In, oid, r, auth.UserActor(as.User))
			return err
		})
	})
}

func operation(verb, summary string, need auth.Permission) web.Op {
	return web.Op{Method: http.MethodPost, Path: "/orders/{id}/" + verb, ID: verb + "Order", Summary: summary, Need: web.Need(need), Example: exampleOrder}
}

// done does something to an order and answers with what it is then.
func (m *Module) done(ctx context.Context, as web.Store, name string, do func(ordersapi.OrderID) error) (*orderAnswer, error) {
	oid, err := parseID[ordersapi.OrderKind](name)
	if err != nil {
		return nil, err
	}
	if err := do(oid); err != nil {
		return nil, err
	}
	return m.dossierNow(ctx, as, name)
}

func (m *Module) dossierNow(ctx context.Context, as web.Store, name string) (*orderAnswer, error) {
	oid, err := parseID[ordersapi.OrderKind](name)
	if err != nil {
		return nil, err
	}
	d, err := m.Dossier(ctx, as.In, oid)
	if err != nil {
		return nil, err
	}
	body := orderJSON(d.Order, m.Token(as.In, oid))
	body.Parcels = d.Parcels
	return &orderAnswer{body}, nil
}

// picked are quantities by line; none is nil, which takes everything.
func picked(lines []quantity) (map[LineID]int64, error) {
	var out map[LineID]int64
	for _, l := range lines {
		lid, err := parseID[lineKind](l.Line)
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = map[LineID]int64{}
		}
		out[lid] += l.Quantity
	}
	return out, nil
}
