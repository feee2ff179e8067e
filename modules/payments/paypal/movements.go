package paypal

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"orion/kit/tenant"
	"orion/modules/payments"
)

const (
	// approval is how long after its request an order's money may be taken.
	approval = 24 * time.Hour
	// longest is the longest time that is searched at once.
	longest = 31 * 24 * time.Hour
	perPage = 500
	// pages is how many are read of a search: PayPal itself has no more than 10,000 rows.
	pages = 20
)

var (
	errNoAccount = errors.New("paypal: the store has no account")
	errTooMany   = errors.New("paypal: too many transactions to look through")
)

// transaction is a line of PayPal's own books.
type transaction struct {
	Info struct {
		ID       string `json:"transaction_id"`
		Of       string `json:"paypal_reference_id"`
		OfKind   string `json:"paypal_reference_id_type"` // ODR is an order, TXN another transaction
		Event    string `json:"transaction_event_code"`
		Amount   sum    `json:"transaction_amount"`
		Status   string `json:"transaction_status"`
		CustomID string `json:"custom_field"`
	} `json:"transaction_info"`
}

// Movements implements payments.Reconciler by PayPal's search of transactions. Those of
// a day more are read, because orders are paid later than they are made.
func (g *Gateway) Movements(ctx context.Context, in tenant.Store, s payments.Span, each func(payments.Movement) error) error {
	c, ok := g.client(in)
	if !ok {
		return errNoAccount
	}
	end := s.To.Add(approval)
	if now := g.o.Clock.Now(); end.After(now) {
		end = now
	}
	look := &looking{client: c, orders: map[string]string{}, each: each}
	for from := s.From; from.Before(end); from = from.Add(longest) {
		to := from.Add(longest)
		if to.After(end) {
			to = end
		}
		if err := look.through(ctx, from, to); err != nil {
			return err
		}
	}
	return nil
}

// looking is a look through an account's books.
type looking struct {
	*client
	orders map[string]string // by capture
	each   func(payments.Movement) error
}

func (l *looking) through(ctx context.Context, from, to time.Time) error {
	q := url.Values{
		"start_date": {from.UTC().Format(time.RFC3339)}, "end_date": {to.UTC().Format(time.RFC3339)}, "transaction_status": {"S"},
		"fields": {"transaction_info"}, "page_size": {strconv.Itoa(perPage)},
	}
	for page := 1; ; page++ {
		q.Set("page", strconv.Itoa(page))
		var found struct {
			All   []transaction `json:"transaction_details"`
			Pages int           `json:"total_pages"`
		}
		if err := l.do(ctx, request{method: http.MethodGet, path: "/v1/reporting/transactions?" + q.Encode()}, &found); err != nil {
			return err
		}
		for _, t := range found.All {
			if err := l.tell(ctx, t); err != nil {
				return err
			}
		}
		switch {
		case page >= found.Pages:
			return nil
		case page == pages:
			return errTooMany
		}
	}
}

// tell says of a transaction what moved: payments for what was bought (T00…) and what
// was given back of them (T11…). The rest, such as fees and payouts, is none of it.
func (l *looking) tell(ctx context.Context, t transaction) error {
	i := t.Info
	mv := payments.Movement{External: i.ID, Amount: read(i.Amount)}
	switch {
	case strings.HasPrefix(i.Event, "T00") && mv.Amount.Minor >= 0:
		order, err := l.order(ctx, i.ID, i.Of, i.OfKind)
		if err != nil || order == "" {
			return err
		}
		mv.External, mv.Key = order, strings.TrimPrefix(i.CustomID, over)
	case strings.HasPrefix(i.Event, "T11") && mv.Amount.Minor <= 0:
		order, err := l.order(ctx, i.Of, "", "")
		if err != nil || order == "" {
			return err
		}
		mv.Refund, mv.Charge, mv.Amount.Minor = true, order, -mv.Amount.Minor
	default:
		return nil
	}
	return l.each(mv)
}

// order is the order to which a capture belongs; empty when it belongs to none.
func (l *looking) order(ctx context.Context, capture, of, kind string) (string, error) {
	if kind == "ODR" {
		l.orders[capture] = of
	}
	if o, known := l.orders[capture]; known || capture == "" {
		return o, nil
	}
	var p piece
	err := l.do(ctx, request{method: http.MethodGet, path: "/v2/payments/captures/" + url.PathEscape(capture)}, &p)
	if err != nil && !hear(err).absent {
		return "", err
	}
	l.orders[capture] = p.About.Related.Order
	return p.About.Related.Order, nil
}
