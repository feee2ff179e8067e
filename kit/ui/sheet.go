package ui

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Sheet is many fields in a grid, as in a spreadsheet. The arrow keys and Enter
// move, Shift selects, a column can be filled down, and what was copied from a
// spreadsheet is pasted over cells. Without JavaScript it is a table of fields.
type Sheet struct {
	Label   string // for screen readers: "Variants"
	Head    string // above the names of the rows
	Columns []SheetColumn
	Rows    []SheetRow
	Filters []SheetFilter
}

// SheetKind is what a column's cells hold.
type SheetKind uint8

// The kinds of columns.
const (
	SheetText SheetKind = iota
	SheetMoney
	SheetNumber
	SheetTick   // yes or no
	SheetSelect // one of the column's options
)

// SheetColumn is a field that all rows have.
type SheetColumn struct {
	Name  string // behind the row's prefix: "price"
	Label string
	Kind  SheetKind

	Options []Option // of a SheetSelect
}

// SheetRow is one thing with a cell for each column.
type SheetRow struct {
	Prefix string      // before the names of its fields: "variants.3."
	Label  string      // what the row is
	Hidden [][2]string // sent along: name behind the prefix, and value
	Cells  []SheetCell
	Of     []string // its value for each filter
}

// SheetCell is a value. Error is in words.
type SheetCell struct {
	Value string
	Error string
	On    bool // of a tick
	None  bool // the row has no such field
}

// SheetFilter shows rows with one of the values only.
type SheetFilter struct {
	Label  string
	Values []Option
}

// Render writes the grid.
func (v Sheet) Render(ctx context.Context, w io.Writer) error {
	p := &pen{w: w}
	p.raw(`<o-sheet class="sheet"`)
	p.attr("data-changed", tr(ctx, "ui.sheet_changed", "n", "{n}"))
	p.raw(`>`)
	v.bar(ctx, p)
	p.raw(`<div class="sheet-scroll"><table class="sheet-table"`)
	p.attr("aria-label", v.Label)
	p.raw(`><thead><tr><th scope="col">`)
	p.text(v.Head)
	p.raw(`</th>`)
	for _, c := range v.Columns {
		p.raw(`<th scope="col"`)
		p.attr("class", c.class())
		p.raw(`>`)
		p.text(c.Label)
		p.raw(`</th>`)
	}
	p.raw(`</tr></thead><tbody>`)
	for _, r := range v.Rows {
		v.row(ctx, p, r)
	}
	p.raw(`</tbody></table></div></o-sheet>`)
	return p.err
}

// bar is what works on many rows; it needs JavaScript, which shows it.
func (v Sheet) bar(ctx context.Context, p *pen) {
	p.raw(`<div class="sheet-bar" hidden>`)
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

func (v Sheet) row(ctx context.Context, p *pen, r SheetRow) {
	p.raw(`<tr`)
	for i, value := range r.Of {
		p.attr("data-f"+strconv.Itoa(i), value)
	}
	p.raw(`><th scope="row">`)
	p.text(r.Label)
	for _, h := range r.Hidden {
		p.raw(`<input type="hidden"`)
		p.attr("name", r.Prefix+h[0])
		p.raw(` value="`)
		p.text(h[1])
		p.raw(`">`)
	}
	p.raw(`</th>`)
	for i, cell := range r.Cells {
		v.cell(ctx, p, r, v.Columns[i], cell)
	}
	p.raw(`</tr>`)
}

func (v Sheet) cell(ctx context.Context, p *pen, r SheetRow, c SheetColumn, cell SheetCell) {
	if cell.None {
		p.raw(`<td></td>`)
		return
	}
	name := r.Prefix + c.Name
	id := "f-" + strings.ReplaceAll(name, ".", "-")
	p.raw(`<td`)
	p.attr("class", c.class())
	p.raw(`>`)
	if c.Kind == SheetSelect {
		p.raw(`<select`)
	} else {
		p.raw(`<input`)
	}
	p.attr("id", id)
	p.attr("name", name)
	p.attr("aria-label", c.Label+", "+r.Label)
	if cell.Error != "" {
		p.raw(` aria-invalid="true"`)
		p.attr("aria-describedby", id+"-error")
	}
	c.value(p, cell)
	if cell.Error == "" {
		p.raw(`</td>`)
		return
	}
	p.raw(`<p class="field-error"`)
	p.attr("id", id+"-error")
	p.raw(`>`)
	p.text(cell.Error)
	p.raw(`</p></td>`)
	noteError(ctx, Field{Name: name, Label: c.Label + ", " + r.Label, Error: cell.Error})
}

// value ends the tag of a cell with what is in it.
func (c SheetColumn) value(p *pen, cell SheetCell) {
	switch c.Kind {
	case SheetTick:
		p.raw(` class="check cell" type="checkbox" value="true"`)
		if cell.On {
			p.raw(` checked`)
		}
		p.raw(`>`)
	case SheetSelect:
		p.raw(` class="cell">`)
		for _, o := range c.Options {
			p.raw(`<option value="`)
			p.text(o.Value)
			p.raw(`"`)
			if o.Value == cell.Value {
				p.raw(` selected`)
			}
			p.raw(`>`)
			p.text(o.Label)
			p.raw(`</option>`)
		}
		p.raw(`</select>`)
	default:
		p.raw(` class="cell" autocomplete="off"`)
		p.attr("inputmode", [...]string{"", "decimal", "decimal"}[c.Kind])
		p.attr("value", cell.Value)
		p.raw(`>`)
	}
}

func (c SheetColumn) class() string {
	switch c.Kind {
	case SheetMoney, SheetNumber:
		return "num"
	case SheetTick:
		return "shrink"
	}
	return ""
}

var _ templ.Component = Sheet{}
