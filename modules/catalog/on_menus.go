package catalog

import (
	"context"
	"slices"
	"strings"

	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/menusapi"
)

// menus are what the menus of a store lead to in the catalogue.
func (m *Module) menus() []slot.Filling {
	var out []slot.Filling
	for i, t := range []menusapi.Target{
		{Code: "category", Icon: "folder", Choices: m.categoriesToLead, Find: m.categoriesLed, Begin: m.firstCategories},
		{Code: "product", Icon: "tag", Choices: m.productsToLead, Many: true, Find: m.productsLed},
	} {
		t.Module = catalogapi.Code
		out = append(out, menusapi.Targets.Fill(catalogapi.Code, 20+i, func(context.Context, struct{}) (menusapi.Target, error) { return t, nil }))
	}
	return out
}

// maxFirst is how many categories stand in a header that nobody arranged.
const maxFirst = 7

// firstCategories are the categories of the first level.
func (m *Module) firstCategories(ctx context.Context, in tenant.Store) ([]string, error) {
	tree, err := m.Tree(ctx, in)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, c := range tree.Children(0) {
		if len(out) < maxFirst {
			out = append(out, c.ID.String())
		}
	}
	return out, nil
}

// categoriesToLead are all categories, each with those above it.
func (m *Module) categoriesToLead(ctx context.Context, in tenant.Store, a menusapi.Asked) ([]cmsapi.Option, error) {
	tree, err := m.Tree(ctx, in)
	if err != nil {
		return nil, err
	}
	var out []cmsapi.Option
	for _, c := range tree.All() {
		var names []string
		for _, above := range tree.Path(c.ID) {
			names = append(names, above.Name.In(a.Lang))
		}
		out = append(out, cmsapi.Option{Value: c.ID.String(), Label: strings.Join(names, " › ")})
	}
	return out, nil
}

func (m *Module) categoriesLed(ctx context.Context, in tenant.Store, keys []string) (map[string]menusapi.Place, error) {
	tree, err := m.Tree(ctx, in)
	if err != nil {
		return nil, err
	}
	out := map[string]menusapi.Place{}
	for _, key := range keys {
		var id CategoryID
		if id.UnmarshalText([]byte(key)) != nil {
			continue
		}
		if c, ok := tree.Find(id); ok {
			out[key] = menusapi.Place{Path: "/categories/" + c.Slug, Title: c.Name}
		}
	}
	return out, nil
}

// productsShown is how many products staff choose from at once.
const productsShown = 20

// productsToLead are products that somebody looks for, the newest first.
func (m *Module) productsToLead(ctx context.Context, in tenant.Store, a menusapi.Asked) ([]cmsapi.Option, error) {
	found, err := m.Products(ctx, in, a.Lang, Wanted{Text: a.Text, Page: page.Request{Limit: productsShown}})
	out := make([]cmsapi.Option, len(found.Items))
	for i, p := range found.Items {
		out[i] = cmsapi.Option{Value: p.ID.String(), Label: p.Title}
	}
	return out, err
}

// productsLed are where some products are: one statement, and mostly none.
func (m *Module) productsLed(ctx context.Context, in tenant.Store, keys []string) (map[string]menusapi.Place, error) {
	known := m.shelf.key(in.ID(), "menu/"+strings.Join(slices.Sorted(slices.Values(keys)), "/"))
	if have, ok := m.shelf.ways.GetIfPresent(known); ok {
		return have, nil
	}
	var ids []catalogapi.ProductID
	for _, key := range keys {
		var id catalogapi.ProductID
		if id.UnmarshalText([]byte(key)) == nil {
			ids = append(ids, id)
		}
	}
	out, err := db.Read(ctx, m.db, in, func(tx tx) (map[string]menusapi.Place, error) { return ledProducts(ctx, tx, ids) })
	if err != nil {
		return nil, err
	}
	m.shelf.ways.Set(known, out)
	return out, nil
}
