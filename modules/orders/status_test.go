package orders

import (
	"errors"
	"testing"

	"orion/modules/orders/ordersapi"
)

// TestMoves says for every pair of states whether the move is allowed: rows
// are where an order stands, columns where it goes.
func TestMoves(t *testing.T) {
	t.Parallel()
	//                               pend proc part ship deli canc refu
	table := map[ordersapi.Status]string{
		ordersapi.Pending:          ". X . . . X .",
		ordersapi.Processing:       ". . X X . X X",
		ordersapi.PartiallyShipped: ". . X X . . X",
		ordersapi.Shipped:          ". . . . X . X",
		ordersapi.Delivered:        ". . . . . . X",
		ordersapi.Cancelled:        ". . . . . . .",
		ordersapi.Refunded:         ". . . . . . .",
	}
	if len(table) != len(Statuses) || len(moves) != len(Statuses) {
		t.Fatal("a state is missing")
	}
	for from, row := range table {
		for i, to := range Statuses {
			o := Order{Status: from}
			err := o.move(to)
			switch allowed := row[2*i] == 'X'; {
			case allowed && (err != nil || o.Status != to):
				t.Errorf("%s → %s: %v", from, to, err)
			case !allowed && (!errors.Is(err, errMove) || o.Status != from):
				t.Errorf("%s → %s is allowed", from, to)
			}
		}
	}
}
