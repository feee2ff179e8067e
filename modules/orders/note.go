package orders

import (
	"context"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/modules/orders/ordersapi"
)

var errNote = fault.New(fault.Invalid, "orders.invalid_note")

// Note adds a remark of the staff to an order's story; buyers never see it.
func (m *Module) Note(ctx context.Context, in tenant.Store, oid ordersapi.OrderID, text string, by auth.Actor) (Order, error) {
	text = clip(text, maxNote)
	if text == "" {
		return Order{}, errNote.Field("note", "form.required")
	}
	return m.change(ctx, in, oid, func(context.Context, tx, *Order) (outcome, error) {
		return outcome{act: act{What: Noted, By: by, Audit: MayEdit, Detail: Detail{Text: text}}}, nil
	})
}
