package catalog

import "orion/kit/money"

// copied is a draft of a new product with what another has, but for what is the
// other's alone: its address, the numbers that name its variants, its stock, what
// other systems call it, and its reductions, as the copy never cost more.
func copied(p Product) Product {
	out := Product{ProductInput: p.ProductInput, Currency: p.Currency, Digital: p.Digital}
	out.ID, out.Slug, out.Status, out.Featured, out.Extra = 0, "", Draft, false, nil
	out.Variants = make([]Variant, len(p.Variants))
	for i, v := range p.Variants {
		v.ID, v.SKU, v.GTIN, v.Barcode = 0, "", "", ""
		v.Stock, v.Past, v.CompareAt = Stock{}, Past{}, money.Amount{}
		out.Variants[i] = v
	}
	return out
}
