package ui

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"orion/kit/ui/icon"
)

// pen writes the components that a page has dozens of. What templ generates
// allocates for every value; for a grid of products that was most of the time
// of the page.
type pen struct {
	w   io.Writer
	err error
}

// raw writes markup as it is.
func (p *pen) raw(parts ...string) {
	for _, s := range parts {
		if p.err != nil {
			return
		}
		_, p.err = io.WriteString(p.w, s)
	}
}

// text writes what somebody typed.
func (p *pen) text(s string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, templ.EscapeString(s))
	}
}

// attr writes an attribute, nothing when it is empty.
func (p *pen) attr(name, value string) {
	if value == "" {
		return
	}
	p.raw(" ", name, `="`)
	p.text(value)
	p.raw(`"`)
}

// icon draws a picture.
func (p *pen) icon(ctx context.Context, i icon.Icon) {
	if p.err == nil {
		p.err = i.Render(ctx, p.w)
	}
}
