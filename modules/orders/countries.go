package orders

import (
	"maps"
	"slices"

	"orion/kit/i18n"
)

func countryName(code string, l i18n.Lang) string { return i18n.CountryName(code, l) }

// union are the member states of the European Union.
func union() []string { return slices.Sorted(maps.Keys(vatTable)) }
