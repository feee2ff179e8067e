package orders

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/orders/ordersapi"
)

var (
	stmtOrdersByIDs   = db.Must[tenant.Store](files, "orders_by_ids")
	stmtLinesByOrders = db.Must[tenant.Store](files, "lines_by_orders")
)

// findOrders reads several orders with their lines, in two statements, the
// oldest first. Unknown ones are left out.
func findOrders(ctx context.Context, tx tx, ids []ordersapi.OrderID) ([]Order, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	plain := make([]int64, len(ids))
	for i, oid := range ids {
		plain[i] = int64(oid)
	}
	out, err := db.All(ctx, tx, stmtOrdersByIDs, db.Args{"ids": plain}, scanOrder)
	if err != nil || len(out) == 0 {
		return nil, err
	}
	at := map[ordersapi.OrderID]*Order{}
	for i := range out {
		at[out[i].ID] = &out[i]
	}
	_, err = db.All(ctx, tx, stmtLinesByOrders, db.Args{"ids": plain}, func(r db.Row) (l Line, err error) {
		var oid ordersapi.OrderID
		if err := r.Scan(append([]any{&oid}, l.fields()...)...); err != nil {
			return l, err
		}
		o, ok := at[oid]
		if !ok {
			return l, errUnknown
		}
		c := o.Totals.Total.Currency
		l.Unit.Currency, l.Total.Currency, l.Tax.Currency = c, c, c
		o.Lines = append(o.Lines, l)
		return l, nil
	})
	return out, err
}

// side is where a neighbour stands.
type side bool

const (
	newer side = false
	older side = true
)

// beside is the next order on one side in a list, or zero.
func beside(ctx context.Context, tx tx, q Query, oid ordersapi.OrderID, to side) (ordersapi.OrderID, error) {
	order := "o.id"
	if to == older {
		order = "o.id DESC"
	}
	where := append(q.where(), db.After(bool(to), []string{"o.id"}, []any{oid}))
	rows, err := db.List(ctx, tx, stmtListOrders, db.Filter{Where: where, Order: []string{order}, Limit: 1}, scanRow)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	return rows[0].ID, nil
}
