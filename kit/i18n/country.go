package i18n

import (
	"maps"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Country is a country as speakers of a language call it.
type Country struct{ Code, Name string }

// CountryName is what speakers of a language call a country; who reads
// Luxembourgish reads German. An unknown code stays as it is.
func CountryName(code string, l Lang) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	names := display.English
	switch l {
	case Fr:
		names = display.French
	case De, Lb:
		names = display.German
	}
	if name := names.Regions().Name(region); name != "" {
		return name
	}
	return code
}

// Countries are those of Europe, the United States, and some more, as speakers of
// a language sort them.
func Countries(l Lang, more ...string) []Country {
	codes := append([]string{"US"}, more...)
	codes = slices.AppendSeq(slices.AppendSeq(codes, maps.Keys(zones)), maps.Keys(elsewhere))
	slices.Sort(codes)
	var out []Country
	for _, code := range slices.Compact(codes) {
		if code != "" {
			out = append(out, Country{code, CountryName(code, l)})
		}
	}
	order := collate.New(language.Make(string(l)))
	slices.SortFunc(out, func(a, b Country) int { return order.CompareString(a.Name, b.Name) })
	return out
}
