package stripe

import (
	"math"
	"strings"

	api "github.com/stripe/stripe-go/v85"

	"orion/kit/money"
)

// exponents are the currencies in which Stripe counts otherwise than with two
// digits: https://docs.stripe.com/currencies. ISK and UGX have none and are sent
// with two that are zero.
var exponents = map[money.Currency]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "JPY": 0, "KMF": 0, "KRW": 0, "MGA": 0, "PYG": 0, "RWF": 0, "VND": 0, "VUV": 0,
	"XAF": 0, "XOF": 0, "XPF": 0, "BHD": 3, "JOD": 3, "KWD": 3, "OMR": 3, "TND": 3,
}

// step is what amounts are multiples of, in Stripe's units.
var steps = map[money.Currency]int64{"BHD": 10, "JOD": 10, "KWD": 10, "OMR": 10, "TND": 10, "ISK": 100, "UGX": 100}

// smallest is what a charge has at least, in Stripe's units; what is not named here
// has no such amount: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts.
var smallest = map[money.Currency]int64{
	"AED": 200, "AUD": 50, "BRL": 50, "CAD": 50, "CHF": 50, "CZK": 1500, "DKK": 250, "EUR": 50, "GBP": 30, "HKD": 400, "HUF": 17500,
	"INR": 50, "JPY": 50, "MXN": 1000, "MYR": 200, "NOK": 300, "NZD": 50, "PLN": 200, "RON": 200, "SEK": 300, "SGD": 50, "THB": 1000, "USD": 50,
}

// largest is what a charge has at most in most currencies: eight digits.
const largest = 99_999_999

// Fits implements payments.Fitter.
func (g *Gateway) Fits(a money.Amount) bool {
	n, ok := units(a)
	return ok && n >= smallest[a.Currency] && n <= largest
}

func exponent(c money.Currency) int {
	if n, ok := exponents[c]; ok {
		return n
	}
	return 2
}

// units is an amount as Stripe counts it; false when it cannot be said there.
func units(a money.Amount) (int64, bool) {
	n, ok := rescale(a.Minor, exponent(a.Currency)-a.Currency.Exponent())
	if step := steps[a.Currency]; !ok || n <= 0 || step > 0 && n%step != 0 {
		return 0, false
	}
	return n, true
}

// amount is what Stripe counted, in ours. What cannot be said is nothing, which
// is no amount that was ever asked for.
func amount(n int64, in api.Currency) money.Amount {
	c, err := money.ParseCurrency(strings.ToUpper(string(in)))
	if err != nil {
		return money.Amount{}
	}
	minor, ok := rescale(n, c.Exponent()-exponent(c))
	if !ok {
		return money.Amount{}
	}
	return money.New(minor, c)
}

// rescale moves the decimal point; false when digits would be lost or there is
// no room.
func rescale(n int64, digits int) (int64, bool) {
	for ; digits > 0; digits-- {
		if n > math.MaxInt64/10 || n < math.MinInt64/10 {
			return 0, false
		}
		n *= 10
	}
	for ; digits < 0; digits++ {
		if n%10 != 0 {
			return 0, false
		}
		n /= 10
	}
	return n, true
}
