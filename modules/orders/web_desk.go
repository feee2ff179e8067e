package orders

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"time"

	"orion/kit/i18n"
	"orion/kit/id"
	"orion/kit/page"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/orders/ordersapi"
	"orion/modules/orders/ordersui"
)

// views are the tabs above the list.
var views = []struct {
	name     string
	statuses []ordersapi.Status
	packed   Packing
	unpaid   bool
}{
	{name: "all"},
	{name: "to_ship", statuses: []ordersapi.Status{ordersapi.Processing, ordersapi.PartiallyShipped}},
	{name: "packed", statuses: []ordersapi.Status{ordersapi.Processing, ordersapi.PartiallyShipped}, packed: Ready},
	{name: "unpaid", unpaid: true},
	{name: "shipped", statuses: []ordersapi.Status{ordersapi.Shipped, ordersapi.Delivered}},
	{name: "ended", statuses: []ordersapi.Status{ordersapi.Cancelled, ordersapi.Refunded}},
}

// filters are the parameters of the list, in the order of their chips.
var filters = []string{"status", "money", "method", "country", "from", "until"}

// asked is the list as its address describes it. Values that mean nothing are
// taken for none.
type asked struct {
	values url.Values
	view   int
	words  i18n.Words // whose clock says when a day begins
}

func askedOf(c staffer) asked {
	in, a := c.R.URL.Query(), asked{values: url.Values{}, words: c.Words}
	for _, name := range append([]string{"view", "q"}, filters...) {
		if v := in.Get(name); v != "" {
			a.values.Set(name, v)
		}
	}
	for i, v := range views {
		if v.name == a.values.Get("view") {
			a.view = i
		}
	}
	return a
}

// query is what the list shows, without its page.
func (a asked) query() Query {
	v := views[a.view]
	q := Query{Statuses: v.statuses, Unpaid: v.unpaid, Packed: v.packed, Text: a.values.Get("q"), Country: a.values.Get("country")}
	if s := ordersapi.Status(a.values.Get("status")); slices.Contains(Statuses, s) {
		q.Statuses = []ordersapi.Status{s}
	}
	if s := Standing(a.values.Get("money")); slices.Contains(Standings, s) {
		q.Money = s
	}
	q.Method, _ = id.Parse[methodKind](a.values.Get("method"))
	q.Since, _ = a.words.DaySpan(a.values.Get("from"))
	_, q.Until = a.words.DaySpan(a.values.Get("until"))
	return q
}

// suffix are the parameters, ready to follow a path.
func (a asked) suffix() string {
	if len(a.values) == 0 {
		return ""
	}
	return "?" + a.values.Encode()
}

func (a asked) list() string { return "/orders" + a.suffix() }

// order is the address of an order that remembers its list; empty for none.
func (a asked) order(oid ordersapi.OrderID) string {
	if oid.IsZero() {
		return ""
	}
	return "/orders/" + oid.String() + a.suffix()
}

// with is the list's address with some parameters changed; empty ones go.
func (a asked) with(kv ...string) string {
	b := asked{values: maps.Clone(a.values)}
	for i := 0; i+1 < len(kv); i += 2 {
		b.values.Set(kv[i], kv[i+1])
		if kv[i+1] == "" {
			b.values.Del(kv[i])
		}
	}
	return b.list()
}

// keep are the parameters that a form of the list sends along, but for those it
// sets itself.
func (a asked) keep(but ...string) map[string]string {
	out := map[string]string{}
	for name := range a.values {
		if !slices.Contains(but, name) {
			out[name] = a.values.Get(name)
		}
	}
	return out
}

func (m *Module) listPage(c staffer) error {
	a, w := askedOf(c), c.Words
	q := a.query()
	q.Request = page.Request{After: c.Query("after")}
	o, err := m.Overview(c.Context(), c.As.In, q, c.As.Shop.Currency)
	if err != nil {
		return err
	}
	v := ordersui.List{
		Sub: w.T("orders.list_sub", "n", most(o.ToShip), "m", most(o.Pending)), Fresh: len(o.Items) == 0 && len(c.R.URL.RawQuery) == 0,
		Stats: []ui.Stat{
			{Label: w.T("orders.stat_to_ship"), Value: most(o.ToShip), Href: "/orders?view=to_ship"},
			{Label: w.T("orders.stat_pending"), Value: most(o.Pending), Href: "/orders?status=pending"},
			{Label: w.T("orders.stat_today"), Value: w.Number(int(o.Placed))},
			{Label: w.T("orders.stat_sold"), Value: w.Money(o.Sold)},
		},
		Filter: m.filterBar(a, o.Methods, w), Bulk: a.suffix(), May: c.As.Grants.Has(MayShip), MaySet: c.As.Grants.Has(MaySet),
	}
	for i, tab := range views {
		name := tab.name
		if i == 0 {
			name = ""
		}
		v.Tabs = append(v.Tabs, ui.Tab{Label: w.T("orders.view_" + tab.name), Href: a.with("view", name, "status", ""), Active: i == a.view && a.values.Get("status") == ""})
	}
	for _, r := range o.Items {
		v.Rows = append(v.Rows, m.deskRow(r, a.order(r.ID), o.Methods, w))
	}
	if o.Next != "" {
		v.Next = a.with("after", o.Next)
	}
	if q.After != "" {
		v.First = a.list()
	}
	return c.Page(web.Head{Title: w.T("orders.menu"), Active: "/orders"}, ordersui.ListPage(v))
}

func (m *Module) filterBar(a asked, methods []Method, w i18n.Words) ui.FilterBar {
	bar := ui.FilterBar{Action: "/orders", Query: a.values.Get("q"), Placeholder: w.T("orders.search"), Keep: a.keep("q")}
	var status, money, ways, places []ui.Option
	for _, s := range Statuses {
		status = append(status, ui.Option{Value: string(s), Label: w.T("orders.status_" + string(s))})
	}
	for _, s := range Standings {
		money = append(money, ui.Option{Value: string(s), Label: w.T("orders.money_" + string(s))})
	}
	var codes []string
	for _, d := range methods {
		ways = append(ways, ui.Option{Value: d.ID.String(), Label: d.Name.In(w.Lang())})
		for _, z := range d.Zones {
			codes = append(codes, z.Countries...)
		}
	}
	if slices.Sort(codes); len(codes) > 0 {
		places = countryOptions(slices.Compact(codes), w.Lang())
	}
	for _, f := range []struct {
		name, label string
		options     []ui.Option
	}{{"status", "orders.state", status}, {"money", "orders.payment", money}, {"method", "orders.delivery", ways}, {"country", "orders.country", places}} {
		if len(f.options) > 0 {
			bar.Chips = append(bar.Chips, a.chip(f.name, w.T(f.label), f.options))
		}
	}
	bar.More = append(bar.More, m.dateChip(a, w))
	if slices.ContainsFunc(append([]string{"q"}, filters...), a.values.Has) {
		bar.Clear = "/orders"
	}
	return bar
}

func (a asked) chip(name, label string, options []ui.Option) ui.Chip {
	chip := ui.Chip{Label: label, Options: options, Remove: a.with(name, ""), Href: func(value string) string {
		if name == "status" {
			return a.with(name, value, "view", "")
		}
		return a.with(name, value)
	}}
	for _, o := range options {
		if o.Value == a.values.Get(name) {
			chip.Value = o.Label
		}
	}
	return chip
}

func (m *Module) dateChip(a asked, w i18n.Words) ui.RangeChip {
	today := w.Local(m.need.Kit.Clock.Now())
	day := func(back int) string { return today.AddDate(0, 0, -back).Format(time.DateOnly) }
	field := func(name, label string) ui.Field {
		return ui.Field{Name: name, ID: "orders-" + name, Label: w.T(label), Value: a.values.Get(name)}
	}
	chip := ui.RangeChip{Label: w.T("orders.date"), Action: "/orders", Keep: a.keep("from", "until"), Remove: a.with("from", "", "until", ""), Range: ui.DateRange{
		Label: w.T("orders.date"), From: field("from", "ui.from"), To: field("until", "ui.until"),
		Presets: []ui.DatePreset{
			{Label: w.T("ui.today"), From: day(0), To: day(0)},
			{Label: w.N("ui.last_days", 7), From: day(6), To: day(0)},
			{Label: w.N("ui.last_days", 30), From: day(29), To: day(0)},
		},
	}}
	q := a.query()
	switch {
	case !q.Since.IsZero() && !q.Until.IsZero():
		chip.Value = w.Date(q.Since) + " – " + w.Date(w.Local(q.Until).AddDate(0, 0, -1))
	case !q.Since.IsZero():
		chip.Value = w.T("ui.from") + " " + w.Date(q.Since)
	case !q.Until.IsZero():
		chip.Value = w.T("ui.until") + " " + w.Date(w.Local(q.Until).AddDate(0, 0, -1))
	}
	return chip
}

func most(n int64) string {
	if n >= MostCounted {
		return strconv.Itoa(MostCounted-1) + "+"
	}
	return strconv.FormatInt(n, 10)
}
