package orders

import (
	"context"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/orders/ordersapi"
)

// posted is a form of the staff that does something to one order.
type posted func(ctx context.Context, in tenant.Store, oid ordersapi.OrderID, f *form.Form, by auth.Actor) error

// act does it and shows the order again, with a sentence about what was done or
// with what is wrong in the form.
func (m *Module) act(done string, do posted) web.Handler[web.Store] {
	return func(c staffer) error {
		oid, err := parseID[ordersapi.OrderKind](c.Param("id"))
		if err != nil {
			return err
		}
		f, err := c.Form()
		if err != nil {
			return err
		}
		err = do(c.Context(), c.As.In, oid, f, c.Actor())
		if err == nil {
			c.Flash("ok", done)
			return c.Redirect(askedOf(c).order(oid))
		}
		switch wrong := fault.As(err); wrong.Kind {
		case fault.Invalid, fault.Rule, fault.Conflict:
			return m.showDetail(c, web.StatusOf(wrong.Kind), oid, ui.Form{Values: c.R.PostForm, Fault: wrong})
		}
		return err
	}
}

func (m *Module) postShip(ctx context.Context, in tenant.Store, oid ordersapi.OrderID, f *form.Form, by auth.Actor) error {
	s := Shipment{Carrier: f.Text("carrier"), Tracking: f.Text("tracking"), URL: f.Text("url")}
	var err error
	if s.Lines, err = m.quantities(ctx, in, oid, f, "lines."); err != nil {
		return err
	}
	_, err = m.Ship(ctx, in, oid, s, by)
	return err
}

// quantities are what was typed beside the lines of an order.
func (m *Module) quantities(ctx context.Context, in tenant.Store, oid ordersapi.OrderID, f *form.Form, prefix string) (map[LineID]int64, error) {
	o, err := m.Order(ctx, in, oid)
	if err != nil {
		return nil, err
	}
	out := map[LineID]int64{}
	for _, l := range o.Lines {
		if n := f.Int(prefix + l.ID.String()); n != 0 {
			out[l.ID] = n
		}
	}
	return out, f.Fault("form.invalid")
}

func (m *Module) postDeliver(ctx context.Context, in tenant.Store, oid ordersapi.OrderID, _ *form.Form, by auth.Actor) error {
	_, err := m.Deliver(ctx, in, oid, by)
	return err
}

func (m *Module) postCancel(ctx context.Context, in tenant.Store, oid ordersapi.OrderID, f *form.Form, by auth.Actor) error {
	_, err := m.Cancel(ctx, in, oid, f.Text("reason"), by)
	return err
}

func (m *Module) postRefund(ctx context.Context, in tenant.Store, oid ordersapi.OrderID, f *form.Form, by auth.Actor) error {
	o, err := m.Order(ctx, in, oid)
	if err != nil {
		return err
	}
	r := Refunding{Amount: f.Money("amount", o.Totals.Total.Currency, string(o.Lang)), Reason: f.Text("reason")}
	if r.Lines, err = m.quantities(ctx, in, oid, f, "back."); err != nil {
		return err
	}
	r.Restock = f.Bool("restock") && len(r.Lines) > 0
	_, err = m.Refund(ctx, in, oid, r, by)
	return err
}

func (m *Module) postNote(ctx context.Context, in tenant.Store, oid ordersapi.OrderID, f *form.Form, by auth.Actor) error {
	_, err := m.Note(ctx, in, oid, f.Long("note", maxNote), by)
	return err
}
