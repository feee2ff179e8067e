package certify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"orion/modules/payments/paytest"
)

// pays does what a payer's browser does, up to a point that chance decides: some
// leave before they pay, some are declined first, some have to answer their bank,
// and some close the tab once they have paid.
func (b *Bank) pays(ctx context.Context, s *Server, o Bought, chance *rand.Rand) error {
	c, path, err := s.begins(ctx, o)
	if err != nil {
		return err
	}
	way := chance.IntN(6)
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
		c.card = card
		if err := b.confirms(ctx, c); err != nil {
			return err
		}
	}
	if way == 3 {
		return nil // the tab is closed
	}
	_, err = s.page(ctx, strings.Replace(path, "/pay/form/", "/pay/", 1))
	return err
}

// confirmation is what a browser sends to the gateway.
type confirmation struct{ intent, secret, public, card string }

func (b *Bank) confirms(ctx context.Context, c confirmation) error {
	form := url.Values{"client_secret": {c.secret}, "payment_method": {c.card}, "return_url": {"http://shop.test/pay"}}
	text, err := b.asks(ctx, c.public, "/v1/payment_intents/"+c.intent+"/confirm", form)
	if err != nil && !errors.Is(err, errRefused) { // a declined card is an answer
		return err
	}
	var i paytest.Intent
	if err := json.Unmarshal(text, &i); err != nil || i.NextAction == nil {
		return err
	}
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	said, err := browser.PostForm(i.NextAction.Redirect.URL, url.Values{"answer": {"approve"}})
	if err != nil {
		return err
	}
	return said.Body.Close()
}

// approval is where the page that leads to PayPal leads.
var approval = regexp.MustCompile(`/checkoutnow\?token=([A-Z0-9]+)`)

// errNoTurn says that the page on which an order is paid does not lead to PayPal.
var errNoTurn = errors.New("the page does not lead to PayPal")

// goes opens the page that leads to PayPal, and gives the order there and the page's path.
func (s *Server) goes(ctx context.Context, o Bought) (order, path string, err error) {
	if path, err = s.startsToPay(ctx, o); err != nil {
		return "", path, err
	}
	page, err := s.page(ctx, path)
	if err != nil {
		return "", path, err
	}
	found := approval.FindStringSubmatch(page)
	if found == nil {
		return "", path, fmt.Errorf("%w: %s", errNoTurn, pageTitle.FindString(page))
	}
	return found[1], path, nil
}

// agrees is pays with PayPal: some leave before they choose, some are declined first,
// some cancel and come again, and some close the tab once they have agreed.
func (b *Bank) agrees(ctx context.Context, s *Server, o Bought, chance *rand.Rand) error {
	order, path, err := s.goes(ctx, o)
	if err != nil {
		return err
	}
	way := chance.IntN(6)
	switch way {
	case 0:
		return nil
	case 1, 2:
		if err := b.chooses(ctx, order, map[int]string{1: "decline", 2: "cancel"}[way]); err != nil {
			return err
		}
		if way == 1 { // comes back, and is told
			if _, err := s.page(ctx, path); err != nil {
				return err
			}
		}
		if order, path, err = s.goes(ctx, o); err != nil {
			return err
		}
	}
	if err := b.chooses(ctx, order, "approve"); err != nil || way == 3 {
		return err // the tab is closed
	}
	_, err = s.page(ctx, path)
	return err
}

// chooses is what a payer does on PayPal's page.
func (b *Bank) chooses(ctx context.Context, order, pick string) error {
	form := url.Values{"answer": {pick}}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, b.Purse+"/checkoutnow?token="+order, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	said, err := browser.Do(r)
	if err != nil {
		return err
	}
	return said.Body.Close()
}
