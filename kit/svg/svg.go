// Package svg makes drawings that people send safe to keep: what draws is
// written anew, and nothing else. Scripts, events, foreign HTML, animations,
// entities, pictures and whatever leads out of the file end there.
package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"

	"orion/kit/fault"
)

// The bounds of a drawing. Within them a browser has little to do, however its
// parts are used.
const (
	MaxBytes    = 1 << 20
	maxElements = 10_000
	maxDepth    = 60
	maxUses     = 100
	maxSide     = 20_000
)

// The reasons why a drawing is refused.
var (
	ErrUnreadable = fault.New(fault.Invalid, "svg.unreadable")
	ErrTooLarge   = fault.New(fault.Invalid, "svg.too_large").With("max", MaxBytes>>20)
)

// Drawing is a drawing that may be kept.
type Drawing struct {
	Content       []byte
	Width, Height int // as it wants to be shown; 0 when it does not say
}

// Is tells whether a file looks like a drawing by its beginning.
func Is(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	return bytes.HasPrefix(head, []byte("<")) && bytes.Contains(head[:min(len(head), 4096)], []byte("<svg"))
}

// Clean writes a drawing anew with what draws. Cleaning twice is cleaning once.
func Clean(content []byte) (Drawing, error) {
	if len(content) > MaxBytes {
		return Drawing{}, ErrTooLarge
	}
	c := cleaner{in: xml.NewDecoder(bytes.NewReader(content)), used: map[string]bool{}, users: map[string]bool{}}
	c.in.Entity = map[string]string{}
	if err := c.run(); err != nil {
		return Drawing{}, ErrUnreadable.Because(err)
	}
	c.Content = bytes.Clone(c.out.Bytes())
	return c.Drawing, nil
}

// cleaner reads a drawing and writes what is kept.
type cleaner struct {
	in       *xml.Decoder
	out      bytes.Buffer
	open     []level
	elements int
	uses     int
	used     map[string]bool // names of parts that others show
	users    map[string]bool // names of parts that show others
	sheet    bytes.Buffer    // the style sheet that is open
	Drawing
}

// level is an element that is open.
type level struct{ name, id string }

var (
	errNoDrawing = errors.New("it is no drawing")
	errHeavy     = errors.New("it is too much to draw")
)

func (c *cleaner) run() error {
	for {
		token, err := c.in.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			err = c.start(t)
		case xml.EndElement:
			err = c.end(t.Name)
		case xml.CharData:
			err = c.text(t)
		}
		if err != nil {
			return err
		}
	}
	if len(c.open) != 0 || c.elements == 0 {
		return errNoDrawing
	}
	for name := range c.users {
		if c.used[name] { // parts within parts within parts grow without end
			return errHeavy
		}
	}
	return nil
}

func (c *cleaner) start(e xml.StartElement) error {
	if len(c.open) == 0 && (c.elements > 0 || e.Name.Local != "svg" || e.Name.Space != "") {
		return errNoDrawing
	}
	if c.elements++; c.elements > maxElements || len(c.open) >= maxDepth {
		return errHeavy
	}
	if e.Name.Space != "" || !elements[e.Name.Local] || len(c.open) > 0 && c.open[len(c.open)-1].name == "style" {
		return c.skip()
	}
	attrs := kept(e)
	c.open = append(c.open, level{e.Name.Local, attrs.value("id")})
	if e.Name.Local == "use" {
		if err := c.use(attrs.value("href")); err != nil {
			return err
		}
	}
	c.out.WriteByte('<')
	c.out.WriteString(e.Name.Local)
	if len(c.open) == 1 {
		c.out.WriteString(` xmlns="http://www.w3.org/2000/svg"`)
		c.Width, c.Height = size(attrs)
	}
	for _, a := range attrs {
		c.out.WriteString(" " + a.Name.Local + `="`)
		_ = xml.EscapeText(&c.out, []byte(a.Value)) // a buffer takes everything
		c.out.WriteByte('"')
	}
	c.out.WriteByte('>')
	return nil
}

// use notes that the element which is open shows another part.
func (c *cleaner) use(href string) error {
	if c.uses++; c.uses > maxUses {
		return errHeavy
	}
	c.used[strings.TrimPrefix(href, "#")] = true
	for _, l := range c.open[:len(c.open)-1] {
		if l.id != "" {
			c.users[l.id] = true
		}
	}
	return nil
}

// skip passes over an element with everything in it.
func (c *cleaner) skip() error {
	for depth := 1; depth > 0; {
		token, err := c.in.RawToken()
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			if depth++; depth > 10*maxDepth {
				return errHeavy
			}
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

func (c *cleaner) end(name xml.Name) error {
	last := len(c.open) - 1
	if last < 0 || c.open[last].name != name.Local || name.Space != "" {
		return errNoDrawing
	}
	c.open = c.open[:last]
	if name.Local == "style" {
		// Judged as a whole: comments between its parts are not written.
		if calm(c.sheet.String()) {
			_ = xml.EscapeText(&c.out, c.sheet.Bytes()) // a buffer takes everything
		}
		c.sheet.Reset()
	}
	c.out.WriteString("</" + name.Local + ">")
	return nil
}

func (c *cleaner) text(t xml.CharData) error {
	if len(c.open) == 0 {
		return nil
	}
	switch at := c.open[len(c.open)-1].name; {
	case at == "style":
		c.sheet.Write(t)
	case texts[at]:
		return xml.EscapeText(&c.out, t)
	}
	return nil
}

// attributes are those of one element that are kept.
type attributes []xml.Attr

func (a attributes) value(name string) string {
	for _, x := range a {
		if x.Name.Local == name {
			return x.Value
		}
	}
	return ""
}

// kept are the attributes that draw, each at most once.
func kept(e xml.StartElement) attributes {
	var out attributes
	for _, a := range e.Attr {
		name := a.Name.Local
		switch {
		case name == "href" && (a.Name.Space == "" || a.Name.Space == "xlink"):
			if !strings.HasPrefix(a.Value, "#") {
				continue
			}
		case a.Name.Space != "" || !names[name] || !calm(a.Value):
			continue
		}
		if a.Name.Space = ""; out.value(name) == "" {
			out = append(out, a)
		}
	}
	return out
}

// calm tells that a value or a style sheet leads nowhere but to parts of the
// same drawing, and hides nothing behind escapes.
func calm(value string) bool {
	v := strings.ToLower(value)
	for _, bad := range []string{`\`, "@", "expression", "javascript", "behavior", "-moz-binding", "image(", "image-set", "src(", "<", "://", "data:", "/*"} {
		if strings.Contains(v, bad) {
			return false
		}
	}
	for {
		_, after, found := strings.Cut(v, "url")
		if !found {
			return true
		}
		if rest := strings.TrimLeft(after, " \t\r\n"); !strings.HasPrefix(rest, "(") || !strings.HasPrefix(strings.TrimLeft(rest[1:], " \t\r\n'\""), "#") {
			return false
		}
		v = after
	}
}

// size is how large a drawing wants to be shown.
func size(a attributes) (w, h int) {
	w, h = pixels(a.value("width")), pixels(a.value("height"))
	if w > 0 && h > 0 {
		return w, h
	}
	box := strings.FieldsFunc(a.value("viewBox"), func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' })
	if len(box) != 4 {
		return 0, 0
	}
	return pixels(box[2]), pixels(box[3])
}

func pixels(s string) int {
	f, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s), "px"), 64)
	if err != nil || math.IsNaN(f) || f < 0.5 || f > maxSide {
		return 0
	}
	return int(math.Round(f))
}
