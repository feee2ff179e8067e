package orders

import (
	"context"
	"strconv"
	"strings"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/customers/customersapi"
	"orion/modules/orders/ordersapi"
)

// Proof is what is known of a sale that was disputed, in the staff's words: what was
// bought, by whom, and how it was sent.
type Proof struct {
	Product, Customer, Email, Address, Carrier, Tracking, ShippedOn string
}

// Proof collects what is known of an order for the buyer's bank.
func (m *Module) Proof(ctx context.Context, in tenant.Store, oid ordersapi.OrderID) (Proof, error) {
	d, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Dossier, error) { return dossier(ctx, tx, oid) })
	if err != nil {
		return Proof{}, err
	}
	w := m.need.Kit.Bundle.In(d.Shop.Lang)
	p := Proof{Customer: d.Contact.Name, Email: d.Contact.Email, Address: addressText(d.Delivery)}
	lines := []string{w.T("orders.order_n", "number", d.Number) + ", " + w.Date(d.PlacedAt)}
	for _, l := range d.Lines {
		lines = append(lines, strconv.FormatInt(l.Quantity, 10)+" × "+strings.TrimSpace(l.Title+" "+l.Options)+", "+w.Money(l.Total))
	}
	p.Product = strings.Join(lines, "\n")
	var carriers, tracks, days []string
	for _, s := range d.Parcels {
		carriers, tracks, days = with(carriers, s.Carrier), with(tracks, s.Tracking), with(days, w.Date(s.At))
	}
	p.Carrier, p.Tracking, p.ShippedOn = strings.Join(carriers, ", "), strings.Join(tracks, ", "), strings.Join(days, ", ")
	return p, nil
}

// with adds a text that is not there yet.
func with(all []string, s string) []string {
	for _, have := range all {
		if have == s {
			return all
		}
	}
	if s == "" {
		return all
	}
	return append(all, s)
}

func addressText(a customersapi.Address) string {
	var lines []string
	for _, s := range []string{a.Name, a.Company, a.Line1, a.Line2, strings.TrimSpace(a.Postal + " " + a.City), a.Country} {
		if s != "" {
			lines = append(lines, s)
		}
	}
	return strings.Join(lines, "\n")
}
