package app

import (
	"context"
	"encoding/json"
	"errors"
	"html"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/kit/money"
	"orion/kit/page"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
	"orion/modules/payments/stripe"
)

var (
	formSecret = regexp.MustCompile(`data-secret="([^"]+)"`)
	formPublic = regexp.MustCompile(`data-key="([^"]+)"`)
)

// pays does what a payer's browser does, up to a point that chance decides: some
// leave before they pay, some are declined first, some have to answer their bank,
// and some close the tab once they have paid.
func (b *bank) pays(ctx context.Context, p child, o bought) error {
	var step struct {
		Redirect string `json:"redirect"`
	}
	if err := p.call(ctx, "POST", "/orders/"+o.Token+"/payment", "", "", map[string]any{}, &step); err != nil {
		return err
	}
	form, err := p.page(ctx, step.Redirect)
	if err != nil {
		return err
	}
	secret, public := formSecret.FindStringSubmatch(form), formPublic.FindStringSubmatch(form)
	if secret == nil || public == nil {
		return errors.New("the page has no form: " + form)
	}
	intent, _, _ := strings.Cut(secret[1], "_secret_")
	way := rand.N(6)
	if way == 0 {
		return nil
	}
	cards := []string{"pm_card_visa"}
	switch way {
	case 1:
		cards = []string{"pm_card_visa_chargeDeclined", "pm_card_visa"}
	case 2:
		cards = []string{"pm_card_authenticationRequired"}
	}
	for _, card := range cards {
		if err := b.confirms(ctx, confirmation{intent, html.UnescapeString(secret[1]), public[1], card}); err != nil {
			return err
		}
	}
	if way == 3 {
		return nil // the tab is closed
	}
	_, err = p.page(ctx, strings.Replace(step.Redirect, "/pay/form/", "/pay/", 1))
	return err
}

// confirmation is what a browser sends to the gateway.
type confirmation struct{ intent, secret, public, card string }

func (b *bank) confirms(ctx context.Context, c confirmation) error {
	form := url.Values{"client_secret": {c.secret}, "payment_method": {c.card}, "return_url": {"http://shop.test/pay"}}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, b.d.base+"/v1/payment_intents/"+c.intent+"/confirm", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+c.public)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	var i paytest.Intent
	if err := json.NewDecoder(resp.Body).Decode(&i); err != nil || i.NextAction == nil {
		return err
	}
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	said, err := browser.PostForm(i.NextAction.Redirect.URL, url.Values{"answer": {"approve"}})
	if err != nil {
		return err
	}
	return said.Body.Close()
}

// page is what a browser gets from the store.
func (c child) page(ctx context.Context, path string) (string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return "", err
	}
	r.Host = "maison-kirchberg.localhost"
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	return string(body), err
}

// givesBack lets staff give a part of some captured payment back.
func (b *bank) givesBack(ctx context.Context) {
	found, err := b.a.modules.payments.Payments(ctx, b.in, payments.Wanted{Status: paymentsapi.Captured, Method: stripe.Code}, page.Request{Limit: 20})
	if err != nil || len(found.Items) == 0 {
		return
	}
	p := found.Items[rand.N(len(found.Items))]
	_ = b.a.modules.payments.RefundAs(ctx, b.in, auth.SystemActor, payments.Return{Payment: p.ID, Amount: money.New(500, "EUR"), Reason: "a dent"})
}

// left shows what still waits, for who looks for the reason.
func (b *bank) left(t *testing.T) {
	t.Helper()
	for what, query := range map[string]string{
		"event waits":     "SELECT CAST(event_id AS TEXT) || ' ' || subscriber || ' ' || state || ' ' || CAST(attempts AS TEXT) || ' ' || error FROM event_deliveries WHERE state <> 'done'",
		"job is not over": "SELECT CAST(id AS TEXT) || ' ' || CAST(state AS TEXT) || ' ' || CAST(attempt AS TEXT) || ' ' || CAST(args AS TEXT) FROM river_job WHERE finalized_at IS NULL",
	} {
		rows, err := b.pool.QueryContext(t.Context(), query+" LIMIT 40")
		if err != nil {
			t.Error(err)
			continue
		}
		for rows.Next() {
			var text string
			if err := rows.Scan(&text); err != nil {
				t.Error(err)
			}
			t.Logf("%s: %s", what, text)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Error(err)
		}
	}
}
