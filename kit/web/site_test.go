package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"orion/kit/tenant"
	"orion/kit/web"
)

func TestPages(t *testing.T) {
	t.Parallel()
	s := site(t)
	for name, c := range map[string]struct {
		r      *http.Request
		status int
		body   string
	}{
		"home in the store's language":     {request("GET", "/"), 200, "[fr Home] hello"},
		"home in the reader's":             {request("GET", "/", header("Accept-Language", "de-LU,de;q=0.9")), 200, "[de Home] hello"},
		"not in one the store has not":     {request("GET", "/", cookie("lang", "en")), 200, "[fr Home] hello"},
		"a path that is no text":           {request("GET", "/%00"), 404, "error not_found"},
		"a path that is no UTF-8":          {request("GET", "/%ff"), 404, "error not_found"},
		"a query that is no text":          {request("GET", "/?q=a%00"), 404, "error not_found"},
		"a query that is no UTF-8":         {request("GET", "/?q=%ff%fe"), 404, "error not_found"},
		"percent signs are text":           {request("GET", "/?q=100%25+%E2%82%AC"), 200, "hello"},
		"unknown page":                     {request("GET", "/nothing"), 404, "error not_found"},
		"module that is off":               {request("GET", "/off"), 404, "error not_found"},
		"wrong method":                     {request("DELETE", "/"), 404, "error not_found"},
		"our fault says nothing":           {request("GET", "/broken"), 500, "error internal"},
		"staff without permission":         {request("GET", "/store/orders/5", cookie("orion_store", "viewer")), 403, "error forbidden"},
		"staff with permission":            {request("GET", "/store/orders/5", cookie("orion_store", "shipper")), 200, "order 5"},
		"another audience's cookie":        {request("GET", "/store/orders/5", cookie("orion_admin", "shipper")), 303, ""},
		"staff route is not the shopper's": {request("GET", "/orders/5", cookie("orion_store", "shipper")), 404, "error not_found"},
		"forged from another site":         {request("POST", "/cart", header("Sec-Fetch-Site", "cross-site")), 403, "error forbidden"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resp, body := ask(t, s, c.r)
			if resp.StatusCode != c.status || !strings.Contains(body, c.body) {
				t.Errorf("%d %q, want %d with %q", resp.StatusCode, body, c.status, c.body)
			}
			if csp := resp.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
				t.Errorf("policy %q", csp)
			}
		})
	}
}

// What a handler writes by itself is kept by nobody else, although it does not
// think of that.
func TestAnswersArePrivate(t *testing.T) {
	t.Parallel()
	s := site(t)
	for _, path := range []string{"/", "/nothing", "/broken", "/store/orders/5", "/store/orders.txt", "/store/orders"} {
		resp, _ := ask(t, s, request("GET", path, cookie("orion_store", "shipper")))
		if keep := resp.Header.Get("Cache-Control"); keep != "no-cache, private" {
			t.Errorf("%s: %d may be kept: %q", path, resp.StatusCode, keep)
		}
	}
}

func TestPanicIsContained(t *testing.T) {
	t.Parallel()
	resp, body := ask(t, site(t), request("GET", "/panic"))
	if resp.StatusCode != 500 || strings.Contains(body, "goroutine") {
		t.Errorf("%d %q", resp.StatusCode, body)
	}
}

func TestSignInComesBack(t *testing.T) {
	t.Parallel()
	resp, _ := ask(t, site(t), request("GET", "/store/orders/5?tab=1"))
	want := "/store/login?next=" + url.QueryEscape("/store/orders/5?tab=1")
	if got := resp.Header.Get("Location"); resp.StatusCode != 303 || got != want {
		t.Errorf("%d to %q, want %q", resp.StatusCode, got, want)
	}
}

func TestForms(t *testing.T) {
	t.Parallel()
	s := site(t)
	post := func(v url.Values) *http.Request {
		r := httptest.NewRequest("POST", "/cart", strings.NewReader(v.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return r
	}
	if resp, body := ask(t, s, post(url.Values{"qty": {"99"}})); resp.StatusCode != 422 || !strings.Contains(body, "99 form.too_large") {
		t.Errorf("%d %q", resp.StatusCode, body)
	}
	if resp, _ := ask(t, s, post(url.Values{"qty": {"2"}})); resp.StatusCode != 303 || resp.Header.Get("Location") != "/cart" {
		t.Errorf("%d %q", resp.StatusCode, resp.Header.Get("Location"))
	}
	big := post(url.Values{"qty": {strings.Repeat("9", 2<<20)}})
	if resp, _ := ask(t, s, big); resp.StatusCode != 422 {
		t.Errorf("a body of 2 MiB: %d", resp.StatusCode)
	}
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	s := site(t)
	var last int
	for range 3 {
		resp, _ := ask(t, s, request("POST", "/limited"))
		last = resp.StatusCode
	}
	if last != 429 {
		t.Errorf("the third call of two: %d", last)
	}
}

func TestPreferences(t *testing.T) {
	t.Parallel()
	s := site(t)
	for back, want := range map[string]string{"/cart?x=1": "/cart?x=1", "//evil.test": "/", "https://evil.test": "/", "": "/"} {
		r := httptest.NewRequest("POST", web.PreferencesPath, strings.NewReader(url.Values{"lang": {"de"}, "back": {back}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		resp, _ := ask(t, s, r)
		if got := resp.Header.Get("Location"); resp.StatusCode != 303 || got != want {
			t.Errorf("back to %q leads to %q (%d), want %q", back, got, resp.StatusCode, want)
		}
		if c := resp.Header.Get("Set-Cookie"); !strings.HasPrefix(c, "lang=de") {
			t.Errorf("cookie %q", c)
		}
	}
}

// A page in a language leads to others in it; a preview in a frame changes nothing for
// who looks at it.
func TestLanguageOfAPageStays(t *testing.T) {
	t.Parallel()
	s := site(t)
	for dest, want := range map[string]bool{"document": true, "": true, "iframe": false} {
		resp, _ := ask(t, s, request("GET", "/anything?lang=de", header("Sec-Fetch-Dest", dest)))
		if got := strings.HasPrefix(resp.Header.Get("Set-Cookie"), "lang=de"); got != want {
			t.Errorf("a page for %q sets %q", dest, resp.Header.Get("Set-Cookie"))
		}
	}
}

func TestREST(t *testing.T) {
	t.Parallel()
	s := site(t)
	for name, c := range map[string]struct {
		r      *http.Request
		status int
		want   map[string]any
	}{
		"without a token":     {request("GET", "/api/v1/store/stock?qty=1"), 401, map[string]any{"code": "unauthenticated"}},
		"with a wrong one":    {request("GET", "/api/v1/store/stock?qty=1", header("Authorization", "Bearer wrong")), 401, map[string]any{"code": "unauthenticated"}},
		"a cookie opens none": {request("GET", "/api/v1/store/stock?qty=1", cookie("orion_store", "shipper")), 401, map[string]any{"code": "unauthenticated"}},
		"with the right one":  {request("GET", "/api/v1/store/stock?qty=1", header("Authorization", "Bearer right")), 200, map[string]any{"store": tenant.StoreID(7).String()}},
		"a bad value":         {request("GET", "/api/v1/store/stock?qty=0", header("Authorization", "Bearer right")), 422, map[string]any{"status": 422.0}},
		"a fault of ours":     {request("GET", "/api/v1/storefront/fails"), 409, map[string]any{"code": "orders.short", "detail": map[string]any{"left": 3.0}}},
		"an unknown path":     {request("GET", "/api/v1/storefront/nothing"), 404, map[string]any{"code": "not_found"}},
		"an unknown audience": {request("GET", "/api/v1/nobody/nothing"), 404, map[string]any{"code": "not_found"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resp, body := ask(t, s, c.r)
			var got map[string]any
			if err := json.Unmarshal([]byte(body), &got); err != nil || resp.StatusCode != c.status {
				t.Fatalf("%d %q %v, want %d", resp.StatusCode, body, err, c.status)
			}
			for k, v := range c.want {
				if a, b := asJSON(got[k]), asJSON(v); a != b {
					t.Errorf("%s = %s, want %s", k, a, b)
				}
			}
		})
	}
}

func asJSON(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

func TestSpecDescribesOperations(t *testing.T) {
	t.Parallel()
	spec, err := site(t).Spec()
	if err != nil || !strings.Contains(string(spec), `"/api/v1/store/stock"`) || !strings.Contains(string(spec), "orders.ship") {
		t.Errorf("%v %s", err, spec)
	}
}

func TestConsent(t *testing.T) {
	t.Parallel()
	s := site(t)
	if _, body := ask(t, s, request("GET", "/allows")); body != "necessary" {
		t.Errorf("before a decision %q is allowed", body)
	}
	resp, _ := ask(t, s, request("POST", "/decide"))
	got := resp.Cookies()
	if len(got) != 1 || !got[0].HttpOnly || got[0].MaxAge < 3600 {
		t.Fatalf("the decision is kept in %v", got)
	}
	kept := cookie(got[0].Name, got[0].Value)
	if _, body := ask(t, s, request("GET", "/allows", kept)); body != "necessary preferences" {
		t.Errorf("after a decision %q is allowed", body)
	}
	resp, _ = ask(t, s, request("POST", "/decide", kept))
	if again := resp.Cookies(); again[0].Value != got[0].Value {
		t.Errorf("the same visitor became another: %q, then %q", got[0].Value, again[0].Value)
	}
}

// A reader who has gone is no failure of the program; what fails while somebody
// waits is one.
func TestWhoHasGoneIsNoFailure(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/reads", "/api/v1/storefront/reads"} {
		failed := 0
		s := siteTelling(t, func(context.Context, string, ...any) { failed++ })
		ask(t, s, request("GET", path))
		if failed != 1 {
			t.Fatalf("%s: a failure was told %d times", path, failed)
		}
		gone, leave := context.WithCancel(t.Context())
		leave()
		ask(t, s, request("GET", path).WithContext(gone))
		if failed != 1 {
			t.Errorf("%s: a reader who had gone was told as a failure", path)
		}
	}
}

// What a page fetches besides shows no message, and leaves it to the page that
// comes next, which shows it once.
func TestMessagesWaitForAPage(t *testing.T) {
	t.Parallel()
	s := site(t)
	left, _ := ask(t, s, request("POST", "/notes"))
	var note *http.Cookie
	for _, c := range left.Cookies() {
		if c.Name == "orion_flash" {
			note = c
		}
	}
	if note == nil {
		t.Fatal("no message was left")
	}
	taken := func(path string) (bool, string) {
		answer, body := ask(t, s, request("GET", path, cookie(note.Name, note.Value)))
		return slices.ContainsFunc(answer.Cookies(), func(c *http.Cookie) bool { return c.Name == note.Name && c.MaxAge < 0 }), body
	}
	if gone, _ := taken("/allows"); gone {
		t.Error("a part of a page took the message")
	}
	if gone, body := taken("/"); !gone || strings.Count(body, "orders.noted!") != 1 {
		t.Errorf("gone %t: %s", gone, body)
	}
}
