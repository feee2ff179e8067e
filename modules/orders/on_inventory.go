package orders

import (
	"context"

	"orion/modules/inventory/inventoryapi"
	"orion/modules/orders/ordersapi"
)

// onExpired hears that goods went back on sale.
func (m *Module) onExpired(ctx context.Context, tx tx, e inventoryapi.Expired) error {
	if e.Kind != causeKind {
		return nil
	}
	_, err := m.changeIn(ctx, tx, ordersapi.OrderID(e.ID), m.expired)
	return err
}
