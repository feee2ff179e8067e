package ui

import (
	"context"
	"hash/fnv"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// Hearts are the products that somebody wishes for, as their browser remembers
// them: a short mark of each, so that no page has to ask the database which
// hearts are full.
type Hearts struct {
	Shown bool // there is a wish list here
	marks string
}

const (
	markSize = 5
	ownSign  = "~" // begins what is a customer's, and nobody else's on this browser
	letters  = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
)

// ReadHearts reads what Text gives. What a customer left behind is nothing to
// who is not signed in.
func ReadHearts(text string, signedIn bool) Hearts {
	marks, own := strings.CutPrefix(text, ownSign)
	if own && !signedIn || len(marks)%markSize != 0 {
		marks = ""
	}
	return Hearts{Shown: true, marks: marks}
}

// Text is what the browser keeps, of a customer or a guest; empty for nothing.
func (h Hearts) Text(signedIn bool) string {
	if signedIn && h.marks != "" {
		return ownSign + h.marks
	}
	return h.marks
}

// Count is how many there are.
func (h Hearts) Count() int { return len(h.marks) / markSize }

// Has tells whether a product is among them.
func (h Hearts) Has(slug string) bool { return h.marks != "" && h.at(markOf(slug)) >= 0 }

// With has a product more, Without one less.
func (h Hearts) With(slug string) Hearts {
	if m := markOf(slug); h.at(m) < 0 {
		h.marks += m
	}
	return h
}

// Without has a product less.
func (h Hearts) Without(slug string) Hearts {
	if i := h.at(markOf(slug)); i >= 0 {
		h.marks = h.marks[:i] + h.marks[i+markSize:]
	}
	return h
}

func (h Hearts) at(mark string) int {
	for i := 0; i+markSize <= len(h.marks); i += markSize {
		if h.marks[i:i+markSize] == mark {
			return i
		}
	}
	return -1
}

// markOf is 30 bits of a product's name: of a hundred wishes, one in ten million
// pages shows a heart that is full for no reason.
func markOf(slug string) string {
	hash := fnv.New32a()
	_, _ = io.WriteString(hash, slug)
	n, mark := hash.Sum32(), [markSize]byte{}
	for i := range mark {
		mark[i] = letters[n&63]
		n >>= 6
	}
	return string(mark[:])
}

// WithHearts is the context of a page on which products have hearts.
func WithHearts(ctx context.Context, h Hearts) context.Context {
	env := envOf(ctx)
	env.Hearts = h
	return context.WithValue(ctx, envKey{}, env)
}

// WishForm is what the hearts of a page send: the product that is wished for,
// or no longer. With JavaScript the page stays as it is.
type WishForm struct {
	Action string
	Back   string // the page to come back to
}

// Render writes the form, which shows nothing.
func (v WishForm) Render(ctx context.Context, w io.Writer) error {
	p, env := pen{w: w}, envOf(ctx)
	p.raw(`<form id="wish" hidden method="post" data-swap="#wish-link"`)
	p.attr("action", env.url(v.Action))
	p.raw(`><input type="hidden" name="back"`)
	p.attr("value", v.Back)
	p.raw(`></form>`)
	return p.err
}

// Heart puts a product on the wish list, or takes it off. Where the page has no
// wish list it draws nothing.
type Heart struct {
	Slug    string // of the product
	Variant string // that is looked at, or empty
	Title   string
}

// Render writes the button. It belongs to the page's WishForm.
func (v Heart) Render(ctx context.Context, w io.Writer) error {
	p := pen{w: w}
	v.draw(&p, envOf(ctx))
	return p.err
}

func (v Heart) draw(p *pen, env Env) {
	if !env.Hearts.Shown || v.Slug == "" {
		return
	}
	name, pressed := "add", "false"
	if env.Hearts.Has(v.Slug) {
		name, pressed = "remove", "true"
	}
	p.raw(`<button class="heart" form="wish" name="`, name, `" aria-pressed="`, pressed, `" value="`)
	p.text(v.Slug)
	if v.Variant != "" {
		p.raw("~")
		p.text(v.Variant)
	}
	p.raw(`" aria-label="`)
	p.text(env.Words.T("ui.wishlist"))
	p.raw(`: `)
	p.text(v.Title)
	p.raw(`">`, heartShape, `</button>`)
}

// A page has dozens of hearts; this is a third of the icon.
const heartShape = `<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 20.5 4.6 13a5.1 5.1 0 0 1 7.4-7 5.1 5.1 0 0 1 7.4 7z"/></svg>`

var _ templ.Component = Heart{}
