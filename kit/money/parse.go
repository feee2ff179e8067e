package money

import (
	"strconv"
	"strings"

	"orion/kit/fault"
)

// ErrMalformed says that a text is not an amount.
var ErrMalformed = fault.New(fault.Invalid, "money.malformed")

// Parse reads an amount that a person typed: "19,99", "1.234,50", "€ 19.99" or
// "19.99 EUR". The language decides what a lone separator means; what stays
// ambiguous or would have to be rounded is refused, never guessed.
func Parse(s string, c Currency, lang string) (Amount, error) {
	l := layoutFor(lang, c)
	text := trimCurrency(s, c, l.symbol)
	text, negative := cutSign(text)
	major, fraction, ok := cutFraction(text, l)
	if !ok || len(fraction) > l.exponent {
		return Amount{}, ErrMalformed
	}
	digits := major + fraction + strings.Repeat("0", l.exponent-len(fraction))
	if strings.Trim(digits, "0123456789") != "" {
		return Amount{}, ErrMalformed
	}
	minor, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return Amount{}, ErrMalformed
	}
	if negative {
		minor = -minor
	}
	return New(minor, c), nil
}

// trimCurrency removes the code or symbol of c from either end, and all spaces.
func trimCurrency(s string, c Currency, symbol string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\u00a0', '\u2009', '\u202f', '\'', '’': // all are used between thousands
			return -1
		default:
			return r
		}
	}, s)
	for _, mark := range []string{string(c), strings.ToLower(string(c)), symbol} {
		if mark == "" {
			continue
		}
		if rest, ok := strings.CutSuffix(s, mark); ok {
			return rest
		}
		// A sign may stand before the symbol: "-€5".
		if at := strings.Index(s, mark); at >= 0 && strings.Trim(s[:at], "+-−") == "" {
			return s[:at] + s[at+len(mark):]
		}
	}
	return s
}

func cutSign(s string) (rest string, negative bool) {
	for _, minus := range []string{"-", "−"} {
		if rest, ok := strings.CutPrefix(s, minus); ok {
			return rest, true
		}
	}
	return strings.TrimPrefix(s, "+"), false
}

// cutFraction splits a number at its decimal separator and takes the grouping
// out of the major part.
func cutFraction(s string, l *layout) (major, fraction string, ok bool) {
	decimal, group := ".", ","
	if decimalIsComma(s, l) {
		decimal, group = group, decimal
	}
	major, fraction, found := strings.Cut(s, decimal)
	if found && fraction == "" {
		return "", "", false
	}
	if !strings.Contains(major, group) {
		return major, fraction, major != ""
	}
	parts := strings.Split(major, group)
	for i, part := range parts {
		if len(part) > 3 || part == "" || (i > 0 && len(part) != 3) {
			return "", "", false
		}
	}
	return strings.Join(parts, ""), fraction, true
}

// decimalIsComma decides between "1.234,50" and "1,234.50". With both
// separators the later one is decimal; one that is repeated groups; a lone one
// is what the language says, unless its digits can only be a fraction.
func decimalIsComma(s string, l *layout) bool {
	points, commas := strings.Count(s, "."), strings.Count(s, ",")
	switch {
	case points > 0 && commas > 0:
		return strings.LastIndex(s, ",") > strings.LastIndex(s, ".")
	case points > 1:
		return true
	case commas > 1:
		return false
	case commas == 1:
		return l.decimalIsComma || len(s)-strings.Index(s, ",")-1 != 3
	case points == 1:
		return l.decimalIsComma && len(s)-strings.Index(s, ".")-1 == 3
	default:
		return l.decimalIsComma
	}
}
