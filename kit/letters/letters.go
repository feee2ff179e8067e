// Package letters has what is done to what people typed, whatever it is about.
package letters

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// ligatures are letters that are two, or another, to who types without them.
var ligatures = map[rune]string{
	'ß': "ss", 'œ': "oe", 'æ': "ae", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'þ': "th", 'ı': "i", '’': "'",
}

// Fold makes text comparable: lower case, without accents, ligatures taken
// apart. Both databases index what it gives, so that they find the same.
func Fold(s string) string {
	if plain(s) {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	for _, r := range norm.NFD.String(s) {
		r = unicode.ToLower(r)
		switch two, ok := ligatures[r]; {
		case ok:
			out.WriteString(two)
		case !unicode.Is(unicode.Mn, r):
			out.WriteRune(r)
		}
	}
	return out.String()
}

// plain tells that there is nothing to fold.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || s[i] >= 'A' && s[i] <= 'Z' {
			return false
		}
	}
	return true
}

// Clip cuts a text to so many characters.
func Clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n])
}
