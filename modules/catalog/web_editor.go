package catalog

import (
	"errors"
	"net/url"
	"strconv"
	"strings"

	"orion/kit/fault"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/catalog/catalogui"
)

func (m *Module) showNew(c staffCtx) error {
	p, err := m.startOf(c)
	if err != nil {
		return err
	}
	return m.editorPage(c, p, sent{})
}

// startOf is what a new product begins with: nothing, or what another has.
func (m *Module) startOf(c staffCtx) (Product, error) {
	if id := c.Query("copy"); id != "" {
		p, err := m.productOf(c.Context(), c.As, id)
		return copied(p), err
	}
	return Product{ProductInput: ProductInput{Status: Draft, MinQty: 1}, Currency: c.As.Shop.Currency}, nil
}

func (m *Module) showEditor(c staffCtx) error {
	p, err := m.productOf(c.Context(), c.As, c.Param("id"))
	if err != nil {
		return err
	}
	return m.editorPage(c, p, sent{})
}

func (m *Module) postNew(c staffCtx) error {
	p, err := m.startOf(c)
	if err != nil {
		return err
	}
	return m.postProduct(c, p)
}

func (m *Module) postEditor(c staffCtx) error {
	have, err := m.productOf(c.Context(), c.As, c.Param("id"))
	if err != nil {
		return err
	}
	return m.postProduct(c, have)
}

func (m *Module) postProduct(c staffCtx, have Product) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	read := fields{f, c.As.Shop, c.Words.Lang()}
	input, rows := read.product(have)
	file, _, err := f.File("picture")
	if err != nil {
		return err
	}
	if file != nil {
		defer func() { _ = file.Close() }()
		img, err := m.ReceivePicture(c.Context(), c.As.In, file)
		switch {
		case err == nil:
			input.Images = append(input.Images, img)
		case !f.Take(err):
			return err
		}
	}
	back := sent{Form: f, seen: Version(f.Raw("version"))}
	if f.OK() {
		id, err := m.Edit(c.Context(), c.As.In, c.Actor(), Revision{Product: input, Seen: back.seen})
		if err == nil {
			c.Flash("ok", "catalog.product_saved")
			return c.Redirect("/products/" + id.String())
		}
		switch {
		case errors.Is(err, ErrChanged):
			if back.now, err = m.productOf(c.Context(), c.As, c.Param("id")); err != nil {
				return err
			}
			back.conflict, back.seen = true, back.now.Version()
		case !f.Take(fieldsOfRows(err, rows)):
			return err
		}
	}
	have.ProductInput = normal(input)
	return m.editorPage(c, have, back)
}

// maxShown is how many differences a page lists.
const maxShown = 30

// conflictOf tells how what was typed differs from what somebody stored meanwhile.
func (s sent) conflictOf(c staffCtx, typed Product, tree *Tree) (out []ui.Change, more int) {
	if !s.conflict {
		return nil, 0
	}
	all := differences(s.now.ProductInput, typed.ProductInput, c.Words.Lang())
	word := func(d Difference) string {
		if d.Of == "" {
			return c.Words.T(d.Key)
		}
		return c.Words.T(d.Key) + " · " + d.Of
	}
	value := func(key, code string) string {
		switch key {
		case "catalog.status":
			return c.Words.T("catalog.status_" + code)
		case "catalog.tax_class":
			return c.Words.T("catalog.tax_" + code)
		case "catalog.category":
			id, err := parseCategory(code)
			if cat, ok := tree.Find(id); err == nil && ok {
				return cat.Name.In(c.Words.Lang())
			}
			return ""
		}
		return code
	}
	for _, d := range all[:min(len(all), maxShown)] {
		out = append(out, ui.Change{Label: word(d), Before: value(d.Key, d.Before), After: value(d.Key, d.After)})
	}
	return out, len(all) - len(out)
}

// fieldsOfRows turns the index of a variant into that of the form's row, since
// rows that are not sold are left out of the input.
func fieldsOfRows(err error, rows []int) error {
	f := fault.As(err)
	out := fault.New(f.Kind, f.Code).Because(err)
	for _, x := range f.Fields {
		if rest, ok := strings.CutPrefix(x.Name, "variants."); ok {
			number, field, _ := strings.Cut(rest, ".")
			if i, err := strconv.Atoi(number); err == nil && i < len(rows) {
				x.Name = "variants." + itoa(rows[i]) + "." + field
			}
		}
		out.Fields = append(out.Fields, x)
	}
	if len(out.Fields) == 0 {
		return err
	}
	return out
}

func (m *Module) editorPage(c staffCtx, p Product, s sent) error {
	tree, err := m.Tree(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	l := c.As.Shop.Lang
	v := catalogui.Editor{
		May: c.As.Grants.Has(MayEdit),
		New: p.ID == 0, Title: p.Title.In(l), Action: "/products", State: s.state(), Currency: p.Currency, Slug: p.Slug, Brand: p.Brand,
		Tags: strings.Join(p.Tags, ", "), Category: p.Category.String(), TaxClass: string(p.TaxClass), Status: string(p.Status),
		Address: c.R.Host + c.ShopURL("/products/"), Filters: optionFilters(p, c.Words.Lang()),
		Featured: p.Featured, Digital: p.Digital, MinQty: itoa(int(max(p.MinQty, 1))), MaxQty: itoa(int(p.MaxQty)), Step: itoa(int(max(p.Step, 1))),
		Categories: []ui.Option{{Label: c.Words.T("catalog.category_none")}},
	}
	v.Conflicted = s.conflict
	v.Conflict, v.ConflictMore = s.conflictOf(c, p, tree)
	if p.ID == 0 {
		v.Title = c.Words.T("catalog.new_product")
		if id := c.Query("copy"); id != "" {
			v.Action += "?copy=" + url.QueryEscape(id)
			v.Sub = c.Words.T("catalog.copy_sub")
		}
	} else {
		if v.Version = string(s.seen); s.Form == nil {
			v.Version = string(p.Version())
		}
		v.Action, v.Badge = "/products/"+p.ID.String(), statusBadge(c.Words, p.Status)
		if v.Copy = "/products/new?copy=" + p.ID.String(); !c.As.Grants.Has(MayEdit) {
			v.Copy = ""
		}
		if v.Story, err = m.storyOf(c, p); err != nil {
			return err
		}
	}
	if p.Status == Active && p.ID != 0 {
		v.Shop = "~" + c.ShopURL("/products/"+p.Slug)
	}
	for _, cat := range tree.All() {
		v.Categories = append(v.Categories, ui.Option{Value: cat.ID.String(), Label: strings.Repeat("— ", len(tree.Path(cat.ID))-1) + cat.Name.In(c.Words.Lang())})
	}
	for _, t := range taxClasses {
		v.TaxClasses = append(v.TaxClasses, ui.Option{Value: string(t), Label: c.Words.T("catalog.tax_" + string(t))})
	}
	v.ImageValues = []ui.Option{{Label: c.Words.T("catalog.picture_value_all")}}
	for _, o := range p.Options {
		for _, value := range o.Values {
			v.ImageValues = append(v.ImageValues, ui.Option{Value: value.Code, Label: o.Name.In(c.Words.Lang()) + c.Words.Lang().Colon() + value.Name.In(c.Words.Lang())})
		}
	}
	for _, st := range Statuses {
		v.Statuses = append(v.Statuses, ui.Option{Value: string(st), Label: c.Words.T("catalog.status_" + string(st))})
	}
	for _, l := range langsOf(c.As.Shop) {
		v.Langs = append(v.Langs, catalogui.Texts{
			Lang: l, Title: p.Title[l], Summary: p.Summary[l], Body: p.Body[l], SEOTitle: p.SEOTitle[l], SEODescription: p.SEODescription[l],
		})
	}
	v.Units = []ui.Option{{Label: c.Words.T("catalog.unit_none")}}
	for _, u := range Units {
		v.Units = append(v.Units, ui.Option{Value: string(u), Label: c.Words.T("catalog.unit_" + string(u))})
	}
	v.Options, v.Variants, v.Images = optionFields(p), variantFields(p, c.Words.Lang()), imageFields(c, p)
	return c.PageStatus(s.status(), web.Head{Title: v.Title, Active: "/products"}, v)
}
