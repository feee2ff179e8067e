package payments

import (
	"context"
	"io"
	"time"

	"orion/kit/ui"
	"orion/modules/customers/customersapi"
	"orion/modules/payments/paymentsui"
)

// cardsLink leads customers to what they saved, where something can be saved or was.
func (m *Module) cardsLink(ctx context.Context, v customersapi.Viewed) (customersapi.Link, error) {
	link := customersapi.Link{Label: "payments.cards", Path: cardsPath}
	if code, _ := m.collector(v.In); code != "" {
		return link, nil
	}
	all, err := m.Cards(ctx, v.In, v.Customer)
	if err != nil || len(all) == 0 || !m.saves() {
		return customersapi.Link{}, err
	}
	return link, nil
}

// exportedCard is a saved method in the file of a customer's data.
type exportedCard struct {
	Service  string    `json:"service"`
	Brand    string    `json:"brand"`
	Account  string    `json:"account,omitempty"`
	Last4    string    `json:"last4,omitempty"`
	ExpMonth int64     `json:"exp_month,omitempty"`
	ExpYear  int64     `json:"exp_year,omitempty"`
	AgreedAt time.Time `json:"agreed_at"`
}

// exportCards is everything that a customer saved.
func (m *Module) exportCards(ctx context.Context, v customersapi.Viewed) (customersapi.Part, error) {
	all, err := m.Cards(ctx, v.In, v.Customer)
	out := make([]exportedCard, len(all))
	for i, c := range all {
		out[i] = exportedCard{c.Gateway, c.Brand, c.Account, c.Last4, c.ExpMonth, c.ExpYear, c.AgreedAt}
	}
	return customersapi.Part{Name: "saved_cards", Data: out}, err
}

// section is drawn when the page is, because the words come with it.
type section func(ctx context.Context, w io.Writer) error

// Render writes the section.
func (f section) Render(ctx context.Context, w io.Writer) error { return f(ctx, w) }

// customersCards shows staff what a customer saved, if they may see payments.
func (m *Module) customersCards(ctx context.Context, v customersapi.Viewed) (customersapi.Section, error) {
	none := section(func(context.Context, io.Writer) error { return nil })
	if !v.Grants.Has(View) || !m.saves() {
		return none, nil
	}
	all, err := m.Cards(ctx, v.In, v.Customer)
	if err != nil || len(all) == 0 {
		return none, err
	}
	return section(func(ctx context.Context, w io.Writer) error {
		out := paymentsui.Cards{}
		if v.Grants.Has(MaySettle) {
			out.Base = "/payments/cards"
		}
		for _, c := range all {
			out.Cards = append(out.Cards, cardView(ui.Words(ctx), c))
		}
		return paymentsui.CustomersCards(out).Render(ctx, w)
	}), nil
}
