package orders

import (
	"orion/kit/tenant"
	"orion/modules/orders/ordersapi"
)

const linkPurpose = "orders.order"

// Token opens one order to whoever holds it, for as long as the order exists.
func (m *Module) Token(in tenant.Store, oid ordersapi.OrderID) string {
	return m.need.Kit.Sign.Sign(linkPurpose, int64(in.ID()), int64(oid), 0)
}

// Path is the page of an order for its buyer, inside the storefront.
func (m *Module) Path(in tenant.Store, oid ordersapi.OrderID) string {
	return "/orders/" + m.Token(in, oid)
}

// opened is the order that a token was made for.
func (m *Module) opened(in tenant.Store, token string) (ordersapi.OrderID, error) {
	oid, err := m.need.Kit.Sign.Open(linkPurpose, int64(in.ID()), token)
	if err != nil {
		return 0, errUnknown
	}
	return ordersapi.OrderID(oid), nil
}
