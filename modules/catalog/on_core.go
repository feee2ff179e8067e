package catalog

import (
	"context"
	"strings"

	"orion/kit/page"
	"orion/kit/slot"
	"orion/modules/catalog/catalogapi"
	"orion/modules/cms/mediaapi"
	"orion/modules/core/coreapi"
)

// fills are what the catalogue adds to the pages that belong to no single module.
func (m *Module) fills() []slot.Filling {
	return append(append(m.sections(), m.texts()...),
		coreapi.StoreSteps.Fill(catalogapi.Code, 1, m.firstSteps),
		coreapi.StoreResults.Fill(catalogapi.Code, 15, m.results),
		mediaapi.Usage.Fill(catalogapi.Code, 15, m.pictured),
	)
}

// results finds products by title, brand, SKU or barcode, and the act of making
// one by its name.
func (m *Module) results(ctx context.Context, s coreapi.Search[coreapi.StoreReader]) ([]coreapi.Result, error) {
	r, w := s.Reader, s.Reader.Words
	var out []coreapi.Result
	if act := w.T("catalog.new_product"); r.Grants.Has(MayEdit) && strings.Contains(strings.ToLower(act), strings.ToLower(s.Query)) {
		out = append(out, coreapi.Result{Kind: w.T("catalog.act"), Title: act, Link: "/products/new", Icon: "plus"})
	}
	if !r.Grants.Has(View) || len(tokens(s.Query)) == 0 {
		return out, nil
	}
	found, err := m.Products(ctx, r.In, w.Lang(), Wanted{Text: s.Query, Page: page.Request{Limit: s.Limit}})
	for _, p := range found.Items {
		out = append(out, coreapi.Result{
			Kind: w.T("catalog.product"), Title: p.Title, Sub: w.T("catalog.status_" + string(p.Status)), Link: "/products/" + p.ID.String(), Icon: "tag",
		})
	}
	return out, err
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
