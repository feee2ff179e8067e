// Package cell keeps the texts of a file harmless to the spreadsheet that opens
// it.
package cell

import "strings"

// signs are what a formula begins with, for one spreadsheet or another:
// https://owasp.org/www-community/attacks/CSV_Injection
const signs = "=+-@\t\r"

// Escape writes an apostrophe before what a spreadsheet would run, which it
// takes for "this is text". A text that has an apostrophe there of its own gets a
// second one, so that [Unescape] gives back what there was.
func Escape(s string) string {
	if formula(s) {
		return "'" + s
	}
	return s
}

// Unescape takes off what Escape wrote.
func Unescape(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && formula(rest) {
		return rest
	}
	return s
}

// formula tells whether a text begins with a sign, behind any apostrophes.
func formula(s string) bool {
	rest := strings.TrimLeft(s, "'")
	return rest != "" && strings.IndexByte(signs, rest[0]) >= 0
}
