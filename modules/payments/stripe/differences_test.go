package stripe_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/fault"
)

// Staff have the books compared, see what differs, and say what came of it.
func TestDifferencesOfStaff(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t, "payments.view", "payments.settle", "payments.refund")
		id, i := b.paid(t, 1999, "pm_card_visa")
		b.give(t, i.ID, 500)
		const list = "/store/payments/differences"
		send := func(site http.Handler, path string, form url.Values) (int, string) {
			r := httptest.NewRequest(http.MethodPost, "http://shop.test"+path, strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Sec-Fetch-Site", "same-origin")
			w := httptest.NewRecorder()
			site.ServeHTTP(w, r)
			return w.Code, w.Body.String()
		}
		if code, _ := send(site, list+"/compare", url.Values{"gateway": {"stripe"}}); code != http.StatusSeeOther {
			t.Fatal(code)
		}
		if code, _ := send(site, list+"/compare", url.Values{"gateway": {"on_delivery"}}); code != http.StatusNotFound {
			t.Errorf("a gateway without books: %d", code)
		}
		b.work(t)
		ctx, n := db.WithCounter(t.Context())
		r := httptest.NewRequestWithContext(ctx, http.MethodGet, "http://shop.test"+list, nil)
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r)
		d := b.differences(t, true)[0]
		if body := w.Body.String(); n.N() != 2 || !strings.Contains(body, d.ID.String()) || !strings.Contains(body, "€5.00") || strings.Contains(body, ">payments.") {
			t.Errorf("%d statements: %s", n.N(), body)
		}
		one := list + "/" + d.ID.String()
		if body, _ := shows(t, site, one); !strings.Contains(body, "/store/payments/"+id.String()) || !strings.Contains(body, one+"/book") || strings.Contains(body, ">payments.") {
			t.Error(body)
		}
		if code, body := send(site, one+"/close", url.Values{"note": {" "}}); code != http.StatusUnprocessableEntity || !strings.Contains(body, "note") {
			t.Errorf("closed without a word: %d", code)
		}
		for _, act := range []string{"/own", "/book"} {
			if code, _ := send(b.site(t, "payments.view"), one+act, nil); code != http.StatusForbidden {
				t.Errorf("%s without the permission: %d", act, code)
			}
			if code, body := send(site, one+act, nil); code != http.StatusSeeOther {
				t.Errorf("%s: %d %s", act, code, body)
			}
		}
		if body, _ := shows(t, site, one); !strings.Contains(body, "Ada") {
			t.Error("the owner is not shown")
		}
		if code, _ := send(site, one+"/close", url.Values{"note": {"it was the boss"}}); code != http.StatusSeeOther {
			t.Errorf("%d", code)
		}
		if body, _ := shows(t, site, list+"?status=closed"); !strings.Contains(body, d.ID.String()) {
			t.Error("what is closed is not listed")
		}
		if code, _ := send(site, one+"/own", nil); code == http.StatusSeeOther {
			t.Error("what is closed is taken on")
		}
		if _, err := b.m.Difference(t.Context(), b.Env.Store(), d.ID); fault.As(err) == nil {
			t.Error("another store sees it")
		}
	})
}
