package paypal

import (
	"math"
	"strconv"
	"strings"

	"orion/kit/money"
)

// places are the digits behind the point in each currency that PayPal takes:
// https://developer.paypal.com/api/rest/reference/currency-codes/. What is not named
// here cannot be paid there. HUF and TWD have two digits elsewhere and none there.
var places = map[money.Currency]int{
	"AUD": 2, "BRL": 2, "CAD": 2, "CHF": 2, "CNY": 2, "CZK": 2, "DKK": 2, "EUR": 2, "GBP": 2, "HKD": 2, "HUF": 0, "ILS": 2,
	"JPY": 0, "MXN": 2, "MYR": 2, "NOK": 2, "NZD": 2, "PHP": 2, "PLN": 2, "SEK": 2, "SGD": 2, "THB": 2, "TWD": 0, "USD": 2,
}

// figures is how many digits an amount has at most before the point.
const figures = 15

// sum is an amount as PayPal writes it.
type sum struct {
	Currency string `json:"currency_code"`
	Value    string `json:"value"`
}

// Fits implements payments.Fitter.
func (g *Gateway) Fits(a money.Amount) bool {
	_, ok := write(a)
	return ok
}

// write says an amount as PayPal does; false when it cannot be said there.
func write(a money.Amount) (sum, bool) {
	digits, ok := places[a.Currency]
	if !ok || a.Minor <= 0 {
		return sum{}, false
	}
	n, ok := rescale(a.Minor, digits-a.Currency.Exponent())
	if !ok {
		return sum{}, false
	}
	text := strconv.FormatInt(n, 10)
	if digits > 0 {
		text = strings.Repeat("0", max(0, digits+1-len(text))) + text
		text = text[:len(text)-digits] + "." + text[len(text)-digits:]
	}
	if whole, _, _ := strings.Cut(text, "."); len(whole) > figures {
		return sum{}, false
	}
	return sum{string(a.Currency), text}, true
}

// read is what PayPal wrote, in ours. What cannot be said exactly is nothing, which
// is no amount that was ever asked for.
func read(s sum) money.Amount {
	c, err := money.ParseCurrency(s.Currency)
	if err != nil || string(c) != s.Currency {
		return money.Amount{}
	}
	digits, negative := strings.CutPrefix(s.Value, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	n, ok := number(whole + fraction)
	if !ok || whole == "" && fraction == "" {
		return money.Amount{}
	}
	if n, ok = rescale(n, c.Exponent()-len(fraction)); !ok {
		return money.Amount{}
	}
	if negative {
		n = -n
	}
	return money.New(n, c)
}

// number reads digits and nothing else; false also when there is no room.
func number(digits string) (int64, bool) {
	if len(digits) == 0 || len(digits) > 32 || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, err == nil
}

// rescale moves the decimal point; false when digits would be lost or there is
// no room.
func rescale(n int64, digits int) (int64, bool) {
	for ; digits > 0; digits-- {
		if n > math.MaxInt64/10 {
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
