package orders

import (
	"net/http"
	"net/url"
	"strconv"

	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/orders/ordersapi"
	"orion/modules/orders/ordersui"
)

type staffer = *web.Ctx[web.Store]

func (m *Module) storeRoutes(mux *web.Mux[web.Store]) {
	mux.Get("/orders", web.Need(MayView), m.listPage)
	mux.Get("/orders/{id}", web.Need(MayView), m.detailPage)
	mux.Post("/orders/{id}/ship", web.Need(MayShip), m.act("orders.done_shipped", m.postShip))
	mux.Post("/orders/{id}/deliver", web.Need(MayShip), m.act("orders.done_delivered", m.postDeliver))
	mux.Post("/orders/{id}/cancel", web.Need(MayCancel), m.act("orders.done_cancelled", m.postCancel))
	mux.Post("/orders/{id}/refund", web.Need(MayRefund), m.act("orders.done_refund", m.postRefund))
	mux.Post("/orders/{id}/note", web.Need(MayEdit), m.act("orders.done_note", m.postNote))
	mux.Get("/delivery", web.Need(MaySet), m.methodsPage)
	mux.Get("/delivery/new", web.Need(MaySet), m.methodNew)
	mux.Post("/delivery/new", web.Need(MaySet), m.methodSave)
	mux.Get("/delivery/{id}", web.Need(MaySet), m.methodPage)
	mux.Post("/delivery/{id}", web.Need(MaySet), m.methodSave)
	mux.Post("/delivery/{id}/delete", web.Need(MaySet), m.methodDelete)
}

// views are the tabs above the list.
var views = []struct {
	name     string
	statuses []ordersapi.Status
	unpaid   bool
}{
	{name: "all"},
	{name: "to_ship", statuses: []ordersapi.Status{ordersapi.Processing, ordersapi.PartiallyShipped}},
	{name: "unpaid", unpaid: true},
	{name: "shipped", statuses: []ordersapi.Status{ordersapi.Shipped, ordersapi.Delivered}},
	{name: "ended", statuses: []ordersapi.Status{ordersapi.Cancelled, ordersapi.Refunded}},
}

func (m *Module) listPage(c staffer) error {
	q := Query{Request: page.Request{After: c.Query("after")}, Text: c.Query("q")}
	at := 0
	for i, v := range views {
		if v.name == c.Query("view") {
			at, q.Statuses, q.Unpaid = i, v.statuses, v.unpaid
		}
	}
	status := ordersapi.Status(c.Query("status"))
	if _, known := moves[status]; known {
		q.Statuses = []ordersapi.Status{status}
	}
	o, err := m.Overview(c.Context(), c.As.In, q, c.As.Shop.Currency)
	if err != nil {
		return err
	}
	w := c.Words
	v := ordersui.List{
		Sub: w.T("orders.list_sub", "n", most(o.ToShip), "m", most(o.Pending)), Fresh: len(o.Items) == 0 && len(c.R.URL.RawQuery) == 0,
		Stats: []ui.Stat{
			{Label: w.T("orders.stat_to_ship"), Value: most(o.ToShip), Href: "/orders?view=to_ship"},
			{Label: w.T("orders.stat_pending"), Value: most(o.Pending), Href: "/orders?status=pending"},
			{Label: w.T("orders.stat_today"), Value: w.Number(int(o.Placed))},
			{Label: w.T("orders.stat_sold"), Value: w.Money(o.Sold)},
		},
		Filter: ui.FilterBar{Action: "/orders", Query: q.Text, Placeholder: w.T("orders.search"), Keep: map[string]string{}},
	}
	for i, tab := range views {
		v.Tabs = append(v.Tabs, ui.Tab{Label: w.T("orders.view_" + tab.name), Href: with(c.R.URL.Query(), "view", tab.name, "status", "", "after", ""), Active: i == at && status == ""})
	}
	v.Filter.Chips = []ui.Chip{m.statusChip(c, status)}
	for _, name := range []string{"view", "status"} {
		if value := c.Query(name); value != "" {
			v.Filter.Keep[name] = value
		}
	}
	if q.Text != "" || status != "" {
		v.Filter.Clear = "/orders"
	}
	for _, r := range o.Items {
		v.Rows = append(v.Rows, rowView(r, "/orders/"+r.ID.String(), w))
	}
	if o.Next != "" {
		v.Next = with(c.R.URL.Query(), "after", o.Next)
	}
	if q.After != "" {
		v.First = with(c.R.URL.Query(), "after", "")
	}
	return c.Page(web.Head{Title: w.T("orders.menu"), Active: "/orders"}, ordersui.ListPage(v))
}

func (m *Module) statusChip(c staffer, now ordersapi.Status) ui.Chip {
	chip := ui.Chip{Label: c.Words.T("orders.state"), Href: func(value string) string {
		return with(c.R.URL.Query(), "status", value, "view", "", "after", "")
	}}
	for _, s := range Statuses {
		chip.Options = append(chip.Options, ui.Option{Value: string(s), Label: c.Words.T("orders.status_" + string(s))})
	}
	if now != "" {
		chip.Value, chip.Remove = c.Words.T("orders.status_"+string(now)), with(c.R.URL.Query(), "status", "", "after", "")
	}
	return chip
}

// with is the list's address with some parameters changed; empty ones go.
func with(q url.Values, kv ...string) string {
	for i := 0; i+1 < len(kv); i += 2 {
		q.Set(kv[i], kv[i+1])
		if kv[i+1] == "" {
			q.Del(kv[i])
		}
	}
	if len(q) == 0 {
		return "/orders"
	}
	return "/orders?" + q.Encode()
}

func most(n int64) string {
	if n >= MostCounted {
		return strconv.Itoa(MostCounted-1) + "+"
	}
	return strconv.FormatInt(n, 10)
}

func (m *Module) detailPage(c staffer) error {
	oid, err := parseID[ordersapi.OrderKind](c.Param("id"))
	if err != nil {
		return err
	}
	return m.showDetail(c, http.StatusOK, oid, ui.Form{})
}

func (m *Module) showDetail(c staffer, status int, oid ordersapi.OrderID, state ui.Form) error {
	d, err := m.Dossier(c.Context(), c.As.In, oid)
	if err != nil {
		return err
	}
	w, left := c.Words, d.refundable()
	v := ordersui.Detail{
		ID: oid.String(), Number: d.Number, Sub: w.T("orders.detail_sub", "at", w.DateTime(d.PlacedAt), "name", d.Contact.Name),
		Badges: orderBadges(d.Order, w), Currency: string(d.Totals.Total.Currency), Lines: lineViews(d.Lines),
		Sums: sumsView(d.Totals, d.Carrier.Name, m.settings.Of(c.As.In).ShowNet, w), Payment: paymentFacts(d.Order, w.T, w.Money),
		Customer: []ui.Fact{{Label: w.T("orders.name"), Text: d.Contact.Name}, {Label: w.T("orders.email"), Text: d.Contact.Email}, {Label: w.T("orders.phone"), Text: d.Contact.Phone}},
		Delivery: addressed(d.Delivery, w.Lang()), Billing: addressed(d.Billing, w.Lang()), Pickup: d.Carrier.Pickup, Carrier: d.Carrier.Name,
		Note: d.Note, Link: "~" + c.ShopURL(m.Path(c.As.In, oid)), Story: storyView(d.Story, w, true), Parcels: parcelViews(d.Parcels, w),
		Refundable: left, State: state, Open: c.R.URL.Query().Get("open"),
		CanShip:    may(d.Status, ordersapi.Shipped) && c.As.Grants.Has(MayShip),
		CanDeliver: may(d.Status, ordersapi.Delivered) && c.As.Grants.Has(MayShip),
		CanCancel:  may(d.Status, ordersapi.Cancelled) && c.As.Grants.Has(MayCancel),
		CanRefund:  left.IsPositive() && c.As.Grants.Has(MayRefund),
		CanNote:    c.As.Grants.Has(MayEdit),
	}
	if v.CanShip {
		for _, l := range d.Lines {
			v.ToShip += int(l.Open())
		}
	}
	return c.PageStatus(status, web.Head{Title: w.T("orders.order_n", "number", d.Number), Active: "/orders"}, ordersui.DetailPage(v))
}

func paymentFacts(o Order, t func(string, ...any) string, write func(money.Amount) string) []ui.Fact {
	out := []ui.Fact{{Label: t("orders.payment_choice"), Text: o.Payment.Name}, {Label: t("orders.money_paid"), Text: write(o.Payment.Paid)}}
	if o.Payment.Refunded.IsPositive() {
		out = append(out, ui.Fact{Label: t("orders.money_refunded"), Text: write(o.Payment.Refunded)})
	}
	return out
}
