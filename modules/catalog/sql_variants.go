package catalog

import (
	"context"
	"fmt"
	"strings"
	"time"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/picture"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

var (
	sqlInsertVariants = db.Must[tenant.Store](files, "insert_variants")
	sqlUpdateVariants = db.Must[tenant.Store](files, "update_variants")
	sqlRetireVariants = db.Must[tenant.Store](files, "retire_variants")
	sqlVariantsOf     = db.Must[tenant.Store](files, "variants_of")
	sqlPageVariants   = db.Must[tenant.Store](files, "page_variants")
	sqlOffers         = db.Must[tenant.Store](files, "offers")
	sqlVariantBySKU   = db.Must[tenant.Store](files, "variant_by_sku")
	sqlReferences     = db.Must[tenant.Store](files, "references")
	sqlShowStock      = db.Must[tenant.Store](files, "show_stock")
	sqlRefreshInStock = db.Must[tenant.Store](files, "refresh_in_stock")
)

// variantText is a variant as the statements read it: many in one text.
type variantText struct {
	ID        int64               `json:"id"`
	Product   int64               `json:"product"`
	Place     int                 `json:"place"`
	Choice    string              `json:"choice"`
	SKU       string              `json:"sku"`
	GTIN      string              `json:"gtin"`
	Barcode   string              `json:"barcode"`
	Price     int64               `json:"price"`
	CompareAt int64               `json:"compare_at"`
	Cost      int64               `json:"cost"`
	Grams     int64               `json:"grams"`
	Digital   bool                `json:"digital"`
	TaxClass  catalogapi.TaxClass `json:"tax_class"`
	Image     string              `json:"image"`
	PricedAt  int64               `json:"priced_at"`
	Lowest    int64               `json:"lowest"`
	Content   int64               `json:"content"`
	Unit      Unit                `json:"unit"`
	StockLeft int64               `json:"stock_left"` // of a new one only, as the rest
	Backorder bool                `json:"backorder"`
	Untracked bool                `json:"untracked"`
}

func textOfVariant(p catalogapi.ProductID, place int, v Variant) variantText {
	shown := v.opening().Shown()
	return variantText{
		ID: int64(v.ID), Product: int64(p), Place: place, Choice: v.choice(), SKU: v.SKU, GTIN: v.GTIN, Barcode: v.Barcode, Price: v.Price.Minor,
		CompareAt: v.CompareAt.Minor, Cost: v.Cost.Minor, Grams: v.Grams, Digital: v.Digital, TaxClass: v.TaxClass, Image: v.Image,
		PricedAt: sinceMicro(v.Past.Since), Lowest: v.Past.Lowest.Minor, Content: v.Content.Milli, Unit: v.Content.Unit,
		StockLeft: shown.Left, Backorder: shown.Backorder, Untracked: shown.Untracked,
	}
}

func insertVariants(ctx context.Context, tx tx, rows []variantText) error {
	if len(rows) == 0 {
		return nil
	}
	if _, err := db.Exec(ctx, tx, sqlInsertVariants, db.Args{"rows": db.JSON(rows)}); err != nil {
		return fmt.Errorf("insert variants: %w", err)
	}
	return nil
}

func updateVariants(ctx context.Context, tx tx, rows []variantText) error {
	if len(rows) == 0 {
		return nil
	}
	if _, err := db.Exec(ctx, tx, sqlUpdateVariants, db.Args{"rows": db.JSON(rows)}); err != nil {
		return fmt.Errorf("update variants: %w", err)
	}
	return nil
}

func retireVariants(ctx context.Context, tx tx, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	if _, err := db.Exec(ctx, tx, sqlRetireVariants, db.Args{"ids": ids}); err != nil {
		return fmt.Errorf("retire variants: %w", err)
	}
	return nil
}

// loadVariants fills the variants of products that are sorted by identifier.
func loadVariants(ctx context.Context, tx tx, ps []Product) error {
	ids := make([]int64, len(ps))
	at := make(map[int64]*Product, len(ps))
	for i := range ps {
		ids[i] = int64(ps[i].ID)
		at[ids[i]] = &ps[i]
	}
	rows, err := db.All(ctx, tx, sqlVariantsOf, db.Args{"products": ids}, scanVariant)
	if err != nil {
		return err
	}
	for _, r := range rows {
		p := at[r.product]
		r.Variant.priced(p.Currency)
		p.Variants = append(p.Variants, r.Variant)
	}
	return nil
}

type variantRow struct {
	product int64
	Variant
}

func scanVariant(r db.Row) (variantRow, error) {
	var v variantRow
	var choice string
	var since int64
	err := r.Scan(&v.product, &v.ID, &choice, &v.SKU, &v.GTIN, &v.Barcode, &v.Price.Minor, &v.CompareAt.Minor, &v.Cost.Minor,
		&v.Grams, &v.Digital, &v.TaxClass, &v.Image, &since, &v.Past.Lowest.Minor,
		&v.Content.Milli, &v.Content.Unit, &v.Stock.Left, &v.Stock.Backorder, &v.Stock.Untracked)
	if choice != "" {
		v.Values = strings.Split(choice, "/")
	}
	if since != 0 {
		v.Past.Since = time.UnixMicro(since).UTC()
	}
	return v, err
}

func (v *Variant) priced(c money.Currency) {
	v.Price.Currency = c
	if v.CompareAt.Minor != 0 {
		v.CompareAt.Currency = c
	}
	if v.Cost.Minor != 0 {
		v.Cost.Currency = c
	}
	if v.Past.Lowest.Minor != 0 {
		v.Past.Lowest.Currency = c
	}
}

// sinceMicro stores an unknown moment as 0.
func sinceMicro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func pageVariants(ctx context.Context, tx tx, p catalogapi.ProductID, c money.Currency) ([]Variant, error) {
	return db.All(ctx, tx, sqlPageVariants, db.Args{"product": p}, func(r db.Row) (Variant, error) {
		v, err := scanVariant(r)
		v.priced(c)
		return v.Variant, err
	})
}

func loadOffers(ctx context.Context, tx tx, l i18n.Lang, ids []catalogapi.VariantID) ([]catalogapi.Offer, error) {
	return db.All(ctx, tx, sqlOffers, db.Args{"ids": numbers(ids)}, func(r db.Row) (catalogapi.Offer, error) {
		var o catalogapi.Offer
		var title, options, cover, currency, status, choice, image string
		var own catalogapi.TaxClass
		var content Content
		var gone bool
		err := r.Scan(&o.Variant, &o.Product, &o.Slug, &title, &options, &cover, &currency, &o.TaxClass, &o.MinQty, &o.MaxQty, &o.Step,
			&status, &choice, &o.SKU, &o.GTIN, &o.Unit.Minor, &o.CompareAt.Minor, &o.Grams, &o.Digital, &own, &image, &content.Milli, &content.Unit, &gone,
			&o.Stock.Left, &o.Stock.Backorder, &o.Stock.Untracked)
		if err != nil {
			return o, err
		}
		o.Stock.Variant, o.Title = o.Variant, flatText(title, l)
		o.Options, err = choiceWords(options, choice, l)
		if o.Image = readCover(cover).Key; isKey(image) {
			o.Image = image
		}
		if o.Image != "" {
			o.Image = picture.Copy(o.Image, pictures.Widths[0])
		}
		o.Unit.Currency = money.Currency(currency)
		if o.CompareAt.Minor <= o.Unit.Minor {
			o.CompareAt = money.Amount{}
		} else {
			o.CompareAt.Currency = o.Unit.Currency
		}
		var per Unit
		o.UnitPrice, per = content.price(o.Unit)
		o.UnitPer = string(per)
		if own != "" {
			o.TaxClass = own
		}
		o.Sellable = Status(status) == Active && !gone
		return o, err
	})
}

func scanReference(l i18n.Lang) func(db.Row) (catalogapi.Reference, error) {
	return func(r db.Row) (catalogapi.Reference, error) {
		var ref catalogapi.Reference
		var title, options, choice string
		if err := r.Scan(&ref.Variant, &ref.Product, &title, &options, &choice, &ref.SKU, &ref.Digital); err != nil {
			return ref, err
		}
		ref.Title = flatText(title, l)
		var err error
		ref.Options, err = choiceWords(options, choice, l)
		return ref, err
	}
}

func referenceBySKU(ctx context.Context, tx tx, sku string) (catalogapi.Reference, error) {
	return db.One(ctx, tx, sqlVariantBySKU, db.Args{"sku": sku, "gtin": sku}, scanReference(i18n.En))
}

func loadReferences(ctx context.Context, tx tx, l i18n.Lang, ids []catalogapi.VariantID) ([]catalogapi.Reference, error) {
	return db.All(ctx, tx, sqlReferences, db.Args{"ids": numbers(ids)}, scanReference(l))
}

func numbers[T ~int64](ids []T) []int64 {
	out := make([]int64, len(ids))
	for i, v := range ids {
		out[i] = int64(v)
	}
	return out
}

// shownRow is a Shown as the statement reads it; the contract's own JSON has
// identifiers as text.
type shownRow struct {
	Variant   int64 `json:"variant"`
	Left      int64 `json:"left"`
	Backorder bool  `json:"backorder"`
	Untracked bool  `json:"untracked"`
}

// showStock writes the stock that pages show, and tells whether a product came
// into stock or went out of it by that.
func showStock(ctx context.Context, tx tx, stock []catalogapi.Shown) (flipped bool, err error) {
	rows := make([]shownRow, len(stock))
	ids := make([]int64, len(stock))
	for i, s := range stock {
		rows[i] = shownRow{int64(s.Variant), min(max(s.Left, 0), catalogapi.Plenty), s.Backorder, s.Untracked}
		ids[i] = int64(s.Variant)
	}
	if _, err := db.Exec(ctx, tx, sqlShowStock, db.Args{"stock": db.JSON(rows)}); err != nil {
		return false, fmt.Errorf("show stock: %w", err)
	}
	n, err := db.Exec(ctx, tx, sqlRefreshInStock, db.Args{"ids": ids})
	if err != nil {
		return false, fmt.Errorf("show stock: %w", err)
	}
	return n > 0, nil
}
