package certify

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// Oversell lets many shoppers, at once, buy the few units that there are: as many as
// there are get one, everybody else is told that there is none, and the stock that is
// left agrees with its movements.
func Oversell(ctx context.Context, p Program, c Counter, s Sizes) (f Finding, err error) {
	f = Finding{Suite: "oversell", What: fmt.Sprintf("%d shoppers, %d at once, for %d units", s.Shoppers, s.AtOnce, c.Units)}
	server, err := p.Start(ctx, c.Host)
	if err != nil {
		return f, err
	}
	defer server.Kill()
	sold, refused, failed := race(ctx, server, c, s)
	f.Saw = fmt.Sprintf("%d bought, %d were told that there is none", len(sold), refused)
	f.say(failed...)
	if want := min(c.Units, int64(s.Shoppers)); int64(len(sold)) != want {
		f.say(fmt.Sprintf("%d bought, and %d units were there", len(sold), want))
	}
	found, err := c.Check(ctx)
	f.say(found...)
	left, lost := c.Left(ctx)
	if want := c.Units - int64(len(sold)); left != want {
		f.say(fmt.Sprintf("%d units are left, and %d should be", left, want))
	}
	there, missing := c.Tables.Column(ctx, fmt.Sprintf("SELECT number FROM orders_orders WHERE store_id = %d", c.In))
	for _, number := range there {
		delete(sold, number)
	}
	for number := range sold {
		f.say("order " + number + " was acknowledged and is lost")
	}
	return f, errors.Join(err, lost, missing)
}

// race lets everybody fill a cart first, so that they order at the same moment.
func race(ctx context.Context, server *Server, c Counter, s Sizes) (sold map[string]bool, refused int, failed []string) {
	sold = map[string]bool{}
	var mu sync.Mutex
	var wg, ready sync.WaitGroup
	gate, begin := make(chan struct{}, s.AtOnce), make(chan struct{})
	for i := range s.Shoppers {
		ready.Add(1)
		wg.Go(func() {
			gate <- struct{}{}
			key := fmt.Sprintf("oversell-%d", i)
			cart, err := server.Fill(ctx, Purchase{Variant: c.Variant, Method: c.Method, Payment: "on_delivery", Key: key})
			<-gate
			ready.Done()
			var o Bought
			if err == nil {
				<-begin
				gate <- struct{}{}
				o, err = server.Place(ctx, cart, key)
				<-gate
			}
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				sold[o.Number] = true
			case soldOut(err):
				refused++
			default:
				failed = append(failed, err.Error())
			}
		})
	}
	ready.Wait()
	close(begin)
	wg.Wait()
	return sold, refused, failed
}
