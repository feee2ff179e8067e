package customers

import (
	"context"

	"orion/kit/mail"
	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/slot"
	"orion/modules/core/coreapi"
	"orion/modules/customers/customersapi"
)

// fills are what customers add to the pages that belong to no single module.
func (m *Module) fills() []slot.Filling {
	return []slot.Filling{coreapi.StoreResults.Fill(customersapi.Code, 20, m.results), mail.Samples.Fill(customersapi.Code, 20, m.samples)}
}

// results finds customers by name, address, telephone or number.
func (m *Module) results(ctx context.Context, s coreapi.Search[coreapi.StoreReader]) ([]coreapi.Result, error) {
	r := s.Reader
	if !r.Grants.Has(View) {
		return nil, nil
	}
	found, err := m.Customers(ctx, r.In, Filter{Query: s.Query}, page.Request{Limit: s.Limit})
	var out []coreapi.Result
	for _, c := range found.Items {
		out = append(out, coreapi.Result{
			Kind: r.Words.T("customers.customer"), Title: c.Title(), Sub: c.Email + " · " + r.Words.Money(money.New(c.Spent, r.Currency)),
			Link: "/customers/" + c.ID.String(), Icon: "user",
		})
	}
	return out, err
}
