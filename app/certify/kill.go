package certify

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"orion/modules/payments/paypal"
	"orion/modules/payments/stripe"
)

// settleWithin is how long the books of all sides may take to agree behind the last
// kill: a minute until it is looked, and the work of that.
const settleWithin = 2 * time.Minute

// Kill lets shoppers pay, by card or with PayPal, and staff give money back while the
// server is killed again and again. In the end every order that is paid was taken once,
// one to one, every refund went out once, and the books of all sides agree.
func Kill(ctx context.Context, p Program, b *Bank, s Sizes) (f Finding, err error) {
	f = Finding{Suite: "double charge", What: fmt.Sprintf("%d kills while %d shoppers pay by card or with PayPal and staff give back", s.Rounds, payers)}
	telling, cancel := context.WithCancel(ctx)
	defer cancel()
	go b.Double.Run(telling, 50*time.Millisecond, func(error) {}) // what is not taken is sent again
	go b.Wallet.Run(telling, 50*time.Millisecond, func(error) {})
	answers := NewAnswers(answerWithin)
	var server *Server
	up := func() error {
		if server, err = p.Start(ctx, b.Host, b.env()...); err != nil {
			return err
		}
		server.answers = answers
		return b.Gate.lead(server)
	}
	for round := range s.Rounds {
		if err := up(); err != nil {
			return f, err
		}
		s.progress(fmt.Sprintf("kill %d of %d", round+1, s.Rounds))
		if err := b.round(ctx, server, round, s.Seed); err != nil {
			return f, err
		}
	}
	if err := up(); err != nil {
		return f, err
	}
	defer server.Kill()
	// One that stays unpaid: nothing may make it paid.
	if _, err := server.Order(ctx, Purchase{b.Variant, b.Method, stripe.Code, "unpaid"}); err != nil {
		return f, err
	}
	for _, method := range methods {
		b.GiveBack(ctx, method)
	}
	back := time.Now()
	found, err := b.settles(ctx)
	f.say(found...)
	f.say(answers.Late()...)
	f.Saw = fmt.Sprintf("%s; settled within %s of the last start", b.tally(&f), time.Since(back).Round(time.Second))
	return f, err
}

// tally says how much was paid and given back at both gateways, and minds when that is
// too little to show anything.
func (b *Bank) tally(f *Finding) string {
	cards, cardsBack := b.Moved(stripe.Code)
	wallet, walletBack := b.Moved(paypal.Code)
	saw := fmt.Sprintf("%d orders were paid by card and %d with PayPal, %d and %d amounts given back, one to one", cards, wallet, cardsBack, walletBack)
	if cards < 3 || wallet < 3 || cardsBack == 0 || walletBack == 0 {
		f.say("only " + saw + ", which shows nothing")
	}
	return saw
}

// payers are at once.
const payers = 4

// methods are those with a gateway.
var methods = []string{stripe.Code, paypal.Code}

// round lets shoppers pay and staff give back until the server is killed.
func (b *Bank) round(ctx context.Context, s *Server, round int, seed uint64) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	var wg sync.WaitGroup
	enough, failed := make(chan struct{}, 1000), make(chan error, payers)
	for n := range payers {
		chance := rand.New(rand.NewPCG(seed, uint64(round*payers+n))) //nolint:gosec // it is to be repeated
		wg.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				method, pays := stripe.Code, b.pays
				if chance.IntN(2) == 0 {
					method, pays = paypal.Code, b.agrees
				}
				o, err := s.Order(ctx, Purchase{b.Variant, b.Method, method, fmt.Sprintf("m%d-s%d-%d", round, n, i)})
				if err == nil {
					err = pays(ctx, s, o, chance)
				}
				if err != nil {
					failed <- err // mostly because the server is gone
					return
				}
				enough <- struct{}{}
			}
		})
	}
	wg.Go(func() {
		for n := range 6 {
			select {
			case <-ctx.Done():
				return
			case <-time.After(200 * time.Millisecond):
				b.GiveBack(ctx, methods[n%2])
			}
		}
	})
	var err error
	for range 6 + round%7 { // never at the same moment
		select {
		case <-enough:
		case <-ctx.Done():
			err = fmt.Errorf("nobody can buy: %w", errors.Join(ctx.Err(), first(failed)))
		}
	}
	_ = b.Gate.lead(nil)
	s.Kill()
	cancel()
	wg.Wait()
	return err
}

func first(errs chan error) error {
	select {
	case err := <-errs:
		return err
	default:
		return nil
	}
}

// settles waits until the books agree and nothing is open, and gives what is not so, with
// what still waits.
func (b *Bank) settles(ctx context.Context) ([]string, error) {
	for end := time.Now().Add(settleWithin); ; {
		found, err := b.All(ctx, time.Now())
		if err != nil || len(found) == 0 {
			return nil, err
		}
		if time.Now().After(end) {
			waiting, err := b.Waiting(ctx)
			return append(found, waiting...), err
		}
		time.Sleep(time.Second)
	}
}
