package job

import (
	"context"
	"sync"
	"time"
)

const (
	// ahead is how many jobs are taken from the queue for each one that runs. The
	// others stand ready, because looking for a job costs more than a short one.
	ahead = 4
	// patience is how long a job that was taken stands ready before it goes back to
	// the queue and leaves its turn to others.
	patience = 250 * time.Millisecond
)

// places are where jobs run: so many at once, and one store has at most half.
type places struct {
	mu      sync.Mutex
	free    int
	share   int // of one store
	running map[int64]int
	left    chan struct{} // closed when somebody leaves
}

func newPlaces(n int) *places {
	return &places{free: n, share: max(1, n/2), running: map[int64]int{}, left: make(chan struct{})}
}

// enter waits for a place and tells whether there was one in time. Whoever
// belongs to no store is store 0 and may have all of them.
func (p *places) enter(ctx context.Context, store int64) bool {
	late := time.NewTimer(patience)
	defer late.Stop()
	for {
		left, ok := p.take(store)
		if ok {
			return true
		}
		select {
		case <-left:
		case <-late.C:
			return false
		case <-ctx.Done():
			return false
		}
	}
}

func (p *places) take(store int64) (left <-chan struct{}, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.free == 0 || store != 0 && p.running[store] >= p.share {
		return p.left, false
	}
	p.free--
	p.running[store]++
	return nil, true
}

func (p *places) leave(store int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free++
	if p.running[store]--; p.running[store] <= 0 {
		delete(p.running, store)
	}
	close(p.left)
	p.left = make(chan struct{})
}
