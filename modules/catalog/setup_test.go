package catalog

import (
	"context"
	"testing"

	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/event"
	"orion/kit/i18n"
	"orion/kit/modtest"
	"orion/kit/module"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

var plan = modtest.Plan(migrate.Line{Module: catalogapi.Code, Files: Files})

// bench is a catalogue on a fresh database, with one store, and what it told.
type bench struct {
	*Module
	env  *dbtest.Env
	kit  module.Kit
	in   tenant.Store
	told []catalogapi.VariantsAdded
}

func setup(t testing.TB, e *dbtest.Env) *bench {
	t.Helper()
	b := &bench{env: e, kit: modtest.Kit(t, e), in: e.Store()}
	b.kit.Events.Subscribe(event.On("listener.hear_variants", func(_ context.Context, tx tx, v catalogapi.VariantsAdded) error {
		tx.AfterCommit(func() { b.told = append(b.told, v) })
		return nil
	}))
	b.Module = New(Needs{Kit: b.kit})
	return b
}

// heard is what the module has told so far.
func (b *bench) heard(t testing.TB) []catalogapi.VariantsAdded {
	t.Helper()
	modtest.Settle(t, b.env, b.kit, b.Definition())
	return b.told
}

// each runs fn on both databases.
func each(t *testing.T, fn func(t *testing.T, b *bench)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) { fn(t, setup(t, e)) })
}

func (b *bench) save(t testing.TB, p ProductInput) catalogapi.ProductID {
	t.Helper()
	id, err := b.Save(t.Context(), b.in, p)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (b *bench) category(t testing.TB, parent CategoryID, name i18n.Text) CategoryID {
	t.Helper()
	id, err := b.SaveCategory(t.Context(), b.in, Category{Parent: parent, Name: name})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func euro(minor int64) money.Amount { return money.New(minor, "EUR") }

// simple is a product for sale with one variant.
func simple(title string, price int64) ProductInput {
	return ProductInput{
		Title: i18n.Text{i18n.En: title}, Status: Active,
		Variants: []Variant{{Price: euro(price), Stock: Stock{Left: 5}}},
	}
}

// shirt is a product with two options in four languages.
func shirt() ProductInput {
	p := ProductInput{
		Title:   i18n.Text{"en": "Linen shirt", "fr": "Chemise en lin", "de": "Leinenhemd", "lb": "Lénghiem"},
		Summary: i18n.Text{"en": "Washed and soft.", "fr": "Lavée et douce."},
		Body:    i18n.Text{"en": "<p>Woven in <b>Echternach</b>.</p>"},
		Status:  Active, Brand: "Atelier Süd", Tags: []string{"summer", "local"}, MinQty: 1,
		Options: []Option{
			{Name: i18n.Text{"en": "Colour", "fr": "Couleur"}, Values: []Value{
				{Name: i18n.Text{"en": "Chalk", "fr": "Craie"}, Swatch: "#f4f1ea"}, {Name: i18n.Text{"en": "Wine", "fr": "Vin"}, Swatch: "#6b2737"},
			}},
			{Name: i18n.Text{"en": "Size", "fr": "Taille"}, Values: []Value{{Name: i18n.Text{"en": "S"}}, {Name: i18n.Text{"en": "M"}}}},
		},
		Images: []Image{{Key: "products/ab/shirt.webp", Width: 1200, Height: 1500, Widths: []int{400, 800}, Alt: i18n.Text{"en": "A shirt"}}},
	}
	for i, v := range [][]string{{"chalk", "s"}, {"chalk", "m"}, {"wine", "s"}, {"wine", "m"}} {
		p.Variants = append(p.Variants, Variant{
			Values: v, SKU: "SH-" + v[0] + "-" + v[1], Price: euro(8900 + int64(i)*100), CompareAt: euro(9900), Cost: euro(4000), Grams: 300,
			Stock: Stock{Left: int64(i)},
		})
	}
	p.Variants[0].GTIN = "4006381333931"
	return p
}

// count tells how many statements fn runs.
func count(ctx context.Context, fn func(context.Context)) int {
	ctx, c := db.WithCounter(ctx)
	fn(ctx)
	return c.N()
}

func (b *bench) do(ctx context.Context, fn func(tx) error) error {
	return db.Do(ctx, b.env.DB, b.in, fn)
}
