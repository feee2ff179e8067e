package catalog

import (
	"errors"
	"io"
	"strings"

	"orion/kit/fault"
)

// reading turns rows into drafts.
type reading struct {
	sheet  *sheet
	format format
	seen   map[string]bool
	held   bool // the sheet stands on a row that was not used yet
}

// next is the next product, or io.EOF after the last, perhaps together with it.
func (r *reading) next() (*draft, error) {
	var d *draft
	for {
		if !r.held {
			err := r.sheet.next()
			if errors.Is(err, io.EOF) {
				if d != nil {
					r.format.end(d)
				}
				return d, io.EOF
			}
			if errors.Is(err, errRow) {
				if d == nil {
					d = &draft{line: r.sheet.line, has: r.sheet.has}
				}
				d.fail(r.sheet.line, "", errRow)
				continue
			}
			if err != nil {
				return nil, err
			}
		}
		key := r.format.key(r.sheet)
		if d != nil && d.slug != "" && key != d.slug {
			r.held = true
			r.format.end(d)
			return d, nil
		}
		r.held = false
		if key == "" && strings.Join(r.sheet.row, "") == "" {
			continue // an empty line
		}
		if d == nil || d.slug == "" {
			d = r.begin(d, key)
		}
		r.format.row(r.sheet, d)
		if key == "" {
			r.format.end(d)
			return d, nil
		}
	}
}

var (
	errNoSlug    = fault.New(fault.Invalid, "catalog.row_without_product")
	errScattered = fault.New(fault.Invalid, "catalog.rows_scattered")
)

// begin starts a product. A row before it that could not be read may have been
// its own, so it fails with it.
func (r *reading) begin(d *draft, key string) *draft {
	if d == nil {
		d = &draft{line: r.sheet.line, has: r.sheet.has}
	}
	d.slug = key
	for i := range d.problems {
		d.problems[i].Product = key
	}
	switch {
	case key == "":
		d.fail(r.sheet.line, "", errNoSlug)
	case r.seen[key]:
		d.fail(r.sheet.line, "", errScattered)
	}
	r.seen[key] = true
	r.format.begin(r.sheet, d)
	return d
}
