package catalog

import (
	"cmp"
	"context"
	"slices"
	"time"

	"orion/kit/money"
	"orion/modules/catalog/catalogapi"
)

// Past is what has to be known of a variant's prices before. Staff do not write
// it: it follows from what they do with the price.
type Past struct {
	Since  time.Time    // when the price of now began; zero is with the product
	Lowest money.Amount // the lowest price of the 30 days before the reduction in force, or zero
}

// period is how far back a reduction looks (Directive 98/6/EC, Article 6a).
const period = 30 * 24 * time.Hour

// reduced tells whether the variant's price is announced as a reduction.
func (v Variant) reduced() bool { return v.CompareAt.Minor > v.Price.Minor }

// announces tells whether the change from h to v announces a reduction of its
// own. One that only goes further does not: the price before its first step
// stays the one to compare with (Article 6a, paragraph 5). One that is taken
// back in part does, and then the lower price of before counts.
func announces(h, v Variant) bool {
	return v.reduced() && (!h.reduced() || v.Price.Minor > h.Price.Minor)
}

// pastPrice is a price that held from one moment until another.
type pastPrice struct {
	Variant catalogapi.VariantID
	Since   time.Time
	Until   time.Time
	Price   int64
}

// reprice gives changed variants their past, and tells which prices end now.
// Where a reduction begins, it asks for the prices before.
func reprice(ctx context.Context, tx tx, have Product, vs []Variant) (ended []pastPrice, err error) {
	var n news
	n.price(tx.Now(), have, vs)
	return n.ended, n.compare(ctx, tx)
}

// news are what changed prices of any number of products leave to be done.
type news struct {
	ended     []pastPrice
	announced []*Variant // a reduction of their own begins
}

// price gives the changed variants of a product their past, but for the lowest
// price of before, which compare finds.
func (n *news) price(now time.Time, have Product, vs []Variant) {
	for i := range vs {
		v := &vs[i]
		at := slices.IndexFunc(have.Variants, func(h Variant) bool { return h.ID == v.ID })
		if at < 0 {
			v.begin(now)
			continue
		}
		h := have.Variants[at]
		if announces(h, *v) {
			n.announced = append(n.announced, v)
			v.Past.Lowest = h.Price
		} else if !v.reduced() {
			v.Past.Lowest = money.Amount{}
		}
		if h.Price == v.Price {
			continue
		}
		since := h.Past.Since
		if since.IsZero() {
			since = have.CreatedAt
		}
		if since.Before(now) { // else nobody was ever asked for it
			n.ended = append(n.ended, pastPrice{h.ID, since, now, h.Price.Minor})
		}
		v.Past.Since = now
	}
}

// compare asks for the prices before the reductions that begin, in one statement
// for all.
func (n *news) compare(ctx context.Context, tx tx) error {
	if len(n.announced) == 0 {
		return nil
	}
	ids := make([]catalogapi.VariantID, len(n.announced))
	for i, v := range n.announced {
		ids[i] = v.ID
	}
	before, err := lowestPrices(ctx, tx, ids, tx.Now().Add(-period))
	for _, v := range n.announced {
		if low, ok := before[v.ID]; ok {
			v.Past.Lowest.Minor = min(v.Past.Lowest.Minor, low)
		}
	}
	return err
}

// begin gives a new variant its past. One that comes reduced was sold for its
// price before elsewhere, as far as anybody here knows.
func (v *Variant) begin(now time.Time) {
	v.Past = Past{Since: now}
	if v.reduced() {
		v.Past.Lowest = v.CompareAt
	}
}

// off is by how many percent a price is reduced. It counts from the lowest
// price of the 30 days before, since a reduction may be announced from no other
// (Court of Justice, C-330/23).
func off(price, compare, lowest money.Amount) int64 {
	from := cmp.Or(lowest.Minor, compare.Minor)
	if compare.Minor <= price.Minor || from <= price.Minor {
		return 0
	}
	return (from - price.Minor) * 100 / from
}
