package orders

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/orders/ordersapi"
)

// browser visits the module's pages as they are served.
type browser struct {
	t    *testing.T
	base string
	http *http.Client
}

// serve mounts the module on a site of its own.
func serve(t *testing.T, w *world) *browser {
	t.Helper()
	bundle, err := i18n.Load(ui.Files, Files)
	if err != nil {
		t.Fatal(err)
	}
	shop := &web.Shop{ID: w.in.ID(), Name: w.shop.Name, Currency: "EUR", Country: "LU", Lang: i18n.En, StaffLang: i18n.En, Langs: i18n.Langs}
	staff := auth.User{ID: 3, Name: "Lena", Lang: i18n.En}
	site := web.NewSite(web.Options{
		Bundle: bundle, Errors: func(_ context.Context, msg string, args ...any) { t.Error(msg, args) },
		Resolve: func(r *http.Request) (web.Place, error) {
			p := web.Place{In: w.in, Shop: shop, StaffBase: "/store", Audience: web.StorefrontPages, Path: r.URL.Path, API: strings.HasPrefix(r.URL.Path, web.APIRoot)}
			if rest, ok := strings.CutPrefix(r.URL.Path, "/store"); ok {
				p.Audience, p.Path = web.StorePages, rest
			}
			return p, nil
		},
		Frames: web.Frames{
			Platform: plain[web.Platform], Admin: plain[web.Admin], Merchant: plain[web.Merchant], Store: plain[web.Store], Storefront: plain[web.Storefront],
			Error: func(_ i18n.Words, f *fault.Error, _ int, _ string) templ.Component { return ui.Text("error " + f.Code) },
		},
		Enabled: func(tenant.PlatformID, string) bool { return true },
		Identify: web.Identity{
			Customer: func(context.Context, tenant.Store, string) (auth.Customer, bool) { return auth.Customer{}, false },
			Staff: func(context.Context, tenant.Store, string) (auth.User, auth.Grants, bool) {
				return staff, auth.Everything(), true
			},
			Bearer: func(context.Context, string) (web.Bearer, bool) {
				return web.Bearer{Store: &web.Store{In: w.in, Shop: shop, User: staff, Grants: auth.Everything()}}, true
			},
		},
	})
	site.Mount(ordersapi.Code, w.Definition().Routes)
	if _, err := site.Spec(); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(site)
	t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t: t, base: server.URL, http: &http.Client{Jar: jar}}
}

func plain[A web.Audience](_ *web.Ctx[A], h web.Head, body templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		_, err := io.WriteString(w, "<title>"+h.Title+"</title>")
		return errors.Join(err, body.Render(ctx, w))
	})
}

// see opens a page and wants these words on it.
func (b *browser) see(path string, want ...string) string {
	b.t.Helper()
	res, err := b.http.Get(b.base + path)
	return b.read(path, 200, res, err, want)
}

// post sends a form, follows where it leads, and wants these words there.
func (b *browser) post(path string, status int, form url.Values, want ...string) string {
	b.t.Helper()
	res, err := b.http.PostForm(b.base+path, form)
	return b.read(path, status, res, err, want)
}

func (b *browser) read(path string, status int, res *http.Response, err error, want []string) string {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != status {
		b.t.Fatalf("%s: %s, want %d; %v\n%s", path, res.Status, status, err, text)
	}
	for _, w := range want {
		if !strings.Contains(string(text), w) {
			b.t.Errorf("%s: %q is not on the page", path, w)
		}
	}
	return string(text)
}

// call sends JSON and reads the answer into out.
func (b *browser) call(method, path string, status int, header http.Header, body string, out any) {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.base+path, bytes.NewBufferString(body))
	if err != nil {
		b.t.Fatal(err)
	}
	for k, v := range header {
		req.Header[k] = v
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	text := b.read(method+" "+path, status, res, err, nil)
	if out != nil {
		if err := json.Unmarshal([]byte(text), out); err != nil {
			b.t.Fatalf("%s: %v\n%s", path, err, text)
		}
	}
}

func value(page, name string) string {
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(page)
	if m == nil {
		return ""
	}
	return m[1]
}

func TestSaleByPages(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		b := serve(t, w)
		b.see("/cart", "Your cart is empty")
		b.post("/cart/add", 200, url.Values{"variant": {w.mug.Variant.String()}, "quantity": {"2"}}, "Mug", "48.00")
		b.post("/cart/add", 200, url.Values{"variant": {w.mug.Variant.String()}, "quantity": {"99"}}, "Mug", "48.00")
		page := b.see("/checkout", "48.00", "Card")
		form := url.Values{"key": {value(page, "key")}, "seen": {value(page, "seen")}, "email": {"lea@example"}, "name": {"Léa"}, "step": {"contact"}}
		b.post("/checkout", 422, form, `value="lea@example"`, "e-mail address such as")
		form.Set("email", "lea@example.lu")
		b.post("/checkout", 200, form, `value="lea@example.lu"`) // the terms are asked for at the end
		for name, v := range map[string]string{
			"terms": "on", "address.name": "Léa Schmit", "address.line1": "12, rue des Roses",
			"address.postal_code": "L-2445", "address.city": "Luxembourg", "address.country": "LU", "payment": "card", "step": "address",
		} {
			form.Set(name, v)
		}
		b.post("/checkout", 200, form, "L-2445", "Post", "4.90")
		form.Set("delivery", w.post.String())
		form.Set("step", "delivery")
		page = b.post("/checkout", 200, form, "52.90", "VAT 17%")
		form.Set("seen", "1")
		form.Set("step", "place")
		b.post("/checkout", 409, form, "total has changed")
		form.Set("seen", value(page, "seen"))
		form.Set("key", value(page, "key"))
		page = b.post("/checkout", 200, form, "Thank you, Léa", "52.90", "lea@example.lu", "Order placed")
		b.see("/cart", "Your cart is empty")
		if strings.Contains(page, "orders.") {
			t.Errorf("a word is missing: %s", regexp.MustCompile(`orders\.[a-z_]+`).FindString(page))
		}
	})
}

func TestStaffPages(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		b := serve(t, w)
		b.see("/store/orders", "No orders yet")
		o := w.bought(t)
		at := "/store/orders/" + o.ID.String()
		b.see("/store/orders", "1001", "Léa Schmit", "71.40")
		b.see("/store/orders?q=schmit&view=to_ship", "1001")
		b.see("/store/orders?q=nobody", "No orders match")
		b.see("/store/orders?status=cancelled", "No orders match")
		b.see(at, "1001", "To ship", "rue des Roses", "Payment received", "VAT 17%", "VAT 3%")
		b.post(at+"/note", 200, url.Values{"note": {"gift wrap"}}, "gift wrap", "Lena")
		b.post(at+"/ship", 422, url.Values{"lines." + o.Lines[0].ID.String(): {"9"}}, "still to be shipped")
		b.post(at+"/ship", 200, url.Values{"lines." + o.Lines[0].ID.String(): {"2"}, "carrier": {"POST"}, "tracking": {"LU1"}}, "Partly shipped", "LU1")
		b.post(at+"/ship", 200, url.Values{"lines." + o.Lines[1].ID.String(): {"1"}}, "Mark as delivered")
		b.post(at+"/deliver", 200, nil, "Delivered")
		b.post(at+"/refund", 200, url.Values{"back." + o.Lines[1].ID.String(): {"1"}, "restock": {"on"}, "reason": {"broken"}}, "Refund asked for")
		b.post(at+"/cancel", 400, url.Values{"reason": {"no"}}, "can no longer be changed")
		b.see(w.Path(w.in, o.ID), "Order 1001", "Your order has arrived")
	})
}

func TestDeliveryPages(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		b := serve(t, w)
		b.see("/store/delivery", "Post", "France, Germany, Luxembourg", "from €4.90")
		form := url.Values{"name.en": {"Courier"}, "active": {"on"}, "zones.0.countries": {"LU", "BE"}, "zones.0.rates.0.price": {"free"}}
		b.post("/store/delivery/new", 422, form, "Courier", "Belgium, Luxembourg", `value="free"`)
		form.Set("zones.0.rates.0.price", "9.90")
		form.Set("zones.0.rates.1.price", "4")
		b.post("/store/delivery/new", 422, form, "Say from when this price holds")
		form.Set("zones.0.rates.1.from", "50")
		b.post("/store/delivery/new", 200, form, "Courier", "Belgium, Luxembourg", "from €4.00")
		all, err := w.Methods(t.Context(), w.in)
		if err != nil || len(all) != 2 {
			t.Fatalf("%d methods, %v", len(all), err)
		}
		courier := all[slices.IndexFunc(all, func(m Method) bool { return m.Name["en"] == "Courier" })]
		want := []Zone{{Countries: []string{"LU", "BE"}, Rates: []Rate{{Price: 990}, {From: 5000, Price: 400}}}}
		if diff := cmp.Diff(want, courier.Zones); diff != "" {
			t.Error(diff)
		}
		pickup := url.Values{"name.en": {"At the counter"}, "active": {"on"}, "pickup": {"on"}, "ready": {"0"}, "zones.0.rates.0.price": {"4.90"}}
		b.post("/store/delivery/new", 200, pickup, "At the counter")
		all, err = w.Methods(t.Context(), w.in)
		if err != nil || len(all) != 3 {
			t.Fatalf("%d methods, %v", len(all), err)
		}
		counter := all[slices.IndexFunc(all, func(m Method) bool { return m.Pickup })]
		if diff := cmp.Diff([]Zone{{Today: true}}, counter.Zones); diff != "" {
			t.Error(diff)
		}
		b.see("/store/delivery/"+counter.ID.String(), `<option value="0" selected`)
		b.post("/store/delivery/"+w.post.String()+"/delete", 200, nil, "Courier")
		if all, err := w.Methods(t.Context(), w.in); err != nil || len(all) != 2 {
			t.Errorf("%d methods, %v", len(all), err)
		}
	})
}

func TestStrangersFindNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		other := setup(t, e)
		o := other.bought(t)
		b := serve(t, w)
		unknown := ordersapi.OrderID(e.DB.IDs().Next())
		want := readStatus(b, "/store/orders/"+unknown.String())
		for _, path := range []string{"/store/orders/" + o.ID.String(), "/store/orders/x", "/store/delivery/" + other.post.String(), other.Path(other.in, o.ID), "/orders/x"} {
			if got := readStatus(b, path); got != want {
				t.Errorf("%s: %s, want %s", path, got, want)
			}
		}
	})
}

func readStatus(b *browser, path string) string {
	res, err := b.http.Get(b.base + path)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, _ := io.ReadAll(res.Body)
	return res.Status + " " + string(text)
}
