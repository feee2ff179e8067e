package ui

import (
	"path"
	"strconv"
	"strings"
)

// Stored is a picture as it is kept.
type Stored struct {
	Key           string
	Width, Height int
	Widths        []int // of narrower copies
	WebP          bool  // it and its copies are there as WebP too
}

// Image is a stored picture in its widths. Base is the address before /media, and
// sizes says how wide it is shown. Browsers that know no WebP get one file of
// middle width.
func (p Stored) Image(base, sizes string) Image {
	if p.Key == "" {
		return Image{}
	}
	img := Image{Src: MediaURL(base, p.Key), Width: p.Width, Height: p.Height, Sizes: sizes}
	if p.Width == 0 {
		return img
	}
	ext := path.Ext(p.Key)
	stem := MediaURL(base, strings.TrimSuffix(p.Key, ext))
	if p.WebP {
		img.WebP, img.Small = p.srcset(stem, ".webp")
		if len(p.Widths) > 0 {
			img.Src = stem + "-" + strconv.Itoa(p.Widths[len(p.Widths)-1]) + ext
		}
		return img
	}
	if len(p.Widths) > 0 {
		img.SrcSet, img.Small = p.srcset(stem, ext)
	}
	return img
}

// srcset lists a picture in its widths, and tells which is the smallest.
func (p Stored) srcset(stem, ext string) (set, small string) {
	var out strings.Builder
	out.Grow((len(stem) + len("-1600.webp 1600w, ")) * (len(p.Widths) + 1))
	for _, w := range p.Widths {
		if w >= p.Width {
			continue
		}
		width := strconv.Itoa(w)
		if small == "" {
			small = stem + "-" + width + ext
		}
		out.WriteString(stem)
		out.WriteString("-")
		out.WriteString(width)
		out.WriteString(ext)
		out.WriteString(" ")
		out.WriteString(width)
		out.WriteString("w, ")
	}
	out.WriteString(stem)
	out.WriteString(ext)
	out.WriteString(" ")
	out.WriteString(strconv.Itoa(p.Width))
	out.WriteString("w")
	if small == "" {
		small = stem + ext
	}
	return out.String(), small
}

// MediaURL is the address of a stored picture, and empty without one.
func MediaURL(base, key string) string {
	if key == "" {
		return ""
	}
	return base + "/media/" + key
}
