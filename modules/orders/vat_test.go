package orders

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"orion/modules/catalog/catalogapi"
)

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestDecide(t *testing.T) {
	t.Parallel()
	home := Seller{Country: "LU"}
	for name, c := range map[string]struct {
		seller Seller
		to     Destination
		want   Ruling
	}{
		"at home":                            {home, Destination{Country: "LU"}, Ruling{Regime: Domestic, Country: "LU"}},
		"a business at home pays VAT":        {home, Destination{Country: "LU", Business: true}, Ruling{Regime: Domestic, Country: "LU"}},
		"abroad below the threshold":         {home, Destination{Country: "DE"}, Ruling{Regime: Origin, Country: "LU"}},
		"abroad above the threshold":         {Seller{Country: "LU", OverThreshold: true}, Destination{Country: "DE"}, Ruling{Regime: OSS, Country: "DE"}},
		"abroad with the one-stop shop":      {Seller{Country: "LU", OSS: true}, Destination{Country: "FR"}, Ruling{Regime: OSS, Country: "FR"}},
		"a business abroad":                  {home, Destination{Country: "BE", Business: true}, Ruling{Regime: ReverseCharge, Country: "BE"}},
		"outside the Union":                  {home, Destination{Country: "CH"}, Ruling{Regime: Exempt, Country: "CH"}},
		"a postcode outside the VAT area":    {home, Destination{Country: "ES", Postal: "35001"}, Ruling{Regime: Exempt, Country: "ES", Postal: "35001"}},
		"a seller without VAT sells at home": {Seller{Country: "LU", Franchise: true}, Destination{Country: "LU"}, Ruling{Regime: Exempt, Country: "LU"}},
	} {
		if got := decide(c.seller, c.to); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestRate(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		country, postal string
		class           catalogapi.TaxClass
		day             string
		want            int64
	}{
		"Luxembourg now":                         {"LU", "", catalogapi.TaxStandard, "2026-03-02", 1700},
		"Luxembourg in 2023":                     {"LU", "", catalogapi.TaxStandard, "2023-12-31", 1600},
		"the first day of a rate":                {"LU", "", catalogapi.TaxStandard, "2024-01-01", 1700},
		"half percents":                          {"FI", "", catalogapi.TaxStandard, "2026-03-02", 2550},
		"intermediate":                           {"LU", "", catalogapi.TaxIntermediate, "2026-03-02", 1400},
		"a class that a state lacks costs more":  {"DE", "", catalogapi.TaxSuperReduced, "2026-03-02", 700},
		"a state with one rate":                  {"DK", "", catalogapi.TaxReduced, "2026-03-02", 2500},
		"a territory with a rate of its own":     {"AT", "A-6691", catalogapi.TaxStandard, "2026-03-02", 1900},
		"zero is zero everywhere":                {"LU", "", catalogapi.TaxZero, "2026-03-02", 0},
		"food in Austria before and after July":  {"AT", "1010", catalogapi.TaxSuperReduced, "2026-06-30", 1000},
		"food in Austria before and after July ": {"AT", "1010", catalogapi.TaxSuperReduced, "2026-07-01", 490},
	} {
		got, err := Ruling{Regime: OSS, Country: c.country, Postal: c.postal}.Rate(c.class, day(c.day))
		if err != nil || got != c.want {
			t.Errorf("%s: %d, %v; want %d", name, got, err, c.want)
		}
	}
	if got, err := (Ruling{Regime: ReverseCharge, Country: "DE"}).Rate(catalogapi.TaxStandard, day("2026-03-02")); got != 0 || err != nil {
		t.Errorf("reverse charge: %d, %v", got, err)
	}
	if _, err := (Ruling{Regime: Domestic, Country: "LU"}).Rate(catalogapi.TaxStandard, day("1999-01-01")); err == nil {
		t.Error("a day before all rates has one")
	}
}

func TestAllStatesHaveRates(t *testing.T) {
	t.Parallel()
	if len(vatTable) != 27 {
		t.Errorf("%d states", len(vatTable))
	}
	for country, state := range vatTable {
		if !slices.IsSortedFunc(state.Periods, func(a, b vatPeriod) int { return -strings.Compare(a.From, b.From) }) {
			t.Errorf("%s: the latest period must stand first", country)
		}
		for _, p := range state.Periods {
			falling := slices.DeleteFunc([]int64{p.Standard, p.Intermediate, p.Reduced, p.SuperReduced}, func(r int64) bool { return r == 0 })
			if p.Standard < 1500 || !slices.IsSortedFunc(falling, func(a, b int64) int { return int(b - a) }) {
				t.Errorf("%s from %s: %v", country, p.From, falling)
			}
		}
	}
}

// TestRatesAgreeWithThePublicTable compares with a table that others keep; it
// ends in August 2025, so later changes are ours alone.
func TestRatesAgreeWithThePublicTable(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../shared/data/vat-rates.json")
	if err != nil {
		t.Skipf("NOT COMPARED with the public table of VAT rates: %v", err)
	}
	var public struct {
		Items map[string][]struct {
			From  string             `json:"effective_from"`
			Rates map[string]float64 `json:"rates"`
		} `json:"items"`
	}
	if err := json.Unmarshal(text, &public); err != nil {
		t.Fatal(err)
	}
	for country, state := range vatTable {
		for _, date := range []string{"2020-08-01", "2021-06-01", "2022-06-01", "2023-06-01", "2024-06-01", "2024-10-01", "2025-02-01", "2025-09-01"} {
			var theirs []int64
			var standard int64
			for _, p := range public.Items[country] {
				if p.From <= date {
					for class, rate := range p.Rates {
						theirs = append(theirs, int64(rate*100+0.5))
						if class == "standard" {
							standard = int64(rate*100 + 0.5)
						}
					}
					break
				}
			}
			i := slices.IndexFunc(state.Periods, func(p vatPeriod) bool { return p.From <= date })
			ours := state.Periods[i]
			if ours.Standard != standard {
				t.Errorf("%s on %s: standard rate %d, theirs %d", country, date, ours.Standard, standard)
			}
			for _, rate := range []int64{ours.Intermediate, ours.Reduced, ours.SuperReduced} {
				if rate != 0 && !slices.Contains(theirs, rate) && !knownBetter(country, date, rate) {
					t.Errorf("%s on %s: %d is not among %v", country, date, rate, theirs)
				}
			}
		}
	}
}

// knownBetter lists where the public table has no full history: Luxembourg's
// intermediate rate was 14 % in every year but 2023.
func knownBetter(country, date string, rate int64) bool {
	return country == "LU" && date < "2023" && rate == 1400
}
