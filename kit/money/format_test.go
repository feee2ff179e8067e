package money

import (
	"errors"
	"strings"
	"testing"

	"github.com/bojanz/currency"
	"pgregory.net/rapid"
)

func TestFormat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		amount     Amount
		lang, want string
	}{
		{eur(6475), "en", "€64.75"},
		{eur(6475), "fr", "64,75 €"},
		{eur(6475), "de", "64,75 €"},
		{eur(6475), "lb", "64,75 €"},
		{eur(6475), "pt", "€64.75"},
		{eur(123456789), "lb", "1.234.567,89 €"},
		{eur(-5), "en", "-€0.05"},
		{eur(0), "fr", "0,00 €"},
		{New(1234, "JPY"), "de", "1.234 ¥"},
		{New(1234, "BHD"), "en", "BHD 1.234"},
		{New(1234, "CHF"), "en", "CHF 12.34"},
		{Amount{Minor: 5}, "en", "0.05 "},
	} {
		if got := strings.ReplaceAll(c.amount.Format(c.lang), "\u00a0", " "); got != c.want {
			t.Errorf("%v in %s: got %q, want %q", c.amount, c.lang, got, c.want)
		}
	}
}

// The fast path must write what the CLDR formatter writes.
func TestFormatAgreesWithCLDR(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		lang := rapid.SampledFrom([]string{"en", "fr", "de", "lb"}).Draw(t, "lang")
		c := rapid.SampledFrom(Currencies()).Draw(t, "currency")
		minor := rapid.Int64Range(-1e17, 1e17).Draw(t, "minor")
		amount, err := currency.NewAmount(New(minor, c).Decimal(), string(c))
		if err != nil {
			t.Fatal(err)
		}
		want := currency.NewFormatter(currency.NewLocale(locale(lang))).Format(amount)
		if got := New(minor, c).Format(lang); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

func TestParseReadsWhatFormatWrites(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		lang := rapid.SampledFrom([]string{"en", "fr", "de", "lb"}).Draw(t, "lang")
		c := rapid.SampledFrom([]Currency{"EUR", "USD", "CHF", "JPY", "GBP"}).Draw(t, "currency")
		want := New(rapid.Int64Range(-1e17, 1e17).Draw(t, "minor"), c)
		for _, text := range []string{want.Format(lang), want.Format(lang) + " "} {
			if got, err := Parse(text, c, lang); err != nil || got != want {
				t.Fatalf("%q: got %v (%v), want %v", text, got, err, want)
			}
		}
	})
}

func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, lang string
		want       int64
	}{
		{"19,99", "fr", 1999},
		{"19,99", "en", 1999},
		{"19.99", "de", 1999},
		{"1.234,50", "de", 123450},
		{"1.234,50", "en", 123450},
		{"1,234.50", "lb", 123450},
		{"1 234,50", "fr", 123450},
		{"1.234.567", "en", 123456700},
		{"1.234", "de", 123400},
		{"1,234", "en", 123400},
		{"19.99 EUR", "en", 1999},
		{"19.99 eur", "en", 1999},
		{"€ 19.99", "en", 1999},
		{"-€5", "en", -500},
		{"−5,5", "lb", -550},
		{"+7", "de", 700},
		{"0,05", "de", 5},
	} {
		got, err := Parse(c.text, EUR, c.lang)
		if err != nil || got != eur(c.want) {
			t.Errorf("%q in %s: got %v (%v), want %v", c.text, c.lang, got, err, eur(c.want))
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "abc", "19,999", "19.", ",99", "1.23.4", "1,2,3", "--5", "5-", "1e3", "٣", "19.99 USD",
		"1..2", "1.,2", "12.34,5", "99999999999999999999", "1234.567,00", "EUR", "0x1F", "1_000",
	} {
		if got, err := Parse(text, EUR, "de"); !errors.Is(err, ErrMalformed) {
			t.Errorf("%q: got %v, %v", text, got, err)
		}
	}
}

func TestParseNeverPanics(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune("0123456789.,- €EUR")))).Draw(t, "text")
		if got, err := Parse(text, EUR, "lb"); err == nil {
			if again, err := Parse(got.Format("lb"), EUR, "lb"); err != nil || again != got {
				t.Fatalf("%q is read as %v and then as %v (%v)", text, got, again, err)
			}
		}
	})
}

func TestParseCurrency(t *testing.T) {
	t.Parallel()
	if got, err := ParseCurrency(" eur "); err != nil || got != EUR {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := ParseCurrency("EURO"); !errors.Is(err, errCurrencyUnknown) {
		t.Errorf("got %v", err)
	}
}

func BenchmarkFormat(b *testing.B) {
	a := eur(123456)
	b.ReportAllocs()
	for b.Loop() {
		_ = a.Format("lb")
	}
}
