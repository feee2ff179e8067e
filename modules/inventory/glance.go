package inventory

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"

	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

// glances keep for a moment how much of a variant can be sold, for carts and
// checkouts that look at it at every step. A change on this node is seen at
// once; another node may show the old for glanceAge.
type glances struct {
	kept *otter.Cache[glanceKey, room]
	gens [4096]atomic.Uint64 // changes; variants that share one cost each other a look
}

type glanceKey struct {
	store   tenant.StoreID
	variant catalogapi.VariantID
	gen     uint64
}

type room struct {
	left    int64
	endless bool
}

const (
	glanceAge   = 2 * time.Second
	glancesKept = 20_000
)

func newGlances() *glances {
	return &glances{kept: otter.Must(&otter.Options[glanceKey, room]{
		MaximumSize: glancesKept, ExpiryCalculator: otter.ExpiryWriting[glanceKey, room](glanceAge),
	})}
}

func (g *glances) gen(v catalogapi.VariantID) *atomic.Uint64 {
	return &g.gens[uint64(v)*0x9e3779b97f4a7c15>>52] //nolint:gosec // only spread
}

// forget makes glances look anew once tx is committed.
func (g *glances) forget(tx tx, vs ...catalogapi.VariantID) {
	tx.AfterCommit(func() {
		for _, v := range vs {
			g.gen(v).Add(1)
		}
	})
}

// Glance implements inventoryapi.Available.
func (m *Module) Glance(ctx context.Context, tx tx, ids []catalogapi.VariantID) (map[catalogapi.VariantID]int64, error) {
	out := make(map[catalogapi.VariantID]int64, len(ids))
	var missing []catalogapi.VariantID
	var keys []glanceKey
	for _, v := range ids {
		key := glanceKey{tx.Scope().ID(), v, m.glances.gen(v).Load()}
		r, ok := m.glances.kept.GetIfPresent(key)
		switch {
		case !ok:
			missing, keys = append(missing, v), append(keys, key)
		case !r.endless:
			out[v] = r.left
		}
	}
	if len(missing) == 0 {
		return out, nil
	}
	read, err := m.Available(ctx, tx, missing)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		left, counted := read[key.variant]
		m.glances.kept.Set(key, room{left, !counted})
		if counted {
			out[key.variant] = left
		}
	}
	return out, nil
}
