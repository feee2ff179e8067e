package cms

import (
	"context"
	"sync"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
)

// hits counts how often redirects were followed on this node since that was last
// written down.
type hits struct {
	mu     sync.Mutex
	stores map[tenant.StoreID]*storeHits
	stop   chan struct{}
	done   chan struct{}
}

type storeHits struct {
	in  tenant.Store
	by  map[RedirectID]int64
	had time.Time
}

func newHits() *hits { return &hits{stores: map[tenant.StoreID]*storeHits{}} }

func (h *hits) add(in tenant.Store, id RedirectID, now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.stores[in.ID()]
	if s == nil {
		s = &storeHits{in: in, by: map[RedirectID]int64{}}
		h.stores[in.ID()] = s
	}
	s.by[id]++
	s.had = now
}

func (h *hits) take() map[tenant.StoreID]*storeHits {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := h.stores
	h.stores = map[tenant.StoreID]*storeHits{}
	return all
}

// FlushHits writes down how often redirects were followed: a transaction a store. What
// cannot be written is lost, which costs a number and no more.
func (m *Module) FlushHits(ctx context.Context) {
	for _, s := range m.hits.take() {
		err := db.Do(ctx, m.need.Kit.DB, s.in, func(tx textsTx) error {
			for id, n := range s.by {
				if err := hitRedirect(ctx, tx, id, n, s.had); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			m.need.Kit.Log.WarnContext(ctx, "hits of redirects were not written down", "store", s.in.ID().String(), "error", err.Error())
		}
	}
}

// startCounting writes hits down every so often until the program ends.
func (m *Module) startCounting(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	m.hits.stop, m.hits.done = make(chan struct{}), make(chan struct{})
	go func(stop, done chan struct{}) {
		defer close(done)
		tick := time.NewTicker(flushEvery)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				m.FlushHits(ctx)
			}
		}
	}(m.hits.stop, m.hits.done)
	return nil
}

func (m *Module) stopCounting(ctx context.Context) error {
	if m.hits.stop != nil {
		close(m.hits.stop)
		<-m.hits.done
		m.hits.stop = nil
	}
	m.FlushHits(ctx)
	return nil
}
