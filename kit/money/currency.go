package money

import (
	"strings"

	"github.com/bojanz/currency"

	"orion/kit/fault"
)

// Currency is an ISO 4217 code in capitals, such as "EUR".
type Currency string

// EUR is the currency of the euro area, the most common of our stores.
const EUR Currency = "EUR"

var errCurrencyUnknown = fault.New(fault.Invalid, "money.unknown_currency")

// ParseCurrency returns the currency of a code in any case.
func ParseCurrency(s string) (Currency, error) {
	code := strings.ToUpper(strings.TrimSpace(s))
	if !currency.IsValid(code) {
		return "", errCurrencyUnknown.With("currency", s)
	}
	return Currency(code), nil
}

// Currencies returns all known currencies in alphabetical order.
func Currencies() []Currency {
	codes := currency.GetCurrencyCodes()
	all := make([]Currency, len(codes))
	for i, code := range codes {
		all[i] = Currency(code)
	}
	return all
}

// Exponent is the number of digits after the decimal point: 2 for EUR, 0 for
// JPY. An unknown currency has 2.
func (c Currency) Exponent() int {
	if c == EUR {
		return 2
	}
	digits, ok := currency.GetDigits(string(c))
	if !ok {
		return 2
	}
	return int(digits)
}

// UnmarshalText accepts the codes of ParseCurrency, and nothing for no currency.
func (c *Currency) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*c = ""
		return nil
	}
	parsed, err := ParseCurrency(string(text))
	if err != nil {
		return err
	}
	*c = parsed
	return nil
}
