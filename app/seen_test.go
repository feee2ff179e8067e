package app

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"orion/kit/db"
)

// A store remembers what somebody looks at only after they said so, in their
// own browser, and forgets it when they want; its pages cost no statement more.
func TestSeen(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		v := &visitor{t: t, h: a.Handler(), host: "maison-kirchberg.localhost", jar: map[string]string{"lang": "de"}}
		count := func(path string) int {
			t.Helper()
			ctx, n := db.WithCounter(t.Context())
			if w := v.ask(httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil)); w.Code != http.StatusOK {
				t.Fatalf("%s answers %d", path, w.Code)
			}
			return n.N()
		}
		v.get("/products/serving-bowl")
		if part := v.get("/seen?at=serving-bowl"); v.jar["orion_seen"] != "" || !strings.Contains(part, "Merken, was ich ansehe") {
			t.Fatalf("remembered without a word, or nobody asks: %s", part)
		}
		if part := v.get("/seen"); strings.TrimSpace(part) != "" {
			t.Errorf("the home page asks: %s", part)
		}
		if w := v.post("/cookies", url.Values{"choice": {"all"}, "about": {"history"}, "back": {"/products/serving-bowl"}}); w.Header().Get("Location") != "/products/serving-bowl" {
			t.Errorf("leads to %q", w.Header().Get("Location"))
		}
		v.get("/")
		for _, slug := range []string{"serving-bowl", "stoneware-mug", "bud-vase"} {
			if n := count("/products/" + slug); n > 3 {
				t.Errorf("the page of a product takes %d statements", n)
			}
		}
		part := v.get("/seen?at=bud-vase")
		mug, bowl := strings.Index(part, "/products/stoneware-mug"), strings.Index(part, "/products/serving-bowl")
		if mug < 0 || bowl < mug || strings.Contains(part, `href="/products/bud-vase"`) || !strings.Contains(part, "Zuletzt angesehen") {
			t.Errorf("the newest first, without the one at hand: %s", part)
		}
		if strings.Count(part, `class="heart"`) != 2 {
			t.Errorf("what was looked at has no hearts: %s", part)
		}
		if n := count("/seen"); n != 1 {
			t.Errorf("the part takes %d statements", n)
		}
		other := &visitor{t: t, h: a.Handler(), host: "velo-moselle.localhost", jar: map[string]string{"orion_seen": v.jar["orion_seen"], "orion_consent": v.jar["orion_consent"]}}
		if part := other.get("/seen"); strings.TrimSpace(part) != "" {
			t.Errorf("another store shows them: %s", part)
		}
		v.post("/seen/clear", url.Values{"back": {"/"}})
		if part := v.get("/seen"); v.jar["orion_seen"] != "" || strings.TrimSpace(part) != "" {
			t.Errorf("kept after it was cleared: %s", part)
		}
		v.get("/products/serving-bowl")
		v.post("/cookies", url.Values{"choice": {"none"}, "about": {"history"}})
		v.get("/products/stoneware-mug")
		if part := v.get("/seen?at=stoneware-mug"); v.jar["orion_seen"] != "" || strings.TrimSpace(part) != "" {
			t.Errorf("remembered or asked again after a no: %s", part)
		}
	})
}

// In a browser: asked at the foot of a product, said yes, and the next page has
// what was seen. Without scripts there is nothing of it.
func TestSeenInABrowser(t *testing.T) {
	t.Parallel()
	a := start(t, sqliteDemo(t))
	b := newBrowser(t, "http://maison-kirchberg.localhost:"+serve(t, a))
	near := func() { eval[bool](b, `(scrollTo(0, document.body.scrollHeight), true)`) }
	b.open("/products/serving-bowl")
	near()
	b.until("the question", `!!document.querySelector('.seen-ask button[value="all"]')`)
	b.picture("seen-ask")
	b.clicks(`.seen-ask button[value="all"]`)
	b.until("the page again", `document.readyState === 'complete' && !document.querySelector('.seen-ask')`)
	b.open("/products/stoneware-mug")
	near()
	b.until("what was seen", `!!document.querySelector('.seen a[href="/products/serving-bowl"]')`)
	b.picture("seen")
	b.clicks(`.seen-ways button:not([name])`)
	b.until("the list cleared", `document.querySelector('#flashes').innerText.includes('empty again')`)
	b.open("/")
	near()
	b.until("only the mug, whose page was opened again", `document.querySelectorAll('.seen h3 a').length === 1`)

	ask(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.open("/products/serving-bowl")
	if h := eval[float64](b, `document.querySelector('o-later.seen').offsetHeight`); h != 0 {
		t.Errorf("without scripts %v pixels stay empty", h)
	}
}
