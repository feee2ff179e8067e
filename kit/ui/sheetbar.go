package ui

import (
	"context"
	"strconv"

	"orion/kit/ui/icon"
)

// bar is what works on many rows; it needs JavaScript, which shows it.
func (v Sheet) bar(ctx context.Context, p *pen) {
	p.raw(`<div class="sheet-bar" hidden>`)
	for _, b := range []struct {
		does, key, label string
		icon             icon.Icon
	}{{"data-undo", "Ctrl+Z", "ui.undo", icon.Undo2}, {"data-redo", "Ctrl+Y", "ui.redo", icon.Redo2}} {
		p.raw(`<button type="button" class="btn btn-quiet is-icon" disabled `, b.does, ` title="`, b.key, `"`)
		p.attr("aria-label", tr(ctx, b.label))
		p.raw(`>`)
		p.icon(ctx, b.icon)
		p.raw(`</button>`)
	}
	v.choice(ctx, p)
	for i, f := range v.Filters {
		p.raw(`<select class="input" data-filter="`, strconv.Itoa(i), `"`)
		p.attr("aria-label", f.Label)
		p.raw(`><option value="">`)
		p.text(tr(ctx, "ui.sheet_any", "what", f.Label))
		p.raw(`</option>`)
		for _, o := range f.Values {
			p.raw(`<option`)
			p.attr("value", o.Value)
			p.raw(`>`)
			p.text(o.Label)
			p.raw(`</option>`)
		}
		p.raw(`</select>`)
	}
	p.raw(`<span class="sheet-set"><select class="input" data-column`)
	p.attr("aria-label", tr(ctx, "ui.sheet_column"))
	p.raw(`>`)
	for i, c := range v.Columns {
		if c.Kind != SheetTick {
			p.raw(`<option value="`, strconv.Itoa(i), `">`)
			p.text(c.Label)
			p.raw(`</option>`)
		}
	}
	p.raw(`</select><input class="input" data-value autocomplete="off"`)
	p.attr("aria-label", tr(ctx, "ui.sheet_value"))
	p.raw(`><button type="button" class="btn" data-set>`)
	p.text(tr(ctx, "ui.sheet_set"))
	p.raw(`</button><button type="button" class="btn btn-quiet" data-fill title="Ctrl+D">`)
	p.text(tr(ctx, "ui.sheet_fill"))
	p.raw(`</button></span><small class="sheet-note" aria-live="polite"></small><small class="sheet-help">`)
	p.text(tr(ctx, "ui.sheet_help"))
	p.raw(`</small></div>`)
}

// choice lets readers say which columns they want to see.
func (v Sheet) choice(ctx context.Context, p *pen) {
	if v.Remember == "" {
		return
	}
	p.raw(`<details class="menu" data-menu><summary class="btn btn-quiet is-icon"`)
	p.attr("aria-label", tr(ctx, "ui.columns"))
	p.raw(`>`)
	p.icon(ctx, icon.Columns3)
	p.raw(`</summary><div class="menu-list sheet-columns">`)
	for i, c := range v.Columns {
		p.raw(`<label class="tick"><input type="checkbox" class="check" checked data-shows="`, strconv.Itoa(i), `"`)
		p.attr("value", c.Name)
		p.raw(`><span class="tick-text">`)
		p.text(c.Label)
		p.raw(`</span></label>`)
	}
	p.raw(`</div></details>`)
}
