package app

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"orion/kit/module"
	"orion/kit/web"
)

// A visitor is asked about the cookies that the store could do without, says
// no or yes as easily, and can take it back, all without JavaScript.
func TestConsent(t *testing.T) {
	t.Parallel()
	a := start(t, sqliteDemo(t))
	curious(t, a)
	v := &visitor{t: t, h: a.Handler(), host: "maison-kirchberg.localhost", jar: map[string]string{}}
	const banner = `class="consent"`
	if page := v.get("/"); !strings.Contains(page, banner) {
		t.Fatal("nobody is asked")
	}
	if page := v.get("/cookies"); strings.Contains(page, banner) || !strings.Contains(page, "counter") || !strings.Contains(page, "orion_cart") {
		t.Error("the page on cookies does not name them, or asks twice")
	}
	v.jar["counter_7"] = "x"
	v.post("/cookies", url.Values{"choice": {"none"}, "about": {"statistics"}, "back": {"/products"}})
	if page := v.get("/"); strings.Contains(page, banner) {
		t.Error("asked again after a no")
	}
	if _, kept := v.jar["counter_7"]; kept {
		t.Error("a cookie whose purpose was refused is still there")
	}
	no := v.jar["orion_consent"]
	v.post("/cookies", url.Values{"choice": {"all"}, "about": {"statistics"}})
	if yes := v.jar["orion_consent"]; yes == no || !strings.HasSuffix(yes, ".S") || !strings.HasSuffix(no, ".s") || yes[:20] != no[:20] {
		t.Errorf("yes is kept as %q, no as %q", yes, no)
	}
	v.post("/cookies", url.Values{"choice": {"chosen"}, "about": {"statistics"}})
	if taken := v.jar["orion_consent"]; taken != no {
		t.Errorf("after taking it back the cookie is %q", taken)
	}
	v.post("/cookies", url.Values{"choice": {"all"}, "about": {"history"}})
	if both := v.jar["orion_consent"]; !strings.HasSuffix(both, ".Hs") {
		t.Errorf("a word about one purpose changes another: %q", both)
	}
	_, in, err := a.store("maison-kirchberg")
	if err != nil {
		t.Fatal(err)
	}
	counts, err := a.modules.customers.Answers(t.Context(), in, 1)
	if err != nil || counts["none"] != 2 || counts["all"] != 1 || counts["some"] != 1 {
		t.Errorf("the log counts %v, %v", counts, err)
	}
}

// TestNobodyIsAskedForNothing holds the program to ask only where a module
// that is on sets a cookie that is not necessary.
func TestNobodyIsAskedForNothing(t *testing.T) {
	t.Parallel()
	a := start(t, sqliteDemo(t))
	for _, d := range a.registry.All() {
		for _, u := range d.Cookies {
			if u.Purpose != web.Necessary && !u.Purpose.InPlace() {
				t.Skipf("%s sets %s", d.Code, u.Name)
			}
		}
	}
	v := &visitor{t: t, h: a.Handler(), host: "maison-kirchberg.localhost", jar: map[string]string{}}
	if strings.Contains(v.get("/"), `class="consent"`) {
		t.Error("asked for nothing")
	}
}

// curious gives a module a cookie that the shop could do without.
func curious(t *testing.T, a *App) {
	t.Helper()
	all := a.registry.All()
	for i := range all {
		if all[i].Code == "catalog" {
			all[i].Cookies = append(all[i].Cookies, web.CookieUse{Name: "counter*", Purpose: web.ForStatistics, Label: "ui.purpose_statistics", Days: 9})
		}
	}
	var err error
	if a.registry, err = module.NewRegistry(all...); err != nil {
		t.Fatal(err)
	}
	a.modules.registry = a.registry
	a.mount()
}

// visitor is a browser without JavaScript.
type visitor struct {
	t    *testing.T
	h    http.Handler
	host string
	jar  map[string]string
}

func (v *visitor) ask(r *http.Request) *httptest.ResponseRecorder {
	v.t.Helper()
	r.Host = v.host
	for name, value := range v.jar {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	v.h.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if v.jar[c.Name] = c.Value; c.MaxAge < 0 {
			delete(v.jar, c.Name)
		}
	}
	return w
}

func (v *visitor) get(path string) string {
	v.t.Helper()
	return v.ask(httptest.NewRequest(http.MethodGet, path, nil)).Body.String()
}

func (v *visitor) post(path string, form url.Values) *httptest.ResponseRecorder {
	v.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.ask(r)
}
