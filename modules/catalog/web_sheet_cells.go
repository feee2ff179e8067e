package catalog

import (
	"slices"
	"strconv"
	"strings"

	"orion/kit/figure"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/ui"
	"orion/kit/web/form"
)

// sheetView is the sheet of products in front of somebody. Cells are named by
// the public identifiers of products and variants, so that a name means the
// same whatever happens meanwhile.
type sheetView struct {
	c          staffCtx
	of         SheetOf
	langs      []i18n.Lang
	figures    []figure.Column
	categories map[CategoryID]string
	byWord     map[string]CategoryID
	rowOf      map[string]string // of a single variant that of its product
	typed      *form.Form        // nil until something is posted
	wrong      map[string]string
}

func (m *Module) sheetView(c staffCtx, of SheetOf, keepers []FigureKeeper) *sheetView {
	v := &sheetView{c: c, of: of, langs: langsOf(c.As.Shop), rowOf: map[string]string{}, wrong: map[string]string{}}
	for _, k := range keepers {
		v.figures = append(v.figures, k.Columns()...)
	}
	v.categories, v.byWord = categoryWords(of.Tree, c.Words.Lang())
	for _, p := range of.Products {
		if p.single() {
			v.rowOf[p.Variants[0].ID.String()] = p.ID.String()
		}
	}
	return v
}

// Amounts of a variant by the names of their columns.
var sheetAmounts = []string{"price", "compare_at", "cost"}

func amountOf(v *Variant, name string) *money.Amount {
	switch name {
	case "price":
		return &v.Price
	case "compare_at":
		return &v.CompareAt
	}
	return &v.Cost
}

func (v *sheetView) columns() []ui.SheetColumn {
	w := v.c.Words
	title := func(l i18n.Lang) ui.SheetColumn {
		return ui.SheetColumn{Name: "title_" + string(l), Label: w.T("catalog.title") + " · " + strings.ToUpper(string(l))}
	}
	out := []ui.SheetColumn{title(v.langs[0])}
	var statuses, categories []ui.Option
	for _, s := range Statuses {
		statuses = append(statuses, ui.Option{Value: string(s), Label: w.T("catalog.status_" + string(s))})
	}
	for _, c := range v.of.Tree.All() {
		categories = append(categories, ui.Option{Label: v.categories[c.ID]})
	}
	out = append(out, ui.SheetColumn{Name: "status", Label: w.T("catalog.status"), Kind: ui.SheetSelect, Options: statuses})
	for _, name := range sheetAmounts {
		out = append(out, ui.SheetColumn{Name: name, Label: w.T("catalog." + name), Kind: ui.SheetMoney})
	}
	for _, f := range v.figures {
		out = append(out, ui.SheetColumn{Name: f.Code, Label: f.Label, Kind: ui.SheetNumber})
	}
	out = append(out, ui.SheetColumn{Name: "brand", Label: w.T("catalog.brand"), Options: v.brands()},
		ui.SheetColumn{Name: "category", Label: w.T("catalog.category"), Options: categories}, ui.SheetColumn{Name: "tags", Label: w.T("catalog.tags")})
	for _, l := range v.langs[1:] {
		out = append(out, title(l))
	}
	return out
}

// brands are those of the products in the sheet, for suggestions.
func (v *sheetView) brands() []ui.Option {
	var names []string
	for _, p := range v.of.Products {
		if p.Brand != "" {
			names = append(names, p.Brand)
		}
	}
	slices.Sort(names)
	var out []ui.Option
	for _, n := range slices.Compact(names) {
		out = append(out, ui.Option{Label: n})
	}
	return out
}

func (v *sheetView) sheet() ui.Sheet {
	w, l := v.c.Words, v.c.Words.Lang()
	s := ui.Sheet{Label: w.T("catalog.products"), Head: w.T("catalog.product"), Columns: v.columns(), Sparse: true, Remember: "products"}
	for _, p := range v.of.Products {
		id := p.ID.String()
		title := p.Title.In(l)
		row := ui.SheetRow{Prefix: id + ".", Label: title, Hidden: [][2]string{{"v", string(p.Version())}}, Error: v.wrong[id]}
		row.Cells = v.cells(s.Columns, p, rowVariant(p))
		s.Rows = append(s.Rows, row)
		if p.single() {
			continue
		}
		for i := range p.Variants {
			of := ui.SheetRow{Prefix: p.Variants[i].ID.String() + ".", Label: p.Choice(p.Variants[i], l), Sub: true}
			of.Cells = v.cells(s.Columns, Product{}, &p.Variants[i])
			for k := range of.Cells {
				of.Cells[k].None = of.Cells[k].None || isProductColumn(s.Columns[k].Name)
			}
			s.Rows = append(s.Rows, of)
		}
	}
	stale := false // the rows of variants follow that of their product
	for i := range s.Rows {
		stale = s.Rows[i].Error != "" || stale && s.Rows[i].Sub
		v.retype(&s.Rows[i], s.Columns, stale)
	}
	return s
}

// rowVariant is the variant whose fields stand in the product's row.
func rowVariant(p Product) *Variant {
	if p.single() {
		return &p.Variants[0]
	}
	return nil
}

func isProductColumn(name string) bool {
	return strings.HasPrefix(name, "title_") || slices.Contains([]string{"status", "brand", "category", "tags"}, name)
}

// cells are what is stored; variant is nil in the row of a product with several.
func (v *sheetView) cells(columns []ui.SheetColumn, p Product, variant *Variant) []ui.SheetCell {
	out := make([]ui.SheetCell, len(columns))
	for i, c := range columns {
		switch {
		case isProductColumn(c.Name):
			out[i].Value = v.productValue(p, c.Name)
		case variant == nil:
			out[i].None = true
		case slices.Contains(sheetAmounts, c.Name):
			out[i].Value = typed(*amountOf(variant, c.Name), v.c.Words.Lang())
		default:
			n, ok := v.of.Figures[variant.ID][c.Name]
			out[i] = ui.SheetCell{Value: strconv.FormatInt(n, 10), None: !ok, Base: ok}
		}
	}
	return out
}

func (v *sheetView) productValue(p Product, column string) string {
	switch column {
	case "status":
		return string(p.Status)
	case "brand":
		return p.Brand
	case "category":
		return v.categories[p.Category]
	case "tags":
		return strings.Join(p.Tags, ", ")
	}
	return p.Title[i18n.Lang(strings.TrimPrefix(column, "title_"))]
}

// retype puts what was typed over what is stored, and what is wrong beside it.
// Where somebody was faster, it says what is stored now.
func (v *sheetView) retype(r *ui.SheetRow, columns []ui.SheetColumn, stale bool) {
	for i, c := range columns {
		cell, name := &r.Cells[i], r.Prefix+c.Name
		cell.Error = v.wrong[name]
		if v.typed != nil && v.typed.Has(name) && v.typed.Raw(name) != cell.Value && !cell.None {
			stored := cell.Value
			cell.Was, cell.Value = &stored, v.typed.Raw(name)
			if stale {
				cell.Note = v.storedNow(c, stored)
			}
		}
	}
}

func (v *sheetView) storedNow(c ui.SheetColumn, stored string) string {
	for _, o := range c.Options {
		if o.Value == stored && o.Value != "" {
			stored = o.Label
		}
	}
	if stored == "" {
		return v.c.Words.T("catalog.stored_nothing")
	}
	return v.c.Words.T("catalog.stored_now", "value", stored)
}
