package catalog

import (
	"context"
	"slices"
	"strings"
	"time"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/tenant"
)

// Wanted is what the staff look for, and in which order.
type Wanted struct {
	Text     string // part of a title, brand, SKU or barcode
	Status   Status // "" is all
	Category CategoryID
	Brand    string
	Tag      string
	Stock    string // "in" or "out", "" is all
	Sort     string // one of WantedSorts, with "-" before it falling; "" is newest first
	Page     page.Request
}

// wantedSorts are the columns that the staff's list can be sorted by.
var wantedSorts = []string{"price", "brand", "updated_at"}

// sorting is the order of a list: a column, and identifiers among equals.
func (w Wanted) sorting() (column string, falling bool) {
	column, falling = strings.TrimPrefix(w.Sort, "-"), strings.HasPrefix(w.Sort, "-")
	if !slices.Contains(wantedSorts, column) {
		return "", true
	}
	return column, falling
}

// conditions are those of what is looked for, without the page, on the columns
// behind a prefix such as "p."; t is needed where a category is.
func (w Wanted) conditions(t *Tree, prefix string) []db.Cond {
	out := []db.Cond{db.Eq(prefix+"deleted", false)}
	for _, word := range tokens(w.Text) {
		out = append(out, db.Has(prefix+"found_by", word))
	}
	if w.Status != "" {
		out = append(out, db.Eq(prefix+"status", w.Status))
	}
	if w.Category != 0 {
		out = append(out, db.In(prefix+"category_id", t.Below(w.Category)...))
	}
	if w.Brand != "" {
		out = append(out, db.Eq(prefix+"brand", w.Brand))
	}
	if w.Tag != "" {
		mark := "\t" + string(rune(markTag)) + w.Tag
		out = append(out, db.Any(db.Holds(prefix+"facets", mark+"\t"), db.Holds(prefix+"facets", mark+"\n")))
	}
	if w.Stock != "" {
		out = append(out, db.Eq(prefix+"in_stock", w.Stock == "in"))
	}
	return out
}

// filter is the list's condition and order.
func (w Wanted) filter(t *Tree) (db.Filter, error) {
	column, falling := w.sorting()
	columns := []string{"id"}
	if column != "" {
		columns = []string{column, "id"}
	}
	f := db.Filter{Where: w.conditions(t, ""), Limit: w.Page.Fetch()}
	for _, c := range columns {
		if falling {
			c += " DESC"
		}
		f.Order = append(f.Order, c)
	}
	if w.Page.After == "" {
		return f, nil
	}
	values, err := w.cursor(column)
	if err == nil {
		f.Where = append(f.Where, db.After(falling, columns, values))
	}
	return f, err
}

// cursor reads where the page before ended.
func (w Wanted) cursor(column string) ([]any, error) {
	var id, number int64
	var text string
	switch column {
	case "":
		err := page.Decode(w.Page.After, &id)
		return []any{id}, err
	case "brand":
		err := page.Decode(w.Page.After, &text, &id)
		return []any{text, id}, err
	}
	err := page.Decode(w.Page.After, &number, &id)
	return []any{number, id}, err
}

// key is where a row stands in the order.
func (w Wanted) key(r Row) []any {
	switch column, _ := w.sorting(); column {
	case "price":
		return []any{r.Price.Minor, int64(r.ID)}
	case "brand":
		return []any{r.Brand, int64(r.ID)}
	case "updated_at":
		return []any{r.UpdatedAt.UnixMicro(), int64(r.ID)}
	}
	return []any{int64(r.ID)}
}

// Row is a product in the staff's list.
type Row struct {
	Card
	Status    Status
	Category  CategoryID
	UpdatedAt time.Time
}

// Products is the staff's list. It takes one statement, and two more where a
// category is asked for that is not in memory.
func (m *Module) Products(ctx context.Context, in tenant.Store, l i18n.Lang, w Wanted) (page.Page[Row], error) {
	return db.Read(ctx, m.db, in, func(tx tx) (page.Page[Row], error) { return m.productRows(ctx, tx, l, w) })
}

func (m *Module) productRows(ctx context.Context, tx tx, l i18n.Lang, w Wanted) (page.Page[Row], error) {
	var t *Tree
	if w.Category != 0 {
		f, err := m.facts(ctx, tx)
		if err != nil {
			return page.Page[Row]{}, err
		}
		t = f.tree
	}
	f, err := w.filter(t)
	if err != nil {
		return page.Page[Row]{}, err
	}
	rows, err := staffProducts(ctx, tx, l, f)
	return page.Of(rows, w.Page.Limit, w.key), err
}
