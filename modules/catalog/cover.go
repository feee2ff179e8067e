package catalog

import (
	"strings"

	"orion/kit/picture"
)

// A product's cover stands in lists, so it is stored apart from its pictures as
// a text that reads without decoding.

func coverText(p ProductInput) string {
	img, _ := p.Cover()
	return img.ready().Text()
}

func readCover(text string) Image {
	r := picture.Read(text)
	return Image{Key: r.Key, Width: r.Width, Height: r.Height, Widths: r.Widths, WebP: r.WebP}
}

// ready is the picture as it is served.
func (i Image) ready() picture.Ready {
	return picture.Ready{Key: i.Key, Width: i.Width, Height: i.Height, Widths: i.Widths, WebP: i.WebP}
}

// isKey tells a picture's key from the address where an import found it, and from
// what is still to be prepared.
func isKey(image string) bool {
	return image != "" && !strings.Contains(image, "://") && !picture.IsUpload(image)
}
