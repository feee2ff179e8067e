package paypal

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"orion/kit/money"
)

func TestWrite(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a    money.Amount
		want string // empty cannot be said
	}{
		{money.New(1999, "EUR"), "19.99"},
		{money.New(1, "EUR"), "0.01"},
		{money.New(10, "USD"), "0.10"},
		{money.New(100, "CHF"), "1.00"},
		{money.New(0, "EUR"), ""},
		{money.New(-5, "EUR"), ""},
		{money.New(500, "JPY"), "500"},
		{money.New(50000, "HUF"), "500"},
		{money.New(50050, "HUF"), ""}, // no half forint there
		{money.New(50000, "TWD"), "500"},
		{money.New(5120, "KWD"), ""}, // cannot be paid there
		{money.New(500, "ISK"), ""},
		{money.New(99_999_999_999_999_999, "EUR"), "999999999999999.99"},
		{money.New(100_000_000_000_000_000, "EUR"), ""}, // sixteen digits
		{money.New(math.MaxInt64, "EUR"), ""},
		{money.New(math.MaxInt64, "JPY"), ""},
	} {
		got, ok := write(c.a)
		if got.Value != c.want || ok != (c.want != "") || New(Options{}).Fits(c.a) != ok {
			t.Errorf("%v is %q %v, want %q", c.a, got.Value, ok, c.want)
		}
		if back := read(got); ok && back != c.a {
			t.Errorf("%v comes back as %v", c.a, back)
		}
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	for s, want := range map[sum]money.Amount{
		{"EUR", "19.99"}:                 money.New(1999, "EUR"),
		{"EUR", "19.9"}:                  money.New(1990, "EUR"),
		{"EUR", "19"}:                    money.New(1900, "EUR"),
		{"EUR", ".5"}:                    money.New(50, "EUR"),
		{"EUR", "19.990"}:                money.New(1999, "EUR"),
		{"EUR", "-19.99"}:                money.New(-1999, "EUR"),
		{"HUF", "500"}:                   money.New(50000, "HUF"),
		{"HUF", "500.00"}:                money.New(50000, "HUF"),
		{"JPY", "500"}:                   money.New(500, "JPY"),
		{"JPY", "500.5"}:                 {}, // half a yen is nothing
		{"EUR", "19.999"}:                {},
		{"EUR", "1e3"}:                   {},
		{"EUR", "1,000.00"}:              {},
		{"EUR", "+5"}:                    {},
		{"EUR", "--5"}:                   {},
		{"EUR", " 5"}:                    {},
		{"EUR", "5.0.0"}:                 {},
		{"EUR", ""}:                      {},
		{"EUR", "."}:                     {},
		{"EUR", "٥"}:                     {},
		{"eur", "5"}:                     {},
		{"XYZ", "5"}:                     {},
		{"EUR", "92233720368547758.08"}:  {}, // no room
		{"EUR", "92233720368547758.07"}:  money.New(math.MaxInt64, "EUR"),
		{"EUR", "922337203685477581"}:    {},
		{"EUR", strings.Repeat("9", 99)}: {},
	} {
		if got := read(s); got != want {
			t.Errorf("%v is %v, not %v", s, got, want)
		}
	}
}

// Whatever amount is said is read as the same, and nothing that is said is rounded.
func TestAmountsComeBack(t *testing.T) {
	t.Parallel()
	all := money.Currencies()
	rapid.Check(t, func(t *rapid.T) {
		a := money.New(rapid.Int64().Draw(t, "minor"), rapid.SampledFrom(all).Draw(t, "currency"))
		s, ok := write(a)
		if !ok {
			return
		}
		if back := read(s); back != a {
			t.Fatalf("%v is %v and comes back as %v", a, s, back)
		}
		_, fraction, _ := strings.Cut(s.Value, ".")
		if len(fraction) != places[a.Currency] || len(s.Value) > 32 {
			t.Fatalf("%v is %v", a, s)
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"19.99", "-0.01", "500", "1e9", "00000000000000000000000000000001", "9223372036854775807.0"} {
		f.Add("EUR", s)
		f.Add("JPY", s)
	}
	f.Fuzz(func(t *testing.T, currency, value string) {
		a := read(sum{currency, value})
		if a == (money.Amount{}) {
			return
		}
		if a.Minor > 0 {
			if again, ok := write(a); ok && read(again) != a {
				t.Errorf("%s %s is %v, and comes back as %v", currency, value, a, read(again))
			}
		}
		if strings.Trim(value, "-.0123456789") != "" {
			t.Errorf("%q is %v", value, a)
		}
	})
}
