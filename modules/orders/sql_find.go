package orders

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/orders/ordersapi"
)

var (
	stmtListOrders  = db.MustList[tenant.Store](files, "list_orders")
	stmtOrderCounts = db.Must[tenant.Store](files, "order_counts")
)

func listOrders(ctx context.Context, tx tx, q Query) (page.Page[Row], error) {
	where := q.where()
	if q.After != "" {
		var after ordersapi.OrderID
		if err := page.Decode(q.After, &after); err != nil {
			return page.Page[Row]{}, err
		}
		where = append(where, db.After(true, []string{"o.id"}, []any{after}))
	}
	rows, err := db.List(ctx, tx, stmtListOrders, db.Filter{Where: where, Order: []string{"o.id DESC"}, Limit: q.Fetch()}, scanRow)
	return page.Of(rows, q.Limit, func(r Row) []any { return []any{r.ID} }), err
}

func scanRow(r db.Row) (Row, error) {
	var o Row
	var p storedPayment
	var c money.Currency
	err := r.Scan(&o.ID, &o.Number, &o.Status, &o.Name, &o.Email, &c, &o.Total.Minor, &o.Paid.Minor, &o.Refunded.Minor, &o.Lost.Minor,
		&o.Pieces, db.JSON(&o.Carrier), db.JSON(&p), &o.Packed, db.Time(&o.PlacedAt))
	o.Total.Currency, o.Paid.Currency, o.Refunded.Currency, o.Lost.Currency = c, c, c, c
	o.Deferred = p.Deferred
	return o, err
}

func countOrders(ctx context.Context, tx tx, c money.Currency) (Counts, error) {
	args := db.Args{"most": MostCounted, "since": tx.Now().Truncate(24 * time.Hour)}
	return db.One(ctx, tx, stmtOrderCounts, args, func(r db.Row) (Counts, error) {
		out := Counts{Sold: money.New(0, c)}
		err := r.Scan(&out.ToShip, &out.Pending, &out.Placed, &out.Sold.Minor)
		return out, err
	})
}
