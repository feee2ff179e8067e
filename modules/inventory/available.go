package inventory

import (
	"context"

	"orion/modules/catalog/catalogapi"
)

// Available tells how much of each variant can be sold now, allowed backorders
// included. A variant that nobody has heard of has nothing.
func (m *Module) Available(ctx context.Context, tx tx, ids []catalogapi.VariantID) (map[catalogapi.VariantID]int64, error) {
	out := map[catalogapi.VariantID]int64{}
	if len(ids) == 0 {
		return out, nil
	}
	rooms, err := roomsOf(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	for _, v := range ids {
		out[v] = 0
	}
	for _, r := range rooms {
		if !r.tracked || r.backlog >= NoLimit {
			delete(out, r.variant)
			continue
		}
		out[r.variant] = r.left
	}
	return out, nil
}
