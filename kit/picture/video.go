package picture

import (
	"image"
	"image/color"
	"io"

	"golang.org/x/image/webp"
)

// decodeWebP reads WebP, whose brightness goes from 16 to 235 as in videos. The
// library gives it as it stands, which would make white grey.
func decodeWebP(r io.Reader) (image.Image, error) {
	img, err := webp.Decode(r)
	switch p := img.(type) {
	case *image.YCbCr:
		return video{p, nil, 0}, err
	case *image.NYCbCrA:
		return video{&p.YCbCr, p.A, p.AStride}, err
	}
	return img, err
}

// video is a picture with the colours of videos.
type video struct {
	*image.YCbCr
	alpha  []uint8 // nil when nothing is see-through
	stride int
}

// At implements image.Image.
func (v video) At(x, y int) color.Color { return v.RGBA64At(x, y) }

// ColorModel implements image.Image.
func (v video) ColorModel() color.Model { return color.RGBA64Model }

// RGBA64At implements image.RGBA64Image.
func (v video) RGBA64At(x, y int) color.RGBA64 {
	at := v.COffset(x, y)
	l, cb, cr := 76309*(int(v.Y[v.YOffset(x, y)])-16), int(v.Cb[at])-128, int(v.Cr[at])-128
	a := 255
	if v.alpha != nil {
		a = int(v.alpha[(y-v.Rect.Min.Y)*v.stride+x-v.Rect.Min.X])
	}
	part := func(c int) uint16 { return uint16(min(max((c+32768)>>16, 0), 255) * a * 257 / 255) }
	return color.RGBA64{R: part(l + 104597*cr), G: part(l - 25675*cb - 53279*cr), B: part(l + 132201*cb), A: uint16(a * 257)}
}
