package catalog

import (
	"context"
	"time"

	"github.com/maypok86/otter/v2"

	"orion/kit/db"
	"orion/kit/tenant"
)

// labels are the brands and tags that a store's products have, for the filters
// of the staff's list.
type labels struct{ brands, tags []string }

// labelsAge is how long a brand or tag that was used up is still offered.
const labelsAge = time.Minute

// maxLabels is how many of each are offered; the others are found by typing.
const maxLabels = 40

func newLabelsCache() *otter.Cache[factsKey, labels] {
	return otter.Must(&otter.Options[factsKey, labels]{
		MaximumSize:      factsKept,
		ExpiryCalculator: otter.ExpiryWriting[factsKey, labels](labelsAge),
	})
}

// labels are mostly in memory; else they take one statement.
func (m *Module) labels(ctx context.Context, in tenant.Store) (labels, error) {
	key := factsKey{in.ID(), m.shelf.gens.of(in.ID())}
	if l, ok := m.labelled.GetIfPresent(key); ok {
		return l, nil
	}
	l, err := db.Read(ctx, m.db, in, func(tx tx) (labels, error) { return loadLabels(ctx, tx) })
	if err == nil {
		m.labelled.Set(key, l)
	}
	return l, err
}
