package gallery_test

import (
	"io"
	"testing"

	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/ui/gallery"
)

// BenchmarkShopPage is a page of a storefront with twenty products, frame included.
func BenchmarkShopPage(b *testing.B) {
	bundle, err := i18n.Load(ui.Files)
	if err != nil {
		b.Fatal(err)
	}
	ctx := ui.With(b.Context(), ui.Env{Words: bundle.In(i18n.En), Base: "/shops/kirchberg", Nonce: "nonce"})
	page := gallery.Shop(ui.Atelier, ui.Products{Products: slim(gallery.Products(20))})
	b.ReportAllocs()
	for b.Loop() {
		if err := page.Render(ctx, io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

// slim products have addresses of pictures, as real ones do, instead of pictures.
func slim(products []ui.Product) []ui.Product {
	for i := range products {
		products[i].Image.Src = "/media/sto_1/mug-400.jpg"
		products[i].Image.WebP = "/media/sto_1/mug-400.webp 400w, /media/sto_1/mug-800.webp 800w"
		products[i].Image.Sizes = "(max-width: 700px) 50vw, 25vw"
	}
	return products
}
