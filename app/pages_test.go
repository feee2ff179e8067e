package app

import (
	"encoding/json"
	"strings"
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

// sectionOfPage is the section of the page that writePages gives a store.
const sectionOfPage = "1"

// named are words of addresses that name what every store has, or has been given.
var named = map[string]string{"{section}": sectionOfPage, "{area}": areaOfTexts, "{menu}": string(cms.HeaderMenu), "{item}": "1"}

// writePages gives a store a page of its own, and the platform at the base domain
// one of its site.
func writePages(t *testing.T, a *App, f field) {
	t.Helper()
	m := a.modules.cms
	f.ids["page slug"], f.ids["site slug"] = "page-of-"+f.shop.Code, "site-of-"+f.shop.Code
	own := wrote(cms.Own, f.ids["page slug"], "How we work", "<p>By hand.</p>")
	own.Sections = []cms.Section{{ID: sectionOfPage, Kind: "cms.text", Value: json.RawMessage(`{"body":{"en":"<p>And slowly.</p>"}}`)}}
	page := published(t, m.Stores, f.in, own)
	file, _, err := m.ReceiveMedia(t.Context(), f.in, cms.MediaUpload{Name: "List of " + f.shop.Code, Folder: "Lists", By: auth.SystemActor}, strings.NewReader("%PDF-1.7\n%%EOF"))
	if err != nil {
		t.Fatal(err)
	}
	arrangeMenus(t, a, f)
	writeBlog(t, a, f)
	f.ids["med"] = file.ID.String()
	f.ids["pag"], f.ids["cms.preview"] = page.String(), m.Stores.Preview(f.in, page)
	for _, p := range m.Sites() {
		if p.Code == "main" {
			site := published(t, m.Platforms, p.In, wrote(cms.Site, f.ids["site slug"], "Prices", "<p>Fair.</p>"))
			f.ids["site pag"] = site.String()
			f.ids["site preview"] = m.Platforms.Preview(p.In, site)
			shared := wrote(cms.Default, "default-of-"+f.shop.Code, "For all", "<p>Alike.</p>")
			shared.Sections = own.Sections
			f.ids["default pag"] = published(t, m.Platforms, p.In, shared).String()
		}
	}
}

// A default appears in every store of its platform; a store writes its own in its
// place, publishes it, deletes it, and has the default back. All in a browser.
func TestPagesInABrowser(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		port := serve(t, a)
		maison, velo := "http://maison-kirchberg.localhost:"+port, "http://velo-moselle.localhost:"+port
		b := newBrowser(t, maison)
		const theirs, ours = "It is agreed once we confirm it by mail.", "We only sell to friends."
		reads := func(shop, text string) {
			t.Helper()
			b.open(shop + "/pages/terms?lang=en")
			b.sees(text)
		}
		b.open("/?lang=en")
		b.clicks(`.shop-legal a[href$="/pages/terms"]`)
		b.until("the conditions of sale", `location.pathname === '/pages/terms'`)
		b.sees("Kirchberg Sàrl sells what Maison Kirchberg offers.")
		reads(velo, "Velo Moselle Sàrl sells what Velo Moselle offers.")

		b.open(maison + "/store/pages")
		b.until("the sign-in", `location.pathname === '/store/login'`)
		eval[string](b, `document.cookie = 'lang=en; path=/'`)
		b.typed("email", "manager@maison-kirchberg.example")
		b.typed("password", "orion-demo")
		b.clicks(`form button.btn-primary`)
		b.until("the pages", `location.pathname === '/store/pages'`)
		b.clicks(`form:has(input[name="slug"][value="terms"]) button`)
		b.until("the editor", `location.pathname.startsWith('/store/pages/pag_')`)
		editor := b.where()
		eval[bool](b, `(() => { for (const l of ['en', 'fr', 'de', 'lb']) { const f = document.querySelector('[name="body_' + l + '"]'); if (f) f.value = '<p>`+ours+`</p>'; } return true })()`)
		eval[bool](b, `document.querySelector('o-save-bar').closest('form').submit() === undefined`)
		b.until("the draft that was saved", `!!document.querySelector('form[action$="/publish"] button') && document.querySelector('[name="revision"]').value === '2'`)
		b.picture("page-editor")
		reads(maison, theirs)

		b.open(editor)
		b.clicks(`form[action$="/publish"] button`)
		b.until("that it is published", `!document.querySelector('form[action$="/publish"]')`)
		reads(maison, ours)
		reads(velo, theirs)

		b.open(editor)
		b.clicks(`[commandfor="delete"]`)
		b.until("the question", `!!document.querySelector('dialog#delete[open]')`)
		b.clicks(`#delete form[action$="/delete"] button`)
		b.until("the list", `location.pathname === '/store/pages'`)
		reads(maison, theirs)
	})
}
