package inventory

import (
	"context"

	"orion/kit/db"
	"orion/kit/slot"
	"orion/modules/catalog/catalogapi"
	"orion/modules/core/coreapi"
	"orion/modules/inventory/inventoryapi"
)

// mostLow is where counting stops: nobody needs to know more exactly.
const mostLow = 1000

// fills are what stock adds to the dashboard, and to the sheet of products.
func (m *Module) fills() []slot.Filling {
	return []slot.Filling{coreapi.StoreTasks.Fill(inventoryapi.Code, 30, m.tasks), catalogapi.Figures.Fill(inventoryapi.Code, 1, m.figures)}
}

// tasks tell what runs low.
func (m *Module) tasks(ctx context.Context, r coreapi.StoreReader) ([]coreapi.Task, error) {
	if !r.Grants.Has(View) {
		return nil, nil
	}
	n, err := db.Read(ctx, m.need.Kit.DB, r.In, func(tx tx) (int, error) { return countLow(ctx, tx) })
	if err != nil || n == 0 {
		return nil, err
	}
	shown := r.Words.Number(n)
	if n >= mostLow {
		shown = r.Words.Number(mostLow-1) + "+"
	}
	return []coreapi.Task{{Label: r.Words.N("inventory.task_low", n, "most", shown), Link: "/inventory?low=1", Icon: "boxes"}}, nil
}
