package catalog

import (
	"context"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

// SheetAsk is which products shall stand in the sheet.
type SheetAsk struct {
	IDs     []catalogapi.ProductID // these, in this order
	Wanted  Wanted                 // else those that match, as far as there is room
	Keepers []FigureKeeper
	Lang    i18n.Lang
}

// SheetOf are products as the sheet has them: no more than there is room for.
type SheetOf struct {
	Products []Product
	Tree     *Tree
	Figures  map[catalogapi.VariantID]map[string]int64 // by variant and code
	Next     string                                    // where those begin that had no room
}

// rows is how many lines of the sheet a product takes.
func (p ProductInput) rows() int {
	if p.single() {
		return 1
	}
	return 1 + len(p.Variants)
}

// single tells that the product is its only variant.
func (p ProductInput) single() bool { return len(p.Options) == 0 && len(p.Variants) == 1 }

// Sheet reads products for the sheet, at most MaxBulk lines of them, in a number
// of statements that does not grow with them.
func (m *Module) Sheet(ctx context.Context, in tenant.Store, a SheetAsk) (SheetOf, error) {
	return db.Read(ctx, m.db, in, func(tx tx) (SheetOf, error) {
		out := SheetOf{Figures: map[catalogapi.VariantID]map[string]int64{}}
		ids, next, err := m.sheetIDs(ctx, tx, a)
		if err != nil {
			return out, err
		}
		f, err := m.facts(ctx, tx)
		if err != nil {
			return out, err
		}
		out.Tree = f.tree
		ps, err := productsOf(ctx, tx, numbers(ids))
		if err != nil {
			return out, err
		}
		if err := loadVariants(ctx, tx, ps); err != nil {
			return out, err
		}
		out.take(ids, ps, next)
		return out, out.figures(ctx, tx, a.Keepers)
	})
}

// sheetIDs are the products asked for, and the cursor behind each.
func (m *Module) sheetIDs(ctx context.Context, tx tx, a SheetAsk) (ids []catalogapi.ProductID, next []string, err error) {
	if len(a.IDs) > 0 {
		return a.IDs[:min(len(a.IDs), MaxBulk)], nil, nil
	}
	var t *Tree
	if a.Wanted.Category != 0 {
		f, err := m.facts(ctx, tx)
		if err != nil {
			return nil, nil, err
		}
		t = f.tree
	}
	f, err := a.Wanted.filter(t)
	if err != nil {
		return nil, nil, err
	}
	f.Limit = MaxBulk + 1
	rows, err := staffProducts(ctx, tx, a.Lang, f)
	for _, r := range rows {
		ids, next = append(ids, r.ID), append(next, page.Encode(a.Wanted.key(r)...))
	}
	return ids, next, err
}

// take keeps as many products as there is room for: at least one.
func (s *SheetOf) take(ids []catalogapi.ProductID, ps []Product, next []string) {
	byID := make(map[catalogapi.ProductID]Product, len(ps))
	for _, p := range ps {
		if !p.Deleted {
			byID[p.ID] = p
		}
	}
	used := 0
	for i, id := range ids {
		p, ok := byID[id]
		if !ok {
			continue
		}
		if used += p.rows(); used > MaxBulk && len(s.Products) > 0 {
			if next != nil {
				s.Next = next[i-1]
			}
			return
		}
		s.Products = append(s.Products, p)
	}
}

func (s *SheetOf) figures(ctx context.Context, tx tx, keepers []FigureKeeper) error {
	var ids []catalogapi.VariantID
	for _, p := range s.Products {
		for _, v := range p.Variants {
			ids = append(ids, v.ID)
		}
	}
	for _, k := range keepers {
		all, err := k.Read(ctx, tx, ids)
		if err != nil {
			return err
		}
		for v, of := range all {
			if s.Figures[v] == nil {
				s.Figures[v] = map[string]int64{}
			}
			for code, n := range of {
				s.Figures[v][code] = n
			}
		}
	}
	return nil
}
