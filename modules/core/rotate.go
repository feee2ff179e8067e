package core

import (
	"context"
	"encoding/json"
	"fmt"

	"orion/kit/db"
	"orion/kit/tenant"
)

// Rotated says what became of the secrets in settings and in their history.
type Rotated struct {
	Sealed int `json:"sealed"` // anew, with the key that seals now
	Lost   int `json:"lost"`   // no key opens them
}

// Rotate encrypts anew every secret that was encrypted with a key before, so that
// this key can be forgotten. It may be run again, and while people work.
func (m *Module) Rotate(ctx context.Context) (Rotated, error) {
	out, err := db.Write(ctx, m.db, m.system, func(tx *db.Tx[tenant.System]) (Rotated, error) {
		var sum Rotated
		// Whoever saves settings waits here, so that nobody's are overwritten.
		if err := touchAll(ctx, tx); err != nil {
			return sum, err
		}
		rows, err := readRows(ctx, tx)
		if err != nil {
			return sum, err
		}
		for _, r := range rows {
			raw, changed, lost, err := m.reseal(Owner{Level: r.level, ID: r.id}, r.module, string(r.value))
			if err != nil {
				return sum, fmt.Errorf("encrypt settings of %s anew: %w", r.module, err)
			}
			sum.Sealed, sum.Lost = sum.Sealed+changed, sum.Lost+lost
			if changed == 0 {
				continue
			}
			r.value = json.RawMessage(raw)
			if err := rewrite(ctx, tx, r); err != nil {
				return sum, err
			}
		}
		err = m.rotateChanges(ctx, tx, &sum)
		return sum, err
	})
	if err == nil {
		m.refreshed(ctx)
	}
	return out, err
}

func (m *Module) rotateChanges(ctx context.Context, tx *db.Tx[tenant.System], sum *Rotated) error {
	const some = 500
	var last int64
	for {
		changes, err := readChanges(ctx, tx, last, some)
		if err != nil {
			return err
		}
		for _, c := range changes {
			last = c.id
			before, n, lost, err := m.reseal(c.owner, c.module, c.before)
			if err != nil {
				return err
			}
			after, n2, lost2, err := m.reseal(c.owner, c.module, c.after)
			if err != nil {
				return err
			}
			sum.Sealed, sum.Lost = sum.Sealed+n+n2, sum.Lost+lost+lost2
			if n+n2 == 0 {
				continue
			}
			c.before, c.after = before, after
			if err := rewriteChange(ctx, tx, c); err != nil {
				return err
			}
		}
		if len(changes) < some {
			return nil
		}
	}
}
