package inventory

import (
	"context"

	"orion/kit/event"
	"orion/modules/catalog/catalogapi"
)

func (m *Module) handlers() []event.Handler {
	return []event.Handler{
		event.On("inventory.open_stock", func(ctx context.Context, tx tx, e catalogapi.VariantsAdded) error {
			return m.OpenStock(ctx, tx, e.Variants)
		}),
	}
}
