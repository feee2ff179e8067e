// Package monitoringui has the operator's pages about how the program works.
package monitoringui

import (
	"context"
	"net/url"

	"github.com/a-h/templ"

	"orion/kit/ui"
)

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

// back is this very page, for who did something on it.
func (p Paging) back() string {
	if p.After == "" {
		return p.with("after", "")
	}
	return p.with("after", p.After)
}

func (p Paging) query() string { return p.Values.Get("q") }

func (p Paging) clear() string {
	if len(p.Values) == 0 {
		return ""
	}
	return p.Path
}

// kept are the filters that a search keeps.
func (p Paging) kept() map[string]string {
	out := map[string]string{}
	for k := range p.Values {
		if k != "q" {
			out[k] = p.Values.Get(k)
		}
	}
	return out
}

// pick is a filter with values that have names.
func (p Paging) pick(name, label string, options []ui.Option) ui.Chip {
	c := ui.Chip{Label: label, Remove: p.with(name, ""), Options: options, Href: func(v string) string { return p.with(name, v) }}
	for _, o := range options {
		if o.Value == p.Values.Get(name) {
			c.Value = o.Label
		}
	}
	return c
}

func t(ctx context.Context, key string, kv ...any) string { return ui.Words(ctx).T(key, kv...) }

func text(s string) templ.Component { return ui.Text(s) }
