package app

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/modules/cms"
)

// areaOfTexts is the area of texts in which addresses name a page.
const areaOfTexts = "cms.pages"

// translateSome has the texts of a store looked through, and a file with a
// translation sent, and an old address lead to its products.
func translateSome(t *testing.T, a *App, f field) {
	t.Helper()
	langs := []i18n.Lang{f.shop.Lang}
	for _, l := range append(f.shop.Langs, i18n.Langs...) {
		if l != f.shop.Lang {
			langs = append(langs, l)
		}
	}
	m := a.modules.cms
	table := fmt.Sprintf("id,source:%s,target:%s\n%s|%s|title|.,x,x\nnothing,x,A row\n", langs[0], langs[1], areaOfTexts, f.ids["pag"])
	if _, err := m.ImportTexts(t.Context(), f.in, cms.TextFile{Name: "back.csv", R: strings.NewReader(table), Langs: langs, By: auth.SystemActor}); err != nil {
		t.Fatal(err)
	}
	if err := m.Redirect(t.Context(), f.in, cms.Redirect{Path: "/old-" + f.shop.Code, Target: "/products"}, auth.SystemActor); err != nil {
		t.Fatal(err)
	}
	if err := m.ScanTexts(t.Context(), f.in, langs); err != nil {
		t.Fatal(err)
	}
}

// Texts of a store are translated one after the other by keyboard, exported, filled
// in, imported, and read in the storefront.
func TestTextsInABrowser(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		maison := "http://maison-kirchberg.localhost:" + serve(t, a)
		_, in, err := a.store("maison-kirchberg")
		if err != nil {
			t.Fatal(err)
		}
		own := wrote(cms.Own, "care", "", "")
		own.Lang, own.Title, own.Body = i18n.Fr, i18n.Text{i18n.Fr: "Entretien"}, i18n.Text{i18n.Fr: "<p>Lavez <strong>à la main</strong>, dit {store}.</p>"}
		published(t, a.modules.cms.Stores, in, own)
		b := newBrowser(t, maison)
		b.signsIn("/store/translations", "manager@maison-kirchberg.example")
		reaches := func(what, script string) { // jobs work when nobody else needs the processor
			t.Helper()
			for at, end := b.where(), time.Now().Add(5*time.Minute); !eval[bool](b, script); b.open(at) {
				if time.Now().After(end) {
					t.Fatalf("waited in vain for %s:\n%s", what, b.text())
				}
				time.Sleep(300 * time.Millisecond)
			}
		}
		b.clicks(`form[action$="/translations/scan"] button`)
		b.until("that texts are looked through", `!!document.querySelector('#texts')`)
		reaches("the list", `!document.querySelector('o-again') && !!document.querySelector('table tbody a[href*="cms.pages"]')`)
		b.picture("translations")

		b.open(maison + "/store/translations?lang=de&area=cms.pages")
		b.clicks(`table tbody a[href*="cms.pages"]`)
		b.until("the text", `!!document.querySelector('input[name="text0"]')`)
		b.picture("translate")
		b.typed("text0", "Pflege")
		eval[bool](b, `(document.querySelector('[name="text1"]').value = '<p>Von Hand, sagt {store}.</p>') && document.querySelector('o-save-bar').closest('form').submit() === undefined`)
		b.until("the list without what is done", `location.pathname === '/store/translations'`)

		// What is open in English goes out, is filled in and comes back.
		b.open(maison + "/store/translations/sent")
		eval[bool](b, `fetch('/store/translations/export?lang=en&as=xliff&area=cms.pages').then((r) => r.text()).then((text) => (window.exported = text)) !== null`)
		b.until("the file with what is open", `!!window.exported`)
		file := eval[string](b, `window.exported`)
		if !strings.Contains(file, ">Entretien<") || !strings.Contains(file, `<ph id="4">{store}</ph>`) {
			t.Fatalf("the file says\n%s", file)
		}
		eval[bool](b, `(() => {
			const text = window.exported.replace(/<source>(.*?)<\/source>/gs, (all, s) => all + '<target>' + s.replace('Entretien', 'Care').replace('Lavez ', 'Wash ').replace('à la main', 'by hand').replace(', dit ', ', says ') + '</target>');
			const d = new DataTransfer(); d.items.add(new File([text], 'care.xlf'));
			const f = document.querySelector('input[type=file]'); f.files = d.files; f.closest('form').submit(); return true })()`)
		b.until("the file", `location.pathname.startsWith('/store/translations/sent/txi_')`)
		reaches("what would change", `!!document.querySelector('input[name="publish"]')`)
		b.sees("Care")
		b.picture("translations-file")
		eval[bool](b, `document.querySelector('input[name="publish"]').checked = true`)
		b.clicks(`main form .btn-primary`)
		reaches("that it is written", `!document.querySelector('o-again') && !document.querySelector('input[name="publish"]')`)

		// The German draft had not been published, so the page waits for that.
		b.sees("Entretien")
		b.clicks(`table tbody a[href*="/pages/pag_"]`)
		b.until("the editor", `!!document.querySelector('form[action$="/publish"] button')`)
		b.clicks(`form[action$="/publish"] button`)
		b.until("that it is published", `!document.querySelector('form[action$="/publish"]')`)
		b.open(maison + "/pages/care?lang=en")
		b.sees("Wash by hand, says Maison Kirchberg.")
		b.open(maison + "/pages/care?lang=de")
		b.sees("Von Hand, sagt Maison Kirchberg.")
	})
}
