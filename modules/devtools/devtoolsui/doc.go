// Package devtoolsui has the pages of the developer tools: the component library,
// icons and tokens, the catalogues of what the modules define, mails, words, the
// SQL console and the requests of a program under development.
package devtoolsui

import (
	"context"
	"io"
	"net/url"

	"github.com/a-h/templ"

	"orion/kit/i18n"
	"orion/kit/ui"
)

// Alone is a document of made-up things in a language of its own, whose links lead nowhere.
type Alone struct {
	Body  templ.Component
	Words i18n.Words
}

// Render writes the document.
func (v Alone) Render(ctx context.Context, w io.Writer) error {
	return v.Body.Render(ui.WithBase(ui.WithWords(ctx, v.Words), "#"), w)
}

func t(ctx context.Context, key string, kv ...any) string { return ui.Words(ctx).T(key, kv...) }

// Address is a page with what is chosen there.
type Address struct {
	Path   string
	Values url.Values // what is chosen, without empty values
}

// With is the address with another choice; "" chooses nothing.
func (a Address) With(name, value string) string {
	q := url.Values{}
	for k, v := range a.Values {
		q[k] = v
	}
	q.Del(name)
	if value != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return a.Path
	}
	return a.Path + "?" + q.Encode()
}

// To is the same choice at another address, from its beginning.
func (a Address) To(path string) string {
	return Address{Path: path, Values: a.Values}.With("after", "")
}

func (a Address) get(name string) string { return a.Values.Get(name) }

// keep is what a search leaves as it is.
func (a Address) keep() map[string]string {
	out := map[string]string{}
	for k := range a.Values {
		if k != "q" && k != "after" {
			out[k] = a.Values.Get(k)
		}
	}
	return out
}

// Choice is a chip by which one of a few values is chosen.
func (a Address) Choice(name, label string, options []ui.Option) ui.Chip {
	c := ui.Chip{Label: label, Remove: a.With(name, ""), Options: options, Href: func(v string) string { return a.With(name, v) }}
	for _, o := range options {
		if o.Value == a.get(name) {
			c.Value = o.Label
		}
	}
	return c
}

// search is the bar over a list that is searched, and narrowed by chips.
func (a Address) search(placeholder string, chips ...ui.Chip) ui.FilterBar {
	bar := ui.FilterBar{Action: a.Path, Query: a.get("q"), Placeholder: placeholder, Keep: a.keep(), Chips: chips}
	if len(a.Values) > 0 {
		bar.Clear = a.Path
	}
	return bar
}

// tabs are the pages of one part of the tools.
func tabs(ctx context.Context, at string, pages ...string) ui.Tabs {
	out := ui.Tabs{}
	for _, p := range pages {
		out.Tabs = append(out.Tabs, ui.Tab{Label: t(ctx, "dev_tools."+p), Href: paths[p], Active: p == at})
	}
	return out
}

var paths = map[string]string{ //nolint:gosec // addresses of pages, and the words are no passwords
	"components": "/dev-tools/components", "pages": "/dev-tools/pages", "icons": "/dev-tools/icons", "tokens": "/dev-tools/tokens",
	"routes": "/dev-tools/routes", "permissions": "/dev-tools/permissions", "events": "/dev-tools/events", "jobs": "/dev-tools/jobs", "statements": "/dev-tools/statements",
	"console": "/dev-tools/console", "schema": "/dev-tools/schema",
}

func libraryTabs(ctx context.Context, at string) ui.Tabs {
	return tabs(ctx, at, "components", "pages", "icons", "tokens")
}
