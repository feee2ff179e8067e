package ui

import (
	"context"
	"maps"
	"net/url"
	"slices"
)

// Paging is where a list stands: its filters and its cursors. The view of a list
// embeds it.
type Paging struct {
	Path   string
	Values url.Values // filters in force, without the cursor
	After  string     // cursor of this page, empty on the first
	Next   string     // cursor of the next page, empty on the last
}

// PagingOf is where the list at a path stands, from a way to ask for parameters
// and the names of its filters.
func PagingOf(path, next string, asked func(name string) string, names ...string) Paging {
	p := Paging{Path: path, Values: url.Values{}, After: asked("after"), Next: next}
	for _, name := range names {
		if s := asked(name); s != "" {
			p.Values.Set(name, s)
		}
	}
	return p
}

// With is the first page of the list with another value of a filter; an empty
// value takes the filter away.
func (p Paging) With(name, value string) string {
	q := maps.Clone(p.Values)
	if q == nil {
		q = url.Values{}
	}
	q.Del(name)
	if value != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return p.Path
	}
	return p.Path + "?" + q.Encode()
}

// Without is the first page of the list without some filters.
func (p Paging) Without(names ...string) string {
	q := maps.Clone(p.Values)
	for _, name := range names {
		q.Del(name)
	}
	return Paging{Path: p.Path, Values: q}.With("", "")
}

// Back is this very page, for who did something on it.
func (p Paging) Back() string { return p.With("after", p.After) }

// Clear is the list without filters, or empty when none is in force.
func (p Paging) Clear() string {
	if len(p.Values) == 0 {
		return ""
	}
	return p.Path
}

// Query is what is searched for.
func (p Paging) Query() string { return p.Values.Get("q") }

// Keep are the filters that a form keeps which sets the others itself.
func (p Paging) Keep(but ...string) map[string]string {
	out := map[string]string{}
	for name := range p.Values {
		if !slices.Contains(but, name) {
			out[name] = p.Values.Get(name)
		}
	}
	return out
}

// Pager leads to the first and the next page.
func (p Paging) Pager() Pager {
	out := Pager{}
	if p.After != "" {
		out.First = p.With("after", "")
	}
	if p.Next != "" {
		out.Next = p.With("after", p.Next)
	}
	return out
}

// Choice is a filter whose few values have words below a prefix.
func (p Paging) Choice(ctx context.Context, name, label, prefix string, values ...string) Chip {
	w := Words(ctx)
	options := make([]Option, len(values))
	for i, v := range values {
		options[i] = Option{Value: v, Label: w.T(prefix + v)}
	}
	return p.Pick(name, w.T(label), options)
}

// Pick is a filter whose values have names.
func (p Paging) Pick(name, label string, options []Option) Chip {
	c := Chip{Label: label, Remove: p.With(name, ""), Options: options, Href: func(v string) string { return p.With(name, v) }}
	for _, o := range options {
		if o.Value == p.Values.Get(name) {
			c.Value = o.Label
		}
	}
	return c
}
