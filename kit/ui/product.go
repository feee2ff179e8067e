package ui

import (
	"cmp"
	"context"
	"io"

	"github.com/a-h/templ"

	"orion/kit/i18n"
	"orion/kit/money"
)

// Image is a picture in several widths.
type Image struct {
	Src    string
	SrcSet string // "… 400w, … 800w"
	WebP   string // srcset in WebP, "" when there is none
	Small  string // address of the narrowest, for a thumbnail; WebP where there is WebP
	Alt    string
	Width  int
	Height int
	Sizes  string
	Eager  bool // the first picture of a page is not lazy
	Focus  Focus
}

// Render writes the picture, an empty frame without an address.
func (v Image) Render(_ context.Context, w io.Writer) error {
	p := pen{w: w}
	v.draw(&p)
	return p.err
}

func (v Image) draw(p *pen) {
	if v.Src == "" {
		p.raw(`<span class="no-image"></span>`)
		return
	}
	if v.WebP == "" {
		v.img(p)
		return
	}
	p.raw(`<picture><source type="image/webp"`)
	p.attr("srcset", v.WebP)
	p.attr("sizes", v.Sizes)
	p.raw(`>`)
	v.img(p)
	p.raw(`</picture>`)
}

func (v Image) img(p *pen) {
	p.raw(`<img alt="`)
	p.text(v.Alt)
	p.raw(`"`)
	if v.Focus != (Focus{}) && v.Focus != (Focus{50, 50}) {
		p.attr("class", v.Focus.Class())
	}
	p.attr("src", v.Src)
	if v.SrcSet != "" {
		p.attr("srcset", v.SrcSet)
		p.attr("sizes", v.Sizes)
	}
	if v.Width > 0 {
		p.raw(` width="`, itoa(v.Width), `" height="`, itoa(v.Height), `"`)
	}
	if v.Eager {
		p.raw(` fetchpriority="high" decoding="async">`)
		return
	}
	p.raw(` loading="lazy" decoding="async">`)
}

// thumb draws the picture small and without words.
func (v Image) thumb() templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		p := pen{w: w}
		if v.WebP == "" {
			thumbOf(&p, cmp.Or(v.Small, v.Src))
			return p.err
		}
		p.raw(`<picture><source type="image/webp"`)
		p.attr("srcset", cmp.Or(v.Small, v.WebP))
		p.raw(`>`)
		thumbOf(&p, v.Src)
		p.raw(`</picture>`)
		return p.err
	})
}

func thumbOf(p *pen, src string) {
	p.raw(`<img alt=""`)
	p.attr("src", src)
	p.raw(` width="72" height="90" loading="lazy" decoding="async">`)
}

// Price is what a thing costs, with what it was before. Notes are the lines the
// law wants below it.
type Price struct {
	Amount    money.Amount
	CompareAt money.Amount // before the reduction, zero when there is none
	From      bool         // "from 12,00 €"
	Notes     []string     // "Lowest price of the last 30 days 25,50 €"
	Size      Size
}

// Render writes the price.
func (v Price) Render(ctx context.Context, w io.Writer) error {
	p := pen{w: w}
	v.draw(&p, Words(ctx))
	return p.err
}

func (v Price) draw(p *pen, words i18n.Words) {
	p.raw(`<span class="price `, v.Size.class(), `">`)
	if v.From {
		p.raw(`<span class="price-from">`)
		p.text(words.T("ui.price_from"))
		p.raw(`</span>`)
	}
	reduced := v.CompareAt.Minor > v.Amount.Minor
	if reduced {
		p.raw(`<span class="sr-only">`)
		p.text(words.T("ui.price_now"))
		p.raw(`</span>`)
	}
	p.raw(`<b>`)
	p.text(words.Money(v.Amount))
	p.raw(`</b>`)
	if reduced {
		p.raw(` <span class="sr-only">`)
		p.text(words.T("ui.price_before"))
		p.raw(`</span><s>`)
		p.text(words.Money(v.CompareAt))
		p.raw(`</s>`)
	}
	p.raw(`</span>`)
	for _, note := range v.Notes {
		p.raw(`<span class="price-note">`)
		p.text(note)
		p.raw(`</span>`)
	}
}

// Product is a product among others.
type Product struct {
	Href   string
	Title  string
	Brand  string // the quiet line below
	Image  Image
	Price  Price
	Tag    string // on the picture: "New", "3 colours"
	Sold   bool   // nothing left
	Rating Rating
	Slug   string // for its heart, empty for none
	Top    bool   // right below the page's title: its heading is of second rank
}

// Render writes the card.
func (v Product) Render(ctx context.Context, w io.Writer) error {
	p := pen{w: w}
	v.draw(&p, envOf(ctx))
	return p.err
}

func (v Product) draw(p *pen, env Env) {
	tag := v.Tag
	if v.Sold {
		tag = env.Words.T("ui.sold_out")
		p.raw(`<article class="product is-sold"><figure>`)
	} else {
		p.raw(`<article class="product"><figure>`)
	}
	v.Image.draw(p)
	if tag != "" {
		p.raw(`<span class="product-tag">`)
		p.text(tag)
		p.raw(`</span>`)
	}
	h := "h3"
	if v.Top {
		h = "h2"
	}
	p.raw(`</figure><`, h, `><a href="`)
	p.text(string(templ.URL(env.url(v.Href))))
	p.raw(`">`)
	p.text(v.Title)
	p.raw(`</a></`, h, `>`)
	Heart{Slug: v.Slug, Title: v.Title}.draw(p, env)
	p.raw(`<p class="product-line"><span>`)
	p.text(v.Brand)
	p.raw(`</span>`)
	v.Price.draw(p, env.Words)
	p.raw(`</p>`)
	if v.Rating.Count > 0 {
		p.raw(`<p class="product-rating">`)
		v.Rating.draw(p, env)
		p.raw(`</p>`)
	}
	p.raw(`</article>`)
}

// Products is a grid of products.
type Products struct {
	Products []Product
	Top      bool // right below the page's title
}

// Render writes the grid.
func (v Products) Render(ctx context.Context, w io.Writer) error {
	p, env := pen{w: w}, envOf(ctx)
	p.raw(`<div class="products">`)
	for i := range v.Products {
		product := v.Products[i]
		product.Top = product.Top || v.Top
		product.draw(&p, env)
	}
	p.raw(`</div>`)
	return p.err
}
