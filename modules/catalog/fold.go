package catalog

import (
	"strings"
	"unicode"

	"orion/kit/letters"
)

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// tokens are the words of a text, folded, of letters and digits only.
func tokens(s string) []string {
	return strings.FieldsFunc(letters.Fold(s), func(r rune) bool { return !isWord(r) })
}

const maxSlug = 80

// slugify makes the part of an address out of a name: "Crème brûlée" becomes
// "creme-brulee". It is empty when the name has no letter or digit of ASCII.
func slugify(s string) string {
	out := make([]byte, 0, len(s))
	for _, r := range letters.Fold(s) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			out = append(out, byte(r))
		case r == '\'':
		case len(out) > 0 && out[len(out)-1] != '-':
			out = append(out, '-')
		}
		if len(out) >= maxSlug {
			break
		}
	}
	return strings.Trim(string(out), "-")
}

// validSlug tells whether s can stand in an address as it is.
func validSlug(s string) bool {
	if s == "" || len(s) > 200 {
		return false
	}
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_' && r != '.' {
			return false
		}
	}
	return true
}

// squeeze trims a name and makes every run of white space one blank.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
