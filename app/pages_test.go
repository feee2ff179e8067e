package app

import (
	"testing"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/cms"
)

// wrote is a page in English at an address.
func wrote(tier cms.Tier, slug, title, body string) cms.Writing {
	return cms.Writing{
		Tier: tier, Slug: slug, Lang: i18n.En, By: auth.SystemActor,
		Content: cms.Content{Head: cms.Head{Title: i18n.Text{i18n.En: title}, Footer: true}, Body: i18n.Text{i18n.En: body}},
	}
}

// published writes a page and publishes it.
func published[S tenant.Scope](t *testing.T, s *cms.Shelf[S], in S, w cms.Writing) cms.PageID {
	t.Helper()
	id, err := s.Create(t.Context(), in, w)
	if err == nil {
		err = s.Publish(t.Context(), in, id, 1, auth.SystemActor)
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// writePages gives a store a page of its own, and the platform at the base domain
// one of its site.
func writePages(t *testing.T, a *App, f field) {
	t.Helper()
	m := a.modules.cms
	f.ids["page slug"], f.ids["site slug"] = "page-of-"+f.shop.Code, "site-of-"+f.shop.Code
	page := published(t, m.Stores, f.in, wrote(cms.Own, f.ids["page slug"], "How we work", "<p>By hand.</p>"))
	f.ids["pag"], f.ids["cms.preview"] = page.String(), m.Stores.Preview(f.in, page)
	for _, p := range m.Sites() {
		if p.Code == "main" {
			site := published(t, m.Platforms, p.In, wrote(cms.Site, f.ids["site slug"], "Prices", "<p>Fair.</p>"))
			f.ids["site pag"] = site.String()
			f.ids["site preview"] = m.Platforms.Preview(p.In, site)
		}
	}
}
