// Package catalogtest is a catalogue in memory, for the tests of modules that
// price, stock and sell variants.
package catalogtest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

// Catalog implements the capabilities of catalogapi over offers that a test
// put into it. It is safe for concurrent use; the zero value is empty.
type Catalog struct {
	mu     sync.Mutex
	offers map[catalogapi.VariantID]catalogapi.Offer
	shown  map[catalogapi.VariantID]catalogapi.Shown
	rated  map[catalogapi.ProductID]catalogapi.Rating
}

var (
	_ catalogapi.Offers   = (*Catalog)(nil)
	_ catalogapi.Lookup   = (*Catalog)(nil)
	_ catalogapi.Products = (*Catalog)(nil)
	_ catalogapi.Shelf    = (*Catalog)(nil)
)

// New is a catalogue of these offers.
func New(offers ...catalogapi.Offer) *Catalog {
	c := &Catalog{}
	for _, o := range offers {
		c.Put(o)
	}
	return c
}

// Put adds an offer, or replaces the one of the same variant, as after a
// change of its price. An offer without a smallest quantity gets one.
func (c *Catalog) Put(o catalogapi.Offer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.offers == nil {
		c.offers = map[catalogapi.VariantID]catalogapi.Offer{}
	}
	o.MinQty = max(o.MinQty, 1)
	c.offers[o.Variant] = o
}

// Remove takes an offer away.
func (c *Catalog) Remove(v catalogapi.VariantID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.offers, v)
}

// Offers implements catalogapi.Offers.
func (c *Catalog) Offers(_ context.Context, _ *db.Tx[tenant.Store], _ i18n.Lang, ids []catalogapi.VariantID) (map[catalogapi.VariantID]catalogapi.Offer, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make(map[catalogapi.VariantID]catalogapi.Offer, len(ids))
	for _, v := range ids {
		if o, ok := c.offers[v]; ok {
			out[v] = o
		}
	}
	return out, nil
}

// Glance implements catalogapi.Offers.
func (c *Catalog) Glance(ctx context.Context, tx *db.Tx[tenant.Store], l i18n.Lang, ids []catalogapi.VariantID) (map[catalogapi.VariantID]catalogapi.Offer, error) {
	return c.Offers(ctx, tx, l, ids)
}

// BySKU implements catalogapi.Lookup.
func (c *Catalog) BySKU(_ context.Context, _ *db.Tx[tenant.Store], sku string) (catalogapi.Reference, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, o := range c.offers {
		if sku != "" && (o.SKU == sku || o.GTIN == sku) {
			return reference(o), nil
		}
	}
	return catalogapi.Reference{}, db.ErrNoRow
}

// Matching implements catalogapi.Lookup, by title and SKU.
func (c *Catalog) Matching(_ context.Context, _ *db.Tx[tenant.Store], text string, limit int) ([]catalogapi.VariantID, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []catalogapi.VariantID
	for _, o := range c.offers {
		if has := strings.ToLower(o.Title + " " + o.SKU); strings.Contains(has, strings.ToLower(text)) {
			out = append(out, o.Variant)
		}
	}
	slices.SortFunc(out, func(a, b catalogapi.VariantID) int { return cmp.Compare(b, a) })
	return out[:min(len(out), limit)], nil
}

// References implements catalogapi.Lookup.
func (c *Catalog) References(_ context.Context, _ *db.Tx[tenant.Store], _ i18n.Lang, ids []catalogapi.VariantID) (map[catalogapi.VariantID]catalogapi.Reference, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make(map[catalogapi.VariantID]catalogapi.Reference, len(ids))
	for _, v := range ids {
		if o, ok := c.offers[v]; ok {
			out[v] = reference(o)
		}
	}
	return out, nil
}

func reference(o catalogapi.Offer) catalogapi.Reference {
	return catalogapi.Reference{Variant: o.Variant, Product: o.Product, Title: o.Title, Options: o.Options, SKU: o.SKU, Digital: o.Digital}
}

// Show implements catalogapi.Shelf.
func (c *Catalog) Show(_ context.Context, _ *db.Tx[tenant.Store], stock []catalogapi.Shown) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.shown == nil {
		c.shown = map[catalogapi.VariantID]catalogapi.Shown{}
	}
	for _, s := range stock {
		c.shown[s.Variant] = s
	}
	return nil
}

// Shown is the stock that was last shown of a variant.
func (c *Catalog) Shown(v catalogapi.VariantID) catalogapi.Shown {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.shown[v]
}

// Rate implements catalogapi.Products.
func (c *Catalog) Rate(_ context.Context, tx *db.Tx[tenant.Store], id catalogapi.ProductID, more catalogapi.Rating) error {
	tx.AfterCommit(func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.rated == nil {
			c.rated = map[catalogapi.ProductID]catalogapi.Rating{}
		}
		r := c.rated[id]
		c.rated[id] = catalogapi.Rating{Stars: r.Stars + more.Stars, Count: r.Count + more.Count}
	})
	return nil
}

// Rating is what was rated of a product so far.
func (c *Catalog) Rating(id catalogapi.ProductID) catalogapi.Rating {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rated[id]
}

// BySlug implements catalogapi.Products.
func (c *Catalog) BySlug(_ context.Context, _ *db.Tx[tenant.Store], _ i18n.Lang, slug string) (catalogapi.Reference, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, o := range c.offers {
		if slug != "" && o.Slug == slug && o.Sellable {
			return c.product(o.Product), nil
		}
	}
	return catalogapi.Reference{}, db.ErrNoRow
}

// Describe implements catalogapi.Products.
func (c *Catalog) Describe(_ context.Context, _ *db.Tx[tenant.Store], _ i18n.Lang, ids []catalogapi.ProductID) (map[catalogapi.ProductID]catalogapi.Reference, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make(map[catalogapi.ProductID]catalogapi.Reference, len(ids))
	for _, id := range ids {
		if p := c.product(id); p.Product == id {
			out[id] = p
		}
	}
	return out, nil
}

// product puts a product together of its offers.
func (c *Catalog) product(id catalogapi.ProductID) catalogapi.Reference {
	var p catalogapi.Reference
	for _, o := range c.offers {
		if o.Product != id {
			continue
		}
		p.Product, p.Title, p.Slug, p.Image, p.Rating = id, o.Title, o.Slug, o.Image, c.rated[id]
		if o.Sellable {
			p.Variants = append(p.Variants, o.Variant)
		}
	}
	slices.Sort(p.Variants)
	return p
}
