// Package clock is where every time comes from, so that tests and the
// operator's rehearsals can move it.
package clock

import (
	"sync"
	"sync/atomic"
	"time"
)

// Clock tells the time.
type Clock interface {
	// Now is the current time in UTC, cut to microseconds, which is what both
	// databases keep.
	Now() time.Time
}

type system struct{}

func (system) Now() time.Time { return normal(time.Now()) }

// System is the machine's clock.
func System() Clock { return system{} }

// Shifted is another clock plus an offset that can only grow.
type Shifted struct {
	base   Clock
	offset atomic.Int64
}

// NewShifted starts with the time of base.
func NewShifted(base Clock) *Shifted { return &Shifted{base: base} }

// Now is the time of the base plus the offset.
func (c *Shifted) Now() time.Time {
	return normal(c.base.Now().Add(time.Duration(c.offset.Load())))
}

// Advance moves the clock forward by d; a negative d is ignored, since
// identifiers and ledgers rely on time not running backwards.
func (c *Shifted) Advance(d time.Duration) {
	if d > 0 {
		c.offset.Add(int64(d))
	}
}

// Manual is a clock that stands still until it is moved. It is safe for
// concurrent use.
type Manual struct {
	mu  sync.Mutex
	now time.Time
}

// NewManual stands at t.
func NewManual(t time.Time) *Manual { return &Manual{now: normal(t)} }

// Now is where the clock stands.
func (c *Manual) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set puts the clock to t.
func (c *Manual) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = normal(t)
}

// Advance moves the clock by d.
func (c *Manual) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = normal(c.now.Add(d))
}

func normal(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
