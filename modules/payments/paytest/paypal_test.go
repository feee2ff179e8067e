package paytest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/clock"
	"orion/modules/payments/paytest"
	"orion/modules/payments/paytest/paypalspec"
)

// purse is a PayPal with one account, and who calls it.
type purse struct {
	*paytest.PayPal
	clock *clock.Manual
	url   string
	calls *http.Client
	token string
}

func openPurse(t *testing.T) *purse {
	t.Helper()
	paypalspec.Load(t)
	p := &purse{clock: clock.NewManual(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))}
	web := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { p.ServeHTTP(w, r) }))
	p.url = "http://" + web.Listener.Addr().String()
	p.PayPal = paytest.NewPayPal(p.clock, p.url)
	p.Open(paytest.PayPalAccount{Client: "AY", Secret: "EK", Webhook: "WH"})
	web.Start()
	t.Cleanup(web.Close)
	p.calls = &http.Client{
		Transport:     paypalspec.Transport{T: t, Next: &http.Transport{DisableKeepAlives: true}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	p.token = p.signs(t)
	return p
}

// signs gets a token.
func (p *purse) signs(t *testing.T) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.url+"/v1/oauth2/token", strings.NewReader("grant_type=client_credentials"))
	if err != nil {
		t.Fatal(err)
	}
	r.SetBasicAuth("AY", "EK")
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	_, out := p.send(t, r)
	return out["access_token"].(string)
}

func (p *purse) send(t *testing.T, r *http.Request) (int, map[string]any) {
	t.Helper()
	res, err := p.calls.Do(r)
	if err != nil {
		return 0, nil // the script broke the connection
	}
	defer func() { _ = res.Body.Close() }()
	out := map[string]any{}
	if body, err := io.ReadAll(res.Body); err != nil || len(body) > 0 && json.Unmarshal(body, &out) != nil {
		t.Fatal(string(body), err)
	}
	return res.StatusCode, out
}

// call sends a request; a body makes it a POST.
func (p *purse) call(t *testing.T, path, key, body string) (int, map[string]any) {
	t.Helper()
	method := http.MethodGet
	if body != "" {
		method = http.MethodPost
	}
	r, err := http.NewRequestWithContext(t.Context(), method, p.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+p.token)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Prefer", "return=representation")
	if key != "" {
		r.Header.Set("PayPal-Request-Id", key)
	}
	return p.send(t, r)
}

func asksFor(value string) string {
	return fmt.Sprintf(`{"intent":"CAPTURE","purchase_units":[{"custom_id":"k","amount":{"currency_code":"EUR","value":%q}}],
		"payment_source":{"paypal":{"experience_context":{"return_url":"http://shop.example/back?a=1","cancel_url":"http://shop.example/no"}}}}`, value)
}

func issue(out map[string]any) string {
	all, _ := out["details"].([]any)
	if len(all) == 0 {
		return fmt.Sprint(out["name"])
	}
	return fmt.Sprint(all[0].(map[string]any)["issue"])
}

// picks is what a payer chooses for an order.
func (p *purse) picks(t *testing.T, order any, answer string) string {
	t.Helper()
	res, err := p.calls.PostForm(p.url+"/checkoutnow?token="+fmt.Sprint(order), url.Values{"answer": {answer}})
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	return res.Header.Get("Location")
}

// The same key answers how what was done stands by now; for something else it is
// refused; it is forgotten after six hours, and what was refused never remembered.
func TestKeysOfPayPal(t *testing.T) {
	t.Parallel()
	p := openPurse(t)
	code, first := p.call(t, "/v2/checkout/orders", "a", asksFor("19.99"))
	if code != http.StatusCreated || first["status"] != paytest.OrderCreated {
		t.Fatal(code, first)
	}
	p.picks(t, first["id"], "approve")
	if code, again := p.call(t, "/v2/checkout/orders", "a", asksFor("19.99")); code != http.StatusOK || again["id"] != first["id"] || again["status"] != paytest.OrderApproved {
		t.Error(code, again)
	}
	if code, out := p.call(t, "/v2/checkout/orders", "a", asksFor("5.00")); code != http.StatusUnprocessableEntity || issue(out) != "DUPLICATE_REQUEST_ID" {
		t.Error(code, out)
	}
	p.clock.Advance(6*time.Hour + time.Second)
	if code, out := p.call(t, "/v2/checkout/orders", "a", asksFor("19.99")); code != http.StatusCreated || out["id"] == first["id"] {
		t.Error(code, out)
	}
	for body, want := range map[string]string{
		asksFor("19.9"): "DECIMAL_PRECISION", asksFor("0.00"): "CANNOT_BE_ZERO_OR_NEGATIVE",
		strings.Replace(asksFor("19.00"), "EUR", "HUF", 1): "DECIMAL_PRECISION", strings.Replace(asksFor("19.00"), "EUR", "KWD", 1): "CURRENCY_NOT_SUPPORTED",
		strings.Replace(asksFor("19.00"), "CAPTURE", "TAKE", 1): "INVALID_PARAMETER_VALUE",
	} {
		if _, out := p.call(t, "/v2/checkout/orders", "b", body); issue(out) != want {
			t.Errorf("%s: %v", body, out)
		}
	}
	if code, _ := p.call(t, "/v2/checkout/orders", "b", asksFor("1.00")); code != http.StatusCreated {
		t.Error("a refusal is remembered")
	}
	p.Play(paytest.Fault{Do: paytest.DropAfter, On: "POST /v2/checkout/orders"}, paytest.Fault{Do: paytest.FailBefore, On: "POST /v2/checkout/orders"})
	before := len(p.Orders("AY"))
	for n, want := range []int{0, http.StatusInternalServerError, http.StatusCreated} {
		key := "c"
		if n > 0 {
			key = "d"
		}
		if code, _ := p.call(t, "/v2/checkout/orders", key, asksFor("2.00")); code != want {
			t.Errorf("%d: %d, not %d", n, code, want)
		}
	}
	if n := len(p.Orders("AY")) - before; n != 2 {
		t.Errorf("%d orders", n)
	}
}

// An order is approved, taken once, and given back no further than it was taken.
func TestOrderOfPayPal(t *testing.T) {
	t.Parallel()
	p := openPurse(t)
	_, o := p.call(t, "/v2/checkout/orders", "a", asksFor("19.99"))
	path := fmt.Sprint("/v2/checkout/orders/", o["id"])
	if code, out := p.call(t, path+"/capture", "b", "{}"); code != http.StatusUnprocessableEntity || issue(out) != "ORDER_NOT_APPROVED" {
		t.Error(code, out)
	}
	if to := p.picks(t, o["id"], "cancel"); to != fmt.Sprint("http://shop.example/no?token=", o["id"]) {
		t.Error(to)
	}
	if to := p.picks(t, o["id"], "decline"); to != fmt.Sprint("http://shop.example/back?a=1&token=", o["id"]) {
		t.Error(to)
	}
	if _, out := p.call(t, path+"/capture", "c", "{}"); issue(out) != "INSTRUMENT_DECLINED" {
		t.Error(out)
	}
	p.picks(t, o["id"], "approve")
	for n := range 2 { // the same key, and another
		if code, _ := p.call(t, path+"/capture", "c", "{}"); code/100 != 2 {
			t.Error(n, code)
		}
	}
	if _, out := p.call(t, path+"/capture", "d", "{}"); issue(out) != "ORDER_ALREADY_CAPTURED" {
		t.Error(out)
	}
	capture := "/v2/payments/captures/" + p.Orders("AY")[0].Captures[0].ID
	for value, want := range map[string]string{"20.00": "REFUND_AMOUNT_EXCEEDED", "19.9": "DECIMAL_PRECISION"} {
		if _, out := p.call(t, capture+"/refund", "r"+value, `{"amount":{"currency_code":"EUR","value":"`+value+`"}}`); issue(out) != want {
			t.Error(value, out)
		}
	}
	for range 2 {
		if code, out := p.call(t, capture+"/refund", "r", "{}"); code/100 != 2 || out["status"] != "COMPLETED" {
			t.Error(code, out)
		}
	}
	if _, out := p.call(t, capture+"/refund", "s", "{}"); issue(out) != "CAPTURE_FULLY_REFUNDED" {
		t.Error(out)
	}
	var moves []paytest.Move
	for _, e := range p.Ledger("AY") {
		moves = append(moves, e.Move)
	}
	if diff := cmp.Diff([]paytest.Move{paytest.Authorise, paytest.Capture, paytest.GiveBack}, moves); diff != "" {
		t.Error(diff)
	}
	var kinds []string
	for _, m := range p.Messages("AY") {
		kinds = append(kinds, m.Kind)
	}
	if diff := cmp.Diff([]string{"CHECKOUT.ORDER.APPROVED", "CHECKOUT.ORDER.APPROVED", "PAYMENT.CAPTURE.COMPLETED", "PAYMENT.CAPTURE.REFUNDED"}, kinds); diff != "" {
		t.Error(diff)
	}
	p.Revoke()
	if code, _ := p.call(t, path, "", ""); code != http.StatusUnauthorized {
		t.Errorf("a token that was revoked: %d", code)
	}
}

// What it has to tell arrives, as the script says.
func TestPayPalTells(t *testing.T) {
	t.Parallel()
	p := openPurse(t)
	got := map[string]int{}
	shop := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got[r.Header.Get("Paypal-Transmission-Id")]++ }))
	defer shop.Close()
	p.Open(paytest.PayPalAccount{Client: "AY", Secret: "EK", Webhook: "WH", Hook: shop.URL})
	_, o := p.call(t, "/v2/checkout/orders", "a", asksFor("19.99"))
	p.Play(paytest.Fault{Do: paytest.Duplicate, On: "webhook CHECKOUT.*"}, paytest.Fault{Do: paytest.Hold, On: "webhook PAYMENT.*"})
	p.picks(t, o["id"], "approve")
	p.call(t, fmt.Sprint("/v2/checkout/orders/", o["id"], "/capture"), "b", "{}")
	for n, want := range []int{2, 0, 1} {
		if n == 2 {
			p.Release()
		}
		if taken, err := p.Deliver(t.Context()); taken != want || err != nil {
			t.Errorf("%d: %d were taken, %v", n, taken, err)
		}
	}
	if len(got) != 2 {
		t.Errorf("%v", got)
	}
}
