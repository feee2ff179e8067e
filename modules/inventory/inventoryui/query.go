package inventoryui

import (
	"context"
	"net/url"
	"strings"

	"orion/kit/i18n"
	"orion/kit/ui"
)

// key names the row in the page.
func (r Row) key() string { return r.Variant + "-" + r.Location }

// Columns are those that the list may show, in their order.
var Columns = []string{"location", "bin", "on_hand", "reserved", "free", "low_at"}

// usual are the columns that it shows unless somebody chooses.
var usual = []string{"location", "on_hand", "reserved", "free"}

// shown are the columns that the list shows.
func (q Query) shown() []string {
	if len(q.Columns) > 0 {
		return q.Columns
	}
	return usual
}

func (q Query) values() url.Values {
	v := url.Values{}
	for name, value := range q.keep() {
		v.Set(name, value)
	}
	if q.Text != "" {
		v.Set("q", q.Text)
	}
	for _, c := range q.Columns {
		v.Add("column", c)
	}
	return v
}

// path is the address of the list.
func (q Query) path() string { return q.at("/inventory") }

func (q Query) at(path string) string {
	if v := q.values(); len(v) > 0 {
		return path + "?" + v.Encode()
	}
	return path
}

// After is the address of the page behind a cursor.
func (q Query) After(cursor string) string {
	p := q.path()
	if strings.Contains(p, "?") {
		return p + "&after=" + cursor
	}
	return p + "?after=" + cursor
}

// Path is the address of the list with these filters.
func (q Query) Path() string { return q.path() }

// with is the query with one filter changed.
func (q Query) with(name, value string) Query {
	switch name {
	case "state":
		q.Low, q.Out = value == "low", value == "out"
	case "location":
		q.Location = value
	}
	return q
}

// keep are the filters that a search keeps.
func (q Query) keep() map[string]string {
	out := map[string]string{}
	if q.Location != "" {
		out["location"] = q.Location
	}
	if q.Low {
		out["low"] = "1"
	}
	if q.Out {
		out["out"] = "1"
	}
	return out
}

// clear is the address without filters, and empty when there are none.
func (q Query) clear() string {
	if q.Text == "" && q.Location == "" {
		return ""
	}
	return Query{Low: q.Low, Out: q.Out, Columns: q.Columns}.path()
}

func (v List) chips(ctx context.Context) []ui.Chip {
	label := ui.Words(ctx).T("inventory.location")
	chip := ui.Chip{Label: label, Options: v.Locations, Href: func(value string) string { return v.Query.with("location", value).path() }}
	for _, o := range v.Locations {
		if o.Value == v.Query.Location {
			chip.Value, chip.Remove = o.Label, v.Query.with("location", "").path()
		}
	}
	if len(v.Locations) < 2 && chip.Value == "" {
		return nil
	}
	return []ui.Chip{chip}
}

// Tabs are the list's own views: all, what runs low, and where nothing is.
func (q Query) Tabs(w i18n.Words) []ui.Tab {
	return []ui.Tab{
		{Label: w.T("inventory.all"), Href: q.with("state", "").path(), Active: !q.Low && !q.Out},
		{Label: w.T("inventory.low"), Href: q.with("state", "low").path(), Active: q.Low},
		{Label: w.T("inventory.out"), Href: q.with("state", "out").path(), Active: q.Out},
	}
}

// filtered tells that the list is not all there is.
func (q Query) filtered() bool { return q.Text != "" || q.Location != "" || q.Low || q.Out }

// optional are the columns to choose from.
func (v List) optional(ctx context.Context) []ui.Option {
	out := make([]ui.Option, len(Columns))
	for i, name := range Columns {
		out[i] = ui.Option{Value: name, Label: ui.Words(ctx).T("inventory." + name)}
	}
	return out
}

// keepAll is what choosing columns keeps.
func (q Query) keepAll() map[string]string {
	out := q.keep()
	if q.Text != "" {
		out["q"] = q.Text
	}
	return out
}

// in keeps the ids of a field apart from those of other forms on the page.
func in(form string, f ui.Field) ui.Field {
	f.ID = form + "-" + f.Name
	return f
}
