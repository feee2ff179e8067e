package orders

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"orion/modules/catalog/catalogapi"
)

// Regime is the rule by which an order is taxed.
type Regime string

// The regimes. Each order keeps the one that it was placed under.
const (
	Domestic      Regime = "domestic"       // sold at home
	OSS           Regime = "oss"            // taxed where the goods go
	ReverseCharge Regime = "reverse_charge" // a business abroad pays it itself
	Origin        Regime = "origin"         // abroad, but below the threshold: as at home
	Exempt        Regime = "exempt"         // outside the Union, or a seller who charges none
)

// Seller is what taxation must know about a store.
type Seller struct {
	Country       string // ISO 3166-1 alpha-2
	Franchise     bool   // a small seller who charges no VAT
	OSS           bool   // registered for the one-stop shop
	OverThreshold bool   // sells above 10,000 EUR a year to other states
}

// Destination is where the goods go, and to whom.
type Destination struct {
	Country  string
	Postal   string
	Business bool // a VAT number that its state confirmed, never one merely typed
}

// Ruling is the outcome of the decision: which regime, and whose rates.
type Ruling struct {
	Regime  Regime `json:"regime"`
	Country string `json:"country"`          // whose rates apply
	Postal  string `json:"postal,omitempty"` // some postcodes have rates of their own
}

// decide picks the regime, first match first: a seller who charges no VAT, goods
// that leave the Union, sales at home, a business abroad, and then sales to
// consumers abroad, which are taxed at home only below the threshold.
func decide(s Seller, d Destination) Ruling {
	abroad := Ruling{Country: d.Country, Postal: d.Postal}
	switch {
	case s.Franchise, outsideUnion(d.Country, d.Postal):
		abroad.Regime = Exempt
	case d.Country == s.Country:
		abroad.Regime = Domestic
	case d.Business:
		abroad.Regime = ReverseCharge
	case s.OSS || s.OverThreshold:
		abroad.Regime = OSS
	default:
		return Ruling{Regime: Origin, Country: s.Country}
	}
	return abroad
}

// Rate is the rate of a class on a day, in basis points.
func (r Ruling) Rate(class catalogapi.TaxClass, day time.Time) (int64, error) {
	if r.Regime == Exempt || r.Regime == ReverseCharge || class == catalogapi.TaxZero {
		return 0, nil
	}
	state, ok := vatTable[r.Country]
	if !ok {
		return 0, fmt.Errorf("no VAT rates of country %q", r.Country)
	}
	if class == catalogapi.TaxStandard {
		if t := state.territory(r.Postal); t != nil {
			return t.Standard, nil
		}
	}
	date := day.Format(time.DateOnly)
	for _, p := range state.Periods { // the latest first
		if p.From <= date {
			return p.rate(class), nil
		}
	}
	return 0, fmt.Errorf("no VAT rates of %s on %s", r.Country, date)
}

//go:embed data/vat.json
var vatJSON []byte

// vatTable has the rates of the 27 states by their ISO codes.
var vatTable = mustVAT(vatJSON)

type vatState struct {
	Periods     []vatPeriod    `json:"periods"`
	Territories []vatTerritory `json:"territories"`
}

// vatPeriod is what a state's classes cost from a day on, in basis points. A
// class that the state does not have is zero here.
type vatPeriod struct {
	From         string `json:"from"`
	Standard     int64  `json:"standard"`
	Intermediate int64  `json:"intermediate"`
	Reduced      int64  `json:"reduced"`
	SuperReduced int64  `json:"super_reduced"`
}

// vatTerritory is a part of a state, known by the beginnings of its postcodes,
// that is outside the Union's VAT area or has a standard rate of its own.
type vatTerritory struct {
	Name      string   `json:"name"`
	Postcodes []string `json:"postcodes"`
	Outside   bool     `json:"outside"`
	Standard  int64    `json:"standard"`
}

// rate falls back to the next higher class that the state has, so that nobody
// is charged too little.
func (p vatPeriod) rate(class catalogapi.TaxClass) int64 {
	classes := []catalogapi.TaxClass{catalogapi.TaxSuperReduced, catalogapi.TaxReduced, catalogapi.TaxIntermediate, catalogapi.TaxStandard}
	rates := []int64{p.SuperReduced, p.Reduced, p.Intermediate, p.Standard}
	for i := max(slices.Index(classes, class), 0); i < len(rates); i++ {
		if rates[i] > 0 {
			return rates[i]
		}
	}
	return p.Standard
}

func (s vatState) territory(postal string) *vatTerritory {
	for i, t := range s.Territories {
		if hasPrefix(postal, t.Postcodes) {
			return &s.Territories[i]
		}
	}
	return nil
}

func outsideUnion(country, postal string) bool {
	state, ok := vatTable[country]
	if !ok {
		return true
	}
	t := state.territory(postal)
	return t != nil && t.Outside
}

// hasPrefix tells whether a postcode begins like one of the prefixes; spaces,
// dashes and a country letter in front do not matter.
func hasPrefix(postal string, prefixes []string) bool {
	postal = plainPostal(postal)
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(postal, plainPostal(p)) })
}

func plainPostal(s string) string {
	s = strings.ToUpper(s)
	if _, rest, ok := strings.Cut(s, "-"); ok && len(s)-len(rest) <= 3 { // L-2445
		s = rest
	}
	return strings.NewReplacer(" ", "", "-", "").Replace(s)
}

func mustVAT(text []byte) map[string]vatState {
	var table map[string]vatState
	if err := json.Unmarshal(text, &table); err != nil {
		panic(fmt.Sprintf("read the VAT rates: %v", err))
	}
	return table
}
