package customers

import (
	"context"
	"net/http"
	"time"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/web"
	"orion/modules/customers/customersapi"
)

// customerOut is a customer in the REST interface.
type customerOut struct {
	ID         auth.CustomerID `json:"id"`
	Number     string          `json:"number" example:"C1042"`
	Email      string          `json:"email" example:"lea@example.com"`
	Name       string          `json:"name"`
	Phone      string          `json:"phone,omitempty"`
	Language   i18n.Lang       `json:"language" example:"fr"`
	Status     Status          `json:"status" enum:"guest,active,blocked"`
	Consent    bool            `json:"marketing_consent"`
	Orders     int64           `json:"orders"`
	Spent      money.Amount    `json:"spent"`
	Returned   money.Amount    `json:"returned"`
	Tags       []string        `json:"tags"`
	LastOrder  time.Time       `json:"last_order_at,omitzero"`
	Registered time.Time       `json:"registered_at,omitzero"`
	Created    time.Time       `json:"created_at"`
}

type addressOut struct {
	ID AddressID `json:"id"`
	customersapi.Address
	Default bool `json:"default"`
}

type cardOut struct {
	customerOut
	Addresses []addressOut `json:"addresses"`
}

func (m *Module) api(a *web.API) {
	example := customerOut{
		ID: 42, Number: "C1042", Email: "lea@example.com", Name: "Léa Schmit", Language: i18n.Fr, Status: Active, Consent: true,
		Orders: 3, Spent: money.New(18450, "EUR"), Returned: money.New(0, "EUR"), Tags: []string{"wholesale"}, Created: time.Date(2026, 1, 12, 9, 30, 0, 0, time.UTC),
	}
	web.Handle(a, web.Op{
		Method: http.MethodGet, Path: "/customers", ID: "listCustomers", Summary: "Customers, the newest first", Need: web.Need(View),
		Example: map[string]any{"items": []customerOut{example}},
	}, m.apiList)
	web.Handle(a, web.Op{
		Method: http.MethodGet, Path: "/customers/{customer}", ID: "getCustomer", Summary: "One customer with saved addresses", Need: web.Need(View),
		Example: cardOut{customerOut: example, Addresses: []addressOut{}},
	}, m.apiOne)
}

type listIn struct {
	Query   string `query:"q" doc:"Part of a name, e-mail address or telephone number, or a customer number"`
	Status  string `query:"status" doc:"guest, active or blocked"`
	Consent bool   `query:"consent" doc:"Only who agreed to marketing mail"`
	Tag     string `query:"tag" doc:"Only who has this tag"`
	After   string `query:"after" doc:"The next value of the page before"`
	Limit   int    `query:"limit" minimum:"0" maximum:"100"`
}

type listOut struct {
	Body struct {
		Items []customerOut `json:"items"`
		Next  string        `json:"next,omitempty"`
	}
}

func (m *Module) apiList(ctx context.Context, as web.Store, in *listIn) (*listOut, error) {
	f := Filter{Query: in.Query, Status: Status(in.Status), Consent: in.Consent, Tag: in.Tag}
	found, err := m.Customers(ctx, as.In, f, page.Request{After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &listOut{}
	out.Body.Items = page.Map(found, func(c Customer) customerOut { return apiCustomer(c, as.Shop.Currency) }).Items
	out.Body.Next = found.Next
	return out, nil
}

type oneIn struct {
	Customer string `path:"customer"`
}

type oneOut struct{ Body cardOut }

func (m *Module) apiOne(ctx context.Context, as web.Store, in *oneIn) (*oneOut, error) {
	cid, err := parseCustomer(in.Customer)
	if err != nil {
		return nil, err
	}
	card, err := m.Card(ctx, as.In, cid)
	if err != nil {
		return nil, err
	}
	out := &oneOut{Body: cardOut{customerOut: apiCustomer(card.Customer, as.Shop.Currency), Addresses: []addressOut{}}}
	for _, a := range card.Addresses {
		out.Body.Addresses = append(out.Body.Addresses, addressOut(a))
	}
	return out, nil
}

func apiCustomer(c Customer, cur money.Currency) customerOut {
	return customerOut{
		ID: c.ID, Number: c.Label(), Email: c.Email, Name: c.Name, Phone: c.Phone, Language: c.Lang, Status: c.Status,
		Consent: c.Consent, Orders: c.Orders, Spent: money.New(c.Spent, cur), Returned: money.New(c.Returned, cur), Tags: append([]string{}, c.Tags...), LastOrder: c.LastOrder, Registered: c.Registered, Created: c.Created,
	}
}
