package catalog

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

// ExportOptions says how a catalogue is to be written.
type ExportOptions struct {
	Format Format    // Orion or Shopify
	Lang   i18n.Lang // of a file in one language
	Origin string    // the storefront's address, before the path of pictures
	Wanted Wanted    // which products; the zero value is all, and the order is not asked
	// Stock tells how much there is of variants. Without it, the file has what
	// pages show.
	Stock func(ctx context.Context, tx *db.Tx[tenant.Store], ids []catalogapi.VariantID) (map[catalogapi.VariantID]int64, error)
}

// exportPage is how many products are in memory at a time.
const exportPage = 200

// writer turns products into rows.
type writer interface {
	head() []string
	rows(f *facts, p Product) [][]string
}

// Export writes the wanted products of a store, oldest first, and tells how many.
func (m *Module) Export(ctx context.Context, in tenant.Store, w io.Writer, o ExportOptions) (int, error) {
	var form writer = orionWriter{}
	if o.Format == Shopify {
		form = &shopifyWriter{o: o}
		extra, err := m.extraColumns(ctx, in)
		if err != nil {
			return 0, err
		}
		form.(*shopifyWriter).extra = extra
	}
	out := csv.NewWriter(w)
	if err := out.Write(form.head()); err != nil {
		return 0, fmt.Errorf("write the catalogue: %w", err)
	}
	n := 0
	var after catalogapi.ProductID
	for {
		ps, f, err := m.exportBatch(ctx, in, after, o)
		if err != nil {
			return n, err
		}
		for _, p := range ps {
			for _, row := range form.rows(f, p) {
				if err := out.Write(row); err != nil {
					return n, fmt.Errorf("write the catalogue: %w", err)
				}
			}
			n, after = n+1, p.ID
		}
		if len(ps) < exportPage {
			out.Flush()
			return n, out.Error()
		}
	}
}

func (m *Module) exportBatch(ctx context.Context, in tenant.Store, after catalogapi.ProductID, o ExportOptions) ([]Product, *facts, error) {
	var f *facts
	ps, err := db.Read(ctx, m.db, in, func(tx tx) ([]Product, error) {
		var err error
		if f, err = m.facts(ctx, tx); err != nil {
			return nil, err
		}
		ps, err := productsAfter(ctx, tx, exportPage, append(o.Wanted.conditions(f.tree, "p."), db.Gt("p.id", after))...)
		if err != nil {
			return nil, err
		}
		if err := loadVariants(ctx, tx, ps); err != nil || o.Stock == nil {
			return ps, err
		}
		return ps, fillStock(ctx, tx, ps, o)
	})
	return ps, f, err
}

func fillStock(ctx context.Context, tx tx, ps []Product, o ExportOptions) error {
	var ids []catalogapi.VariantID
	for _, p := range ps {
		for _, v := range p.Variants {
			ids = append(ids, v.ID)
		}
	}
	left, err := o.Stock(ctx, tx, ids)
	if err != nil {
		return fmt.Errorf("ask for the stock: %w", err)
	}
	for _, p := range ps {
		for i := range p.Variants {
			if n, ok := left[p.Variants[i].ID]; ok {
				p.Variants[i].Stock.Left = n
			}
		}
	}
	return nil
}

// extraColumns are the fields of other systems that some product has.
func (m *Module) extraColumns(ctx context.Context, in tenant.Store) ([]string, error) {
	return db.Read(ctx, m.db, in, func(tx tx) ([]string, error) { return extraKeys(ctx, tx) })
}

// decimal is an amount as files have it, empty for none.
func decimal(a money.Amount) string {
	if a.Currency == "" {
		return ""
	}
	return a.Decimal()
}

func truth(b bool) string { return strconv.FormatBool(b) }
