package app

import (
	"orion/kit/ui/layout"
	"orion/kit/web"
	"orion/modules/cms"
)

// around are the menus and the bar of a store, from memory, or the drafts of them for
// who was given their address.
func (m *modules) around(c *web.Ctx[web.Storefront]) cms.Around {
	at, l := cms.Here(c), c.Words.Lang()
	if token := c.Query("around"); token != "" {
		if out, err := m.cms.TriedAround(c.Context(), at, token, l); err == nil {
			c.Framed()
			return out
		}
	}
	return m.cms.Around(c.Context(), at, l)
}

// header is the first line of a store as it arranged it, else its categories and the
// pages that stand there.
func (f *frames) header(c *web.Ctx[web.Storefront], around cms.Around, links []cms.Link) []layout.Item {
	if around.OwnHeader {
		return entries(c, around.Header)
	}
	l := c.Words.Lang()
	return withPages(f.nav(c.Context(), c.As, l), links, l)
}

// footerLinks are the links at the foot of a store as it arranged them, its headings
// with those below them each by itself, else the pages that stand there.
func footerLinks(c *web.Ctx[web.Storefront], around cms.Around, links []cms.Link) []layout.Section {
	plain := layout.Section{Title: c.Words.T("app.footer_pages")}
	var out []layout.Section
	if around.OwnFooter {
		for _, i := range entries(c, around.Footer) {
			if len(i.Items) > 0 {
				out = append(out, layout.Section{Title: i.Label, Items: i.Items})
				continue
			}
			plain.Items = append(plain.Items, i)
		}
	} else {
		plain.Items = items(links, c.Words.Lang(), inFooter)
	}
	if len(plain.Items) > 0 {
		out = append([]layout.Section{plain}, out...)
	}
	return out
}

// entries are those of a menu as a frame draws them.
func entries(c *web.Ctx[web.Storefront], all []cms.Entry) []layout.Item {
	out := make([]layout.Item, len(all))
	for i, e := range all {
		out[i] = layout.Item{Label: e.Label, Href: e.Path, Active: e.Path == c.Place().Path, Items: entries(c, e.Items)}
	}
	return out
}

// announcement is the bar that a store made, when it is its time and the reader did
// not put it away, else what its profile says.
func announcement(c *web.Ctx[web.Storefront], around cms.Around) layout.Announcement {
	if !around.OwnBar {
		return layout.Announcement{Text: c.As.Shop.Announcement.In(c.Words.Lang())}
	}
	b := around.Bar
	if !around.Trial && cms.PutAway(c, b) {
		return layout.Announcement{}
	}
	out := layout.Announcement{Text: b.Text, Href: b.Path}
	if b.Tone != cms.AsTheLook {
		out.Tone = b.Tone
	}
	if b.Mark != "" {
		out.Close, out.Mark, out.Back = cms.BarPath, b.Mark, c.URL(c.R.URL.RequestURI())
	}
	return out
}
