package orders

import (
	"context"
	"net/url"
	"time"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/modules/inventory/inventoryapi"
	"orion/modules/orders/ordersapi"
)

var (
	errShipment = fault.New(fault.Invalid, "orders.invalid_shipment")
	errNothing  = fault.New(fault.Invalid, "orders.nothing_to_ship")
)

// Shipment is a parcel that leaves the house. Without lines it takes everything
// that is still to be shipped.
type Shipment struct {
	Lines    map[LineID]int64
	Carrier  string
	Tracking string
	URL      string
}

// Shipped is a parcel that has left.
type Shipped struct {
	At       time.Time `json:"at"`
	Carrier  string    `json:"carrier"`
	Tracking string    `json:"tracking"`
	URL      string    `json:"url"`
	Lines    []Packed  `json:"lines"`
}

// Packed is what a parcel has of a line.
type Packed struct {
	Line     LineID `json:"line"`
	Quantity int64  `json:"quantity"`
}

// Ship sends a parcel. The order is shipped when nothing is left of it, and
// partially shipped until then.
func (m *Module) Ship(ctx context.Context, in tenant.Store, oid ordersapi.OrderID, s Shipment, by auth.Actor) (Order, error) {
	if err := s.check(); err != nil {
		return Order{}, err
	}
	return m.change(ctx, in, oid, func(ctx context.Context, tx tx, o *Order) (outcome, error) {
		packed, err := o.pack(s.Lines)
		if err != nil {
			return outcome{}, err
		}
		if err := m.leave(ctx, tx, o, packed); err != nil {
			return outcome{}, err
		}
		parcel := Shipped{Carrier: s.Carrier, Tracking: s.Tracking, URL: s.URL, Lines: packed}
		if err := insertParcel(ctx, tx, o.ID, parcel); err != nil {
			return outcome{}, err
		}
		return o.shipped(tx.Now(), parcel, by)
	})
}

// Deliver notes that an order has arrived.
func (m *Module) Deliver(ctx context.Context, in tenant.Store, oid ordersapi.OrderID, by auth.Actor) (Order, error) {
	return m.change(ctx, in, oid, func(ctx context.Context, tx tx, o *Order) (outcome, error) {
		o.DeliveredAt = tx.Now()
		return outcome{act: act{What: WasDelivered, By: by, Audit: MayShip}}, o.move(ordersapi.Delivered)
	})
}

func (s *Shipment) check() error {
	s.Carrier, s.Tracking, s.URL = clip(s.Carrier, maxText), clip(s.Tracking, maxText), clip(s.URL, maxNote)
	bad := errShipment
	if u, err := url.Parse(s.URL); s.URL != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
		bad = bad.Field("url", "form.bad_url")
	}
	for _, n := range s.Lines {
		if n < 0 {
			bad = bad.Field("lines", "orders.bad_quantity", "max", int64(maxQuantity))
		}
	}
	return bad.OrNil()
}

// pack takes quantities off what is still to be shipped; nil takes everything.
func (o *Order) pack(wanted map[LineID]int64) ([]Packed, error) {
	var out []Packed
	known := 0
	for i := range o.Lines {
		l := &o.Lines[i]
		n, ok := wanted[l.ID]
		if wanted == nil {
			n = l.Open()
		}
		if ok {
			known++
		}
		if n > l.Open() {
			return nil, errShipment.Field("lines."+l.ID.String(), "orders.more_than_open", "max", l.Open())
		}
		if n > 0 {
			l.Shipped += n
			out = append(out, Packed{Line: l.ID, Quantity: n})
		}
	}
	if known != len(wanted) {
		return nil, errUnknown
	}
	if len(out) == 0 {
		return nil, errNothing
	}
	return out, nil
}

// leave takes packed goods out of the house and stores what is left of the lines.
func (m *Module) leave(ctx context.Context, tx tx, o *Order, packed []Packed) error {
	goods := make([]inventoryapi.Line, len(packed))
	for k, p := range packed {
		i, _ := o.line(p.Line)
		goods[k] = inventoryapi.Line{Variant: o.Lines[i].Variant, Quantity: p.Quantity}
		if err := saveLine(ctx, tx, o.Lines[i]); err != nil {
			return err
		}
	}
	return m.need.Stock.Ship(ctx, tx, o.cause(), goods)
}

// shipped moves the order on after a parcel.
func (o *Order) shipped(now time.Time, p Shipped, by auth.Actor) (outcome, error) {
	to := ordersapi.PartiallyShipped
	if o.shippedWhole() {
		to, o.ShippedAt = ordersapi.Shipped, now
	}
	if err := o.move(to); err != nil {
		return outcome{}, err
	}
	o.Packed = false // what is left of it is not
	quantity := map[LineID]int64{}
	var pieces int64
	for _, l := range p.Lines {
		quantity[l.Line] = l.Quantity
		pieces += l.Quantity
	}
	return outcome{
		act: act{What: WasShipped, By: by, Audit: MayShip, Detail: Detail{Pieces: pieces, Text: p.Carrier, Track: p.Tracking}},
		tell: ordersapi.WasShipped{
			Moved: o.moved(now), Complete: to == ordersapi.Shipped,
			Lines: told(o.Lines, func(l Line) int64 { return quantity[l.ID] }),
		},
	}, nil
}
