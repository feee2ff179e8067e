package certify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"orion/modules/payments/stripe"
)

// asks sends a form to the gateway.
func (b *Bank) asks(ctx context.Context, key, path string, form url.Values) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, b.Gateway+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+key)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return answer(r)
}

// errNothingThere says that a gateway has nothing of a payment.
var errNothingThere = errors.New("the gateway has nothing of this payment")

// givesBack has a gateway give money of a payment back that we did not ask for.
func (b *Bank) givesBack(ctx context.Context, method string, payment int64) error {
	if method == stripe.Code {
		for _, i := range b.Double.Intents(b.Key) {
			if i.Metadata["orion_payment"] == paymentText(payment) && i.AmountReceived > 0 {
				_, err := b.asks(ctx, b.Key, "/v1/refunds", url.Values{"payment_intent": {i.ID}, "amount": {"1"}})
				return err
			}
		}
		return errNothingThere
	}
	order, err := b.orderOf(ctx, payment)
	if err != nil {
		return err
	}
	for _, o := range b.Wallet.Orders(b.Client) {
		if o.ID == order && len(o.Captures) > 0 {
			_, err := b.purse(ctx, "/v2/payments/captures/"+o.Captures[0].ID+"/refund", `{"amount":{"currency_code":"EUR","value":"0.01"}}`)
			return err
		}
	}
	return errNothingThere
}

// chargesTwice has a gateway take the money of a payment once more, under another key.
func (b *Bank) chargesTwice(ctx context.Context, method string, payment int64) error {
	if method == stripe.Code {
		twice := url.Values{"amount": {"1990"}, "currency": {"eur"}, "confirm": {"true"}, "payment_method": {"pm_card_visa"}, "return_url": {"http://x.test"}, "metadata[orion_payment]": {paymentText(payment)}}
		_, err := b.asks(ctx, b.Key, "/v1/payment_intents", twice)
		return err
	}
	key, err := b.textOf(ctx, "key", payment)
	if err != nil {
		return err
	}
	answered, err := b.purse(ctx, "/v2/checkout/orders", `{"intent":"CAPTURE","purchase_units":[{"custom_id":"`+key+`","amount":{"currency_code":"EUR","value":"19.90"}}],
		"payment_source":{"paypal":{"experience_context":{"return_url":"http://x.test/","cancel_url":"http://x.test/"}}}}`)
	if err != nil {
		return err
	}
	var o struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(answered, &o); err != nil {
		return fmt.Errorf("read an order: %w", err)
	}
	if err := b.chooses(ctx, o.ID, "approve"); err != nil {
		return err
	}
	_, err = b.purse(ctx, "/v2/checkout/orders/"+o.ID+"/capture", "{}")
	return err
}

// orderOf is the gateway's name of the attempt that paid a payment.
func (b *Bank) orderOf(ctx context.Context, payment int64) (string, error) {
	return b.textOf(ctx, "external", payment)
}

func (b *Bank) textOf(ctx context.Context, column string, payment int64) (string, error) {
	texts, err := b.Tables.Column(ctx, fmt.Sprintf("SELECT %s FROM payments_attempts WHERE store_id = %d AND payment_id = %d AND status = 'succeeded'", column, b.In, payment))
	if err == nil && len(texts) == 0 {
		err = errNothingThere
	}
	if err != nil {
		return "", err
	}
	return texts[0], nil
}

// purse calls PayPal as somebody else's program does, which uses the same account.
func (b *Bank) purse(ctx context.Context, path, body string) ([]byte, error) {
	call := func(path, kind, body string, sign func(*http.Request)) ([]byte, error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, b.Purse+path, bytes.NewReader([]byte(body)))
		if err != nil {
			return nil, err
		}
		r.Header.Set("Content-Type", kind)
		sign(r)
		return answer(r)
	}
	text, err := call("/v1/oauth2/token", "application/x-www-form-urlencoded", "grant_type=client_credentials", func(r *http.Request) { r.SetBasicAuth(b.Client, b.Secret) })
	if err != nil {
		return nil, err
	}
	var token struct {
		Value string `json:"access_token"`
	}
	if err := json.Unmarshal(text, &token); err != nil {
		return nil, fmt.Errorf("read a token: %w", err)
	}
	return call(path, "application/json", body, func(r *http.Request) {
		r.Header.Set("Authorization", "Bearer "+token.Value)
		r.Header.Set("PayPal-Request-Id", "theirs-"+somebody())
	})
}
