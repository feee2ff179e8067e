package paypal_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/a-h/templ"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/job"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paypal"
	"orion/modules/payments/paytest"
)

// site serves the module's pages of the bundle's store to somebody with these
// permissions.
func (b *bundle) site(t *testing.T, may ...string) http.Handler {
	t.Helper()
	words, err := i18n.Load(payments.Files, ui.Files)
	if err != nil {
		t.Fatal(err)
	}
	shop := &web.Shop{ID: b.in.ID(), Currency: "EUR", Lang: i18n.En, StaffLang: i18n.En, Langs: i18n.Langs}
	s := web.NewSite(web.Options{
		Resolve: func(r *http.Request) (web.Place, error) {
			p := web.Place{
				Platform: web.Platform{In: b.Gate.Platform(b.in.Platform())}, In: b.in, Shop: shop, StaffBase: "/store", Audience: web.StorefrontPages, Path: r.URL.Path,
			}
			if path, staff := strings.CutPrefix(r.URL.Path, "/store"); staff {
				p.Audience, p.Path = web.StorePages, path
			}
			return p, nil
		},
		Bundle: words, Errors: func(_ context.Context, msg string, args ...any) { t.Error(msg, args) },
		Enabled: func(tenant.PlatformID, string) bool { return true },
		Identify: web.Identity{Staff: func(context.Context, tenant.Store, string) (auth.User, auth.Grants, bool) {
			return auth.User{ID: 7, Name: "Ada"}, auth.Granted(may...), len(may) > 0
		}, Customer: func(context.Context, tenant.Store, string) (auth.Customer, bool) {
			return auth.Customer{ID: b.reader}, !b.reader.IsZero()
		}},
		Frames: web.Frames{
			Store:      func(_ *web.Ctx[web.Store], _ web.Head, body templ.Component) templ.Component { return body },
			Storefront: func(_ *web.Ctx[web.Storefront], _ web.Head, body templ.Component) templ.Component { return body },
			Error:      func(_ i18n.Words, f *fault.Error, _ int, _ string) templ.Component { return ui.Text(f.Code) },
		},
	})
	s.Mount(paymentsapi.Code, b.m.Definition().Routes)
	return s
}

// post sends a message to the store's address and gives the answer's status.
func (b *bundle) post(site http.Handler, m paytest.PayPalMessage) int {
	r := httptest.NewRequest(http.MethodPost, "http://shop.test/store"+b.m.HookPath(b.in, paypal.Code), bytes.NewReader(m.Body))
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	for name, value := range m.Headers {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	site.ServeHTTP(w, r)
	return w.Code
}

// told sends all messages of the newest order, and lets the jobs work.
func (b *bundle) told(t *testing.T, site http.Handler) {
	t.Helper()
	for _, m := range b.messagesOf(b.newest(t).ID) {
		if code := b.post(site, m); code != http.StatusOK {
			t.Errorf("%s was answered with %d", m.Kind, code)
		}
	}
	b.work(t)
}

// work runs what was enqueued, and nothing that runs by the clock.
func (b *bundle) work(t *testing.T) {
	t.Helper()
	jobs := slices.DeleteFunc(b.m.Definition().Jobs, func(j job.Job) bool { return j.Sweeps() })
	r, err := job.NewRunner(job.Options{DB: b.DB, Gate: b.Gate, Jobs: jobs})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := r.Drain(ctx); err != nil {
		t.Fatal(err)
	}
}

// events are how the stored events stand, the oldest first.
func (b *bundle) events(t *testing.T) []string { return b.texts(t, eventStates) }

// published are the names of what was told to other modules, the oldest first.
func (b *bundle) published(t *testing.T) []string { return b.texts(t, eventNames) }

func (b *bundle) texts(t *testing.T, q *db.Stmt[tenant.Store]) []string {
	t.Helper()
	out, err := db.Read(t.Context(), b.DB, b.in, func(tx tx) ([]string, error) {
		return db.All(t.Context(), tx, q, nil, func(r db.Row) (s string, err error) { return s, r.Scan(&s) })
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var questions = fstest.MapFS{"sql/events.sql": {Data: []byte(`
-- name: event_states
SELECT status FROM payments_events WHERE store_id = :store_id ORDER BY id;

-- name: event_names
SELECT name FROM event_events WHERE store_id = :store_id ORDER BY id;
`)}}

var (
	eventStates = db.Must[tenant.Store](questions, "event_states")
	eventNames  = db.Must[tenant.Store](questions, "event_names")
)

// messagesOf are the webhooks about an order so far. A refund names what it gives back.
func (b *bundle) messagesOf(order string) (out []paytest.PayPalMessage) {
	names := [][]byte{[]byte(`"` + order + `"`)}
	for _, o := range b.far.Orders(client) {
		for _, c := range o.Captures {
			if o.ID == order {
				names = append(names, []byte("/captures/"+c.ID+`"`))
			}
		}
	}
	for _, m := range b.far.Messages(client) {
		if slices.ContainsFunc(names, func(name []byte) bool { return bytes.Contains(m.Body, name) }) {
			out = append(out, m)
		}
	}
	return out
}

// server calls PayPal as somebody else's program does, which uses the same account.
func (b *bundle) server(t *testing.T, path, body string) map[string]any {
	t.Helper()
	call := func(path, kind, body string, sign func(*http.Request)) (out map[string]any) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.url+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", kind)
		sign(r)
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		if err := json.NewDecoder(res.Body).Decode(&out); err != nil || res.StatusCode/100 != 2 {
			t.Fatal(res.Status, out, err)
		}
		return out
	}
	token := call("/v1/oauth2/token", "application/x-www-form-urlencoded", "grant_type=client_credentials", func(r *http.Request) { r.SetBasicAuth(client, secret) })
	b.next++
	return call(path, "application/json", body, func(r *http.Request) {
		r.Header.Set("Authorization", "Bearer "+token["access_token"].(string))
		r.Header.Set("PayPal-Request-Id", "theirs-"+money.New(b.next, "JPY").Decimal())
		r.Header.Set("Prefer", "return=representation")
	})
}

// elsewhere makes an order that is not ours.
func (b *bundle) elsewhere(t *testing.T) string {
	o := b.server(t, "/v2/checkout/orders", `{"intent":"CAPTURE","purchase_units":[{"amount":{"currency_code":"EUR","value":"1.00"}}],
		"payment_source":{"paypal":{"experience_context":{"return_url":"http://x.example/","cancel_url":"http://x.example/"}}}}`)
	return o["id"].(string)
}

// give gives money of the newest order back at PayPal, without us.
func (b *bundle) give(t *testing.T, minor int64) {
	b.server(t, "/v2/payments/captures/"+b.newest(t).Captures[0].ID+"/refund", `{"amount":{"currency_code":"EUR","value":"`+money.New(minor, "EUR").Decimal()+`"}}`)
}

// permutations visits all orders of n things.
func permutations(n int, visit func(order []int)) {
	var step func(order []int)
	step = func(order []int) {
		if len(order) == n {
			visit(order)
			return
		}
		for i := range n {
			if !slices.Contains(order, i) {
				step(append(slices.Clone(order), i))
			}
		}
	}
	step(nil)
}
