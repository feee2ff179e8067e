package ui

import (
	"context"
	"io"

	"orion/kit/ui/icon"
)

// penTools are the buttons above a rich text, in groups: what the script calls
// them, which is also the end of the key of their word.
var penTools = [][]struct {
	pen  string
	icon icon.Icon
}{
	{{"bold", icon.Bold}, {"italic", icon.Italic}, {"strike", icon.Strikethrough}, {"link", icon.Link}, {"picture", icon.Image}},
	{
		{"heading", icon.Heading},
		{"quote", icon.TextQuote},
		{"code", icon.Code},
		{"bullets", icon.List},
		{"numbers", icon.ListOrdered},
		{"outdent", icon.ListIndentDecrease},
		{"indent", icon.ListIndentIncrease},
	},
	{{"undo", icon.Undo2}, {"redo", icon.Redo2}},
}

// pictures is the attribute of a rich text's field with the address of a part of a
// page that has pictures to choose from: tiles with Pick, and a form that searches.
const pictures = "data-pictures"

// Pictures is the field of a rich text into which pictures can be put that are chosen
// at an address.
func (f Field) Pictures(ctx context.Context, path string) Field {
	return f.Attr(pictures, URL(ctx, path))
}

// tools are the buttons, which are of use once there is a script.
type tools struct{ f Field }

// Render writes the buttons, and the field for the address of a link.
func (v tools) Render(ctx context.Context, w io.Writer) error {
	p := &pen{w: w}
	p.raw(`<div class="rich-bar" hidden><div class="rich-tools" role="toolbar"`)
	p.attr("aria-label", v.f.Label)
	p.raw(`>`)
	for _, group := range penTools {
		p.raw(`<span class="rich-group">`)
		for _, t := range group {
			label := tr(ctx, "ui.pen_"+t.pen)
			p.raw(`<button type="button" class="rich-tool" tabindex="-1"`)
			p.attr("data-pen", t.pen)
			p.attr("title", label)
			p.attr("aria-label", label)
			if t.pen == "picture" && v.f.Attrs[pictures] == nil {
				p.raw(` hidden`)
			}
			p.raw(`>`)
			p.icon(ctx, t.icon)
			p.raw(`</button>`)
		}
		p.raw(`</span>`)
	}
	p.raw(`</div><div class="rich-link" hidden><input class="input" inputmode="url" autocomplete="off"`)
	p.attr("placeholder", tr(ctx, "ui.pen_address"))
	p.attr("aria-label", tr(ctx, "ui.pen_address"))
	p.raw(`><button type="button" class="btn" data-pen="set">`)
	p.text(tr(ctx, "ui.pen_link"))
	p.raw(`</button><button type="button" class="btn" data-pen="unset">`)
	p.text(tr(ctx, "ui.pen_unlink"))
	p.raw(`</button></div></div>`)
	return p.err
}
