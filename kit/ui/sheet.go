package ui

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Sheet is many fields in a grid, as in a spreadsheet. The arrow keys and Enter
// move, F2 edits, Shift selects, a column can be filled down, what was copied from
// a spreadsheet is pasted over cells, and all of that can be undone. On a phone
// each row is a card of fields. Without JavaScript it is a table of fields.
type Sheet struct {
	Label   string // for screen readers: "Variants"
	Head    string // above the names of the rows
	Columns []SheetColumn
	Rows    []SheetRow
	Filters []SheetFilter
	Sparse  bool // only cells that were changed are sent, where JavaScript can tell

	// Remember names the sheet in the reader's browser, which keeps the columns that
	// they chose. Empty offers no choice.
	Remember string
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

	Options []Option // of a SheetSelect; what a SheetText suggests
}

// SheetRow is one thing with a cell for each column.
type SheetRow struct {
	Prefix string      // before the names of its fields: "variants.3."
	Label  string      // what the row is
	Hidden [][2]string // sent along: name behind the prefix, and value
	Cells  []SheetCell
	Of     []string // its value for each filter
	Sub    bool     // it belongs to the row above
	Error  string   // what is wrong with all of it, in words

	id string // of its head, by which its cells are called
}

// SheetCell is a value. Error is in words.
type SheetCell struct {
	Value string
	Error string
	On    bool    // of a tick
	None  bool    // the row has no such field
	Was   *string // what is stored, where Value is what somebody typed
	Base  bool    // what is stored is sent along, under the cell's name and ".was"
	Note  string  // what has to be known of it: "Stored now: 5.00"
}

// stored is what the cell holds as long as nobody types.
func (c SheetCell) stored() string {
	if c.Was != nil {
		return *c.Was
	}
	return c.Value
}

func (c SheetCell) changed() bool { return c.Was != nil && *c.Was != c.Value }

// SheetFilter shows rows with one of the values only.
type SheetFilter struct {
	Label  string
	Values []Option
}

// Render writes the grid.
func (v Sheet) Render(ctx context.Context, w io.Writer) error {
	if err := need("sheet.js").Render(ctx, w); err != nil {
		return err
	}
	p := &pen{w: w}
	p.raw(`<o-sheet class="sheet"`)
	p.attr("data-changed", tr(ctx, "ui.sheet_changed", "n", "{n}"))
	p.attr("data-dropped", tr(ctx, "ui.sheet_dropped", "n", "{n}"))
	p.attr("data-remember", v.Remember)
	if v.Sparse {
		p.raw(` data-sparse`)
	}
	p.raw(`>`)
	v.bar(ctx, p)
	p.raw(`<div class="sheet-scroll"><table class="sheet-table"`)
	p.attr("aria-label", v.Label)
	p.raw(`><thead><tr><th scope="col">`)
	p.text(v.Head)
	p.raw(`</th>`)
	for i, c := range v.Columns {
		p.raw(`<th scope="col" id="`, columnID(i), `"`)
		p.attr("class", c.class())
		p.raw(`>`)
		p.text(c.Label)
		p.raw(`</th>`)
	}
	p.raw(`</tr></thead><tbody>`)
	for i, r := range v.Rows {
		r.id = "row-" + strconv.Itoa(i)
		v.row(ctx, p, r)
	}
	p.raw(`</tbody></table></div>`)
	for _, c := range v.Columns {
		c.suggestions(p)
	}
	p.raw(`</o-sheet>`)
	return p.err
}

func (v Sheet) row(ctx context.Context, p *pen, r SheetRow) {
	p.raw(`<tr`)
	for i, value := range r.Of {
		p.attr("data-f"+strconv.Itoa(i), value)
	}
	if r.Sub {
		p.raw(` class="is-sub"`)
	}
	p.raw(`><th scope="row"`)
	p.attr("id", r.id)
	p.attr("title", r.Label)
	p.raw(`>`)
	p.text(r.Label)
	if r.Error != "" {
		p.raw(`<p class="field-error">`)
		p.text(r.Error)
		p.raw(`</p>`)
		noteError(ctx, Field{Name: r.first(v.Columns), Label: r.Label, Error: r.Error})
	}
	for _, h := range r.Hidden {
		p.raw(`<input type="hidden"`)
		p.attr("name", r.Prefix+h[0])
		p.raw(` value="`)
		p.text(h[1])
		p.raw(`">`)
	}
	p.raw(`</th>`)
	for i, cell := range r.Cells {
		v.cell(ctx, p, r, i, cell)
	}
	p.raw(`</tr>`)
}

// columnID is the id of a column's head, by which its cells are called, too.
func columnID(i int) string { return "col-" + strconv.Itoa(i) }

func (v Sheet) cell(ctx context.Context, p *pen, r SheetRow, at int, cell SheetCell) {
	c := v.Columns[at]
	if cell.None {
		p.raw(`<td class="is-none"></td>`)
		return
	}
	name := r.Prefix + c.Name
	id := "f-" + strings.ReplaceAll(name, ".", "-")
	p.raw(`<td`)
	if cell.changed() {
		p.attr("class", strings.TrimSpace(c.class()+" is-changed"))
	} else {
		p.attr("class", c.class())
	}
	p.attr("data-label", c.Label)
	p.raw(`>`)
	if c.Kind == SheetSelect {
		p.raw(`<select`)
	} else {
		p.raw(`<input`)
	}
	p.attr("name", name)
	p.raw(` aria-labelledby="`, columnID(at), ` `, r.id, `"`)
	if cell.Error != "" || r.Error != "" { // the list of errors leads there
		p.attr("id", id)
	}
	if cell.Error != "" {
		p.raw(` aria-invalid="true"`)
		p.attr("aria-describedby", id+"-error")
	}
	if cell.changed() {
		p.raw(` data-was="`)
		p.text(*cell.Was)
		p.raw(`"`)
	}
	c.value(p, cell)
	if cell.Base {
		p.raw(`<input type="hidden"`)
		p.attr("name", name+".was")
		p.attr("value", cell.stored())
		p.raw(`>`)
	}
	if cell.Note != "" {
		p.raw(`<small class="cell-note">`)
		p.text(cell.Note)
		p.raw(`</small>`)
	}
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
		if len(c.Options) > 0 {
			p.attr("list", c.list())
		}
		p.attr("inputmode", [...]string{"", "decimal", "decimal"}[c.Kind])
		p.attr("value", cell.Value)
		p.raw(`>`)
	}
}

// list is the identifier of what a column suggests.
func (c SheetColumn) list() string { return "list-" + strings.ReplaceAll(c.Name, ".", "-") }

// suggestions are written once for all cells of the column.
func (c SheetColumn) suggestions(p *pen) {
	if c.Kind != SheetText || len(c.Options) == 0 {
		return
	}
	p.raw(`<datalist`)
	p.attr("id", c.list())
	p.raw(`>`)
	for _, o := range c.Options {
		p.raw(`<option`)
		p.attr("value", o.Label)
		p.raw(`></option>`)
	}
	p.raw(`</datalist>`)
}

// first is the name of the first field that the row has.
func (r SheetRow) first(columns []SheetColumn) string {
	for i, cell := range r.Cells {
		if !cell.None {
			return r.Prefix + columns[i].Name
		}
	}
	return ""
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
