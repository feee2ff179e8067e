package app

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"orion/kit/auth"
	"orion/kit/clock"
	"orion/kit/i18n"
	"orion/modules/cms"
)

// atHours is the program with a clock that a test can move.
func atHours(t *testing.T, dsn string) (*App, *clock.Shifted) {
	t.Helper()
	c := clock.NewShifted(clock.System())
	a, err := Open(t.Context(), settings(t, t.TempDir(), dsn), Options{Log: slog.New(slog.DiscardHandler), Clock: c})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close(t.Context()) })
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return a, c
}

// adds puts a section at the end by keyboard, with a title in its form.
func (b *browser) adds(kind, title string) {
	b.t.Helper()
	b.tabs(".studio-desk details.menu > summary")
	b.presses(kb.Enter)
	b.until("the kinds", `document.querySelector(".studio-desk details.menu").open`)
	for range 30 {
		if eval[bool](b, fmt.Sprintf(`document.activeElement.innerText.trim() === %q`, kind)) {
			break
		}
		b.presses(kb.ArrowDown)
	}
	b.presses(kb.Enter)
	b.until("the form of "+kind, `/\/sections\/\d+$/.test(location.pathname) && document.readyState === "complete" && !!customElements.get("o-studio")`)
	if title != "" {
		b.tabs(`[name="title_en"]`)
		b.presses(title)
		b.until("what is typed in the preview", fmt.Sprintf(`document.querySelector("iframe").contentDocument.body?.textContent.includes(%q) || %v`, title, kind != "Opening hours"))
	}
}

// saves sends the form of a section by its key.
func (b *browser) saves() {
	b.t.Helper()
	b.chord("s")
	b.until("the list", `/\/sections$/.test(location.pathname) && document.readyState === "complete" && !!customElements.get("o-studio")`)
}

// sections are the kinds of the sections in the list.
func (b *browser) sections(want string) {
	b.t.Helper()
	b.until("the sections "+want, fmt.Sprintf(`[...document.querySelectorAll(".studio-desk [data-section]")].map((e) => e.dataset.section).join(" ") === %q`, want))
}

// TestHomeOfSections builds a home page of eight sections by keyboard and by drag,
// looks at it as a desktop and as a phone, schedules it and takes it back.
func TestHomeOfSections(t *testing.T) {
	t.Parallel()
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": sqliteDemo, "postgres": postgresDemo} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, c := atHours(t, dsn(t))
			withoutHome(t, a)
			port := serve(t, a)
			host := "kirchberg-kids.localhost"
			b := newBrowser(t, "http://"+host+":"+port)
			b.signsIn("/store/login", "manager@kirchberg-kids.example")
			b.open("/store/pages")
			b.tabs(`form[action$="/pages/home"] button`)
			b.presses(kb.Enter)
			b.sections("1 2 3")
			b.tabs(`[data-section="3"] form[action*="/delete"] button`)
			b.presses(kb.Enter)
			b.sections("1 2")
			b.sees("The section is deleted.")
			b.focuses(".flash form button")
			b.presses(kb.Enter)
			b.sections("1 2 3")

			b.adds("Opening hours", "Come by")
			b.tabs(`[name="tue"]`)
			b.presses("10:00-18:00")
			b.saves()
			b.adds("Questions and answers", "Asked often")
			b.tabs(`[name="questions.0.question_en"]`)
			b.presses("Does the fox bite?")
			b.saves()
			b.adds("Testimonials", "Well said")
			b.tabs(`[name="quotes.0.quote_en"]`)
			b.presses("It does not.")
			b.saves()
			b.adds("Logos", "")
			b.tabs(`[name="logos.0.name"]`)
			b.presses("Beech & Sons")
			b.saves()
			b.adds("Newsletter", "Once a month")
			b.saves()
			b.sections("1 2 3 4 5 6 7 8")
			b.picture("sections-list")

			b.tabs(`.drag li:nth-child(8) [data-step="-1"]`)
			b.presses(kb.Enter)
			b.presses(kb.Enter)
			b.sections("1 2 3 4 5 8 6 7")
			b.until("the focus where it was", `document.activeElement.matches('.drag li:nth-child(6) [data-step="-1"]')`)
			b.until("what was moved said", `document.querySelector(".studio-desk o-drag [role=status]").textContent.includes("Newsletter")`)
			b.until("the order kept", `document.querySelector("o-studio").dataset.seen !== "" && !document.querySelector("o-studio").busy`)
			b.drags(".drag li:nth-child(5) .drag-hold", ".drag li:nth-child(2)", 0.1)
			b.sections("1 5 2 3 4 8 6 7")
			b.until("the order kept", `!document.querySelector("o-studio").busy`)
			b.open(b.where())
			b.sections("1 5 2 3 4 8 6 7")
			b.until("the order in the preview", `/Does the fox bite[^]*Come by[^]*Once a month[^]*It does not/.test(document.querySelector("iframe").contentDocument?.body?.textContent ?? "")`) // also of what is not laid out yet
			b.tabs(`[data-wide="390"]`)
			b.presses(kb.Enter)
			b.until("a phone", `document.querySelector("iframe").contentWindow.innerWidth === 390`)
			b.picture("sections-phone")

			if page := a.read(t, host); has("Does the fox bite")(page) {
				t.Error("a draft is read")
			}
			b.tabs(`.page-header form[action$="/publish"] button`)
			b.presses(kb.Enter)
			b.sees("Readers see the page now.")
			if page := a.read(t, host); !has("Does the fox bite", "Come by", "Beech &amp; Sons", "It does not.")(page) {
				t.Error("what was published is not read")
			}

			b.tabs(`[data-section="1"] a`)
			b.presses(kb.Enter)
			b.types(`[name="title_en"]`, "A sale begins")
			b.saves()
			b.clicks(`.page-header a[href*="/pages/pag_"]:not([href*="versions"])`)
			zone := i18n.ZoneOf("LU")
			b.typed("due", c.Now().In(zone).Add(2*time.Hour).Format("2006-01-02T15:04"))
			b.clicks(`form[action*="/schedule"] button`)
			b.sees("It is published at that time.")
			c.Advance(3 * time.Hour)
			if err := a.runner.Shift(t.Context(), 3*time.Hour); err != nil {
				t.Fatal(err)
			}
			soon(t, "the sale", func() bool { return has("A sale begins")(a.read(t, host)) })

			b.open("/store/pages")
			b.clicks(`a[href$="/sections"]`)
			b.clicks(`.page-header a[href$="/versions"]`)
			b.clicks(`a[href*="n=1"]`)
			b.sees("A sale begins")
			b.clicks(`form[action$="/restore"] button`)
			b.clicks(`form[action$="/publish"] button`)
			soon(t, "the earlier version", func() bool {
				return !has("A sale begins")(a.read(t, host)) && has("Does the fox bite")(a.read(t, host))
			})
		})
	}
}

// types writes into a field that is reached by keyboard.
func (b *browser) types(field, text string) {
	b.t.Helper()
	b.until("the form", `document.readyState === "complete" && !!customElements.get("o-studio")`)
	b.tabs(field)
	b.presses(text)
}

// withoutHome takes the home page away that the demo has for a store.
func withoutHome(t *testing.T, a *App) {
	t.Helper()
	_, in, err := a.store("kirchberg-kids")
	if err != nil {
		t.Fatal(err)
	}
	links, err := a.modules.cms.Stores.Links(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range links {
		if l.Slug == cms.HomeSlug {
			if err := a.modules.cms.Stores.Delete(t.Context(), in, l.ID, auth.SystemActor); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// read is the home page as anybody reads it.
func (a *App) read(t *testing.T, host string) string {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/?lang=en", nil)
	r.Host = host
	w := httptest.NewRecorder()
	a.Handler().ServeHTTP(w, r)
	return w.Body.String()
}

// soon waits for something to be so.
func soon(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if so() {
			return
		}
	}
	t.Fatalf("waited in vain for %s", what)
}
