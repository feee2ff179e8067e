// Package tenancyui has the pages of tenancy: signing in, the operator's lists
// of platforms, merchants, stores and users, a store's team, roles and profile,
// the audit log, and the home page of a platform.
package tenancyui

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

func (p Paging) query() string { return p.Values.Get("q") }

func (p Paging) keep(but string) map[string]string {
	out := map[string]string{}
	for k := range p.Values {
		if k != but {
			out[k] = p.Values.Get(k)
		}
	}
	return out
}

// choice is a filter with a few values.
func (p Paging) choice(ctx context.Context, name, label, prefix string, values ...string) ui.Chip {
	w := ui.Words(ctx)
	c := ui.Chip{Label: w.T(label), Remove: p.with(name, ""), Href: func(v string) string { return p.with(name, v) }}
	for _, v := range values {
		c.Options = append(c.Options, ui.Option{Value: v, Label: w.T(prefix + v)})
		if v == p.Values.Get(name) {
			c.Value = w.T(prefix + v)
		}
	}
	return c
}

// pick is a filter with values that have names already.
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

func activeBadge(ctx context.Context, on bool) ui.Badge {
	if on {
		return ui.Badge{Label: t(ctx, "tenancy.active"), Tone: ui.OK}
	}
	return ui.Badge{Label: t(ctx, "tenancy.inactive"), Tone: ui.Neutral}
}

func statusBadge(ctx context.Context, status string) ui.Badge {
	tone := map[string]ui.Tone{"open": ui.OK, "maintenance": ui.Warn}[status]
	return ui.Badge{Label: t(ctx, "tenancy.status_"+status), Tone: tone}
}

func text(s string) templ.Component { return ui.Text(s) }
