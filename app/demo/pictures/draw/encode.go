package main

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"

	"github.com/gen2brain/webp"
	"golang.org/x/image/draw"
)

// encode writes the picture as WebP in three widths, and the first of a product as
// JPEG in the middle one too, for mails and previews that know no WebP.
func encode(out string, s scene, full image.Image) error {
	key := s.key
	base := filepath.Join(out, filepath.FromSlash(key))
	if err := os.MkdirAll(filepath.Dir(base), 0o755); err != nil {
		return err
	}
	top := full.Bounds().Dx()
	for _, width := range []int{400, 800, top} {
		small := scale(full, width)
		var b bytes.Buffer
		if err := webp.Encode(&b, small, webp.Options{Quality: 71, Method: 4}); err != nil {
			return fmt.Errorf("encode %s: %w", key, err)
		}
		if err := os.WriteFile(fmt.Sprintf("%s-%d.webp", base, width), b.Bytes(), 0o644); err != nil {
			return err
		}
		if width != 800 || !s.first {
			continue
		}
		b.Reset()
		if err := jpeg.Encode(&b, small, &jpeg.Options{Quality: 60}); err != nil {
			return fmt.Errorf("encode %s: %w", key, err)
		}
		if err := os.WriteFile(base+"-800.jpg", b.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func scale(src image.Image, width int) image.Image {
	b := src.Bounds()
	if b.Dx() == width {
		return src
	}
	dst := image.NewRGBA(image.Rect(0, 0, width, b.Dy()*width/b.Dx()))
	draw.CatmullRom.Scale(dst, dst.Bounds(), src, b, draw.Src, nil)
	return dst
}
