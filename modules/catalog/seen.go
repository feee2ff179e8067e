package catalog

import (
	"context"
	"slices"
	"strings"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

const (
	seenKept  = 12 // products that a browser remembers
	seenShown = 4  // fills one row
)

// seen is what a visitor looked at, the newest first, as their browser keeps it.
type seen []catalogapi.ProductID

const seenPrefix = "prd_"

// readSeen reads what String gives; what is no product is left out.
func readSeen(s string) seen {
	var out seen
	for part := range strings.SplitSeq(s, ".") {
		var p catalogapi.ProductID
		if p.UnmarshalText([]byte(seenPrefix+part)) == nil && len(out) < seenKept && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// String is the list as the browser keeps it.
func (s seen) String() string {
	parts := make([]string, len(s))
	for i, p := range s {
		parts[i] = strings.TrimPrefix(p.String(), seenPrefix)
	}
	return strings.Join(parts, ".")
}

// with is the list after somebody looked at a product.
func (s seen) with(p catalogapi.ProductID) seen {
	out := seen{p}
	for _, have := range s {
		if have != p && len(out) < seenKept {
			out = append(out, have)
		}
	}
	return out
}

// Seen gives the cards of products that somebody looked at, as far as they are
// for sale, in one statement.
func (m *Module) Seen(ctx context.Context, in tenant.Store, l i18n.Lang, looked []catalogapi.ProductID) ([]Card, error) {
	if len(looked) == 0 {
		return nil, nil
	}
	hits := make([]hit, len(looked))
	for i, p := range looked {
		hits[i] = hit{id: int64(p)}
	}
	return db.Read(ctx, m.db, in, func(tx tx) ([]Card, error) { return cardsOf(ctx, tx, l, hits) })
}
