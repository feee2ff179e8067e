package cms

import (
	"cmp"
	"strconv"
	"strings"

	"orion/kit/i18n"
	"orion/kit/picture"
	"orion/kit/ui"
)

// ImageOf is a picture or drawing of the library in all its widths, none while it
// is not drawn. Base is the address of the storefront; sizes says how wide it stands
// on the page. Its alternative text is the reader's, or else that of the library.
func ImageOf(f Media, base, sizes string, l i18n.Lang) ui.Image {
	r := f.Drawn
	if r.Key == "" {
		return ui.Image{}
	}
	at := func(key string) string { return base + picture.Path + key }
	out := ui.Image{Src: at(r.Key), Alt: f.Alt.In(l), Width: r.Width, Height: r.Height, Sizes: sizes}
	if !r.WebP {
		return out
	}
	var set []string
	for _, w := range r.Widths {
		key := picture.WebP(picture.Copy(r.Key, w))
		set = append(set, at(key)+" "+strconv.Itoa(w)+"w")
		out.Small = cmp.Or(out.Small, at(key))
	}
	out.WebP = strings.Join(append(set, at(picture.WebP(r.Key))+" "+strconv.Itoa(r.Width)+"w"), ", ")
	if n := len(r.Widths); n > 0 {
		out.Src = at(picture.Copy(r.Key, r.Widths[n-1]))
	}
	return out
}

// FocusOf is the point of the file's picture that stays in sight.
func FocusOf(f Media) ui.Focus { return ui.Focus{X: int(f.FocusX), Y: int(f.FocusY)} }
