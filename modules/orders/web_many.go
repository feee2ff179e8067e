package orders

import (
	"net/http"
	"net/url"
	"slices"

	"orion/kit/fault"
	"orion/kit/id"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/orders/ordersapi"
	"orion/modules/orders/ordersui"
)

// chosenIDs are the orders that an address or a form names, each once; what is
// no identifier names an order that nobody knows.
func chosenIDs(values []string) []ordersapi.OrderID {
	var out []ordersapi.OrderID
	for _, v := range values {
		oid, err := id.Parse[ordersapi.OrderKind](v)
		if err == nil && !slices.Contains(out, oid) {
			out = append(out, oid)
		}
	}
	return out
}

func (m *Module) shipManyPage(c staffer) error {
	return m.showShipMany(c, http.StatusOK, chosenIDs(c.R.URL.Query()["id"]), ui.Form{})
}

func (m *Module) showShipMany(c staffer, status int, ids []ordersapi.OrderID, state ui.Form) error {
	all, methods, err := m.Chosen(c.Context(), c.As.In, ids)
	if err != nil {
		return err
	}
	a, w := askedOf(c), c.Words
	v := ordersui.ShipMany{State: state, Query: a.suffix(), List: a.list()}
	for _, o := range all {
		s := ordersui.Sending{ID: o.ID.String(), Number: o.Number, Name: o.Contact.Name, Carrier: o.Carrier.in(methods, w.Lang())}
		for _, l := range o.Lines {
			s.Open += int(l.Open())
		}
		if !may(o.Status, ordersapi.Shipped) {
			s.Open, s.Why = 0, w.Fault(errNotPackable.With("number", o.Number))
		}
		v.Orders = append(v.Orders, s)
	}
	return c.PageStatus(status, web.Head{Title: w.T("orders.ship_many"), Active: "/orders"}, ordersui.ShipManyPage(v))
}

func (m *Module) postShipMany(c staffer) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	var all []Leaving
	for _, oid := range chosenIDs(f.All("id")) {
		all = append(all, Leaving{Order: oid, Carrier: f.Text("carrier." + oid.String()), Tracking: f.Text("tracking." + oid.String())})
	}
	done, err := m.ShipAll(c.Context(), c.As.In, all, c.Actor())
	if e := fault.As(err); e != nil && e.Kind == fault.Invalid {
		return m.showShipMany(c, http.StatusUnprocessableEntity, nil, ui.Form{Values: c.R.PostForm, Fault: e})
	}
	if err != nil {
		return err
	}
	return m.tellDone(c, done, report{title: "orders.ship_many", sentence: "orders.n_shipped"})
}

func (m *Module) postPack(c staffer) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	ids := chosenIDs(f.All("id"))
	done, err := m.Pack(c.Context(), c.As.In, ids, c.Actor())
	if err != nil {
		return m.backWith(c, err)
	}
	a := askedOf(c)
	undo := a.values
	for _, d := range done {
		if d.Err == nil {
			undo.Add("id", d.Order.String())
		}
	}
	if f.Raw("back") == "order" && len(ids) == 1 && done[0].Err == nil {
		undo.Set("back", "order")
		c.FlashUndo("/orders/unpack?"+undo.Encode(), "orders.done_packed")
		return c.Redirect(askedOf(c).order(ids[0]))
	}
	return m.tellDone(c, done, report{title: "orders.mark_packed", sentence: "orders.n_packed", undo: "/orders/unpack?" + undo.Encode()})
}

// postUnpack takes back what postPack did; its button comes with the message.
func (m *Module) postUnpack(c staffer) error {
	q := c.R.URL.Query()
	ids := chosenIDs(q["id"])
	done, err := m.Unpack(c.Context(), c.As.In, ids, c.Actor())
	if err != nil {
		return m.backWith(c, err)
	}
	if q.Get("back") == "order" && len(ids) == 1 && done[0].Err == nil {
		c.Flash("ok", "orders.done_unpacked")
		return c.Redirect(askedOf(c).order(ids[0]))
	}
	return m.tellDone(c, done, report{title: "orders.mark_packed", sentence: "orders.n_unpacked"})
}

// backWith says on the list why nothing was done.
func (m *Module) backWith(c staffer, err error) error {
	e := fault.As(err)
	if e.Kind != fault.Invalid {
		return err
	}
	c.Flash("bad", e.Code, "max", MostAtOnce)
	return c.Redirect(askedOf(c).list())
}

// report is how the outcome of an act on many is told.
type report struct {
	title, sentence string // translation keys
	undo            string // path that takes it back, or empty
}

// tellDone goes back to the list when everything was done, and else says what
// became of each order.
func (m *Module) tellDone(c staffer, done []Done, r report) error {
	good, ids := 0, make([]ordersapi.OrderID, len(done))
	for i, d := range done {
		ids[i] = d.Order
		if d.Err == nil {
			good++
		}
	}
	a, w := askedOf(c), c.Words
	if good == len(done) {
		if r.undo != "" {
			c.FlashUndo(r.undo, r.sentence, "n", good)
		} else {
			c.Flash("ok", r.sentence, "n", good)
		}
		return c.Redirect(a.list())
	}
	known, _, err := m.Chosen(c.Context(), c.As.In, ids)
	if err != nil {
		return err
	}
	v := ordersui.Outcome{Title: w.T(r.title), Sub: w.T("orders.n_of_m_done", "n", good, "m", len(done)), List: a.list()}
	for _, d := range done {
		row := ordersui.OutcomeRow{Number: "–", Result: ui.Badge{Label: w.T("orders.result_done"), Tone: ui.OK}}
		if i := slices.IndexFunc(known, func(o Order) bool { return o.ID == d.Order }); i >= 0 {
			row.Number, row.Name, row.Href = known[i].Number, known[i].Contact.Name, a.order(d.Order)
		}
		if d.Err != nil {
			row.Result, row.Why = ui.Badge{Label: w.T("orders.result_refused"), Tone: ui.Bad}, w.Fault(d.Err)
		}
		v.Rows = append(v.Rows, row)
	}
	return c.Page(web.Head{Title: v.Title, Active: "/orders"}, ordersui.OutcomePage(v))
}

func (m *Module) slipsPage(c staffer) error {
	all, methods, err := m.Chosen(c.Context(), c.As.In, chosenIDs(c.R.URL.Query()["id"]))
	if err != nil {
		return err
	}
	var v ordersui.Slips
	for _, o := range all {
		v.Slips = append(v.Slips, m.slipView(o, methods))
	}
	return c.Page(web.Head{Title: c.Words.T("orders.slips"), Active: "/orders"}, ordersui.SlipsPage(v))
}

// slipView is what is still to be packed of an order or, when all of it has
// left, all of it again.
func (m *Module) slipView(o Order, methods []Method) ordersui.Slip {
	w := m.need.Kit.Bundle.In(o.Lang)
	v := ordersui.Slip{
		Words: w, Shop: o.Shop.Name, Contact: joined(o.Shop.Email, hostOf(o.Shop.Origin)), Number: o.Number, Date: w.Date(o.PlacedAt),
		Carrier: o.Carrier.in(methods, o.Lang), Note: o.Note, To: []string{o.Contact.Name},
	}
	if o.Delivery.Line1 != "" {
		v.To = addressed(o.Delivery, o.Lang).Lines()
	}
	whole := o.shippedWhole()
	for _, l := range o.Lines {
		n := l.Open()
		if whole {
			n = l.Quantity
		}
		if l.Digital || n == 0 {
			continue
		}
		v.Lines = append(v.Lines, ordersui.SlipLine{Title: l.Title, Detail: joined(l.Options, l.SKU), Quantity: int(n), From: int(l.Quantity)})
	}
	return v
}

func hostOf(origin string) string {
	u, err := url.Parse(origin)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
