package demo

import (
	"context"
	"fmt"
	"strconv"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/catalog"
	"orion/modules/tenancy"
)

// batch is how many stores or products share a transaction.
const batch = 50

// FillLarge makes many stores with as many products each, for measuring: the
// demo's own products over and over. One more store sells nothing yet.
func FillLarge(ctx context.Context, w World, stores, products int) error {
	f, err := prepare(ctx, w)
	if err != nil {
		return err
	}
	if err := f.directory(ctx); err != nil {
		return err
	}
	if err := f.team(ctx); err != nil {
		return err
	}
	all := stores + 1
	for first := 0; first < all; first += batch {
		if err := f.manyStores(ctx, first, min(first+batch, all)); err != nil {
			return err
		}
	}
	for i := range stores {
		shop := f.Tenancy.ShopByCode(storeCode(i))
		at := &stock{content: f.demo.Stores[i%len(f.demo.Stores)], shop: shop, in: f.Scope(shop)}
		if err := f.manyProducts(ctx, at, products); err != nil {
			return fmt.Errorf("store %d: %w", i, err)
		}
		if f.Progress != nil && i%10 == 0 {
			f.Progress(i, stores, strconv.Itoa(i)+" stores")
		}
	}
	w.Clock.Set(w.Now)
	return nil
}

func storeCode(i int) string { return "store-" + strconv.Itoa(i+1) }

func (f *filling) manyStores(ctx context.Context, first, end int) error {
	return f.Tenancy.Change(ctx, f.by, func(ctx context.Context, c *tenancy.Change) error {
		for i := first; i < end; i++ {
			s := f.demo.Stores[i%len(f.demo.Stores)]
			_, err := c.CreateStore(ctx, tenancy.Everywhere, tenancy.NewStore{
				Merchant: f.merchants[s.Merchant], Code: storeCode(i), Currency: money.Currency(s.Currency),
				Platforms: []tenant.PlatformID{f.platforms[s.Platforms[0]]},
				Profile: tenancy.Profile{
					Name: s.Name + " " + strconv.Itoa(i+1), Lang: s.Lang, Langs: s.Langs, StaffLang: s.Lang, Country: "LU",
					Email: s.Email, Theme: themes[s.Theme], Status: "open", HeroImage: f.picture(s.Hero).Text(),
					Texts: tenancy.Texts{Tagline: s.Tagline, Hero: s.Headline, HeroText: s.Lead, About: s.About},
				},
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func (f *filling) manyProducts(ctx context.Context, at *stock, n int) error {
	leaves, err := f.categories(ctx, at)
	if err != nil {
		return err
	}
	if _, err := f.place(ctx, at, f.demo.Locations[0], 0); err != nil {
		return err
	}
	for first := 0; first < n; first += batch {
		err := db.Do(ctx, f.DB, at.in, func(tx *db.Tx[tenant.Store]) error {
			for i := first; i < min(first+batch, n); i++ {
				if _, err := f.Catalog.SaveIn(ctx, tx, f.oneOfMany(at, leaves, i)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if err := f.Events.Flush(ctx, at.in); err != nil {
		return err
	}
	if err := f.delivery(ctx, at); err != nil {
		return err
	}
	return f.payment(ctx, at)
}

func (f *filling) oneOfMany(at *stock, leaves map[string]catalog.CategoryID, i int) catalog.ProductInput {
	p := at.content.Products[i%len(at.content.Products)]
	in := f.input(at, p, leaves[p.Category], i)
	if round := i / len(at.content.Products); round > 0 {
		in.Slug += "-" + strconv.Itoa(round)
		in.Title = numbered(in.Title, round)
	}
	for j := range in.Variants {
		v := &in.Variants[j]
		v.SKU, v.GTIN = fmt.Sprintf("S%d-%d", i, j), ""
		if !v.Digital {
			v.Stock.Left = plenty
		}
	}
	return in
}

// plenty is stock that no measurement sells out.
const plenty = 100_000

func numbered(t i18n.Text, n int) i18n.Text {
	out := make(i18n.Text, len(t))
	for l, s := range t {
		out[l] = s + " " + strconv.Itoa(n+1)
	}
	return out
}
