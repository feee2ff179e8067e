package app

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"orion/kit/modtest"
)

// TestNobody asks every route without a sign-in: those that are not public lead
// to the sign-in or refuse, and say the same about things that are not there.
func TestNobody(t *testing.T) {
	t.Parallel()
	f := newForge(t, sqliteDemo(t))
	for _, r := range f.a.site.Catalogue() {
		v, ok := f.visitors[caller(r)]
		if !ok || r.Access.IsPublic() {
			continue
		}
		v.Cookies, v.Token = nil, ""
		q := modtest.Ask{Method: r.Method, Path: f.address(r), Body: "name=x"}
		want := http.StatusUnauthorized
		if r.API {
			q.Type, q.Body = f.spec.bodyOf(r, f.own.ids)
		} else if r.Method == http.MethodGet {
			want = http.StatusSeeOther
		}
		got := v.Ask(q)
		if got.Status != want || want == http.StatusSeeOther && !strings.Contains(got.Location, "/login?next=") {
			t.Errorf("%s answers nobody with %v, want %d", nameOf(r), got, want)
		}
	}
}

// TestCustomersAreNoStaff shows the session of a customer to every route that
// asks for a permission, under the name that those of staff have.
func TestCustomersAreNoStaff(t *testing.T) {
	t.Parallel()
	f := newForge(t, sqliteDemo(t))
	customer := f.visitors["storefront"]
	for _, r := range f.a.site.Catalogue() {
		v, ok := f.visitors[caller(r)]
		if !ok || r.Access.Permission().Code == "" {
			continue
		}
		v.Token, v.Cookies = "", map[string]string{"orion_" + string(r.Audience): customer.Cookies["orion_storefront"]}
		q := modtest.Ask{Method: r.Method, Path: f.address(r)}
		q.Type, q.Body = f.spec.bodyOf(r, f.own.ids)
		if got := v.Ask(q); got.Status != http.StatusSeeOther && got.Status != http.StatusUnauthorized {
			t.Errorf("%s lets a customer in: %v", nameOf(r), got)
		}
	}
}

// post sends a form from an address of the network, over the handler that
// stands before the site.
func post(t *testing.T, a *App, host, path string, v url.Values, change func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(v.Encode()))
	r.Host = host
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	a.Handler().ServeHTTP(w, r)
	return w
}

// Who tries passwords is stopped by address, and no header helps.
func TestSignInIsLimited(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	for host, path := range map[string]string{
		"maison-kirchberg.localhost/": "/account/login", "maison-kirchberg.localhost//": "/store/login", "localhost": "/admin/login", "localhost/": "/merchants/login",
		"maison-kirchberg.localhost///": "/account/forgot", "maison-kirchberg.localhost////": "/account/register",
	} {
		last := 0
		for i := range 12 {
			w := post(t, a, strings.TrimRight(host, "/"), path, url.Values{"email": {"nobody@example.com"}, "name": {"N"}, "password": {"wrong"}}, func(r *http.Request) {
				r.RemoteAddr = "203.0.113.9:4444"
				for _, name := range []string{"X-Forwarded-For", "X-Real-Ip", "True-Client-Ip", "Forwarded", "Cf-Connecting-Ip"} {
					r.Header.Set(name, fmt.Sprintf("198.51.100.%d", i))
				}
			})
			last = w.Code
		}
		if last != http.StatusTooManyRequests {
			t.Errorf("%s: the twelfth try is answered with %d", path, last)
		}
	}
}

// Nobody learns by registering or asking for a password who buys here.
func TestNobodyIsNamed(t *testing.T) {
	t.Parallel()
	f := newForge(t, sqliteDemo(t))
	var known string
	if err := owner(t, f.a).QueryRow(fmt.Sprintf("SELECT email FROM customers_customers WHERE id = %d", f.own.buyer)).Scan(&known); err != nil {
		t.Fatal(err)
	}
	v := f.visitors["storefront"]
	v.Cookies = nil
	for _, path := range []string{"/account/register", "/account/forgot", "/account/login"} {
		q := func(email string) modtest.Ask {
			return modtest.Ask{Method: http.MethodPost, Path: path, Body: url.Values{"email": {email}, "name": {"Ada"}, "password": {"wrong password"}}.Encode()}
		}
		if leak := v.Leak(q, known, "nobody-at-all@example.com"); leak != "" {
			t.Error(leak)
		}
	}
}

// Links in mails lead to the store, whatever the sender of the request says
// where it was sent.
func TestLinksLeadToTheStore(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	pool := owner(t, a)
	ask := url.Values{"email": {"fresh@example.com"}, "name": {"Ada"}}
	for _, host := range []string{"evil.example", "maison-kirchberg.localhost.evil.example", "maison-kirchberg.localhost@evil.example"} {
		if w := post(t, a, host, "/account/register", ask, nil); w.Code != http.StatusNotFound {
			t.Errorf("%s is answered with %d", host, w.Code)
		}
	}
	for i, host := range []string{"maison-kirchberg.localhost:80@evil.example", "maison-kirchberg.localhost:evil.example", "maison-kirchberg.localhost:80/evil"} {
		ask.Set("email", fmt.Sprintf("fresh%d@example.com", i))
		post(t, a, host, "/account/register", ask, func(r *http.Request) {
			r.RemoteAddr = fmt.Sprintf("203.0.113.%d:1", i)
			r.Header.Set("X-Forwarded-Host", "evil.example")
			r.Header.Set("X-Forwarded-Proto", "https")
		})
	}
	for _, row := range column(t, pool, "SELECT * FROM mail_messages") {
		if strings.Contains(row, "evil") {
			t.Errorf("a mail leads away: %s", regexp.MustCompile(`\S*evil\S*`).FindString(row))
		}
	}
}

// The cookie of a sign-in is new, cannot be read by scripts, and goes over
// encrypted lines only where there is one.
func TestSignInCookie(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	for proto, secure := range map[string]bool{"https": true, "http": false} {
		w := post(t, a, "maison-kirchberg.localhost", "/store/login", url.Values{"email": {"owner@kirchberg.example"}, "password": {"orion-demo"}, "next": {"//evil.example"}}, func(r *http.Request) {
			r.RemoteAddr = "127.0.0.1:1"
			r.Header.Set("X-Forwarded-Proto", proto)
			r.AddCookie(&http.Cookie{Name: "orion_store", Value: "chosen-by-somebody-else"})
		})
		if got := w.Header().Get("Location"); w.Code != http.StatusSeeOther || !strings.HasPrefix(got, "/store") {
			t.Fatalf("signing in: %d to %q", w.Code, got)
		}
		found := false
		for _, c := range w.Result().Cookies() {
			if c.Name != "orion_store" {
				continue
			}
			found = true
			if c.Value == "chosen-by-somebody-else" || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure != secure || c.Domain != "" || c.Path != "/store/" {
				t.Errorf("over %s: %v", proto, c)
			}
		}
		if !found {
			t.Error("no cookie")
		}
	}
}

// Pages for one person are kept by nobody else, and every page forbids what no
// page of ours does.
func TestPrivatePagesStayPrivate(t *testing.T) {
	t.Parallel()
	f := newForge(t, sqliteDemo(t))
	for _, r := range f.a.site.Catalogue() {
		v, ok := f.visitors[caller(r)]
		if !ok || r.API || r.Method != http.MethodGet || r.Access.IsPublic() {
			continue
		}
		q := httptest.NewRequest(http.MethodGet, "http://"+v.Host+v.Base+f.address(r), nil)
		for name, value := range v.Cookies {
			q.AddCookie(&http.Cookie{Name: name, Value: value})
		}
		w := httptest.NewRecorder()
		v.Handler.ServeHTTP(w, q)
		h := w.Header()
		if keep := h.Get("Cache-Control"); w.Code == http.StatusOK && !strings.Contains(keep, "private") && !strings.Contains(keep, "no-store") {
			t.Errorf("%s may be kept by anybody: %q", nameOf(r), keep)
		}
		if csp := h.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: headers %v", nameOf(r), h)
		}
	}
}
