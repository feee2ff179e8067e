package catalog

import (
	"errors"
	"testing"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/cms/textsapi"
)

// area is what the catalogue brings to the translations centre under a name.
func (b *bench) area(t *testing.T, name string) textsapi.TextArea {
	t.Helper()
	hub := slot.NewHub(b.kit.Log)
	hub.Add(b.fills()...)
	for _, a := range slot.Collect(t.Context(), hub, textsapi.Texts, struct{}{}, nil) {
		if a.Name() == name {
			return a
		}
	}
	t.Fatalf("there is no area %s", name)
	return textsapi.TextArea{}
}

func german(said ...textsapi.TextSaid) textsapi.TextChange {
	return textsapi.TextChange{Lang: i18n.De, Said: said, By: auth.SystemActor}
}

// Products, with their options, are listed by key, and translated text by text; what
// is not named stays, and prices and stock do.
func TestProductsAreTranslated(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		area := b.area(t, "catalog.products")
		p := simple("Mug", 1200)
		p.Options = []Option{{Code: "size", Name: i18n.Text{i18n.En: "Size"}, Values: []Value{{Code: "s", Name: i18n.Text{i18n.En: "Small"}}}}}
		p.Variants[0].Values = []string{"s"}
		id := b.save(t, p)
		other := b.save(t, simple("Plate", 900))
		gone := simple("Old", 100)
		gone.Status = Archived
		b.save(t, gone)
		for _, c := range []struct {
			after string
			limit int
			want  []catalogapi.ProductID
		}{{"", 100, []catalogapi.ProductID{id, other}}, {"", 1, []catalogapi.ProductID{id}}, {id.String(), 1, []catalogapi.ProductID{other}}, {other.String(), 1, nil}} {
			got, err := area.List(t.Context(), b.in, c.after, c.limit)
			if err != nil || len(got) != len(c.want) {
				t.Fatalf("behind %q are %d, %v", c.after, len(got), err)
			}
			for i, thing := range got {
				if thing.Key != c.want[i].String() || thing.Path != "/products/"+thing.Key {
					t.Errorf("behind %q is %s at %s", c.after, thing.Key, thing.Path)
				}
			}
		}
		err := area.Save(t.Context(), b.in, id.String(), german(
			textsapi.TextSaid{Name: "title", Is: "Becher"}, textsapi.TextSaid{Name: "body", Is: "<p>Gut</p>"}, textsapi.TextSaid{Name: "value.size.s", Is: "Klein"}))
		if err != nil {
			t.Fatal(err)
		}
		have := b.product(t, id)
		if have.Title[i18n.De] != "Becher" || have.Title[i18n.En] != "Mug" || have.Options[0].Values[0].Name[i18n.De] != "Klein" || have.Price.Minor != 1200 || have.Variants[0].Stock.Left != 5 {
			t.Errorf("the product is %+v", have)
		}
		if err := area.Save(t.Context(), b.in, id.String(), german(textsapi.TextSaid{Name: "title", Was: "Tasse", Is: "Krug"})); !errors.Is(err, textsapi.ErrTextChanged) {
			t.Errorf("who did not see the text: %v", err)
		}
		for what, err := range map[string]error{
			"no such text":    area.Save(t.Context(), b.in, id.String(), german(textsapi.TextSaid{Name: "value.size.xl", Is: "x"})),
			"no such product": area.Save(t.Context(), b.in, catalogapi.ProductID(1<<40).String(), german(textsapi.TextSaid{Name: "title", Is: "x"})),
			"nonsense":        area.Save(t.Context(), b.in, "x", german()),
			"another store's": found(area.Find(t.Context(), b.neighbour(), id.String())),
		} {
			if !errors.Is(err, textsapi.ErrTextGone) {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}

// Categories are translated, and stay where they are.
func TestCategoriesAreTranslated(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		area := b.area(t, "catalog.categories")
		first := b.category(t, 0, i18n.Text{i18n.En: "Kitchen"})
		below := b.category(t, first, i18n.Text{i18n.En: "Mugs"})
		got, err := area.List(t.Context(), b.in, first.String(), 10)
		if err != nil || len(got) != 1 || got[0].Key != below.String() {
			t.Fatalf("behind the first are %v, %v", got, err)
		}
		if err := area.Save(t.Context(), b.in, below.String(), german(textsapi.TextSaid{Name: "name", Is: "Becher"})); err != nil {
			t.Fatal(err)
		}
		tree, err := b.Tree(t.Context(), b.in)
		if err != nil {
			t.Fatal(err)
		}
		if c, _ := tree.Find(below); c.Name[i18n.De] != "Becher" || c.Name[i18n.En] != "Mugs" || c.Parent != first || c.Slug != "mugs" {
			t.Errorf("the category is %+v", c)
		}
		for what, err := range map[string]error{
			"changed": area.Save(t.Context(), b.in, below.String(), german(textsapi.TextSaid{Name: "name", Is: "Krüge"})),
			"gone":    area.Save(t.Context(), b.in, CategoryID(1<<40).String(), german(textsapi.TextSaid{Name: "name", Is: "x"})),
		} {
			if want := map[string]error{"changed": textsapi.ErrTextChanged, "gone": textsapi.ErrTextGone}[what]; !errors.Is(err, want) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if err := found(area.Find(t.Context(), b.neighbour(), below.String())); !errors.Is(err, textsapi.ErrTextGone) {
			t.Errorf("another store's: %v", err)
		}
	})
}

// neighbour is another store of the merchant.
func (b *bench) neighbour() tenant.Store {
	return b.env.Gate.Store(b.in.ID()+1, b.in.Merchant(), b.in.Platform())
}

func found(_ textsapi.TextThing, err error) error { return err }
