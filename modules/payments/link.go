package payments

import (
	"orion/kit/auth"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
)

// purpose keeps links to payments apart from other signed links.
const purpose = "payments.pay"

// path is the payer's page of a payment: it waits until the gateway tells, and
// leads back. Only we can make such a path.
func (m *Module) path(in tenant.Store, number paymentsapi.PaymentID) string {
	return "/pay/" + m.need.Kit.Sign.Sign(purpose, int64(in.ID()), int64(number), 0)
}

// FormPath is the page of a payment that shows its gateway's form.
func (m *Module) FormPath(in tenant.Store, number string) string {
	return m.numbered("/pay/form/", in, number)
}

// testPath is the test gateway's page of a payment.
func (m *Module) testPath(in tenant.Store, number string) string {
	return m.numbered("/pay/test/", in, number)
}

func (m *Module) numbered(page string, in tenant.Store, number string) string {
	var p paymentsapi.PaymentID
	if err := p.UnmarshalText([]byte(number)); err != nil {
		return "/"
	}
	return page + m.need.Kit.Sign.Sign(purpose, int64(in.ID()), int64(p), 0)
}

// opened gives the payment that a link's token names in a store.
func (m *Module) opened(in tenant.Store, token string) (paymentsapi.PaymentID, error) {
	number, err := m.need.Kit.Sign.Open(purpose, int64(in.ID()), token)
	if err != nil {
		return 0, auth.ErrLink
	}
	return paymentsapi.PaymentID(number), nil
}
