package catalog

import (
	"github.com/tidwall/gjson"

	"orion/kit/i18n"
)

// A product page needs the words of one language of four. These read them out
// of the stored JSON without decoding the others, which is most of what reading
// a page would cost otherwise. The texts were written by this module.

// pageOptions reads options with their names in one language.
func pageOptions(raw string, l i18n.Lang) []Option {
	var out []Option
	elements(gjson.Parse(raw), func(o gjson.Result) {
		var opt Option
		o.ForEach(func(key, v gjson.Result) bool {
			switch key.Str {
			case "code":
				opt.Code = v.Str
			case "name":
				opt.Name = pageText(v, l)
			case "values":
				elements(v, func(v gjson.Result) { opt.Values = append(opt.Values, pageValue(v, l)) })
			}
			return true
		})
		out = append(out, opt)
	})
	return out
}

func pageValue(raw gjson.Result, l i18n.Lang) Value {
	var out Value
	raw.ForEach(func(key, v gjson.Result) bool {
		switch key.Str {
		case "code":
			out.Code = v.Str
		case "name":
			out.Name = pageText(v, l)
		case "swatch":
			out.Swatch = v.Str
		}
		return true
	})
	return out
}

// pageImages reads pictures with their descriptions in one language.
func pageImages(raw string, l i18n.Lang) []Image {
	var out []Image
	elements(gjson.Parse(raw), func(i gjson.Result) {
		var img Image
		i.ForEach(func(key, v gjson.Result) bool {
			switch key.Str {
			case "key":
				img.Key = v.Str
			case "src":
				img.Src = v.Str
			case "up":
				img.Upload = v.Str
			case "bad":
				img.Failed = v.Str
			case "webp":
				img.WebP = v.Bool()
			case "w":
				img.Width = int(v.Int())
			case "h":
				img.Height = int(v.Int())
			case "ws":
				elements(v, func(w gjson.Result) { img.Widths = append(img.Widths, int(w.Int())) })
			case "alt":
				img.Alt = pageText(v, l)
			case "value":
				img.Value = v.Str
			}
			return true
		})
		out = append(out, img)
	})
	return out
}

// pageTags reads a list of words.
func pageTags(raw string) []string {
	var out []string
	elements(gjson.Parse(raw), func(v gjson.Result) { out = append(out, v.Str) })
	return out
}

// pageText keeps of a text what a reader of l sees, other languages' words
// included where l has none.
func pageText(v gjson.Result, l i18n.Lang) i18n.Text {
	if s := flatText(v.Raw, l); s != "" {
		return i18n.Text{l: s}
	}
	return nil
}

// elements calls fn with each element of an array; anything else has none.
func elements(v gjson.Result, fn func(gjson.Result)) {
	if !v.IsArray() {
		return
	}
	v.ForEach(func(_, e gjson.Result) bool {
		fn(e)
		return true
	})
}
