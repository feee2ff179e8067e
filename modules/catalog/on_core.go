package catalog

import (
	"context"

	"orion/kit/page"
	"orion/kit/slot"
	"orion/modules/catalog/catalogapi"
	"orion/modules/core/coreapi"
)

// fills are what the catalogue adds to the pages that belong to no single module.
func (m *Module) fills() []slot.Filling {
	return []slot.Filling{coreapi.StoreSteps.Fill(catalogapi.Code, 1, m.firstSteps)}
}

// firstSteps ask for something to sell.
func (m *Module) firstSteps(ctx context.Context, r coreapi.StoreReader) ([]coreapi.Step, error) {
	if !r.Grants.Has(MayEdit) {
		return nil, nil
	}
	list, err := m.Products(ctx, r.In, r.Words.Lang(), Wanted{Page: page.Request{Limit: 1}})
	w := r.Words
	step := coreapi.Step{
		Title: w.T("catalog.step_product"), Text: w.T("catalog.step_product_text"), Link: "/products/new", Label: w.T("catalog.new_product"), Done: len(list.Items) > 0,
	}
	if r.Grants.Has(MayImport) {
		step.Other, step.OtherLabel = "/imports", w.T("catalog.step_import")
	}
	return []coreapi.Step{step}, err
}
