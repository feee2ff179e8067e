package orders

import (
	"slices"

	"orion/kit/fault"
	"orion/modules/orders/ordersapi"
)

// errMove is the answer to a move that the state of an order forbids.
var errMove = fault.New(fault.Rule, "orders.bad_move")

// moves are the states that may follow each state. The README draws them.
var moves = map[ordersapi.Status][]ordersapi.Status{
	ordersapi.Pending:          {ordersapi.Processing, ordersapi.Cancelled},
	ordersapi.Processing:       {ordersapi.PartiallyShipped, ordersapi.Shipped, ordersapi.Cancelled, ordersapi.Refunded},
	ordersapi.PartiallyShipped: {ordersapi.PartiallyShipped, ordersapi.Shipped, ordersapi.Refunded},
	ordersapi.Shipped:          {ordersapi.Delivered, ordersapi.Refunded},
	ordersapi.Delivered:        {ordersapi.Refunded},
	ordersapi.Cancelled:        {},
	ordersapi.Refunded:         {},
}

// Statuses are all states, in the order of an order's life.
var Statuses = []ordersapi.Status{
	ordersapi.Pending, ordersapi.Processing, ordersapi.PartiallyShipped, ordersapi.Shipped,
	ordersapi.Delivered, ordersapi.Cancelled, ordersapi.Refunded,
}

// may tells whether an order can move from one state to another.
func may(from, to ordersapi.Status) bool { return slices.Contains(moves[from], to) }

// move changes the state of an order, or refuses.
func (o *Order) move(to ordersapi.Status) error {
	if !may(o.Status, to) {
		return errMove.With("number", o.Number).With("from", string(o.Status)).With("to", string(to))
	}
	o.Status = to
	return nil
}
