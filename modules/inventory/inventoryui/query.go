package inventoryui

import (
	"context"
	"net/url"
	"strings"

	"orion/kit/ui"
)

// key names the row in the page.
func (r Row) key() string { return r.Variant + "-" + r.Location }

// path is the address of the list.
func (q Query) path() string {
	v := url.Values{}
	if q.Text != "" {
		v.Set("q", q.Text)
	}
	if q.Location != "" {
		v.Set("location", q.Location)
	}
	if q.Low {
		v.Set("low", "1")
	}
	if len(v) == 0 {
		return "/inventory"
	}
	return "/inventory?" + v.Encode()
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
	case "low":
		q.Low = value != ""
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
	return out
}

// clear is the address without filters, and empty when there are none.
func (q Query) clear() string {
	if q.Text == "" && q.Location == "" {
		return ""
	}
	return Query{Low: q.Low}.path()
}

func (v List) chips(ctx context.Context) []ui.Chip {
	label := ui.Words(ctx).T("inventory.location")
	for _, o := range v.Locations {
		if o.Value == v.Query.Location {
			return []ui.Chip{{Label: label, Value: o.Label, Remove: v.Query.with("location", "").path()}}
		}
	}
	if len(v.Locations) < 2 {
		return nil
	}
	return []ui.Chip{{Label: label, Options: v.Locations, Href: func(value string) string { return v.Query.with("location", value).path() }}}
}

// in keeps the ids of a field apart from those of other forms on the page.
func in(form string, f ui.Field) ui.Field {
	f.ID = form + "-" + f.Name
	return f
}
