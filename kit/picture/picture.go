// Package picture makes pictures that people send safe and light. What they
// send is judged by its head and kept as it is, where nobody is served it; later
// it is drawn anew in several widths, in a process of its own with bounds on
// memory and time, and only that is served. Whatever else stood in the file
// (where a photo was taken, a program, a second file) ends there.
package picture

import (
	"fmt"
	"image"
	"path"
	"strconv"
	"strings"

	"orion/kit/fault"
)

// The bounds of what may be sent.
const (
	MaxBytes  = 16 << 20
	MaxPixels = 32_000_000
	maxSide   = 20_000
	maxHeap   = 128 << 20 // that decoding may take, told from the head
)

// The reasons why a picture is refused or cannot be prepared.
var (
	ErrEmpty      = fault.New(fault.Invalid, "picture.empty")
	ErrUnreadable = fault.New(fault.Invalid, "picture.unreadable")
	ErrTooLarge   = fault.New(fault.Invalid, "picture.too_large").With("max", MaxBytes>>20)
	ErrTooMany    = fault.New(fault.Invalid, "picture.too_many_pixels").With("max", MaxPixels/1_000_000)
	ErrTooHeavy   = fault.New(fault.Invalid, "picture.too_heavy")
)

// At names the field that the picture was sent in, in the error of one that was
// refused; others pass unchanged.
func At(field string, err error) error {
	f := fault.As(err)
	if f == nil || !strings.HasPrefix(f.Code, "picture.") {
		return err
	}
	for name, value := range f.Args {
		return f.Field(field, f.Code, name, value)
	}
	return f.Field(field, f.Code)
}

// Plan says what is made of a picture.
type Plan struct {
	Folder string // first part of the keys under which it is served
	Widths []int  // narrowest first; none is wider than the picture
	Clear  bool   // keeps what is see-through, in PNG instead of JPEG
	Sense  bool   // is Clear for a picture in which anything is see-through
	Cut    Cut    // the part that is drawn; zero is all of it
}

// Cut is a part of a picture as people see it, in ten-thousandths of its width
// and height from the upper left.
type Cut struct {
	X, Y          int
	Width, Height int
}

// Whole is how many ten-thousandths a picture has.
const Whole = 10_000

// Valid tells whether the cut is a part of a picture.
func (c Cut) Valid() bool {
	return c == Cut{} || c.X >= 0 && c.Y >= 0 && c.Width > 0 && c.Height > 0 && c.X+c.Width <= Whole && c.Y+c.Height <= Whole
}

// of is the part in pixels of a picture of a size; the smallest is one pixel.
func (c Cut) of(w, h int) image.Rectangle {
	if c == (Cut{}) || !c.Valid() {
		return image.Rect(0, 0, w, h)
	}
	x, y := min(c.X*w/Whole, w-1), min(c.Y*h/Whole, h-1)
	return image.Rect(x, y, max((c.X+c.Width)*w/Whole, x+1), max((c.Y+c.Height)*h/Whole, y+1))
}

// mark tells plans apart that draw different things from the same picture.
func (p Plan) mark() string {
	if p.Cut == (Cut{}) && !p.Sense {
		return ""
	}
	return fmt.Sprint(p.Cut, p.Sense)
}

// ext is the kind of file for readers that know no WebP.
func (p Plan) ext() string {
	if p.Clear {
		return "png"
	}
	return "jpg"
}

// tallest is how high a picture may be.
func (p Plan) tallest() int { return 2 * p.Widths[len(p.Widths)-1] }

// Ready is a picture that may be served. Narrower copies stand beside it; see
// Copy and WebP for their keys.
type Ready struct {
	Key           string
	Width, Height int
	Widths        []int // of the narrower copies
	WebP          bool  // it and its copies are there as WebP too
}

// Copy is the key of a narrower copy of a picture. One that is not there because
// the picture is no wider is served as the picture itself.
func Copy(key string, width int) string {
	ext := path.Ext(key)
	return strings.TrimSuffix(key, ext) + "-" + strconv.Itoa(width) + ext
}

// WebP is the key of the same picture, or copy, as WebP.
func WebP(key string) string { return strings.TrimSuffix(key, path.Ext(key)) + ".webp" }
