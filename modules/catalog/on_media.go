package catalog

import (
	"context"

	"orion/kit/db"
	"orion/modules/cms/mediaapi"
)

// pictured are the products whose text shows a file of the store's library, deleted
// ones too: they may come back.
func (m *Module) pictured(ctx context.Context, a mediaapi.Asked) ([]mediaapi.Use, error) {
	return db.Read(ctx, m.db, a.In, func(tx tx) ([]mediaapi.Use, error) { return productsNaming(ctx, tx, a.Address) })
}
