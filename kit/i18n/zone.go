package i18n

import (
	"sync"
	"time"
	_ "time/tzdata" // where the program runs there may be no list of time zones
)

// zones are the time zones of countries, by where most of their people live.
var zones = map[string]string{
	"AD": "Andorra", "AL": "Tirane", "AT": "Vienna", "BA": "Sarajevo", "BE": "Brussels", "BG": "Sofia", "CH": "Zurich", "CZ": "Prague",
	"DE": "Berlin", "DK": "Copenhagen", "EE": "Tallinn", "ES": "Madrid", "FI": "Helsinki", "FR": "Paris", "GB": "London", "GR": "Athens",
	"HR": "Zagreb", "HU": "Budapest", "IE": "Dublin", "IT": "Rome", "LI": "Vaduz", "LT": "Vilnius", "LU": "Luxembourg", "LV": "Riga",
	"MC": "Monaco", "ME": "Podgorica", "MK": "Skopje", "MT": "Malta", "NL": "Amsterdam", "NO": "Oslo", "PL": "Warsaw", "PT": "Lisbon",
	"RO": "Bucharest", "RS": "Belgrade", "SE": "Stockholm", "SI": "Ljubljana", "SK": "Bratislava", "SM": "San_Marino", "UA": "Kyiv",
}

// elsewhere are zones that are not called after a town of Europe.
var elsewhere = map[string]string{"CY": "Asia/Nicosia", "IS": "Atlantic/Reykjavik", "TR": "Europe/Istanbul"}

var loaded sync.Map // name to *time.Location

// ZoneOf is the time zone of a country, by its ISO code; nil, which is UTC, for
// one of which we do not know.
func ZoneOf(country string) *time.Location {
	if z, ok := loaded.Load(country); ok {
		return z.(*time.Location)
	}
	name := elsewhere[country]
	if town := zones[country]; town != "" {
		name = "Europe/" + town
	}
	if name == "" {
		return nil
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	loaded.Store(country, z)
	return z
}
