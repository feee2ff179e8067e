package catalog

import (
	"net/url"
	"slices"
	"strings"

	"orion/kit/page"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/catalog/catalogui"
)

// listColumns are the columns that the staff's list may show, and those that it
// shows unless somebody chooses.
var (
	listColumns  = []string{"status", "stock", "category", "brand", "variants", "changed", "price"}
	usualColumns = []string{"status", "stock", "changed", "price"}
)

// wantedOf reads what is looked for from the address.
func wantedOf(c staffCtx) Wanted {
	w := Wanted{
		Text: c.Query("q"), Brand: c.Query("brand"), Tag: c.Query("tag"), Sort: c.Query("sort"), Page: page.Request{After: c.Query("after"), Limit: listLimit},
	}
	w.Text = w.Text[:min(len(w.Text), 200)]
	if s := Status(c.Query("status")); slices.Contains(Statuses, s) {
		w.Status = s
	}
	if s := c.Query("stock"); s == "in" || s == "out" {
		w.Stock = s
	}
	w.Category, _ = parseCategory(c.Query("category"))
	return w
}

func (m *Module) showProducts(c staffCtx) error {
	w := wantedOf(c)
	rows, err := m.Products(c.Context(), c.As.In, c.Words.Lang(), w)
	if err != nil {
		return err
	}
	tree, err := m.Tree(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	labels, err := m.labels(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	l := productList{c: c, a: address{path: "/products", values: c.R.URL.Query()}, w: w, tree: tree, labels: labels}
	view := l.view()
	view.Views = ui.ViewsOf("products", l.tabs(), nil, nil)
	if m.need.Views != nil {
		saved, err := m.need.Views.Views(c.Context(), c.As.In, c.As.User.ID, "products")
		if err != nil {
			return err
		}
		view.Views = ui.ViewsOf("products", l.tabs(), saved, l.a.values)
	}
	for _, r := range rows.Items {
		view.Rows = append(view.Rows, l.row(r))
	}
	if w.Page.After != "" {
		view.First = l.a.with("after", "")
	}
	if rows.Next != "" {
		view.Next = l.a.with("after", rows.Next)
	}
	return c.Page(web.Head{Title: c.Words.T("catalog.products"), Active: "/products"}, view)
}

// productList draws the staff's list.
type productList struct {
	c      staffCtx
	a      address
	w      Wanted
	tree   *Tree
	labels labels
}

func (l productList) view() catalogui.Products {
	c, t := l.c, l.c.Words
	v := catalogui.Products{
		Query: l.w.Text, Keep: keep(l.a.values, "q"), Columns: l.a.values["column"], KeepAll: keep(l.a.values, "column"), Chips: l.chips(),
		MayEdit: c.As.Grants.Has(MayEdit), MayImport: c.As.Grants.Has(MayImport), Back: l.a.join(l.a.clone()),
		SheetHref:  strings.Replace(l.a.join(l.a.clone()), "/products", "/products/sheet", 1),
		Sort:       ui.Sort{By: l.w.Sort, Href: func(by string) string { return l.a.with("sort", by) }},
		Shown:      usualColumns,
		Categories: []ui.Option{{Label: t.T("catalog.category_none")}},
	}
	file := l.a.clone()
	file.Set("format", string(Orion))
	v.CSV = "/products.csv?" + file.Encode()
	if l.w.Text != "" || l.w.Status != "" || len(v.Chips) > 0 && l.filtered() {
		v.Filtered = true
	}
	if l.filtered() {
		v.Clear = l.cleared()
	}
	for _, name := range listColumns {
		v.Optional = append(v.Optional, ui.Option{Value: name, Label: t.T("catalog." + columnWord(name))})
	}
	if chosen := l.a.values["column"]; len(chosen) > 0 {
		v.Shown = nil
		for _, name := range listColumns {
			if slices.Contains(chosen, name) {
				v.Shown = append(v.Shown, name)
			}
		}
	}
	for _, cat := range l.tree.All() {
		v.Categories = append(v.Categories, ui.Option{Value: cat.ID.String(), Label: strings.Repeat("— ", len(l.tree.Path(cat.ID))-1) + cat.Name.In(t.Lang())})
	}
	return v
}

// tabs are the states of products.
func (l productList) tabs() []ui.Tab {
	t := l.c.Words
	out := []ui.Tab{{Label: t.T("catalog.status_all"), Href: l.a.with("status", ""), Active: l.w.Status == ""}}
	for _, s := range Statuses {
		out = append(out, ui.Tab{Label: t.T("catalog.status_" + string(s)), Href: l.a.with("status", string(s)), Active: l.w.Status == s})
	}
	return out
}

func columnWord(name string) string {
	if name == "variants" {
		return "variants_count"
	}
	return name
}

// keep are the parameters of the address but for one, and the page.
func keep(values url.Values, without string) map[string]string {
	out := map[string]string{}
	for k, v := range values {
		if k != without && k != "after" && k != "column" && len(v) > 0 {
			out[k] = v[0]
		}
	}
	return out
}

func (l productList) filtered() bool {
	return l.w.Category != 0 || l.w.Brand != "" || l.w.Tag != "" || l.w.Stock != ""
}

// cleared is the list without its chips.
func (l productList) cleared() string {
	v := l.a.clone()
	for _, k := range []string{"category", "brand", "tag", "stock"} {
		v.Del(k)
	}
	return l.a.join(v)
}

func (l productList) chips() []ui.Chip {
	t := l.c.Words
	chip := func(key, label, value string, options []ui.Option) ui.Chip {
		c := ui.Chip{Label: label, Value: value, Options: options, Href: func(v string) string { return l.a.with(key, v) }}
		if value != "" {
			c.Remove = l.a.with(key, "")
		}
		return c
	}
	var categories []ui.Option
	category := ""
	for _, c := range l.tree.All() {
		name := c.Name.In(t.Lang())
		if c.ID == l.w.Category {
			category = name
		}
		categories = append(categories, ui.Option{Value: c.ID.String(), Label: name})
	}
	stock := map[string]string{"in": t.T("catalog.stock_in"), "out": t.T("catalog.stock_none")}
	all := []ui.Chip{
		chip("category", t.T("catalog.category"), category, categories),
		chip("stock", t.T("catalog.stock"), stock[l.w.Stock], []ui.Option{{Value: "in", Label: stock["in"]}, {Value: "out", Label: stock["out"]}}),
		chip("brand", t.T("catalog.brand"), l.w.Brand, options(l.labels.brands)),
		chip("tag", t.T("catalog.facet_tag"), l.w.Tag, options(l.labels.tags)),
	}
	return slices.DeleteFunc(all, func(c ui.Chip) bool { return len(c.Options) == 0 && c.Value == "" })
}

func options(words []string) []ui.Option {
	out := make([]ui.Option, len(words))
	for i, w := range words {
		out[i] = ui.Option{Value: w, Label: w}
	}
	return out
}

func (l productList) row(r Row) catalogui.Row {
	c := l.c
	row := catalogui.Row{
		ID: r.ID.String(), Href: "/products/" + r.ID.String(), Title: r.Title, Detail: r.Brand, Image: thumb(c, r.Cover), Status: statusBadge(c.Words, r.Status),
		Price:   ui.Price{Amount: r.Price, CompareAt: r.CompareAt, From: r.PriceMax.Minor > r.Price.Minor},
		Changed: c.Words.Date(r.UpdatedAt), Brand: r.Brand, Variants: c.Words.Number(r.Variants),
		Stock: ui.Badge{Label: c.Words.T("catalog.stock_none"), Tone: ui.Bad},
	}
	if cat, ok := l.tree.Find(r.Category); ok {
		row.Category = cat.Name.In(c.Words.Lang())
	}
	if r.InStock {
		row.Stock = ui.Badge{Label: c.Words.T("catalog.stock_in"), Tone: ui.OK}
	}
	return row
}
