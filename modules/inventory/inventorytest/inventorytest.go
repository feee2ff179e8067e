// Package inventorytest is a stock in memory, for the tests of modules that
// reserve and ship goods.
package inventorytest

import (
	"context"
	"sync"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/inventory/inventoryapi"
)

type tx = *db.Tx[tenant.Store]

var errNotHeld = fault.New(fault.Rule, "inventory.not_held")

// Stock is a stock in memory. What a rolled-back transaction did to it stays.
// Its zero value has nothing of anything; it is safe for concurrent use.
type Stock struct {
	mu      sync.Mutex
	onHand  map[catalogapi.VariantID]int64
	endless map[catalogapi.VariantID]bool
	held    map[key]map[catalogapi.VariantID]int64
	shipped map[key]map[catalogapi.VariantID]int64
}

type key struct {
	kind string
	id   int64
}

var (
	_ inventoryapi.Stock     = (*Stock)(nil)
	_ inventoryapi.Returns   = (*Stock)(nil)
	_ inventoryapi.Available = (*Stock)(nil)
)

func (s *Stock) init() {
	if s.onHand == nil {
		s.onHand = map[catalogapi.VariantID]int64{}
		s.endless = map[catalogapi.VariantID]bool{}
		s.held = map[key]map[catalogapi.VariantID]int64{}
		s.shipped = map[key]map[catalogapi.VariantID]int64{}
	}
}

// Put sets how much of a variant is on hand.
func (s *Stock) Put(v catalogapi.VariantID, n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.init()
	s.onHand[v] = n
}

// PutEndless makes a variant one that never runs out.
func (s *Stock) PutEndless(v catalogapi.VariantID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.init()
	s.endless[v] = true
}

// Left is what is on hand of a variant and held for nobody.
func (s *Stock) Left(v catalogapi.VariantID) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.left(v)
}

// Held is what is held for a cause.
func (s *Stock) Held(c inventoryapi.Cause, v catalogapi.VariantID) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.held[key{c.Kind, c.ID}][v]
}

// Expire ends a hold, as time would. It tells whether there was one; the event
// is the test's to publish.
func (s *Stock) Expire(c inventoryapi.Cause) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.held[key{c.Kind, c.ID}]
	delete(s.held, key{c.Kind, c.ID})
	return ok
}

func (s *Stock) left(v catalogapi.VariantID) int64 {
	n := s.onHand[v]
	for _, lines := range s.held {
		n -= lines[v]
	}
	return n
}

// Reserve implements inventoryapi.Stock.
func (s *Stock) Reserve(_ context.Context, _ tx, r inventoryapi.Reservation) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.init()
	want := map[catalogapi.VariantID]int64{}
	for _, l := range r.Lines {
		want[l.Variant] += l.Quantity
	}
	var short []inventoryapi.Shortage
	for v, n := range want {
		if left := s.left(v); !s.endless[v] && left < n {
			short = append(short, inventoryapi.Shortage{Variant: v, Wanted: n, Left: left})
		}
	}
	if len(short) > 0 {
		return inventoryapi.ErrShort.With("short", short)
	}
	s.held[key{r.Cause.Kind, r.Cause.ID}] = want
	return nil
}

// Keep implements inventoryapi.Stock.
func (s *Stock) Keep(_ context.Context, _ tx, c inventoryapi.Cause) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.held[key{c.Kind, c.ID}]
	return ok, nil
}

// Release implements inventoryapi.Stock.
func (s *Stock) Release(_ context.Context, _ tx, c inventoryapi.Cause) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.held, key{c.Kind, c.ID})
	return nil
}

// Ship implements inventoryapi.Stock.
func (s *Stock) Ship(_ context.Context, _ tx, c inventoryapi.Cause, lines []inventoryapi.Line) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.init()
	k := key{c.Kind, c.ID}
	for _, l := range lines {
		if s.held[k][l.Variant] < l.Quantity {
			return errNotHeld
		}
	}
	if s.shipped[k] == nil {
		s.shipped[k] = map[catalogapi.VariantID]int64{}
	}
	for _, l := range lines {
		s.held[k][l.Variant] -= l.Quantity
		s.shipped[k][l.Variant] += l.Quantity
		s.onHand[l.Variant] -= l.Quantity
	}
	return nil
}

// Restock implements inventoryapi.Returns.
func (s *Stock) Restock(_ context.Context, _ tx, c inventoryapi.Cause, lines []inventoryapi.Line) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.init()
	k := key{c.Kind, c.ID}
	for _, l := range lines {
		if s.shipped[k][l.Variant] < l.Quantity {
			return errNotHeld
		}
		s.shipped[k][l.Variant] -= l.Quantity
		s.onHand[l.Variant] += l.Quantity
	}
	return nil
}

// Glance implements inventoryapi.Available.
func (s *Stock) Glance(ctx context.Context, t tx, ids []catalogapi.VariantID) (map[catalogapi.VariantID]int64, error) {
	return s.Available(ctx, t, ids)
}

// Available implements inventoryapi.Available.
func (s *Stock) Available(_ context.Context, _ tx, ids []catalogapi.VariantID) (map[catalogapi.VariantID]int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[catalogapi.VariantID]int64{}
	for _, v := range ids {
		if !s.endless[v] {
			out[v] = s.left(v)
		}
	}
	return out, nil
}
