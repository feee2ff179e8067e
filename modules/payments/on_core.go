package payments

import (
	"context"

	"orion/kit/slot"
	"orion/modules/core/coreapi"
	"orion/modules/payments/paymentsapi"
)

// fills are what payments add to the pages that belong to no single module.
func (m *Module) fills() []slot.Filling {
	return []slot.Filling{coreapi.StoreSteps.Fill(paymentsapi.Code, 29, m.firstSteps)}
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
