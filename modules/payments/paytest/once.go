package paytest

import (
	"context"
	"net/http"
	"time"
)

// kept is what is remembered under a key.
type kept struct {
	asked   string // method, path and parameters
	running bool
	answer  reply
	at      time.Time
}

// once does a call, or answers what it answered before under the same key. As
// documented: the first answer of what has begun is kept, also a failure; what
// was not valid or was in the way of another is not; the same key with other
// parameters is an error; keys are forgotten after a day.
func (s *Stripe) once(c call, r *http.Request, f Fault, do endpoint) reply {
	key := r.Header.Get("Idempotency-Key")
	if r.Method != http.MethodPost || key == "" {
		return s.do(r.Context(), c, f, do)
	}
	if len(key) > 255 {
		return invalid("", "", "Idempotency keys are at most 255 characters long.").reply()
	}
	asked := r.URL.Path + "?" + c.p.fingerprint()
	s.mu.Lock()
	k, known := c.a.keys[key]
	if known && s.clock.Now().Sub(k.at) > horizon {
		known = false
	}
	switch {
	case known && k.asked != asked:
		s.mu.Unlock()
		return otherParams().reply()
	case known && k.running:
		s.mu.Unlock()
		return inUse().reply()
	case known:
		s.mu.Unlock()
		again := k.answer
		again.again = true
		return again
	}
	k = &kept{asked: asked, running: true, at: s.clock.Now()}
	c.a.keys[key] = k
	s.mu.Unlock()

	out := s.do(context.WithoutCancel(r.Context()), c, f, do)

	s.mu.Lock()
	defer s.mu.Unlock()
	k.running, k.answer = false, out
	if out.status == http.StatusTooManyRequests || out.first {
		delete(c.a.keys, key)
	}
	return out
}

// do runs an endpoint with the books locked, and fails as the script says.
func (s *Stripe) do(ctx context.Context, c call, f Fault, do endpoint) reply {
	s.linger(ctx, f)
	if f.Do == FailBefore {
		return broken().reply()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tick()
	v, problem := do(c)
	if f.Do == FailAfter {
		return broken().reply()
	}
	out := replyTo(v, problem)
	out.first = problem != nil && problem.early
	return out
}
