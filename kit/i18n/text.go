package i18n

import (
	"maps"
	"slices"
)

// Text is content in several languages, such as the name of a product. An empty
// translation counts as none.
type Text map[Lang]string

// In is the text for a reader of l: in that language, else in one that is
// likely to be understood, else in whatever there is.
func (t Text) In(l Lang) string {
	if s := t[l]; s != "" {
		return s
	}
	if !l.Valid() {
		l = En
	}
	for _, other := range fallbacks[l] {
		if s := t[other]; s != "" {
			return s
		}
	}
	for _, other := range slices.Sorted(maps.Keys(t)) {
		if s := t[other]; s != "" {
			return s
		}
	}
	return ""
}

// IsEmpty reports whether there is no text in any language.
func (t Text) IsEmpty() bool {
	for _, s := range t {
		if s != "" {
			return false
		}
	}
	return true
}
