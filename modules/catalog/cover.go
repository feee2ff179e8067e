package catalog

import (
	"strconv"
	"strings"

	"orion/kit/picture"
)

// A product's cover stands in lists, so it is stored apart from its pictures as
// KEY \t WIDTH \t HEIGHT \t WIDTHS, and \t webp when it is there as WebP too, which
// reads without decoding.

func coverText(p ProductInput) string {
	img, ok := p.Cover()
	if !ok {
		return ""
	}
	widths := make([]string, len(img.Widths))
	for i, w := range img.Widths {
		widths[i] = strconv.Itoa(w)
	}
	text := strings.Join([]string{img.Key, strconv.Itoa(img.Width), strconv.Itoa(img.Height), strings.Join(widths, ",")}, "\t")
	if img.WebP {
		text += "\twebp"
	}
	return text
}

func readCover(text string) Image {
	var img Image
	if text == "" {
		return img
	}
	key, rest, _ := strings.Cut(text, "\t")
	width, rest, _ := strings.Cut(rest, "\t")
	height, rest, _ := strings.Cut(rest, "\t")
	widths, also, _ := strings.Cut(rest, "\t")
	img.Key, img.WebP = key, also == "webp"
	img.Width, _ = strconv.Atoi(width)
	img.Height, _ = strconv.Atoi(height)
	if widths != "" {
		for w := range strings.SplitSeq(widths, ",") {
			n, _ := strconv.Atoi(w)
			img.Widths = append(img.Widths, n)
		}
	}
	return img
}

// isKey tells a picture's key from the address where an import found it, and from
// what is still to be prepared.
func isKey(image string) bool {
	return image != "" && !strings.Contains(image, "://") && !picture.IsUpload(image)
}
