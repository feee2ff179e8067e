package demo

import (
	"context"
	"fmt"
	"html"

	"orion/app/demo/content"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/modules/catalog"
	"orion/modules/catalog/catalogapi"
	"orion/modules/inventory"
	"orion/modules/inventory/inventoryapi"
)

// goods makes the catalogues and puts stock on the shelves.
func (f *filling) goods(ctx context.Context) error {
	for _, s := range f.demo.Stores {
		at := f.stores[s.Code]
		leaves, err := f.categories(ctx, at)
		if err != nil {
			return fmt.Errorf("categories of %s: %w", s.Code, err)
		}
		var places []inventory.Location
		for i, l := range f.demo.Locations {
			place, err := f.place(ctx, at, l, i)
			if err != nil {
				return fmt.Errorf("locations of %s: %w", s.Code, err)
			}
			places = append(places, place)
		}
		shelves := map[string][]shelved{}
		for i, p := range s.Products {
			if err := f.product(ctx, at, p, f.input(at, p, leaves[p.Category], i), shelves); err != nil {
				return fmt.Errorf("product %s of %s: %w", p.Slug, s.Code, err)
			}
		}
		if err := f.Events.Flush(ctx, at.in); err != nil {
			return err
		}
		if err := f.shelve(ctx, at, places, shelves); err != nil {
			return fmt.Errorf("stock of %s: %w", s.Code, err)
		}
		f.told("goods of " + s.Name)
	}
	return nil
}

func (f *filling) categories(ctx context.Context, at *stock) (map[string]catalog.CategoryID, error) {
	leaves := map[string]catalog.CategoryID{}
	for i, root := range at.content.Categories {
		id, err := f.Catalog.SaveCategory(ctx, at.in, catalog.Category{Slug: root.Slug, Name: root.Name, Place: int64(i)})
		if err != nil {
			return nil, err
		}
		leaves[root.Slug] = id
		for j, leaf := range root.Children {
			child, err := f.Catalog.SaveCategory(ctx, at.in, catalog.Category{Parent: id, Slug: leaf.Slug, Name: leaf.Name, Place: int64(j)})
			if err != nil {
				return nil, err
			}
			leaves[leaf.Slug] = child
		}
	}
	return leaves, nil
}

// shelved is goods that wait for their place.
type shelved struct {
	line inventoryapi.Line
	bin  string
}

var taxes = map[string]catalogapi.TaxClass{
	"standard": catalogapi.TaxStandard, "intermediate": catalogapi.TaxIntermediate,
	"reduced": catalogapi.TaxReduced, "super-reduced": catalogapi.TaxSuperReduced,
}

// input is a product of the content as the catalogue takes it.
func (f *filling) input(at *stock, p content.Product, category catalog.CategoryID, i int) catalog.ProductInput {
	in := catalog.ProductInput{
		Slug: p.Slug, Status: catalog.Active, Title: p.Title, Summary: p.Summary, Body: paragraphs(p.Body),
		Brand: p.Brand, Category: category, Tags: p.Tags, TaxClass: taxes[p.Tax], Featured: i < 8,
		Options: options(p.Options), Images: f.images(p.Pictures), MinQty: max(p.Sold[0], 1), Step: p.Sold[1], MaxQty: p.Sold[2],
	}
	cur := money.Currency(at.content.Currency)
	for _, v := range p.Variants {
		in.Variants = append(in.Variants, catalog.Variant{
			Values: v.Values, SKU: v.SKU, GTIN: v.GTIN, Price: money.New(v.Price, cur), CompareAt: money.New(v.Compare, cur),
			Cost: money.New(v.Cost, cur), Grams: v.Weight, Digital: p.Digital, Image: f.picture(v.Picture).Key,
			Stock: catalog.Stock{Untracked: p.Digital}, Content: held(p, v),
		})
	}
	return in
}

// held is how much is in a variant; nothing is said where the content is wrong.
func held(p content.Product, v content.Variant) catalog.Content {
	c, err := catalog.ParseContent(p.Held(v))
	if err != nil {
		return catalog.Content{}
	}
	return c
}

func (f *filling) product(ctx context.Context, at *stock, p content.Product, in catalog.ProductInput, shelves map[string][]shelved) error {
	id, err := f.Catalog.Save(ctx, at.in, in)
	if err != nil {
		return err
	}
	made, err := f.Catalog.Product(ctx, at.in, id)
	if err != nil {
		return err
	}
	for j, v := range made.Variants {
		at.variants = append(at.variants, v.ID)
		for _, l := range p.Variants[j].Levels {
			if l.OnHand > 0 {
				shelves[l.Location] = append(shelves[l.Location], shelved{inventoryapi.Line{Variant: v.ID, Quantity: int64(l.OnHand)}, l.Bin})
			}
		}
	}
	return nil
}

func paragraphs(t i18n.Text) i18n.Text {
	out := make(i18n.Text, len(t))
	for l, text := range t {
		out[l] = "<p>" + html.EscapeString(text) + "</p>"
	}
	return out
}

func options(os []content.Option) []catalog.Option {
	out := make([]catalog.Option, len(os))
	for i, o := range os {
		out[i] = catalog.Option{Code: o.Code, Name: o.Name}
		for _, v := range o.Values {
			out[i].Values = append(out[i].Values, catalog.Value{Code: v.Code, Name: v.Name, Swatch: v.Swatch})
		}
	}
	return out
}

func (f *filling) images(ps []content.Picture) []catalog.Image {
	var out []catalog.Image
	for _, p := range ps {
		drawn := f.picture(p.Key)
		if drawn.Key == "" {
			continue
		}
		out = append(out, catalog.Image{
			Key: drawn.Key, Width: drawn.Width, Height: drawn.Height, Widths: drawn.Widths, WebP: drawn.WebP, Alt: p.Alt, Value: p.Value,
		})
	}
	return out
}

// place opens a location.
func (f *filling) place(ctx context.Context, at *stock, l content.Location, i int) (inventory.Location, error) {
	return f.Inventory.AddLocation(ctx, at.in, f.by, inventory.Location{Code: l.Code, Name: l.Name.In(at.content.Lang), Priority: int64(i)})
}

// shelve receives the first delivery at each location.
func (f *filling) shelve(ctx context.Context, at *stock, places []inventory.Location, shelves map[string][]shelved) error {
	for _, place := range places {
		goods := shelves[place.Code]
		if len(goods) == 0 {
			continue
		}
		lines := make([]inventoryapi.Line, len(goods))
		for j, g := range goods {
			lines[j] = g.line
		}
		if err := f.Inventory.Receive(ctx, at.in, f.by, inventory.Receipt{Location: place.ID, Lines: lines, Reason: "Opening stock"}); err != nil {
			return err
		}
	}
	return nil
}
