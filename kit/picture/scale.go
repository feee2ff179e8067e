package picture

import (
	"image"
	"image/color"
)

// scale draws a picture smaller by the average of the pixels that fall together,
// reading each of them once. It never draws it larger.
func scale(src image.Image, width, height int) *image.RGBA {
	b := src.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	row, sum := make([]float32, 4*width), make([]float32, 4*width)
	read := reader(src)
	per := float64(height) / float64(b.Dy()) // rows of the result a row of the source; at most 1
	y := 0
	for sy := range b.Dy() {
		across(read, row, b.Min.Y+sy, b)
		over := float64(sy+1)*per - float64(y+1) // how far the row reaches into the next one
		add(sum, row, per-max(over, 0))
		if over > -1e-9 || sy == b.Dy()-1 {
			flush(out.Pix[y*out.Stride:], sum)
			add(sum, row, max(over, 0))
			y++
		}
	}
	return out
}

// across sums a row of the source into columns of the result.
func across(read func(x, y int) color.RGBA64, row []float32, y int, b image.Rectangle) {
	clear(row)
	per := float64(len(row)/4) / float64(b.Dx())
	x := 0
	for sx := range b.Dx() {
		c := read(b.Min.X+sx, y)
		px := [4]float32{float32(c.R), float32(c.G), float32(c.B), float32(c.A)}
		over := float64(sx+1)*per - float64(x+1)
		add(row[4*x:], px[:], per-max(over, 0))
		if over > -1e-9 && 4*x+4 < len(row) {
			x++
			add(row[4*x:], px[:], max(over, 0))
		}
	}
}

func add(sum, values []float32, share float64) {
	for i, v := range values {
		sum[i] += v * float32(share)
	}
}

// flush writes a finished row of the result and begins the next one.
func flush(pix []uint8, sum []float32) {
	for i, v := range sum {
		pix[i] = uint8(min(max(v/257+.5, 0), 255))
	}
	clear(sum)
}

// reader gives the pixels of a picture without making a value of each.
func reader(src image.Image) func(x, y int) color.RGBA64 {
	if s, ok := src.(image.RGBA64Image); ok {
		return s.RGBA64At
	}
	return func(x, y int) color.RGBA64 {
		r, g, b, a := src.At(x, y).RGBA()
		return color.RGBA64{R: uint16(r), G: uint16(g), B: uint16(b), A: uint16(a)}
	}
}

// onWhite makes what is see-through white.
func onWhite(p *image.RGBA) {
	for i := 0; i < len(p.Pix); i += 4 {
		free := 255 - p.Pix[i+3]
		p.Pix[i], p.Pix[i+1], p.Pix[i+2], p.Pix[i+3] = p.Pix[i]+free, p.Pix[i+1]+free, p.Pix[i+2]+free, 255
	}
}

// upright turns a picture as EXIF says that the camera was held.
func upright(p *image.RGBA, turned int) *image.RGBA {
	if turned <= 1 {
		return p
	}
	w, h := p.Rect.Dx(), p.Rect.Dy()
	size := image.Rect(0, 0, w, h)
	if turned >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range size.Dy() {
		for x := range size.Dx() {
			from := source(turned, image.Pt(x, y), w, h)
			copy(out.Pix[out.PixOffset(x, y):][:4], p.Pix[p.PixOffset(from.X, from.Y):][:4])
		}
	}
	return out
}

// source is where a pixel of the upright picture stands in the stored one, which
// is w wide and h high.
func source(turned int, at image.Point, w, h int) image.Point {
	x, y := at.X, at.Y
	switch turned {
	case 2:
		return image.Pt(w-1-x, y)
	case 3:
		return image.Pt(w-1-x, h-1-y)
	case 4:
		return image.Pt(x, h-1-y)
	case 5:
		return image.Pt(y, x)
	case 6:
		return image.Pt(y, h-1-x)
	case 7:
		return image.Pt(w-1-y, h-1-x)
	}
	return image.Pt(w-1-y, x)
}
