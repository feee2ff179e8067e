// Package customersui has the pages of customers: how shoppers come in and keep
// their account, and what staff see of them.
package customersui

import (
	"context"
	"net/url"

	"orion/kit/ui"
	"orion/modules/customers/customersapi"
)

func t(ctx context.Context, key string, kv ...any) string { return ui.Words(ctx).T(key, kv...) }

// Address is a postal address with the name of its country.
type Address struct {
	customersapi.Address
	CountryName string
}

func (a Address) lines() []string {
	var out []string
	for _, s := range []string{a.Name, a.Company, a.Line1, a.Line2, a.Postal + " " + a.City, a.CountryName, a.Phone} {
		if s != "" && s != " " {
			out = append(out, s)
		}
	}
	return out
}

// Paging is where a list stands.
type Paging struct {
	Path   string
	Values url.Values // filters in force, without the cursor
	After  string     // cursor of this page, empty on the first
	Next   string     // cursor of the next page, empty on the last
}

func (p Paging) with(key, value string) string {
	q := url.Values{}
	for k, v := range p.Values {
		q[k] = v
	}
	q.Del(key)
	if value != "" {
		q.Set(key, value)
	}
	if len(q) == 0 {
		return p.Path
	}
	return p.Path + "?" + q.Encode()
}

func (p Paging) pager() ui.Pager {
	out := ui.Pager{}
	if p.After != "" {
		out.First = p.with("after", "")
	}
	if p.Next != "" {
		out.Next = p.with("after", p.Next)
	}
	return out
}

// keep are the parameters that a new search keeps.
func (p Paging) keep() map[string]string {
	out := map[string]string{}
	for k := range p.Values {
		if k != "q" {
			out[k] = p.Values.Get(k)
		}
	}
	return out
}

func (p Paging) clear() string {
	if len(p.Values) == 0 {
		return ""
	}
	return p.Path
}

// choice is a filter with a few values, whose words stand below a prefix.
func (p Paging) choice(ctx context.Context, name, label, prefix string, values ...string) ui.Chip {
	c := ui.Chip{Label: t(ctx, label), Remove: p.with(name, ""), Href: func(v string) string { return p.with(name, v) }}
	for _, v := range values {
		c.Options = append(c.Options, ui.Option{Value: v, Label: t(ctx, prefix+v)})
		if v == p.Values.Get(name) {
			c.Value = t(ctx, prefix+v)
		}
	}
	return c
}
