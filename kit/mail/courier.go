package mail

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"orion/kit/tenant"
)

const (
	carriers = 4  // messages on their way at once
	bagSize  = 64 // messages that wait for one of them
	share    = 16 // of which one store may have so many
	// soonest is how old a message without a job is before it counts as lost; the
	// statement stores_with_lost_messages has the same time. What waited half of it
	// in the bag is not sent from there any more, so that nothing leaves twice.
	soonest = 5 * time.Minute
)

// parcel is a committed message on its way.
type parcel struct {
	in tenant.Store
	stored
}

// courier sends messages from memory right after the transaction that caused
// them, which spares each a job. It is nothing that has to survive: a message
// that it could not send gets a job, and one that was lost with the process is
// found by the sweep.
type courier struct {
	deliver func(context.Context, parcel) error
	log     *slog.Logger
	bag     chan parcel

	mu      sync.Mutex
	open    bool
	held    map[tenant.StoreID]int // of a store, in the bag or on their way
	running sync.WaitGroup
	cancel  context.CancelFunc
}

func newCourier(log *slog.Logger, deliver func(context.Context, parcel) error) *courier {
	return &courier{deliver: deliver, log: log, bag: make(chan parcel, bagSize), held: map[tenant.StoreID]int{}}
}

// start lets the courier take messages until stop.
func (c *courier) start(ctx context.Context) {
	ctx, c.cancel = context.WithCancel(context.WithoutCancel(ctx))
	c.mu.Lock()
	c.open = true
	c.mu.Unlock()
	for range carriers {
		c.running.Go(func() { c.carry(ctx) })
	}
}

func (c *courier) carry(ctx context.Context) {
	for p := range c.bag {
		if ctx.Err() == nil {
			if err := c.deliver(ctx, p); err != nil {
				c.log.WarnContext(ctx, "a mail that was not sent at once got no job", "store", p.store.String(), "key", p.Key, "error", err.Error())
			}
		}
		c.mu.Lock()
		if c.held[p.store]--; c.held[p.store] <= 0 {
			delete(c.held, p.store)
		}
		c.mu.Unlock()
	}
}

// takes tells whether a message of a store would find room.
func (c *courier) takes(in tenant.StoreID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.open && len(c.bag) < bagSize/2 && c.held[in] < share
}

// take sends a message soon. When there is no room after all, it is left to the
// sweep.
func (c *courier) take(p parcel) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.open {
		return
	}
	select {
	case c.bag <- p:
		c.held[p.store]++
	default:
	}
}

// stop takes nothing more and waits until the bag is empty, at the longest
// until ctx ends; what is left then leaves after the next start.
func (c *courier) stop(ctx context.Context) {
	c.mu.Lock()
	was := c.open
	if c.open = false; was {
		close(c.bag)
	}
	c.mu.Unlock()
	if !was {
		return
	}
	empty := make(chan struct{})
	go func() { c.running.Wait(); close(empty) }()
	select {
	case <-empty:
	case <-ctx.Done():
	}
	c.cancel()
}
