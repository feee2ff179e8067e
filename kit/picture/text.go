package picture

import (
	"strconv"
	"strings"
)

// Text is the picture as KEY \t WIDTH \t HEIGHT \t WIDTHS, and \t webp when it is
// there as WebP too: one column, which Read reads without decoding. It is empty
// without a picture.
func (r Ready) Text() string {
	if r.Key == "" {
		return ""
	}
	widths := make([]string, len(r.Widths))
	for i, w := range r.Widths {
		widths[i] = strconv.Itoa(w)
	}
	text := strings.Join([]string{r.Key, strconv.Itoa(r.Width), strconv.Itoa(r.Height), strings.Join(widths, ",")}, "\t")
	if r.WebP {
		text += "\twebp"
	}
	return text
}

// Read is the picture of a text; a key alone is one of unknown size.
func Read(text string) Ready {
	var r Ready
	if text == "" {
		return r
	}
	key, rest, _ := strings.Cut(text, "\t")
	width, rest, _ := strings.Cut(rest, "\t")
	height, rest, _ := strings.Cut(rest, "\t")
	widths, also, _ := strings.Cut(rest, "\t")
	r.Key, r.WebP = key, also == "webp"
	r.Width, _ = strconv.Atoi(width)
	r.Height, _ = strconv.Atoi(height)
	if widths != "" {
		r.Widths = make([]int, 0, 4)
		for w := range strings.SplitSeq(widths, ",") {
			n, _ := strconv.Atoi(w)
			r.Widths = append(r.Widths, n)
		}
	}
	return r
}
