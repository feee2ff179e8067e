package certify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httputil"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Pace is how much is asked at once.
type Pace struct {
	Messages    int           // that the gateway sends
	Rate        int           // a second
	Checkouts   int           // at once
	Connections int           // of the server to its database
	Wait        time.Duration // that the gateway takes for an answer
	Progress    func(string)
}

// Spread is how long things took.
type Spread struct {
	P50 time.Duration `json:"p50_ns"`
	P99 time.Duration `json:"p99_ns"`
	Max time.Duration `json:"max_ns"`
}

func spread(all []time.Duration) Spread {
	if len(all) == 0 {
		return Spread{}
	}
	slices.Sort(all)
	return Spread{all[len(all)/2], all[min(len(all)*99/100, len(all)-1)], all[len(all)-1]}
}

// Heard is how quickly messages of the gateway are taken.
type Heard struct {
	Messages int    `json:"messages"`
	Rate     int    `json:"per_second"`
	Early    int    `json:"settled_before"` // of them, what was settled before it was told
	Answered Spread `json:"answered"`       // from when it was due to be sent
	Settled  Spread `json:"settled"`        // from when it was stored
}

// Hear lets payers pay without coming back, and then sends all that the gateway has to
// tell at a steady rate, whether or not there are answers.
func Hear(ctx context.Context, p Program, b *Bank, pace Pace) (out Heard, err error) {
	server, err := p.Start(ctx, b.Host, b.env()...)
	if err != nil {
		return out, err
	}
	defer server.Kill()
	const taken = "SELECT COUNT(*) FROM payments_payments WHERE store_id = %d AND captured > 0"
	before := 0
	if err := b.count(ctx, &before, taken); err != nil {
		return out, err
	}
	pace.Progress(fmt.Sprintf("%d people pay", pace.Messages))
	err = together(ctx, pace.Messages, payers, func(ctx context.Context, i int) error {
		o, err := server.Order(ctx, Purchase{b.Variant, b.Method, "stripe", fmt.Sprintf("h-%d", i)})
		if err != nil {
			return err
		}
		c, _, err := server.begins(ctx, o)
		if err != nil {
			return err
		}
		return b.confirms(ctx, c)
	})
	if err != nil {
		return out, err
	}
	var letters []*http.Request
	for _, m := range b.Double.Messages(b.Key) {
		if m.Kind != "payment_intent.succeeded" {
			continue
		}
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, server.base+b.Hook, bytes.NewReader(m.Body))
		if err != nil {
			return out, err
		}
		r.Host = b.Host
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Stripe-Signature", m.Signature)
		letters = append(letters, r)
	}
	early := 0
	if err := b.count(ctx, &early, taken); err != nil {
		return out, err
	}
	out = Heard{Messages: len(letters), Rate: pace.Rate, Early: early - before}
	pace.Progress(fmt.Sprintf("%d messages, %d a second", out.Messages, out.Rate))
	if out.Answered, err = post(letters, pace.Rate); err != nil {
		return out, err
	}
	out.Settled, err = b.heeded(ctx, len(letters))
	return out, err
}

// post sends requests at a steady rate, whether or not there are answers.
func post(all []*http.Request, rate int) (Spread, error) {
	client := http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: len(all)}, Timeout: time.Minute}
	took, failed := make([]time.Duration, len(all)), make([]error, len(all))
	began := time.Now()
	var wg sync.WaitGroup
	for i, r := range all {
		due := began.Add(time.Duration(i) * time.Second / time.Duration(rate))
		time.Sleep(time.Until(due))
		wg.Go(func() {
			resp, err := client.Do(r)
			took[i] = time.Since(due)
			if err == nil {
				err = resp.Body.Close()
				if resp.StatusCode != http.StatusOK {
					err = fmt.Errorf("a message was answered with %s", resp.Status)
				}
			}
			failed[i] = err
		})
	}
	wg.Wait()
	client.CloseIdleConnections()
	return spread(took), errors.Join(failed...)
}

// heeded waits until all messages were heeded, and tells how long that took.
func (b *Bank) heeded(ctx context.Context, n int) (Spread, error) {
	for end := time.Now().Add(settleWithin); ; time.Sleep(100 * time.Millisecond) {
		done := 0
		if err := b.count(ctx, &done, "SELECT COUNT(*) FROM payments_events WHERE store_id = %d AND status = 'done'"); err != nil {
			return Spread{}, err
		}
		if done >= n {
			break
		}
		if time.Now().After(end) {
			return Spread{}, fmt.Errorf("after %s, %d of %d messages were heeded", settleWithin, done, n)
		}
	}
	var took []time.Duration
	err := b.Tables.Each(ctx, fmt.Sprintf("SELECT received_at, ended_at FROM payments_events WHERE store_id = %d AND status = 'done'", b.In), func(scan func(...any) error) error {
		var from, to int64
		err := scan(&from, &to)
		took = append(took, time.Duration(to-from)*time.Microsecond)
		return err
	})
	return spread(took), err
}

func (b *Bank) count(ctx context.Context, into *int, text string) error {
	return b.Tables.Each(ctx, fmt.Sprintf(text, b.In), func(scan func(...any) error) error { return scan(into) })
}

// Waited is what became of many who wait for a slow gateway at once.
type Waited struct {
	Checkouts   int           `json:"checkouts"`
	Connections int           `json:"connections"`
	Peak        int           `json:"waiting_at_once"` // at the gateway
	Whole       time.Duration `json:"whole_ns"`
	Answered    Spread        `json:"answered"`
}

// Wait lets many begin to pay at once while the gateway is slow. If a connection to the
// database were held meanwhile, no more than there are could wait at the gateway.
func Wait(ctx context.Context, p Program, b *Bank, pace Pace) (out Waited, err error) {
	slow, err := slowly(b.Gateway, pace.Wait)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, slow.server.Close()) }()
	server, err := p.Start(ctx, b.Host, "ORION_SERVICES_STRIPE="+slow.base, fmt.Sprintf("ORION_CONNECTIONS=%d", pace.Connections))
	if err != nil {
		return out, err
	}
	defer server.Kill()
	pace.Progress(fmt.Sprintf("%d people order", pace.Checkouts))
	orders := make([]Bought, pace.Checkouts)
	err = together(ctx, len(orders), payers, func(ctx context.Context, i int) (err error) {
		orders[i], err = server.Order(ctx, Purchase{b.Variant, b.Method, "stripe", fmt.Sprintf("w-%d", i)})
		return err
	})
	if err != nil {
		return out, err
	}
	pace.Progress(fmt.Sprintf("%d checkouts on %d connections, the gateway takes %s", pace.Checkouts, pace.Connections, pace.Wait))
	took := make([]time.Duration, len(orders))
	began := time.Now()
	err = together(ctx, len(orders), len(orders), func(ctx context.Context, i int) error {
		_, err := server.startsToPay(ctx, orders[i])
		took[i] = time.Since(began)
		return err
	})
	return Waited{len(orders), pace.Connections, int(slow.peak.Load()), time.Since(began), spread(took)}, err
}

// together does n things, so many at once, and ends with the first that fails.
func together(ctx context.Context, n, atOnce int, do func(ctx context.Context, i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range atOnce {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				if err := do(ctx, i); err != nil {
					cancel(err)
				}
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}

// slow is a gateway that takes its time before a payment begins.
type slow struct {
	server    *http.Server
	base      string
	wait      time.Duration
	now, peak atomic.Int64
	httputil.ReverseProxy
}

func slowly(gateway string, wait time.Duration) (*slow, error) {
	to, err := url.Parse(gateway)
	if err != nil {
		return nil, err
	}
	s := &slow{wait: wait}
	s.Rewrite = func(p *httputil.ProxyRequest) { p.SetURL(to) }
	s.base, s.server, err = listen(s)
	return s, err
}

func (s *slow) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost && r.URL.Path == "/v1/payment_intents" {
		now := s.now.Add(1)
		for peak := s.peak.Load(); now > peak && !s.peak.CompareAndSwap(peak, now); peak = s.peak.Load() {
		}
		time.Sleep(s.wait)
		s.now.Add(-1)
	}
	s.ReverseProxy.ServeHTTP(w, r)
}
