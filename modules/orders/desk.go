package orders

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/modules/orders/ordersapi"
)

// MostAtOnce is how many orders one act on many takes.
const MostAtOnce = 100

// What can happen to an order at the desk.
const (
	WasPacked   = "packed"
	WasUnpacked = "unpacked"
)

var (
	errNotPackable = fault.New(fault.Rule, "orders.not_packable")
	errManyAtOnce  = fault.New(fault.Invalid, "orders.too_many_at_once").With("max", MostAtOnce)
	errNoneChosen  = fault.New(fault.Invalid, "orders.none_chosen")
)

// Done is what became of one order in an act on many.
type Done struct {
	Order ordersapi.OrderID
	Err   *fault.Error // nil when it was done
}

// many does something to orders one by one, each in a transaction of its own:
// what fails for one says so and does not hold up the others.
func many(ids []ordersapi.OrderID, do func(ordersapi.OrderID) (Order, error)) ([]Done, error) {
	switch {
	case len(ids) == 0:
		return nil, errNoneChosen
	case len(ids) > MostAtOnce:
		return nil, errManyAtOnce
	}
	out := make([]Done, len(ids))
	for i, oid := range ids {
		_, err := do(oid)
		if out[i] = (Done{Order: oid, Err: fault.As(err)}); err != nil && out[i].Err.Kind == fault.Internal {
			return nil, err
		}
	}
	return out, nil
}

// Pack marks orders as packed: they stand ready for the carrier.
func (m *Module) Pack(ctx context.Context, in tenant.Store, ids []ordersapi.OrderID, by auth.Actor) ([]Done, error) {
	return m.setPacked(ctx, in, ids, by, true)
}

// Unpack takes that back.
func (m *Module) Unpack(ctx context.Context, in tenant.Store, ids []ordersapi.OrderID, by auth.Actor) ([]Done, error) {
	return m.setPacked(ctx, in, ids, by, false)
}

func (m *Module) setPacked(ctx context.Context, in tenant.Store, ids []ordersapi.OrderID, by auth.Actor, packed bool) ([]Done, error) {
	return many(ids, func(oid ordersapi.OrderID) (Order, error) {
		return m.change(ctx, in, oid, func(_ context.Context, _ tx, o *Order) (outcome, error) {
			if !may(o.Status, ordersapi.Shipped) {
				return outcome{}, errNotPackable.With("number", o.Number)
			}
			if o.Packed == packed {
				return outcome{}, nil
			}
			o.Packed = packed
			what := WasUnpacked
			if packed {
				what = WasPacked
			}
			return outcome{act: act{What: what, By: by, Audit: MayShip}}, nil
		})
	})
}

// Leaving is one order of several that go out whole.
type Leaving struct {
	Order    ordersapi.OrderID
	Carrier  string
	Tracking string
}

// ShipAll sends what is left of several orders, each in a parcel of its own.
func (m *Module) ShipAll(ctx context.Context, in tenant.Store, all []Leaving, by auth.Actor) ([]Done, error) {
	ids, of := make([]ordersapi.OrderID, len(all)), map[ordersapi.OrderID]Leaving{}
	for i, l := range all {
		ids[i], of[l.Order] = l.Order, l
	}
	return many(ids, func(oid ordersapi.OrderID) (Order, error) {
		return m.Ship(ctx, in, oid, Shipment{Carrier: of[oid].Carrier, Tracking: of[oid].Tracking}, by)
	})
}

// Chosen are several orders with their lines and the ways to deliver, in three
// statements at most. Unknown ones are left out.
func (m *Module) Chosen(ctx context.Context, in tenant.Store, ids []ordersapi.OrderID) ([]Order, []Method, error) {
	if len(ids) > MostAtOnce {
		return nil, nil, errManyAtOnce
	}
	var methods []Method
	all, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) ([]Order, error) {
		found, err := findOrders(ctx, tx, ids)
		if err != nil {
			return nil, err
		}
		methods, err = m.knownMethods(ctx, tx)
		return found, err
	})
	return all, methods, err
}
