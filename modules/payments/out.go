package payments

import (
	"errors"
	"math/rand/v2"
	"time"
)

const (
	// whileOut is when a gateway is asked again that does not answer at all. However long
	// it was away, what is open is settled within a minute of its return; how often it is
	// really called meanwhile is its fuse's business.
	whileOut = 10 * time.Second
	// early is how long something may be unknown to a gateway because it has not arrived.
	early = 2 * time.Minute
	// waitsFor is how long events wait for a gateway that does not answer, before their jobs
	// are given up like others.
	waitsFor = 3 * 24 * time.Hour
)

// askSoon tells whether what a gateway said, or did not say, asks for the next question at
// once: that an account does not answer says nothing of the request, and makes no wait
// for it longer.
func (m *Module) askSoon(whose account, a attempt, s Snapshot, now time.Time) bool {
	switch s.Outcome {
	case Unknown:
		return !m.fuses.Whole(whose)
	case Elsewhere:
		return a.External == "" && now.Sub(a.CreatedAt) < early
	}
	return false
}

// oftenAlone is how often a request is asked about in short turns that alone has no answer.
const oftenAlone = 40

// alone is when a gateway is asked again about a request that it does not answer while it
// answers others: soon for some quarter of an hour, as with a gateway that is away, because
// it may be about to answer; and then like all else.
func (a attempt) alone(now time.Time) time.Time {
	if a.Checks <= oftenAlone {
		return now.Add(2 * whileOut)
	}
	a.Checks -= oftenAlone
	return a.again(now)
}

// errSilent says that a gateway did not answer for now, which is no failure of whoever
// asked.
var errSilent = errors.New("payments: the gateway is silent")

// nextTelling is when an event is looked at again that its gateway was silent about.
func nextTelling() time.Duration { return whileOut + rand.N(whileOut/2) }
