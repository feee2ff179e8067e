package payments

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"orion/kit/tenant"
)

// Patience is how long and how often a gateway is asked in one go. Zero values
// stand for the defaults.
type Patience struct {
	Deadline time.Duration // of one call; 0 is 4 s
	Tries    int           // 0 is 3
	Pause    time.Duration // before the second try, doubled for the next, with jitter; 0 is 200 ms
	Whole    time.Duration // of all tries together, because a shopper waits; 0 is 9 s
}

func (p Patience) withDefaults() Patience {
	if p.Deadline == 0 {
		p.Deadline = 4 * time.Second
	}
	if p.Tries == 0 {
		p.Tries = 3
	}
	if p.Pause == 0 {
		p.Pause = 200 * time.Millisecond
	}
	if p.Whole == 0 {
		p.Whole = 9 * time.Second
	}
	return p
}

// account is a store's account at a gateway: what has a fuse of its own.
type account struct {
	store   tenant.StoreID
	gateway string
}

// question is what a gateway is asked.
type question struct {
	gateway, what string
	ask           func(context.Context) (Snapshot, error)
}

// call asks a gateway until it answers, or patience ends: then the outcome is
// Unknown, and the resolve job goes on asking. An account that does not answer
// at all is left alone for a while.
func (m *Module) call(ctx context.Context, in tenant.Store, q question) Snapshot {
	ctx, cancel := context.WithTimeout(ctx, m.patience.Whole)
	defer cancel()
	whose, pause := account{in.ID(), q.gateway}, m.patience.Pause
	for try := 1; m.fuses.Enter(whose); try++ {
		s, err := m.once(ctx, whose, q.ask)
		if err != nil {
			m.need.Kit.Log.WarnContext(ctx, "a gateway did not answer", "gateway", q.gateway, "call", q.what, "try", try, "error", err)
		}
		if s.Outcome != Unknown || try == m.patience.Tries {
			return s
		}
		select {
		case <-ctx.Done():
			return s
		case <-time.After(pause + rand.N(pause)):
			pause *= 2
		}
	}
	return Snapshot{Outcome: Unknown}
}

// once asks one time, with a deadline. A payer who leaves meanwhile says nothing
// of the gateway.
func (m *Module) once(ctx context.Context, whose account, ask func(context.Context) (Snapshot, error)) (s Snapshot, err error) {
	ctx, cancel := context.WithTimeout(ctx, m.patience.Deadline)
	defer cancel()
	s.Outcome = Unknown
	defer func() { // also when it panics
		if s.Outcome == Unknown && errors.Is(ctx.Err(), context.Canceled) {
			m.fuses.Withdraw(whose)
			return
		}
		m.fuses.Leave(whose, s.Outcome != Unknown)
	}()
	answer, err := ask(ctx)
	if err == nil && answer.Outcome != "" {
		s = answer
	}
	return s, err
}
