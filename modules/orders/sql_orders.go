package orders

import (
	"context"
	"errors"
	"time"

	"orion/kit/db"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/orders/ordersapi"
)

var (
	stmtInsertRequest = db.Must[tenant.Store](files, "insert_request")
	stmtFindRequest   = db.Must[tenant.Store](files, "find_request")
	stmtCountPlaced   = db.Must[tenant.Store](files, "count_placed")
	stmtNextNumber    = db.Must[tenant.Store](files, "next_number")
	stmtInsertOrder   = db.Must[tenant.Store](files, "insert_order")
	stmtInsertLines   = db.Must[tenant.Store](files, "insert_lines")
	stmtFindOrder     = db.Must[tenant.Store](files, "find_order")
	stmtLockOrder     = db.Must[tenant.Store](files, "lock_order")
	stmtLinesOfOrder  = db.Must[tenant.Store](files, "lines_of_order")
	stmtSaveOrder     = db.Must[tenant.Store](files, "save_order")
	stmtSaveLine      = db.Must[tenant.Store](files, "save_line")
)

// request is an accepted Idempotency-Key and what it led to.
type request struct {
	Fingerprint string
	Order       ordersapi.OrderID
}

// insertRequest takes a key for an order. It tells false when somebody has it;
// who is still at work with it is waited for.
func insertRequest(ctx context.Context, tx tx, key string, r request) (bool, error) {
	n, err := db.Exec(ctx, tx, stmtInsertRequest, db.Args{"key": key, "fingerprint": r.Fingerprint, "order": r.Order, "now": tx.Now()})
	return n > 0, err
}

func findRequest(ctx context.Context, tx tx, key string) (request, error) {
	return db.One(ctx, tx, stmtFindRequest, db.Args{"key": key}, func(r db.Row) (q request, err error) {
		return q, r.Scan(&q.Fingerprint, &q.Order)
	})
}

// nextNumber counts the store's orders. The row stays locked until the end of
// the transaction, so it is taken as late as can be.
func nextNumber(ctx context.Context, tx tx) (int64, error) {
	return db.One(ctx, tx, stmtNextNumber, db.Args{"first": firstNumber}, scanCount)
}

// countPlaced is how many orders were placed since a time.
func countPlaced(ctx context.Context, tx tx, since time.Time) (int64, error) {
	return db.One(ctx, tx, stmtCountPlaced, db.Args{"since": since}, scanCount)
}

func insertOrder(tx tx, o Order) error {
	if err := db.Defer(tx, stmtInsertOrder, db.Args{
		"id": o.ID, "number": o.Number, "status": o.Status, "customer": o.Customer,
		"email": o.Contact.Email, "name": o.Contact.Name, "contact": db.JSON(o.Contact), "lang": o.Lang, "shop": db.JSON(o.Shop),
		"delivery": db.JSON(o.Delivery), "billing": db.JSON(o.Billing), "carrier": db.JSON(o.Carrier), "note": o.Note,
		"currency": o.Totals.Total.Currency, "goods": o.Totals.Goods.Minor, "delivery_minor": o.Totals.Delivery.Minor,
		"tax": o.Totals.Tax.Minor, "total": o.Totals.Total.Minor, "taxes": db.JSON(o.Totals.Taxes), "trace": db.JSON(o.Totals.Trace),
		"pieces": o.pieces(), "payment_id": o.Payment.ID, "payment": db.JSON(storedPayment{o.Payment.Method, o.Payment.Name, o.Payment.Deferred}),
		"placed_at": o.PlacedAt, "country": o.Delivery.Country, "method": o.Carrier.Method.String(), "money": o.Payment.standing(o.Totals.Total),
	}); err != nil {
		return err
	}
	rows := make([]lineRow, len(o.Lines))
	for i, l := range o.Lines {
		rows[i] = newLineRow(i, l)
	}
	return db.Defer(tx, stmtInsertLines, db.Args{"order": o.ID, "lines": db.JSON(rows)})
}

// storedPayment is what never changes of an order's payment.
type storedPayment struct {
	Method   string `json:"method"`
	Name     string `json:"name"`
	Deferred bool   `json:"deferred,omitempty"`
}

// lineRow is a line as one statement inserts them all.
type lineRow struct {
	ID       int64  `json:"id"`
	Position int    `json:"position"`
	Variant  int64  `json:"variant"`
	Product  int64  `json:"product"`
	Title    string `json:"title"`
	Options  string `json:"options"`
	SKU      string `json:"sku"`
	GTIN     string `json:"gtin"`
	Image    string `json:"image"`
	Slug     string `json:"slug"`
	Quantity int64  `json:"quantity"`
	Unit     int64  `json:"unit"`
	Total    int64  `json:"total"`
	Tax      int64  `json:"tax"`
	TaxClass string `json:"tax_class"`
	Rate     int64  `json:"rate"`
	Grams    int64  `json:"grams"`
	Digital  bool   `json:"digital"`
}

func newLineRow(position int, l Line) lineRow {
	return lineRow{
		ID: int64(l.ID), Position: position, Variant: int64(l.Variant), Product: int64(l.Product), Title: l.Title, Options: l.Options,
		SKU: l.SKU, GTIN: l.GTIN, Image: l.Image, Slug: l.Slug, Quantity: l.Quantity, Unit: l.Unit.Minor, Total: l.Total.Minor,
		Tax: l.Tax.Minor, TaxClass: string(l.TaxClass), Rate: l.RateBP, Grams: l.Grams, Digital: l.Digital,
	}
}

// findOrder reads an order with its lines.
func findOrder(ctx context.Context, tx tx, oid ordersapi.OrderID) (Order, error) {
	o, err := db.One(ctx, tx, stmtFindOrder, db.Args{"id": oid}, scanOrder)
	if errors.Is(err, db.ErrNoRow) {
		return Order{}, errUnknown
	}
	if err != nil {
		return Order{}, err
	}
	o.Lines, err = db.All(ctx, tx, stmtLinesOfOrder, db.Args{"order": oid}, scanLine(o.Totals.Total.Currency))
	return o, err
}

// lockOrder reads an order that the transaction is going to change.
func lockOrder(ctx context.Context, tx tx, oid ordersapi.OrderID) (Order, error) {
	if _, err := db.One(ctx, tx, stmtLockOrder, db.Args{"id": oid}, scanCount); err != nil {
		if errors.Is(err, db.ErrNoRow) {
			return Order{}, errUnknown
		}
		return Order{}, err
	}
	return findOrder(ctx, tx, oid)
}

func scanOrder(r db.Row) (Order, error) {
	var o Order
	var p storedPayment
	var c money.Currency
	t := &o.Totals
	err := r.Scan(&o.ID, &o.Number, &o.Status, &o.Customer, db.JSON(&o.Contact), &o.Lang, db.JSON(&o.Shop),
		db.JSON(&o.Delivery), db.JSON(&o.Billing), db.JSON(&o.Carrier), &o.Note,
		&c, &t.Goods.Minor, &t.Delivery.Minor, &t.Tax.Minor, &t.Total.Minor, db.JSON(&t.Taxes), db.JSON(&t.Trace),
		&o.Payment.ID, db.JSON(&p), &o.Payment.Paid.Minor, &o.Payment.Refunded.Minor, &o.Payment.Lost.Minor, &o.HoldLost, &o.Reason, &o.Packed,
		db.Time(&o.PlacedAt), db.Time(&o.PaidAt), db.Time(&o.ShippedAt), db.Time(&o.DeliveredAt), db.Time(&o.CancelledAt))
	o.Payment.Method, o.Payment.Name, o.Payment.Deferred = p.Method, p.Name, p.Deferred
	for _, a := range []*money.Amount{&t.Goods, &t.Delivery, &t.Tax, &t.Total, &o.Payment.Paid, &o.Payment.Refunded, &o.Payment.Lost} {
		a.Currency = c
	}
	return o, err
}

func scanLine(c money.Currency) func(db.Row) (Line, error) {
	return func(r db.Row) (l Line, err error) {
		l.Unit.Currency, l.Total.Currency, l.Tax.Currency = c, c, c
		return l, r.Scan(l.fields()...)
	}
}

// fields are where a row of a line goes.
func (l *Line) fields() []any {
	return []any{
		&l.ID, &l.Variant, &l.Product, &l.Title, &l.Options, &l.SKU, &l.GTIN, &l.Image, &l.Slug,
		&l.Quantity, &l.Unit.Minor, &l.Total.Minor, &l.Tax.Minor, &l.TaxClass, &l.RateBP, &l.Grams, &l.Digital, &l.Shipped, &l.Returned,
	}
}

// saveOrder stores what can change of an order. Lines are saved by themselves.
func saveOrder(ctx context.Context, tx tx, o Order) error {
	_, err := db.Exec(ctx, tx, stmtSaveOrder, db.Args{
		"id": o.ID, "status": o.Status, "paid": o.Payment.Paid.Minor, "refunded": o.Payment.Refunded.Minor, "lost": o.Payment.Lost.Minor, "hold_lost": o.HoldLost,
		"reason": o.Reason, "packed": o.Packed, "money": o.Payment.standing(o.Totals.Total),
		"paid_at": o.PaidAt, "shipped_at": o.ShippedAt, "delivered_at": o.DeliveredAt, "cancelled_at": o.CancelledAt,
	})
	return err
}

func saveLine(ctx context.Context, tx tx, l Line) error {
	_, err := db.Exec(ctx, tx, stmtSaveLine, db.Args{"id": l.ID, "shipped": l.Shipped, "returned": l.Returned})
	return err
}
