package picture

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"strings"
	"testing"

	"orion/kit/blob"
)

// A cut is what people see of a part, however the camera was held.
func TestCut(t *testing.T) {
	t.Parallel()
	blobs := &blob.Memory{}
	s := NewStudio(blobs)
	upload, err := s.Receive(t.Context(), "", bytes.NewReader(pngOf(t, painted(1000, 500))))
	if err != nil {
		t.Fatal(err)
	}
	plan := Plan{Folder: "library", Widths: []int{400, 1600}, Sense: true}
	whole, err := s.Prepare(t.Context(), upload, plan)
	if err != nil {
		t.Fatal(err)
	}
	plan.Cut = Cut{X: 1000, Y: 2000, Width: 3000, Height: 4000} // in the red half
	got, err := s.Prepare(t.Context(), upload, plan)
	if err != nil {
		t.Fatal(err)
	}
	if got.Width != 300 || got.Height != 200 || got.Key == whole.Key || !strings.HasSuffix(got.Key, ".jpg") || !strings.HasSuffix(whole.Key, ".png") {
		t.Errorf("cut as %+v out of %+v", got, whole)
	}
	img, _, err := image.Decode(bytes.NewReader(read(t, blobs, got.Key)))
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []image.Point{{2, 2}, {297, 197}} {
		if r, g, _, _ := img.At(at.X, at.Y).RGBA(); r>>8 < 180 || g>>8 > 40 {
			t.Errorf("at %v it is %v", at, img.At(at.X, at.Y))
		}
	}
	if err := s.Remove(t.Context(), whole); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{whole.Key, WebP(whole.Key), Copy(whole.Key, 400), WebP(Copy(whole.Key, 400))} {
		if _, _, err := blobs.Open(t.Context(), key); !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("%s is still there: %v", key, err)
		}
	}
}

// Of each way to hold a camera, the upper left quarter is the one that people see there.
func TestCutOfTurned(t *testing.T) {
	t.Parallel()
	for turned := 1; turned <= 8; turned++ {
		const w, h = 40, 20
		stored := image.NewNRGBA(image.Rect(0, 0, w, h))
		seenW, seenH := w, h
		if turned >= 5 {
			seenW, seenH = h, w
		}
		for y := range seenH {
			for x := range seenW {
				at := image.Pt(x, y)
				if turned > 1 {
					at = source(turned, at, w, h)
				}
				stored.SetNRGBA(at.X, at.Y, color.NRGBA{R: uint8(5 * x), G: uint8(5 * y), A: 255})
			}
		}
		src := cut(stored, Cut{Width: Whole / 2, Height: Whole / 2}, turned)
		got := upright(scale(src, src.Bounds().Dx(), src.Bounds().Dy()), turned)
		if got.Rect.Dx() != seenW/2 || got.Rect.Dy() != seenH/2 {
			t.Fatalf("turned %d it is %v", turned, got.Rect)
		}
		if first, last := got.RGBAAt(0, 0), got.RGBAAt(seenW/2-1, seenH/2-1); first != (color.RGBA{A: 255}) || last != (color.RGBA{R: uint8(5 * (seenW/2 - 1)), G: uint8(5 * (seenH/2 - 1)), A: 255}) {
			t.Errorf("turned %d it goes from %v to %v", turned, first, last)
		}
	}
}
