package catalogui

import (
	"context"

	"orion/kit/i18n"
	"orion/kit/ui"
)

func (v Editor) langs() []i18n.Lang {
	out := make([]i18n.Lang, len(v.Langs))
	for i, t := range v.Langs {
		out[i] = t.Lang
	}
	return out
}

// text is the field of a text in a language; the title in the store's own
// language has to be there.
func (v Editor) text(ctx context.Context, name string, of func(Texts) string) func(i18n.Lang) ui.Field {
	return func(l i18n.Lang) ui.Field {
		value := ""
		for _, t := range v.Langs {
			if t.Lang == l {
				value = of(t)
			}
		}
		f := v.State.Field(ctx, name+"_"+string(l), "catalog."+name, value)
		f.Required = name == "title" && l == v.Langs[0].Lang
		return f
	}
}

// slug says what happens to the address that is known already.
func (v Editor) slug(ctx context.Context) ui.Field {
	f := v.State.Field(ctx, "slug", "catalog.slug", v.Slug)
	f.Prefix = v.Address
	if !v.New {
		f.Help = ui.Words(ctx).T("catalog.slug_redirect")
	}
	return f
}

func (v Editor) cover() string {
	for _, img := range v.Images {
		if img.Image != "" {
			return img.Image
		}
	}
	return ""
}

func (v Editor) optionName(ctx context.Context, o OptionFields, l i18n.Lang) ui.Field {
	return v.State.Field(ctx, name("options", o.N, "name")+"_"+string(l), "catalog.option_name", o.Names[l])
}

func (v Editor) optionValues(ctx context.Context, o OptionFields, l i18n.Lang) ui.Field {
	return v.State.Field(ctx, name("options", o.N, "values")+"_"+string(l), "catalog.option_values", o.Values[l])
}

// matrix is all variants as a sheet.
func (v Editor) matrix(ctx context.Context) ui.Sheet {
	w := ui.Words(ctx)
	s := ui.Sheet{Label: w.T("catalog.variants"), Head: w.T("catalog.variant"), Remember: "variants", Filters: v.Filters, Columns: []ui.SheetColumn{
		{Name: "on", Label: w.T("catalog.variant_on"), Kind: ui.SheetTick},
		{Name: "price", Label: w.T("catalog.price"), Kind: ui.SheetMoney},
		{Name: "compare_at", Label: w.T("catalog.compare_at"), Kind: ui.SheetMoney},
		{Name: "cost", Label: w.T("catalog.cost"), Kind: ui.SheetMoney},
		{Name: "sku", Label: w.T("catalog.sku")},
		{Name: "gtin", Label: w.T("catalog.gtin")},
		{Name: "grams", Label: w.T("catalog.grams"), Kind: ui.SheetNumber},
		{Name: "content", Label: w.T("catalog.content"), Kind: ui.SheetNumber},
		{Name: "unit", Label: w.T("catalog.unit"), Kind: ui.SheetSelect, Options: v.Units},
		{Name: "stock", Label: w.T("catalog.opening_stock"), Kind: ui.SheetNumber},
	}}
	fresh := false
	for _, r := range v.Variants {
		fresh = fresh || r.New
	}
	if !fresh {
		s.Columns = s.Columns[:len(s.Columns)-1]
	}
	wrong := map[string]string{}
	if v.State.Fault != nil {
		for _, e := range v.State.Fault.Fields {
			wrong[e.Name] = w.FaultField(e)
		}
	}
	for _, r := range v.Variants {
		s.Rows = append(s.Rows, v.matrixRow(r, s.Columns, wrong))
	}
	return s
}

func (v Editor) matrixRow(r VariantFields, columns []ui.SheetColumn, wrong map[string]string) ui.SheetRow {
	row := ui.SheetRow{Prefix: name("variants", r.N, ""), Label: r.Label, Of: r.Of, Hidden: [][2]string{{"choice", r.Choice}}}
	values := [...]string{"", r.Price, r.Compare, r.Cost, r.SKU, r.GTIN, r.Grams, r.Content, r.Unit, ""}
	for i, c := range columns {
		field := row.Prefix + c.Name
		cell := ui.SheetCell{Value: values[i], On: r.On, Error: wrong[field], None: c.Name == "stock" && !r.New}
		if v.State.Values != nil {
			cell.On = v.State.Values.Get(field) != ""
			if v.State.Values.Has(field) {
				cell.Value = v.State.Values.Get(field)
			}
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// imageList is the pictures in their order.
func (v Editor) imageList(ctx context.Context) ui.DragList {
	list := ui.DragList{Label: ui.Words(ctx).T("catalog.pictures")}
	for _, img := range v.Images {
		label := img.Alt[v.Langs[0].Lang]
		if label == "" {
			label = ui.Words(ctx).T("catalog.picture_n", "n", img.N+1)
		}
		list.Items = append(list.Items, ui.DragItem{Label: label, Name: name("images", img.N, "place"), Body: v.image(img)})
	}
	return list
}

func (v Editor) imageAlt(ctx context.Context, img ImageFields, l i18n.Lang) ui.Field {
	return v.State.Field(ctx, name("images", img.N, "alt")+"_"+string(l), "catalog.picture_alt", img.Alt[l])
}
