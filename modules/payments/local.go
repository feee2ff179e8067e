package payments

import (
	"context"

	"orion/kit/i18n"
	"orion/kit/tenant"
)

// The gateways that are the store's own staff: the program answers for them,
// and money is recorded when somebody has seen it.
const (
	BankTransfer = "bank_transfer"
	OnDelivery   = "on_delivery"
)

// local is a gateway behind which there is no other program.
type local struct {
	about        Descriptor
	instructions func(in tenant.Store, w i18n.Words, r Request) string
	bundle       *i18n.Bundle
}

// Descriptor implements Gateway.
func (l local) Descriptor() Descriptor { return l.about }

// Create implements Gateway: the payer is told what to do and we wait.
func (l local) Create(_ context.Context, in tenant.Store, r Request) (Snapshot, error) {
	return Snapshot{Outcome: Processing, Instructions: l.instructions(in, l.bundle.In(r.Lang), r)}, nil
}

// Fetch implements Gateway: nobody but staff knows.
func (l local) Fetch(context.Context, tenant.Store, Ref) (Snapshot, error) {
	return Snapshot{Outcome: Processing}, nil
}

// Refund implements Gateway: staff give the money back and say so by refunding.
func (l local) Refund(_ context.Context, _ tenant.Store, r RefundRequest) (Snapshot, error) {
	return Snapshot{Outcome: Succeeded, Amount: r.Amount}, nil
}

func (m *Module) bankTransfer() Gateway {
	return local{
		about:  Descriptor{Code: BankTransfer, Icon: "building-2", Local: true},
		bundle: m.need.Kit.Bundle,
		instructions: func(in tenant.Store, w i18n.Words, r Request) string {
			c := m.settings.Of(in)
			return w.T("payments.bank_instructions", "amount", w.Money(r.Amount), "holder", c.Holder,
				"iban", c.account(), "reference", r.Reference)
		},
	}
}

func (m *Module) onDelivery() Gateway {
	return local{
		about:  Descriptor{Code: OnDelivery, Icon: "truck", Local: true, Deferred: true},
		bundle: m.need.Kit.Bundle,
		instructions: func(_ tenant.Store, w i18n.Words, r Request) string {
			return w.T("payments.delivery_instructions", "amount", w.Money(r.Amount))
		},
	}
}
