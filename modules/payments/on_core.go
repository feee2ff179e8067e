package payments

import (
	"context"

	"orion/kit/page"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/modules/core/coreapi"
	"orion/modules/customers/customersapi"
	"orion/modules/payments/paymentsapi"
)

// fills are what payments add to the pages that belong to no single module.
func (m *Module) fills() []slot.Filling {
	return []slot.Filling{
		coreapi.StoreSteps.Fill(paymentsapi.Code, 29, m.firstSteps),
		coreapi.StoreTasks.Fill(paymentsapi.Code, 15, m.tasks),
		coreapi.StoreResults.Fill(paymentsapi.Code, 40, m.results),
		customersapi.Erase.Fill(paymentsapi.Code, 40, func(context.Context, tenant.Store) (customersapi.Eraser, error) { return m.forgetCards, nil }),
		customersapi.Export.Fill(paymentsapi.Code, 40, m.exportCards),
		customersapi.Detail.Fill(paymentsapi.Code, 40, m.customersCards),
		customersapi.AccountMenu.Fill(paymentsapi.Code, 40, m.cardsLink),
	}
}

// tasks are the disputes and the differences that wait for somebody.
func (m *Module) tasks(ctx context.Context, r coreapi.StoreReader) ([]coreapi.Task, error) {
	var out []coreapi.Task
	if r.Grants.Has(MayDispute) && m.disputes() {
		n, err := m.WaitingDisputes(ctx, r.In)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			out = append(out, coreapi.Task{Label: r.Words.N("payments.task_disputes", n), Link: disputesPath, Icon: "shield", Bad: true})
		}
	}
	if r.Grants.Has(MaySettle) && len(m.reconcilers()) > 0 {
		n, err := m.OpenDifferences(ctx, r.In)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			out = append(out, coreapi.Task{Label: r.Words.N("payments.task_differences", n), Link: differences, Icon: "scale", Bad: true})
		}
	}
	return out, nil
}

// results finds payments by their reference or the payer's address.
func (m *Module) results(ctx context.Context, s coreapi.Search[coreapi.StoreReader]) ([]coreapi.Result, error) {
	r, w := s.Reader, s.Reader.Words
	if !r.Grants.Has(View) {
		return nil, nil
	}
	found, err := m.Payments(ctx, r.In, Wanted{Text: s.Query}, page.Request{Limit: s.Limit})
	var out []coreapi.Result
	for _, p := range found.Items {
		out = append(out, coreapi.Result{
			Kind: w.T("payments.payment"), Title: p.Reference, Sub: w.T("payments.status."+string(p.Status)) + " · " + w.Money(p.Amount),
			Link: "/payments/" + p.ID.String(), Icon: "credit-card",
		})
	}
	return out, err
}

// firstSteps ask how the store is paid, until somebody has chosen.
func (m *Module) firstSteps(_ context.Context, r coreapi.StoreReader) ([]coreapi.Step, error) {
	if !r.Grants.Has(MaySettle) {
		return nil, nil
	}
	w, source := r.Words, m.need.Kit.Settings
	return []coreapi.Step{{
		Title: w.T("payments.step"), Text: w.T("payments.step_text"), Link: "/settings/" + paymentsapi.Code, Label: w.T("payments.step_link"),
		Done: source != nil && source.Raw(paymentsapi.Code, r.In) != "",
	}}, nil
}
