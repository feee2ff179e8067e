package orders

import (
	"maps"
	"slices"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"orion/kit/i18n"
)

// countryName is what speakers call a country; who reads Luxembourgish reads
// German.
func countryName(code string, l i18n.Lang) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	names := display.English
	switch l {
	case i18n.Fr:
		names = display.French
	case i18n.De, i18n.Lb:
		names = display.German
	}
	if name := names.Regions().Name(region); name != "" {
		return name
	}
	return code
}

// union are the member states of the European Union.
func union() []string { return slices.Sorted(maps.Keys(vatTable)) }
