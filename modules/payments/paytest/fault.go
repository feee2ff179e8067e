package paytest

import (
	"context"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// Kind is a way to fail.
type Kind string

// The ways to fail: of calls, of webhooks, and of both.
const (
	DropBefore  Kind = "drop_before"  // the connection breaks and nothing was done
	DropAfter   Kind = "drop_after"   // it was done, and the connection breaks
	Delay       Kind = "delay"        // it takes Wait, and is done also when nobody listens any more
	FailBefore  Kind = "500_before"   // 500, and nothing was done
	FailAfter   Kind = "500_after"    // it was done, and answered with 500
	RateLimit   Kind = "429"          // nothing was done
	InUse       Kind = "in_use"       // 409, as if another request held the key
	Forbid      Kind = "403"          // the key may not; nothing was done
	WrongAmount Kind = "wrong_amount" // another amount is taken, held or given back than was asked for

	Lose    Kind = "lose"    // it is never sent
	Reorder Kind = "reorder" // what comes after it goes first

	Duplicate Kind = "duplicate" // it arrives twice; a call is answered the second time
	Hold      Kind = "hold"      // it waits for Release; a call is done then, also when nobody listens any more
	Tamper    Kind = "tamper"    // it is changed on its way: a webhook after it was signed, a call's answer after it was done
)

// Fault is one line of the script of failures.
type Fault struct {
	Do    Kind
	On    string        // pattern as of path.Match: "POST /v1/payment_intents/*/capture", "webhook refund.*"; empty is any call
	After int           // so many go well before
	Times int           // 0 is once
	Wait  time.Duration // of Delay
}

// script is what is to go wrong. It is safe for concurrent use.
type script struct {
	mu     sync.Mutex
	faults []*Fault
	struck int
	gate   chan struct{} // closed when what is held is let go; nil while nothing is
}

// Play adds faults to the script. Each call and webhook takes the first that
// fits.
func (s *script) Play(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range faults {
		f.Times = max(f.Times, 1)
		s.faults = append(s.faults, &f)
	}
}

// Heal forgets what is left of the script.
func (s *script) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// strike takes the first fault that fits.
func (s *script) strike(what string) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.faults {
		if !f.fits(what) {
			continue
		}
		if f.After > 0 {
			f.After--
			continue
		}
		if f.Times > 0 {
			f.Times--
			s.struck++
			return *f
		}
	}
	return Fault{}
}

// Struck is how often a fault was taken so far.
func (s *script) Struck() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.struck
}

// open lets the calls go that are held.
func (s *script) open() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.gate != nil {
		close(s.gate)
		s.gate = nil
	}
}

// linger takes as long as a fault says, or until its caller has left.
func (s *script) linger(ctx context.Context, f Fault) {
	switch f.Do {
	case Delay:
		select {
		case <-ctx.Done():
		case <-time.After(f.Wait):
		}
	case Hold:
		s.mu.Lock()
		if s.gate == nil {
			s.gate = make(chan struct{})
		}
		gate := s.gate
		s.mu.Unlock()
		select {
		case <-ctx.Done():
		case <-gate:
		}
	}
}

// after is what becomes of an answer on its way back.
func (f Fault) after(body []byte) []byte {
	switch f.Do {
	case DropAfter:
		panic(http.ErrAbortHandler)
	case Tamper:
		return body[:len(body)/2]
	}
	return body
}

// times is how often a call arrives.
func (f Fault) times() int {
	if f.Do == Duplicate {
		return 2
	}
	return 1
}

func (f *Fault) fits(what string) bool {
	if f.On == "" {
		return !strings.HasPrefix(what, "webhook ")
	}
	ok, _ := path.Match(f.On, what)
	return ok
}

// before fails before a call is even looked at, and tells whether it did. Answers
// are in the words of the gateway.
func (f Fault) before(w http.ResponseWriter, answers map[Kind]func(http.ResponseWriter)) bool {
	if f.Do == DropBefore {
		panic(http.ErrAbortHandler)
	}
	answer, ok := answers[f.Do]
	if ok {
		answer(w)
	}
	return ok
}
