package catalog

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"orion/kit/db"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/textsapi"
)

// texts are what the catalogue brings to the translations centre: what products and
// categories say.
func (m *Module) texts() []slot.Filling {
	var out []slot.Filling
	for i, a := range []textsapi.TextArea{
		{Code: "products", List: m.productTextsAfter, Find: m.productTextsOf, Save: m.saveProductTexts},
		{Code: "categories", List: m.categoryTextsAfter, Find: m.categoryTextsOf, Save: m.saveCategoryTexts},
	} {
		a.Module = catalogapi.Code
		out = append(out, textsapi.Texts.Fill(catalogapi.Code, 20+i, func(context.Context, struct{}) (textsapi.TextArea, error) { return a, nil }))
	}
	return out
}

// The lengths that texts may have.
const (
	maxSummary  = 2_000
	maxChoice   = 100
	maxAlt      = 300
	maxCategory = 200
	maxAbout    = 2_000
)

// productTextsAfter gives products that are sold, or are about to be.
func (m *Module) productTextsAfter(ctx context.Context, in tenant.Store, after string, limit int) ([]textsapi.TextThing, error) {
	var behind catalogapi.ProductID
	if after != "" {
		if err := behind.UnmarshalText([]byte(after)); err != nil {
			return nil, ErrNoProduct
		}
	}
	ps, err := db.Read(ctx, m.db, in, func(tx tx) ([]Product, error) {
		return productsAfter(ctx, tx, limit, db.Gt("p.id", behind), db.Ne("p.status", Archived))
	})
	out := make([]textsapi.TextThing, 0, len(ps))
	for i := range ps[:min(len(ps), limit)] {
		out = append(out, thingOf(&ps[i].ProductInput))
	}
	return out, err
}

func (m *Module) productTextsOf(ctx context.Context, in tenant.Store, key string) (textsapi.TextThing, error) {
	var id catalogapi.ProductID
	if err := id.UnmarshalText([]byte(key)); err != nil {
		return textsapi.TextThing{}, textsapi.ErrTextGone
	}
	p, err := m.Product(ctx, in, id)
	if err != nil || p.Deleted {
		return textsapi.TextThing{}, goneText(err)
	}
	return thingOf(&p.ProductInput), nil
}

// goneText says in the words of the translations centre that something is not there.
func goneText(err error) error {
	if err == nil || errors.Is(err, ErrNoProduct) || errors.Is(err, ErrNoCategory) {
		return textsapi.ErrTextGone
	}
	return err
}

func thingOf(p *ProductInput) textsapi.TextThing {
	return textsapi.TextThing{Key: p.ID.String(), Title: p.Title, Path: "/products/" + p.ID.String(), Texts: productTexts(p)}
}

// productTexts are what a product says.
func productTexts(p *ProductInput) []textsapi.Text {
	out := []textsapi.Text{
		{Name: "title", Label: "catalog.title", Shape: cmsapi.Line, Most: maxTitle, In: &p.Title},
		{Name: "summary", Label: "catalog.summary", Shape: cmsapi.Line, Most: maxSummary, In: &p.Summary},
		{Name: "body", Label: "catalog.body", Shape: cmsapi.Rich, Most: maxBody, In: &p.Body},
		{Name: "seo_title", Label: "catalog.seo_title", Shape: cmsapi.Line, Most: maxTitle, In: &p.SEOTitle},
		{Name: "seo_description", Label: "catalog.seo_description", Shape: cmsapi.Line, Most: maxSummary, In: &p.SEODescription},
	}
	for i := range p.Options {
		o := &p.Options[i]
		out = append(out, textsapi.Text{Name: "option." + o.Code, Label: "catalog.option_name", Of: o.Code, Shape: cmsapi.Line, Most: maxChoice, In: &o.Name})
		for k := range o.Values {
			v := &o.Values[k]
			out = append(out, textsapi.Text{Name: "value." + o.Code + "." + v.Code, Label: "catalog.option_value", Of: o.Code, Shape: cmsapi.Line, Most: maxChoice, In: &v.Name})
		}
	}
	for i := range p.Images {
		if name := p.Images[i].name(); name != "" {
			out = append(out, textsapi.Text{Name: "alt." + name, Label: "catalog.picture_alt", Kind: "catalog.pictures", Of: itoa(i + 1), Shape: cmsapi.Line, Most: maxAlt, In: &p.Images[i].Alt})
		}
	}
	return out
}

func (m *Module) saveProductTexts(ctx context.Context, in tenant.Store, key string, c textsapi.TextChange) error {
	var id catalogapi.ProductID
	if err := id.UnmarshalText([]byte(key)); err != nil {
		return textsapi.ErrTextGone
	}
	err := db.Do(ctx, m.db, in, func(tx tx) error {
		w, err := startWriting(ctx, tx)
		if err != nil {
			return err
		}
		if err := holdProduct(ctx, tx, id); err != nil {
			return err
		}
		have, err := productIn(ctx, tx, id)
		if err != nil {
			return err
		}
		p := apart(have.ProductInput)
		if err := textsapi.ApplyText(productTexts(&p), c); err != nil {
			return err
		}
		p = normal(p)
		if err := change(ctx, tx, w, have, p); err != nil {
			return err
		}
		if err := m.store(ctx, tx, w); err != nil {
			return err
		}
		return m.auditEdit(ctx, tx, c.By, edited{w.facts, have, product(p)})
	})
	if errors.Is(err, ErrNoProduct) {
		return textsapi.ErrTextGone
	}
	return err
}

// apart is a product whose options and pictures are not those of another.
func apart(p ProductInput) ProductInput {
	p.Images, p.Options = slices.Clone(p.Images), slices.Clone(p.Options)
	for i := range p.Options {
		p.Options[i].Values = slices.Clone(p.Options[i].Values)
	}
	return p
}

func (m *Module) categoryTextsAfter(ctx context.Context, in tenant.Store, after string, limit int) ([]textsapi.TextThing, error) {
	var behind CategoryID
	if after != "" {
		var err error
		if behind, err = parseCategory(after); err != nil {
			return nil, ErrNoCategory
		}
	}
	tree, err := m.Tree(ctx, in)
	if err != nil {
		return nil, err
	}
	all := slices.SortedFunc(slices.Values(tree.All()), func(a, b Category) int { return cmp.Compare(a.ID, b.ID) })
	var out []textsapi.TextThing
	for _, c := range all {
		if c.ID > behind && len(out) < limit {
			out = append(out, thingOfCategory(&c))
		}
	}
	return out, nil
}

func thingOfCategory(c *Category) textsapi.TextThing {
	return textsapi.TextThing{Key: c.ID.String(), Title: c.Name, Path: "/categories", Texts: []textsapi.Text{
		{Name: "name", Label: "catalog.category_name", Shape: cmsapi.Line, Most: maxCategory, In: &c.Name},
		{Name: "about", Label: "catalog.summary", Shape: cmsapi.Line, Most: maxAbout, In: &c.About},
	}}
}

func (m *Module) categoryTextsOf(ctx context.Context, in tenant.Store, key string) (textsapi.TextThing, error) {
	id, err := parseCategory(key)
	if err != nil {
		return textsapi.TextThing{}, textsapi.ErrTextGone
	}
	tree, err := m.Tree(ctx, in)
	if err != nil {
		return textsapi.TextThing{}, err
	}
	c, ok := tree.Find(id)
	if !ok {
		return textsapi.TextThing{}, textsapi.ErrTextGone
	}
	return thingOfCategory(&c), nil
}

func (m *Module) saveCategoryTexts(ctx context.Context, in tenant.Store, key string, c textsapi.TextChange) error {
	id, err := parseCategory(key)
	if err != nil {
		return textsapi.ErrTextGone
	}
	return db.Do(ctx, m.db, in, func(tx tx) error {
		if err := holdCategories(ctx, tx); err != nil {
			return err
		}
		rows, err := loadCategories(ctx, tx)
		if err != nil {
			return err
		}
		tree := newTree(rows)
		cat, ok := tree.Find(id)
		if !ok {
			return textsapi.ErrTextGone
		}
		if err := textsapi.ApplyText(thingOfCategory(&cat).Texts, c); err != nil {
			return err
		}
		_, err = m.saveCategory(ctx, tx, tree, cat)
		return err
	})
}
