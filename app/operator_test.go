package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// comesIn goes through the sign-in of staff pages.
func (b *browser) comesIn(path, email string) {
	b.t.Helper()
	b.open(path + "/login")
	eval[string](b, `document.cookie = 'lang=en; path=/'`)
	b.open(path + "/login")
	b.typed("email", email)
	b.typed("password", "orion-demo")
	b.clicks(`form button.btn-primary`)
}

// entries are what the menu beside a staff page offers.
func (b *browser) entries() []string {
	b.t.Helper()
	b.until("the menu", `document.querySelectorAll('.side-menu a').length > 0`)
	return eval[[]string](b, `[...document.querySelectorAll('.side-menu a')].map(a => a.getAttribute('href'))`)
}

// opensAll clicks through the whole menu, and looks whether each page is one.
func (b *browser) opensAll() []string {
	b.t.Helper()
	all := b.entries()
	for _, href := range all {
		b.clicks(fmt.Sprintf(`.side-menu a[href=%q]`, href))
		b.until("the page behind "+href, fmt.Sprintf(`location.pathname === %q && !!document.querySelector('main h1')`, href))
		if bad := eval[bool](b, `!!document.querySelector('.error-page')`); bad {
			b.t.Errorf("%s shows an error:\n%s", href, b.text())
		}
	}
	return all
}

// The operator's pages are clicked through by a super administrator and by one of
// a single platform; an owner of stores does not come in and is offered none of it.
func TestOperatorsPages(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		port := serve(t, a)
		chief := newBrowser(t, "http://localhost:"+port)
		chief.comesIn("/admin", "admin@orion.example")
		chief.until("the dashboard", `location.pathname === '/admin/' || location.pathname === '/admin'`)
		all := chief.opensAll()
		for _, want := range []string{
			"/stores", "/merchants", "/platforms", "/modules", "/deleted", "/users", "/sessions", "/audit", "/settings", "/menus", "/domains",
			"/jobs", "/events", "/logs", "/health", "/capacity", "/speed", "/dev-tools/components",
		} {
			if !slices.Contains(all, "/admin"+want) {
				t.Errorf("the chief's menu lacks %s: %v", want, all)
			}
		}
		chief.switchesModule()
		chief.arrangesMenu()
		chief.deletesStore()
		chief.addsDomain()
		chief.rewords()

		narrow := newBrowser(t, "http://oms.localhost:"+port)
		narrow.comesIn("/admin", "orders@orion.example")
		narrow.until("the dashboard", `location.pathname.startsWith('/admin')`)
		some := narrow.opensAll()
		for _, not := range []string{"/users", "/sessions", "/logs", "/speed"} {
			if slices.Contains(some, "/admin"+not) {
				t.Errorf("an administrator of one platform is offered %s", not)
			}
			narrow.open("/admin" + not)
			narrow.sees("You are not allowed to do this")
		}

		boss := newBrowser(t, "http://maison-kirchberg.localhost:"+port)
		boss.comesIn("/store", "owner@kirchberg.example")
		boss.until("the store's pages", `location.pathname.startsWith('/store')`)
		for _, href := range boss.entries() {
			if !strings.HasPrefix(href, "/store") {
				t.Errorf("a store's menu leads to %s", href)
			}
		}
		boss.open("/admin/stores")
		boss.until("that there is nothing", `document.querySelector('h1') && !document.querySelector('.side-menu')`)
		boss.base = "http://localhost:" + port
		boss.comesIn("/admin", "owner@kirchberg.example")
		boss.until("that it is wrong", `location.pathname === '/admin/login' && !document.querySelector('.side-menu')`)
	})
}

// switchesModule takes a module off a platform, after the preview, and puts it back.
func (b *browser) switchesModule() {
	b.t.Helper()
	for _, on := range []string{"false", "true"} {
		b.open("/admin/modules")
		b.clicks(fmt.Sprintf(`a.flip[href*="/modules/messaging/switch"][href*="on=%s"]`, on))
		b.until("the preview", `location.pathname === '/admin/modules/messaging/switch'`)
		b.sees("What stays")
		b.clicks(`main form[action$="/switch"] button`)
		b.until("that it is done", `location.pathname === '/admin/modules/messaging'`)
	}
}

// arrangesMenu moves an entry of the stores' menu by its button, and takes it back.
func (b *browser) arrangesMenu() {
	b.t.Helper()
	first := `document.querySelector('o-drag li input[name="entry"]').value`
	b.open("/admin/menus")
	b.until("the entries", `document.querySelectorAll('o-drag li').length > 5 && !document.querySelector('.drag-hold').hidden`)
	was := eval[string](b, first)
	b.clicks(`o-drag li:nth-child(2) [data-step="-1"]`)
	b.until("the entry to move", fmt.Sprintf(`%s !== %q`, first, was))
	b.until("the bar to say so", `document.querySelector('.save-bar').classList.contains('is-dirty')`)
	b.clicks(`.save-bar button.btn-primary`)
	b.sees("The menu is arranged")
	b.until("the order to be kept", fmt.Sprintf(`%s !== %q`, first, was))
	b.picture("menus")
	b.clicks(`main form[action*="/menus/undo"] button`)
	b.until("the order before", fmt.Sprintf(`%s === %q`, first, was))
}

// deletesStore deletes a store after the preview, by its name, and restores it.
func (b *browser) deletesStore() {
	b.t.Helper()
	b.open("/admin/stores?q=kids")
	b.clicks(`tbody a[href*="/admin/stores/sto_"]`)
	b.clicks(`main a[href$="/delete"]`)
	b.sees("What goes with it")
	b.picture("delete")
	name := eval[string](b, `document.querySelector('main h1').textContent.replace(/^Delete /, '').trim()`)
	b.typed("confirm", "another name")
	b.clicks(`main form[action$="/delete"] button.btn-danger`)
	b.until("the name asked for", `document.querySelector('[name="confirm"]').ariaInvalid === 'true'`)
	b.typed("confirm", name)
	b.clicks(`main form[action$="/delete"] button.btn-danger`)
	b.sees("is deleted")
	b.open("/admin/deleted")
	b.sees(name)
	b.picture("deleted")
	b.open("/admin/stores?q=kids")
	b.sees("Nothing found")
	b.open("/admin/deleted")
	eval[bool](b, `(() => { window.confirm = () => true; return true })()`)
	b.clicks(`tbody form[action*="/deleted/restore"] button`)
	b.sees("is back")
	b.open("/admin/stores?q=kids")
	b.sees(name)
}

// addsDomain gives a platform a domain, which does not answer before its DNS says
// so, and takes it away.
func (b *browser) addsDomain() {
	b.t.Helper()
	b.open("/admin/domains")
	b.sees("No domains yet")
	b.typed("domain", "no dots")
	b.clicks(`main form[action$="/domains"] button`)
	b.until("the name refused", `document.querySelector('[name="domain"]').ariaInvalid === 'true'`)
	b.typed("domain", "shops.example.invalid")
	b.clicks(`main form[action$="/domains"] button`)
	b.sees("shops.example.invalid")
	b.sees("Not looked at yet")
	b.clicks(`tbody form[action$="/verify"] button`)
	b.sees("does not answer yet")
	b.picture("domains")
	b.open("/admin/domains?state=verified")
	b.sees("Nothing found")
	b.open("/admin/domains?q=shops")
	eval[bool](b, `(() => { window.confirm = () => true; return true })()`)
	b.clicks(`tbody form[action$="/remove"] button`)
	b.sees("shops.example.invalid was removed")
}

// rewords says something in other words on every page, and takes them back.
func (b *browser) rewords() {
	b.t.Helper()
	const word = "/admin/dev-tools/words/tenancy.domains"
	b.open("/admin/dev-tools/words?q=tenancy.domains")
	b.clicks(`tbody a[href$="` + word + `"]`)
	b.typed("text_en", "{Host names}")
	b.clicks(`.save-bar button.btn-primary`)
	b.sees("Saved")
	b.open(word)
	b.typed("text_en", "Host {names}")
	b.clicks(`.save-bar button.btn-primary`)
	b.until("the placeholder refused", `document.querySelector('[name="text_en"]').ariaInvalid === 'true'`)
	b.picture("reworded")
	b.open("/admin/domains")
	b.sees("{Host names}")
	b.open(word)
	b.typed("text_en", "")
	b.clicks(`.save-bar button.btn-primary`)
	b.sees("Saved")
	b.until("the program's own", `document.querySelector('[name="text_en"]').value === 'Domains'`)
}
