package certify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// wish is what a program asks of the store's REST interface.
type wish struct {
	method, path string
	cart, key    string // that name a cart and an order; empty ones are not sent
	in           any
}

// call asks it, and reads the answer into out.
func (s *Server) call(ctx context.Context, w wish, out any) error {
	body, err := json.Marshal(w.in)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, w.method, s.base+"/api/v1/storefront"+w.path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Host = s.host
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Forwarded-For", somebody())
	for name, value := range map[string]string{"Cart-Token": w.cart, "Idempotency-Key": w.key} {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	text, err := s.answer(r)
	if err != nil {
		return fmt.Errorf("%s: %w", w.path, err)
	}
	return json.Unmarshal(text, out)
}

// somebody is another address for each request: how often one address may buy is not
// what is proved.
func somebody() string {
	n := rand.Uint32() //nolint:gosec // any will do
	return fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255)
}

// errRefused is an answer that says no.
var errRefused = errors.New("refused")

// answer is what a shopper gets from the store, and how long they waited.
func (s *Server) answer(r *http.Request) ([]byte, error) {
	began := time.Now()
	text, err := answer(r)
	if err == nil || errors.Is(err, errRefused) {
		s.answers.add(r.Method+" "+r.URL.Path, time.Since(began))
	}
	return text, err
}

func answer(r *http.Request) ([]byte, error) {
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode >= http.StatusMultipleChoices {
		err = fmt.Errorf("%w: %s %s", errRefused, resp.Status, text)
	}
	return text, err
}

// page is what a browser gets from the store.
func (s *Server) page(ctx context.Context, path string) (string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+path, nil)
	if err != nil {
		return "", err
	}
	r.Host = s.host
	r.Header.Set("X-Forwarded-For", somebody())
	text, err := s.answer(r)
	if errors.Is(err, errRefused) {
		err = nil // pages say themselves what is wrong
	}
	return string(text), err
}

// Purchase is what somebody buys, and how.
type Purchase struct{ Variant, Method, Payment, Key string }

// Bought is an order that the server has acknowledged.
type Bought struct {
	Number string `json:"number"`
	Token  string `json:"token"`
}

// Order goes from an empty cart to an order.
func (s *Server) Order(ctx context.Context, p Purchase) (o Bought, err error) {
	cart, err := s.Fill(ctx, p)
	if err != nil {
		return o, err
	}
	return s.Place(ctx, cart, p.Key)
}

// Fill puts one piece into a new cart, answers all questions and gives the cart.
func (s *Server) Fill(ctx context.Context, p Purchase) (string, error) {
	var cart struct {
		Token string `json:"token"`
	}
	if err := s.call(ctx, wish{method: http.MethodPost, path: "/cart/items", in: map[string]any{"variant": p.Variant, "quantity": 1}}, &cart); err != nil {
		return "", err
	}
	address := map[string]any{"name": "Buyer", "line1": "1, rue du Fort", "postal_code": "1234", "city": "Luxembourg", "country": "LU"}
	for _, part := range []struct {
		path string
		in   map[string]any
	}{
		{"contact", map[string]any{"email": "buyer@example.com", "name": "Buyer", "terms": true, "marketing": false}},
		{"address", map[string]any{"address": address}},
		{"delivery", map[string]any{"method": p.Method}},
		{"payment", map[string]any{"method": p.Payment}},
	} {
		if err := s.call(ctx, wish{method: http.MethodPut, path: "/checkout/" + part.path, cart: cart.Token, in: part.in}, &struct{}{}); err != nil {
			return "", err
		}
	}
	return cart.Token, nil
}

// Place orders what is in a cart.
func (s *Server) Place(ctx context.Context, cart, key string) (o Bought, err error) {
	return o, s.call(ctx, wish{method: http.MethodPost, path: "/orders", cart: cart, key: key, in: map[string]any{}}, &o)
}

var (
	formSecret = regexp.MustCompile(`data-secret="([^"]+)"`)
	pageTitle  = regexp.MustCompile(`<title>[^<]*`)
	formPublic = regexp.MustCompile(`data-key="([^"]+)"`)
)

// startsToPay asks for the page on which an order is paid.
func (s *Server) startsToPay(ctx context.Context, o Bought) (path string, err error) {
	var step struct {
		Redirect string `json:"redirect"`
	}
	err = s.call(ctx, wish{method: http.MethodPost, path: "/orders/" + o.Token + "/payment", in: map[string]any{}}, &step)
	return step.Redirect, err
}

// begins opens the form of the gateway, for a card that is good, and gives its path.
func (s *Server) begins(ctx context.Context, o Bought) (c confirmation, path string, err error) {
	if path, err = s.startsToPay(ctx, o); err != nil {
		return c, path, err
	}
	form, err := s.page(ctx, path)
	if err != nil {
		return c, path, err
	}
	secret, public := formSecret.FindStringSubmatch(form), formPublic.FindStringSubmatch(form)
	if secret == nil || public == nil {
		return c, path, errors.New("the page has no form: " + pageTitle.FindString(form))
	}
	intent, _, _ := strings.Cut(secret[1], "_secret_")
	return confirmation{intent, html.UnescapeString(secret[1]), public[1], "pm_card_visa"}, path, nil
}
