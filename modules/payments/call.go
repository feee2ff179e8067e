package payments

import (
	"context"
	"math/rand/v2"
	"time"
)

// Patience is how long and how often a gateway is asked in one go. Zero values
// stand for the defaults.
type Patience struct {
	Deadline time.Duration // of one call; 0 is 8 s
	Tries    int           // 0 is 3
	Pause    time.Duration // before the second try, doubled for the next, with jitter; 0 is 200 ms
}

func (p Patience) withDefaults() Patience {
	if p.Deadline == 0 {
		p.Deadline = 8 * time.Second
	}
	if p.Tries == 0 {
		p.Tries = 3
	}
	if p.Pause == 0 {
		p.Pause = 200 * time.Millisecond
	}
	return p
}

// call asks a gateway until it answers, or patience ends: then the outcome is
// Unknown, and the resolve job goes on asking.
func (m *Module) call(ctx context.Context, what string, ask func(context.Context) (Snapshot, error)) Snapshot {
	pause := m.patience.Pause
	for try := 1; ; try++ {
		s, err := m.once(ctx, ask)
		if err != nil {
			m.need.Kit.Log.WarnContext(ctx, "a gateway did not answer", "call", what, "try", try, "error", err)
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
}

func (m *Module) once(ctx context.Context, ask func(context.Context) (Snapshot, error)) (Snapshot, error) {
	ctx, cancel := context.WithTimeout(ctx, m.patience.Deadline)
	defer cancel()
	s, err := ask(ctx)
	if err != nil || s.Outcome == "" {
		return Snapshot{Outcome: Unknown}, err
	}
	return s, nil
}
