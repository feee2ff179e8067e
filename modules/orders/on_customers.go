package orders

import (
	"context"
	"io"
	"net/url"
	"time"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/ui"
	"orion/modules/customers/customersapi"
	"orion/modules/orders/ordersui"
)

// latest is how many orders a customer sees on the first page of the account.
const latest = 3

// accountLink leads customers to their orders.
func (m *Module) accountLink(context.Context, customersapi.Viewed) (customersapi.Link, error) {
	return customersapi.Link{Label: "orders.my_orders", Path: "/account/orders"}, nil
}

// accountSection shows customers their latest orders.
func (m *Module) accountSection(ctx context.Context, v customersapi.Viewed) (customersapi.Section, error) {
	list, err := m.Orders(ctx, v.In, Query{Customer: v.Customer, Request: page.Request{Limit: latest}})
	if err != nil {
		return nil, err
	}
	return latestOrders(func(ctx context.Context, w io.Writer) error {
		rows := make([]ordersui.Row, len(list.Items))
		for i, r := range list.Items {
			rows[i] = rowView(r, m.Path(v.In, r.ID), ui.Words(ctx))
		}
		return ordersui.Latest(rows).Render(ctx, w)
	}), nil
}

// ofCustomer is how many orders the staff's page of a customer shows.
const ofCustomer = 10

// happenings tells staff what happened to a customer's orders, if they may see them.
func (m *Module) happenings(ctx context.Context, v customersapi.Viewed) ([]customersapi.Happening, error) {
	if !v.Grants.Has(MayView) {
		return nil, nil
	}
	return db.Read(ctx, m.need.Kit.DB, v.In, func(tx tx) ([]customersapi.Happening, error) { return happenings(ctx, tx, v.Customer) })
}

// customerSection shows staff what a customer bought, if they may see orders.
func (m *Module) customerSection(ctx context.Context, v customersapi.Viewed) (customersapi.Section, error) {
	if !v.Grants.Has(MayView) {
		return latestOrders(func(context.Context, io.Writer) error { return nil }), nil
	}
	list, err := m.Latest(ctx, v.In, Query{Customer: v.Customer, Request: page.Request{Limit: ofCustomer}})
	if err != nil {
		return nil, err
	}
	return latestOrders(func(ctx context.Context, w io.Writer) error {
		out := ordersui.OfCustomer{Rows: make([]ordersui.Row, len(list.Items))}
		for i, r := range list.Items {
			out.Rows[i] = m.deskRow(r, "/orders/"+r.ID.String(), list.Methods, ui.Words(ctx))
			if r.Email != "" {
				out.All = "/orders?q=" + url.QueryEscape(r.Email)
			}
		}
		return ordersui.OfCustomerCard(out).Render(ctx, w)
	}), nil
}

// latestOrders are drawn when the page is, because the words come with it.
type latestOrders func(ctx context.Context, w io.Writer) error

// Render writes the orders.
func (f latestOrders) Render(ctx context.Context, w io.Writer) error { return f(ctx, w) }

// wishLink leads customers to their wish list.
func (m *Module) wishLink(context.Context, customersapi.Viewed) (customersapi.Link, error) {
	return customersapi.Link{Label: "orders.wishes", Path: wishPath}, nil
}

// exportedWish is a wish in the file of a customer's data.
type exportedWish struct {
	Product string    `json:"product"`
	Title   string    `json:"title"`
	At      time.Time `json:"added_at"`
}

// exportWishes is everything that a customer wishes for.
func (m *Module) exportWishes(ctx context.Context, v customersapi.Viewed) (customersapi.Part, error) {
	list, err := m.Wishes(ctx, v.In, Visit{Holder: Holder{Customer: v.Customer}, Lang: i18n.En})
	out := make([]exportedWish, len(list))
	for i, w := range list {
		out[i] = exportedWish{Product: w.About.Slug, Title: w.About.Title, At: w.AddedAt}
	}
	return customersapi.Part{Name: "wish_list", Data: out}, err
}

// accountMenu is the menu of the reader's account, for a page that belongs to it.
func (m *Module) accountMenu(c shopper, path string) customersapi.Section {
	if m.need.Accounts == nil || c.As.Customer.ID.IsZero() {
		return nil
	}
	return m.need.Accounts.Menu(c.Context(), customersapi.Viewed{In: c.As.In, Customer: c.As.Customer.ID}, path)
}
