package catalog

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/gif" // decodes uploads
	"image/jpeg"
	_ "image/png" // decodes uploads
	"io"
	"path"
	"strconv"
	"strings"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // decodes uploads

	"orion/kit/blob"
	"orion/kit/fault"
)

// The bounds of an uploaded picture.
const (
	maxPicture = 16 << 20
	maxPixels  = 40_000_000
)

// pictureWidths are the copies that are made of a picture, for small screens.
var pictureWidths = []int{400, 800, 1600}

var (
	errPicture         = fault.New(fault.Invalid, "catalog.invalid_picture")
	errPictureUnread   = errPicture.Field("picture", "catalog.picture_unreadable")
	errPictureTooLarge = errPicture.Field("picture", "catalog.picture_too_large", "max", maxPicture>>20)
)

// StorePicture keeps an uploaded picture with narrower copies. It is drawn anew,
// so that nothing hidden in the file (where it was taken, or a program) is served.
func (m *Module) StorePicture(ctx context.Context, r io.Reader) (Image, error) {
	content, err := io.ReadAll(io.LimitReader(r, maxPicture+1))
	if err != nil {
		return Image{}, fmt.Errorf("read the picture: %w", err)
	}
	if len(content) > maxPicture {
		return Image{}, errPictureTooLarge
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return Image{}, errPictureUnread.Because(err)
	}
	if size.Width*size.Height > maxPixels {
		return Image{}, errPictureTooLarge
	}
	src, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return Image{}, errPictureUnread.Because(err)
	}
	img := Image{Key: blob.Key("products", "jpg", content), Width: size.Width, Height: size.Height}
	if widest := pictureWidths[len(pictureWidths)-1]; img.Width > widest {
		img.Width, img.Height = widest, max(1, size.Height*widest/size.Width)
	}
	if err := m.putCopy(ctx, img.Key, src, img.Width); err != nil {
		return Image{}, err
	}
	for _, w := range pictureWidths {
		if w < img.Width {
			if err := m.putCopy(ctx, CopyKey(img.Key, w), src, w); err != nil {
				return Image{}, err
			}
			img.Widths = append(img.Widths, w)
		}
	}
	return img, nil
}

// putCopy stores a picture at a width, on white where it was see-through.
func (m *Module) putCopy(ctx context.Context, key string, src image.Image, width int) error {
	b := src.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, width, max(1, b.Dy()*width/b.Dx())))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(out, out.Bounds(), src, b, draw.Over, nil)
	var file bytes.Buffer
	if err := jpeg.Encode(&file, out, &jpeg.Options{Quality: 82}); err != nil {
		return fmt.Errorf("write the picture: %w", err)
	}
	return m.need.Kit.Blobs.Put(ctx, key, &file)
}

// CopyKey is the key of a narrower copy of a picture.
func CopyKey(key string, width int) string {
	ext := path.Ext(key)
	return strings.TrimSuffix(key, ext) + "-" + strconv.Itoa(width) + ext
}
