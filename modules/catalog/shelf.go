package catalog

import (
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"

	"orion/kit/tenant"
)

// shelf keeps what lists are made of for a few seconds, so that a busy page is
// not read from the database for each of its visitors. Its memory is bounded by
// the number of products in it, not by the number of stores.
type shelf struct {
	lists *otter.Cache[shelfKey, arranged]
	gens  generations
}

// arranged is a list as it was read, or narrowed and sorted for a page.
type arranged struct {
	hits   []hit
	facets []Facet
}

type shelfKey struct {
	store tenant.StoreID
	gen   uint64
	list  string
}

const (
	shelfAge  = 5 * time.Second
	shelfHits = 30_000 // some 10 MB
)

func newShelf() *shelf {
	return &shelf{lists: otter.Must(&otter.Options[shelfKey, arranged]{
		MaximumWeight:    shelfHits,
		Weigher:          func(_ shelfKey, a arranged) uint32 { return uint32(len(a.hits)) + 10 }, //nolint:gosec // a list is bounded
		ExpiryCalculator: otter.ExpiryWriting[shelfKey, arranged](shelfAge),
	})}
}

// key names a list as the store is now; after a change it names another.
func (s *shelf) key(store tenant.StoreID, list string) shelfKey {
	return shelfKey{store: store, gen: s.gens.of(store), list: list}
}

func (s *shelf) forget(store tenant.StoreID) { s.gens.bump(store) }

// generations count the changes of stores. Stores may share a counter, which
// costs one of them a read from the database and no more.
type generations [1024]atomic.Uint64

func (g *generations) of(store tenant.StoreID) uint64 { return g.at(store).Load() }

func (g *generations) bump(store tenant.StoreID) { g.at(store).Add(1) }

func (g *generations) at(store tenant.StoreID) *atomic.Uint64 {
	return &g[uint64(store)*0x9e3779b97f4a7c15>>54]
}
