package ui

import (
	"context"
	"io"

	"orion/assets"
)

// need brings a script that only pages with this component have. A browser runs
// it once, however often it is named.
type need string

// Render writes what loads it.
func (v need) Render(_ context.Context, w io.Writer) error {
	p := &pen{w: w}
	p.raw(`<script type="module" src="`, assets.Path(string(v)), `"></script>`)
	return p.err
}

// Styles brings a style sheet that only some pages have.
type Styles string

// Render writes what loads it.
func (v Styles) Render(_ context.Context, w io.Writer) error {
	p := &pen{w: w}
	p.raw(`<link rel="stylesheet" href="`, assets.Path(string(v)), `">`)
	return p.err
}

// Script brings a script that only a page of one module has.
type Script string

// Render writes what loads it.
func (v Script) Render(ctx context.Context, w io.Writer) error { return need(v).Render(ctx, w) }
