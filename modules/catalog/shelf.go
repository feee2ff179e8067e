package catalog

import (
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"

	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/cms/menusapi"
)

// shelf keeps what lists and product pages are made of for a few seconds, so
// that a busy page is not read from the database for each of its visitors. A
// change of the store on this node empties its part at once; another node may
// show the old for shelfAge. Its memory is bounded by what is in it, not by the
// number of stores.
type shelf struct {
	lists *otter.Cache[shelfKey, arranged]
	cards *otter.Cache[shelfKey, []Card]                    // of a page of a list
	pages *otter.Cache[shelfKey, *Page]                     // by language and slug; shared, so never changed
	ways  *otter.Cache[shelfKey, map[string]menusapi.Place] // of what menus lead to
	gens  generations
	stock generations // changes of stock alone, which lists show only when it begins or ends
}

// arranged is a list as it was read, or narrowed and sorted for a page.
type arranged struct {
	hits   []hit
	facets []Facet
	words  map[string]int // the store's vocabulary: how often each word stands in names
}

type shelfKey struct {
	store tenant.StoreID
	gen   uint64
	list  string
}

const (
	shelfAge  = 5 * time.Second
	shelfHits = 300_000  // some 100 MB, if a thousand stores are looked at within shelfAge
	shelfCard = 100_000  // some 40 MB
	shelfItem = 350      // bytes of a hit or a card, about
	shelfWays = 10_000   // menus, some 5 kB each
	shelfText = 32 << 20 // bytes of product pages, about
)

func newShelf() *shelf {
	return &shelf{lists: otter.Must(&otter.Options[shelfKey, arranged]{
		MaximumWeight:    shelfHits,
		Weigher:          func(k shelfKey, a arranged) uint32 { return k.weight(len(a.hits) + len(a.words)) },
		ExpiryCalculator: otter.ExpiryWriting[shelfKey, arranged](shelfAge),
	}), cards: otter.Must(&otter.Options[shelfKey, []Card]{
		MaximumWeight:    shelfCard,
		Weigher:          func(k shelfKey, cs []Card) uint32 { return k.weight(len(cs)) },
		ExpiryCalculator: otter.ExpiryWriting[shelfKey, []Card](shelfAge),
	}), pages: otter.Must(&otter.Options[shelfKey, *Page]{
		MaximumWeight:    shelfText,
		Weigher:          func(_ shelfKey, p *Page) uint32 { return p.size() },
		ExpiryCalculator: otter.ExpiryWriting[shelfKey, *Page](shelfAge),
	}), ways: otter.Must(&otter.Options[shelfKey, map[string]menusapi.Place]{
		MaximumSize:      shelfWays,
		ExpiryCalculator: otter.ExpiryWriting[shelfKey, map[string]menusapi.Place](shelfAge),
	})}
}

// weight is how many items' room an entry takes: that of its own, and of its name,
// which readers make as long as they like by what they look for.
func (k shelfKey) weight(items int) uint32 {
	const entry = 10
	return uint32(items + entry + len(k.list)/shelfItem) //nolint:gosec // a list is bounded, and so is an address
}

// size is about how many bytes a page takes.
func (p *Page) size() uint32 {
	const page, variant, value, picture, card = 1500, 400, 300, 400, 400
	n := page + len(p.Body) + variant*len(p.Variants) + picture*len(p.Images) + card*len(p.Related)
	for _, o := range p.Options {
		n += value * (1 + len(o.Values))
	}
	return uint32(n) //nolint:gosec // a product is bounded
}

// key names a list as the store is now; after a change it names another.
func (s *shelf) key(store tenant.StoreID, list string) shelfKey {
	return shelfKey{store: store, gen: s.gens.of(store), list: list}
}

// page names a product page as the store is now, its stock included.
func (s *shelf) page(store tenant.StoreID, l i18n.Lang, slug string) shelfKey {
	return shelfKey{store: store, gen: s.gens.of(store) + s.stock.of(store), list: string(l) + "/" + slug}
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
