// Package i18n has the words of the program in its languages: messages that
// modules bring along, plural forms, and how numbers, money and dates are
// written. A message without arguments costs one map lookup.
package i18n

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Lang is a language of the program, by its ISO 639-1 code.
type Lang string

// The languages, all complete: a test of every module holds them to it.
const (
	En Lang = "en"
	Fr Lang = "fr"
	De Lang = "de"
	Lb Lang = "lb"
)

// Langs are all languages in the order in which menus show them.
var Langs = []Lang{En, Fr, De, Lb}

var nativeNames = map[Lang]string{En: "English", Fr: "Français", De: "Deutsch", Lb: "Lëtzebuergesch"}

// Name is what speakers call the language.
func (l Lang) Name() string {
	if name, ok := nativeNames[l]; ok {
		return name
	}
	return string(l)
}

// Colon parts a name from what it names. French has a space before it that no
// line breaks at.
func (l Lang) Colon() string {
	if l == Fr {
		return "\u00a0: "
	}
	return ": "
}

// Valid reports whether l is one of Langs.
func (l Lang) Valid() bool { return slices.Contains(Langs, l) }

// ParseLang reads a code such as "fr" or "fr-LU".
func ParseLang(s string) (Lang, bool) {
	base, _, _ := strings.Cut(strings.ReplaceAll(s, "_", "-"), "-")
	l := Lang(strings.ToLower(strings.TrimSpace(base)))
	return l, l.Valid()
}

// fallbacks are the languages to try for a reader, best first. Who reads
// Luxembourgish reads German.
var fallbacks = map[Lang][]Lang{
	En: {En, Fr, De, Lb},
	Fr: {Fr, En, De, Lb},
	De: {De, En, Fr, Lb},
	Lb: {Lb, De, En, Fr},
}

// Match picks the language to answer in: the reader's first wish (the header
// Accept-Language) that is allowed, then an allowed one that such a reader
// understands, then the fallback.
func Match(acceptLanguage string, allowed []Lang, fallback Lang) Lang {
	tags, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		return fallback
	}
	wishes := make([]Lang, 0, len(tags))
	for _, tag := range tags {
		base, _ := tag.Base()
		wish := Lang(base.String())
		if slices.Contains(allowed, wish) {
			return wish
		}
		wishes = append(wishes, wish)
	}
	if slices.Contains(wishes, Lb) && slices.Contains(allowed, De) {
		return De
	}
	return fallback
}
