package customers

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/customers/customersui"
)

// asked is the list as its address describes it. Values that mean nothing are
// taken for none.
type asked struct {
	filter   Filter
	by       Sort
	currency money.Currency
	lang     i18n.Lang
}

func askedIn(c *staffCtx, query string) asked {
	q, _ := url.ParseQuery(query)
	get := func(name string) string { return strings.TrimSpace(strings.ToValidUTF8(q.Get(name), "")) }
	number := func(name string) int { n, _ := strconv.Atoi(get(name)); return n }
	a := asked{currency: c.As.Shop.Currency, lang: c.Words.Lang()}
	spent, _ := money.Parse(get("spent"), a.currency, string(a.lang))
	a.filter = Filter{
		Query: get("q"), Status: Status(get("status")), Consent: get("consent") == "yes", Tag: get("tag"), Spent: spent.Minor,
		Orders: int64(number("orders")), Days: number("days"), Idle: number("idle"), Known: number("known"),
	}.tidy()
	if Sort(get("sort")) == Best {
		a.by = Best
	}
	return a
}

// values are the parameters of the address.
func (a asked) values() url.Values {
	v := url.Values{}
	set := func(name, value string) {
		if value != "" && value != "0" {
			v.Set(name, value)
		}
	}
	f := a.filter
	set("q", f.Query)
	set("status", string(f.Status))
	set("tag", f.Tag)
	set("sort", string(a.by))
	set("spent", a.typed(f.Spent))
	set("orders", strconv.FormatInt(f.Orders, 10))
	set("days", strconv.Itoa(f.Days))
	set("idle", strconv.Itoa(f.Idle))
	set("known", strconv.Itoa(f.Known))
	if f.Consent {
		v.Set("consent", "yes")
	}
	return v
}

// typed is an amount as the reader would write it.
func (a asked) typed(minor int64) string {
	if minor == 0 {
		return ""
	}
	text := money.New(minor, a.currency).Decimal()
	if a.lang != i18n.En {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}

func (a asked) at(path string) string {
	if q := a.values().Encode(); q != "" {
		return path + "?" + q
	}
	return path
}

func (a asked) list() string { return a.at("/customers") }

func (m *Module) listPage(c *staffCtx) error {
	return m.list(c, http.StatusOK, askedIn(c, c.R.URL.RawQuery), ui.Form{})
}

func (m *Module) list(c *staffCtx, status int, a asked, saving ui.Form) error {
	v := customersui.List{
		Paging: ui.Paging{Path: "/customers", Values: a.values(), After: c.Query("after")},
		Sort:   string(a.by), Saving: saving, Spent: a.typed(a.filter.Spent),
	}
	if c.Granted(Export) {
		v.File = a.at("/customers.csv")
	}
	o, err := m.Overview(c.Context(), c.As.In, a.filter, a.by, page.Request{After: v.After})
	if err != nil {
		return err
	}
	v.Next, v.Tags = o.Next, o.Tags
	v.Bought, v.Time = a.filter.inWords(c.Words, a.currency)
	for _, p := range o.Items {
		v.Rows = append(v.Rows, row(c, p))
	}
	v.Views = a.views(c.Words, o.Segments, c.As.Grants.Has(Edit))
	v.Views.Form = saving
	return c.PageStatus(status, web.Head{Title: c.Words.T("customers.menu"), Active: "/customers"}, customersui.ListPage(v))
}

// views are all customers and the segments; who may edit saves and forgets them.
func (a asked) views(w i18n.Words, have []Segment, edit bool) ui.SavedViews {
	out := ui.SavedViews{Label: w.T("customers.segments")}
	out.Views = []ui.SavedView{{Tab: ui.Tab{Label: w.T("customers.segment_all"), Href: "/customers", Active: a.filter == Filter{}}}}
	known := a.filter == Filter{}
	for _, s := range have {
		b := a
		b.filter = s.Rules
		view := ui.SavedView{Tab: ui.Tab{Label: s.Name, Href: b.list(), Active: s.Rules == a.filter}}
		if edit {
			view.Remove = "/customers/segments/" + s.ID.String() + "/remove"
		}
		known = known || view.Tab.Active
		out.Views = append(out.Views, view)
	}
	if edit && !known {
		out.Save, out.Query = "/customers/segments", a.values().Encode()
	}
	return out
}

// inWords are the rules about what was bought, and about time.
func (f Filter) inWords(w i18n.Words, c money.Currency) (bought, since string) {
	var parts []string
	if f.Spent > 0 {
		parts = append(parts, w.T("customers.rule_spent", "amount", w.Money(money.New(f.Spent, c))))
	}
	if f.Orders > 0 || f.Days > 0 && f.Spent == 0 {
		parts = append(parts, w.N("customers.rule_orders", int(max(f.Orders, 1))))
	}
	if f.Days > 0 {
		parts = append(parts, w.N("customers.rule_days", f.Days))
	}
	bought = strings.Join(parts, " · ")
	parts = nil
	if f.Idle > 0 {
		parts = append(parts, w.N("customers.rule_idle", f.Idle))
	}
	if f.Known > 0 {
		parts = append(parts, w.N("customers.rule_known", f.Known))
	}
	return bought, strings.Join(parts, " · ")
}

// file is the list as a file; it is written whole before it is sent, so that it
// is never cut without anybody noticing.
func (m *Module) file(c *staffCtx) error {
	var out bytes.Buffer
	if err := m.WriteCustomers(c.Context(), c.As.In, askedIn(c, c.R.URL.RawQuery).filter, c.As.Shop.Currency, &out); err != nil {
		return err
	}
	_, err := c.Download("customers.csv", web.CSV).Write(out.Bytes())
	return err
}
