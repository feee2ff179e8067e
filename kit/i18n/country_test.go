package i18n

import (
	"slices"
	"testing"
)

// Countries are called and sorted as readers do it, and one that is asked for is
// always among them.
func TestCountries(t *testing.T) {
	t.Parallel()
	for l, want := range map[Lang]string{En: "Austria", Fr: "Autriche", De: "Österreich", Lb: "Österreich"} {
		if got := CountryName("AT", l); got != want {
			t.Errorf("in %s it is %s", l, got)
		}
	}
	all := Countries(De, "JP", "LU", "")
	at := func(code string) int { return slices.IndexFunc(all, func(c Country) bool { return c.Code == code }) }
	if at("JP") < 0 || at("") >= 0 || at("LU") < 0 || at("AT") < at("NO") || at("AT") > at("PL") {
		t.Errorf("the list is %v", all) // Ö stands among O
	}
	if CountryName("?", En) != "?" {
		t.Error("an unknown code has a name")
	}
}
