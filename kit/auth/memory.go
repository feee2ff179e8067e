package auth

import (
	"sync"
	"time"

	"github.com/maypok86/otter/v2"
)

const (
	// remembered is how long a node may answer from memory. What ends on this
	// node is forgotten at once.
	remembered  = 10 * time.Second
	memorySlots = 20_000
)

// memory spares signed-in requests a statement. A value that was read before
// something was forgotten is not remembered after it: it may be what was ended.
type memory[V any] struct {
	mu    sync.RWMutex
	era   int64 // how often something was forgotten
	cache *otter.Cache[string, V]
}

func newMemory[V any]() *memory[V] {
	return &memory[V]{cache: otter.Must(&otter.Options[string, V]{
		MaximumSize: memorySlots, ExpiryCalculator: otter.ExpiryCreating[string, V](remembered),
	})}
}

// recall gives what is remembered, and else the era in which to begin reading.
func (m *memory[V]) recall(key string) (v V, era int64, ok bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	v, ok = m.cache.GetIfPresent(key)
	return v, m.era, ok
}

// keep remembers what was read in an era, unless that is over.
func (m *memory[V]) keep(era int64, key string, v V) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if m.era == era {
		m.cache.Set(key, v)
	}
}

// forget ends the era, and with it the values of the keys, or of all if none
// are given. It is called after the change was committed.
func (m *memory[V]) forget(keys ...string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.era++
	if len(keys) == 0 {
		m.cache.InvalidateAll()
	}
	for _, k := range keys {
		m.cache.Invalidate(k)
	}
}
