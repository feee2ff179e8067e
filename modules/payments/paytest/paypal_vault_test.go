package paytest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"orion/modules/payments/paytest"
)

const (
	trip    = `"experience_context":{"return_url":"http://shop.example/back","cancel_url":"http://shop.example/no"}`
	keeping = `{"payment_source":{"paypal":{` + trip + `,"attributes":{"vault":{"store_in_vault":"ON_SUCCESS","usage_type":"MERCHANT"}}}}}`
)

// confirms says how a new order is going to be paid.
func (p *purse) confirms(t *testing.T, key, body string) (order any, code int, out map[string]any) {
	t.Helper()
	_, o := p.call(t, "/v2/checkout/orders", key, asksFor("19.99"))
	code, out = p.call(t, fmt.Sprint("/v2/checkout/orders/", o["id"], "/confirm-payment-source"), "", body)
	return o["id"], code, out
}

// vault is what an answer says of the account that paid.
func vault(t *testing.T, out map[string]any) map[string]any {
	t.Helper()
	paypal := out["payment_source"].(map[string]any)["paypal"].(map[string]any)
	attributes, _ := paypal["attributes"].(map[string]any)
	v, _ := attributes["vault"].(map[string]any)
	return v
}

func (p *purse) drops(t *testing.T, token string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, p.url+"/v3/vault/payment-tokens/"+token, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+p.token)
	code, _ := p.send(t, r)
	return code
}

// An account is remembered when that was wished and it has paid, pays without its owner,
// and is forgotten.
func TestPayPalRemembers(t *testing.T) {
	t.Parallel()
	p := openPurse(t)
	id, code, out := p.confirms(t, "a", keeping)
	if code != http.StatusOK || out["status"] != paytest.OrderCreated || vault(t, out) != nil {
		t.Fatal(code, out)
	}
	p.picks(t, id, "approve")
	if _, out := p.call(t, fmt.Sprint("/v2/checkout/orders/", id, "/confirm-payment-source"), "", keeping); issue(out) != "PAYMENT_ALREADY_APPROVED" {
		t.Error(out)
	}
	_, out = p.call(t, fmt.Sprint("/v2/checkout/orders/", id, "/capture"), "b", "{}")
	v := vault(t, out)
	if v["status"] != "VAULTED" {
		t.Fatal(out)
	}
	token, customer := fmt.Sprint(v["id"]), fmt.Sprint(v["customer"].(map[string]any)["id"])
	if code, out := p.call(t, "/v3/vault/payment-tokens/"+token, "", ""); code != http.StatusOK || out["id"] != token {
		t.Error(code, out)
	}
	if code, out := p.call(t, "/v3/vault/payment-tokens?customer_id="+customer, "", ""); code != http.StatusOK || len(out["payment_tokens"].([]any)) != 1 {
		t.Error(code, out)
	}
	if _, out := p.call(t, fmt.Sprint("/v2/checkout/orders/", id, "/confirm-payment-source"), "", keeping); issue(out) != "ORDER_CANNOT_BE_CONFIRMED" {
		t.Error(out)
	}

	with := `{"payment_source":{"paypal":{"vault_id":"` + token + `",` + trip + `}}}`
	for how, want := range map[string]string{"approve": paytest.OrderCompleted, "decline": "INSTRUMENT_DECLINED", "ask": "ORDER_NOT_APPROVED"} {
		p.Befalls("AY", token, how)
		id, _, out := p.confirms(t, how, with)
		if links := fmt.Sprint(out["links"]); strings.Contains(links, "payer-action") != (how == "ask") {
			t.Error(how, links)
		}
		code, out := p.call(t, fmt.Sprint("/v2/checkout/orders/", id, "/capture"), how+"b", "{}")
		if got := map[bool]string{true: fmt.Sprint(out["status"]), false: issue(out)}[code/100 == 2]; got != want {
			t.Error(how, got)
		}
	}
	if all := p.Remembered("AY"); len(all) != 1 {
		t.Error(all)
	}
	for _, want := range []int{http.StatusNoContent, http.StatusNotFound} {
		if code := p.drops(t, token); code != want {
			t.Error(code)
		}
	}
	if _, _, out := p.confirms(t, "c", with); issue(out) != "TOKEN_ID_NOT_FOUND" {
		t.Error(out)
	}
	told := ""
	for _, m := range p.Messages("AY") {
		if strings.HasPrefix(m.Kind, "VAULT.") {
			told += m.Kind + " "
		}
	}
	if told != "VAULT.PAYMENT-TOKEN.CREATED VAULT.PAYMENT-TOKEN.DELETED " {
		t.Error(told)
	}
}

// What may not be remembered is refused; some accounts are remembered a while later, and
// what is pending only once it has come.
func TestPayPalRemembersLater(t *testing.T) {
	t.Parallel()
	p := openPurse(t)
	for body, want := range map[string]string{
		strings.Replace(keeping, `"usage_type"`, `"customer_type"`, 1): "MISSING_REQUIRED_PARAMETER", `{"payment_source":{}}`: "MISSING_REQUIRED_PARAMETER",
		strings.Replace(keeping, "ON_SUCCESS", "LATER", 1): "VAULT_INSTRUCTION_REQUIRED",
	} {
		if _, _, out := p.confirms(t, want+body[len(body)-20:], body); issue(out) != want {
			t.Error(body, out)
		}
	}
	p.Open(paytest.PayPalAccount{Client: "AY", Secret: "EK", Webhook: "WH", Scopes: []string{}})
	if _, _, out := p.confirms(t, "never", keeping); issue(out) != "NOT_ENABLED_TO_VAULT_PAYMENT_SOURCE" {
		t.Error(out)
	}
	for n, pick := range []string{"approve", "slow"} {
		p.Open(paytest.PayPalAccount{Client: "AY", Secret: "EK", Webhook: "WH", Slow: pick == "approve"})
		id, _, _ := p.confirms(t, pick, keeping)
		p.picks(t, id, pick)
		path := fmt.Sprint("/v2/checkout/orders/", id)
		if _, out := p.call(t, path+"/capture", pick+"b", "{}"); vault(t, out)["status"] != "APPROVED" || vault(t, out)["id"] != nil || len(p.Remembered("AY")) != n {
			t.Error(pick, out)
		}
		p.clock.Advance(2 * time.Minute)
		for range 2 {
			if len(p.Remembered("AY")) != 1 { // without another wish it is the same one
				t.Error(p.Remembered("AY"))
			}
		}
		if _, out := p.call(t, path, "", ""); vault(t, out)["status"] != "VAULTED" {
			t.Error(pick, out)
		}
	}
}
