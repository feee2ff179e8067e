package picture

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"

	"github.com/gen2brain/webp"
)

// How well pictures are drawn; see docs/adr/libraries.md for the measures.
const (
	jpegQuality = 80
	webpQuality = 74
	webpMethod  = 4
)

// file is one drawn file: a width, or 0 for the widest, and its kind.
type file struct {
	Width   int
	Ext     string
	Content []byte
}

// drawing is a picture drawn anew.
type drawing struct {
	Width, Height int
	Widths        []int // of the narrower copies
	Clear         bool  // something in it is see-through
	Files         []file
}

// plan is the plan with what was found out about the picture.
func (d drawing) plan(p Plan) Plan {
	p.Clear = d.Clear
	return p
}

// part is some of a picture.
type part struct {
	image.Image
	of   image.Rectangle
	read func(x, y int) color.RGBA64
}

// Bounds implements image.Image.
func (p part) Bounds() image.Rectangle { return p.of }

// RGBA64At implements image.RGBA64Image.
func (p part) RGBA64At(x, y int) color.RGBA64 { return p.read(x, y) }

// cut is the part of a picture that a plan wants; turned is how it lies in its file.
func cut(src image.Image, c Cut, turned int) image.Image {
	if c == (Cut{}) {
		return src
	}
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	seen := c.of(w, h)
	if turned >= 5 {
		seen = c.of(h, w)
	}
	one, other := source(turned, seen.Min, w, h), source(turned, seen.Max.Sub(image.Pt(1, 1)), w, h)
	if turned <= 1 {
		one, other = seen.Min, seen.Max.Sub(image.Pt(1, 1))
	}
	of := image.Rect(min(one.X, other.X), min(one.Y, other.Y), max(one.X, other.X)+1, max(one.Y, other.Y)+1)
	return part{src, of.Add(b.Min), reader(src)}
}

// draw decodes a picture and draws it in all its widths. Decoders see the end
// of ctx, since a small file may ask for much work.
func draw(ctx context.Context, content []byte, p Plan) (drawing, error) {
	f, size, err := inspect(content)
	if err != nil {
		return drawing{}, err
	}
	src, err := f.decode(patient{ctx, bytes.NewReader(content)})
	if ctx.Err() != nil {
		return drawing{}, ErrTooHeavy.Because(ctx.Err())
	}
	if err != nil {
		return drawing{}, ErrUnreadable.Because(err)
	}
	if src.Bounds().Dx() != size.Width || src.Bounds().Dy() != size.Height {
		return drawing{}, ErrUnreadable
	}
	turned := 1
	if f.ext == "jpg" {
		turned = orientation(content)
	}
	lying := turned >= 5
	src = cut(src, p.Cut, turned)
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	if lying {
		w, h = h, w
	}
	out := drawing{}
	out.Width, out.Height = fit(w, h, p.Widths[len(p.Widths)-1], p.tallest())
	sw, sh := out.Width, out.Height
	if lying {
		sw, sh = sh, sw
	}
	full := upright(scale(src, sw, sh), turned)
	if p.Sense {
		p.Clear = !full.Opaque()
	}
	if out.Clear = p.Clear; !p.Clear {
		onWhite(full)
	}
	return out, out.encodeAll(ctx, full, p)
}

// fit is the size of a picture within bounds.
func fit(w, h, width, height int) (int, int) {
	if w > width {
		w, h = width, max(1, h*width/w)
	}
	if h > height {
		w, h = max(1, w*height/h), height
	}
	return w, h
}

func (d *drawing) encodeAll(ctx context.Context, full *image.RGBA, p Plan) error {
	if err := d.encode(full, 0, p); err != nil {
		return err
	}
	for _, w := range p.Widths {
		if w >= d.Width {
			break
		}
		if ctx.Err() != nil {
			return ErrTooHeavy.Because(ctx.Err())
		}
		if err := d.encode(scale(full, w, max(1, d.Height*w/d.Width)), w, p); err != nil {
			return err
		}
		d.Widths = append(d.Widths, w)
	}
	return nil
}

func (d *drawing) encode(img *image.RGBA, width int, p Plan) error {
	var plain, light bytes.Buffer
	var err error
	if p.Clear {
		err = png.Encode(&plain, img)
	} else {
		err = jpeg.Encode(&plain, img, &jpeg.Options{Quality: jpegQuality})
	}
	if err != nil {
		return fmt.Errorf("draw the picture: %w", err)
	}
	if err := webp.Encode(&light, straight(img), webp.Options{Quality: webpQuality, Method: webpMethod}); err != nil {
		return fmt.Errorf("draw the picture: %w", err)
	}
	d.Files = append(d.Files, file{width, p.ext(), plain.Bytes()}, file{width, "webp", light.Bytes()})
	return nil
}

// straight is a picture as the encoder of WebP takes it without a copy, where
// nothing is see-through.
func straight(p *image.RGBA) image.Image {
	if p.Opaque() {
		return &image.NRGBA{Pix: p.Pix, Stride: p.Stride, Rect: p.Rect}
	}
	return p
}

// patient reads until ctx ends.
type patient struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader.
func (p patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.r.Read(b)
}
