package stripe_test

import (
	"bytes"
	"context"
	"io"
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
	"orion/modules/payments/paytest"
	"orion/modules/payments/stripe"
)

// site serves the module's pages of the bundle's store to somebody with these
// permissions.
func (b *bundle) site(t *testing.T, may ...string) http.Handler {
	t.Helper()
	words, err := i18n.Load(payments.Files, ui.Files)
	if err != nil {
		t.Fatal(err)
	}
	shop := &web.Shop{ID: b.in.ID(), Country: "LU", Currency: "EUR", Lang: i18n.En, StaffLang: i18n.En, Langs: i18n.Langs}
	s := web.NewSite(web.Options{
		Resolve: func(r *http.Request) (web.Place, error) {
			p := web.Place{
				Platform: web.Platform{In: b.Gate.Platform(b.in.Platform())}, In: b.in, Shop: shop, StaffBase: "/store", Audience: web.StorefrontPages, Path: r.URL.Path,
			}
			switch r.Host {
			case "platform.test":
				p.Audience = web.PlatformPages
			case "other.test":
				p.Audience, p.Platform.In = web.PlatformPages, b.Gate.Platform(b.in.Platform()+1)
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
		}},
		Frames: web.Frames{
			Platform:   func(_ *web.Ctx[web.Platform], _ web.Head, body templ.Component) templ.Component { return body },
			Store:      func(_ *web.Ctx[web.Store], _ web.Head, body templ.Component) templ.Component { return body },
			Storefront: func(_ *web.Ctx[web.Storefront], _ web.Head, body templ.Component) templ.Component { return body },
			Error:      func(_ i18n.Words, f *fault.Error, _ int, _ string) templ.Component { return ui.Text(f.Code) },
		},
	})
	s.Mount(paymentsapi.Code, b.m.Definition().Routes)
	return s
}

// postAbove sends a message to the address of the store's platform.
func postAbove(site http.Handler, m paytest.Message) int { return postTo(site, "platform.test", m) }

func postTo(site http.Handler, host string, m paytest.Message) int {
	r := httptest.NewRequest(http.MethodPost, "http://"+host+"/hooks/stripe", bytes.NewReader(m.Body))
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.Header.Set("Stripe-Signature", m.Signature)
	w := httptest.NewRecorder()
	site.ServeHTTP(w, r)
	return w.Code
}

// post sends a message to the store's address and gives the answer's status.
func (b *bundle) post(site http.Handler, m paytest.Message) int {
	r := httptest.NewRequest(http.MethodPost, "http://shop.test/store"+b.m.HookPath(b.in, stripe.Code), bytes.NewReader(m.Body))
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.Header.Set("Stripe-Signature", m.Signature)
	w := httptest.NewRecorder()
	site.ServeHTTP(w, r)
	return w.Code
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

// told are the names of what was told to other modules, the oldest first.
func (b *bundle) told(t *testing.T) []string { return b.texts(t, eventNames) }

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

-- name: damage
-- Whatever is added to it is more than a number can be.
UPDATE payments_payments SET authorised = 9223372036854775807 WHERE store_id = :store_id AND id = :id;
`)}}

var (
	eventStates = db.Must[tenant.Store](questions, "event_states")
	eventNames  = db.Must[tenant.Store](questions, "event_names")
	damage      = db.Must[tenant.Store](questions, "damage")
)

// messagesOf are the webhooks about an intent so far.
func (b *bundle) messagesOf(intent string) (out []paytest.Message) {
	for _, m := range b.far.Messages(b.books()) {
		if bytes.Contains(m.Body, []byte(`"`+intent+`"`)) {
			out = append(out, m)
		}
	}
	return out
}

// server sends a form with the secret key, as somebody else's program does.
func (b *bundle) server(t *testing.T, path, form string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.url+path, strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+secret)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(res.Body)
		t.Fatal(res.Status, string(body))
	}
}

// elsewhere makes an intent that is not ours.
func (b *bundle) elsewhere(t *testing.T) {
	b.server(t, "/v1/payment_intents", "amount=100&currency=eur")
}

// give gives money back at the gateway, without us.
func (b *bundle) give(t *testing.T, intent string, minor int64) {
	b.server(t, "/v1/refunds", "payment_intent="+intent+"&amount="+money.New(minor, "JPY").Decimal())
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
