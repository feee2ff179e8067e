package money

import (
	"maps"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/bojanz/currency"
)

// layout is how one language writes amounts of one currency. It is learnt once
// from the CLDR formatter, which takes some microseconds a price; a page of
// fifty prices then costs a few.
type layout struct {
	before, after     string // around the digits
	minus, afterMinus string // the same for amounts below zero
	group, decimal    string
	symbol            string
	exponent          int
	decimalIsComma    bool
}

type layoutKey struct {
	lang     string
	currency Currency
}

var (
	layouts   atomic.Pointer[map[layoutKey]*layout] // copied on write: reads take no lock
	layoutsMu sync.Mutex
)

// Format writes the amount as readers of the language expect: "64,75 €". An
// unknown language is written as English, Luxembourgish as German in Luxembourg.
func (a Amount) Format(lang string) string {
	l := layoutFor(lang, a.Currency)
	before, after := l.before, l.after
	if a.Minor < 0 {
		before, after = l.minus, l.afterMinus
	}
	var room [64]byte
	out := append(room[:0], before...)
	out = l.appendNumber(out, magnitude(a.Minor))
	return string(append(out, after...))
}

// Decimal writes the amount with a point and without a currency: "-64.75".
func (a Amount) Decimal() string {
	var room [32]byte
	out := room[:0]
	if a.Minor < 0 {
		out = append(out, '-')
	}
	plain := layout{decimal: ".", exponent: a.Currency.Exponent()}
	return string(plain.appendNumber(out, magnitude(a.Minor)))
}

// String is for logs: "64.75 EUR".
func (a Amount) String() string { return a.Decimal() + " " + string(a.Currency) }

func (l *layout) appendNumber(out []byte, minor uint64) []byte {
	var room [24]byte
	digits := strconv.AppendUint(room[:0], minor, 10)
	for len(digits) <= l.exponent {
		digits = append([]byte{'0'}, digits...)
	}
	major := digits[:len(digits)-l.exponent]
	for i, d := range major {
		if i > 0 && (len(major)-i)%3 == 0 {
			out = append(out, l.group...)
		}
		out = append(out, d)
	}
	if l.exponent > 0 {
		out = append(out, l.decimal...)
		out = append(out, digits[len(digits)-l.exponent:]...)
	}
	return out
}

func layoutFor(lang string, c Currency) *layout {
	key := layoutKey{lang, c}
	if known := layouts.Load(); known != nil {
		if l, ok := (*known)[key]; ok {
			return l
		}
	}
	layoutsMu.Lock()
	defer layoutsMu.Unlock()
	next := map[layoutKey]*layout{}
	if known := layouts.Load(); known != nil {
		if len(*known) < 10_000 { // languages and currencies are few; a caller's garbage must not pile up
			next = maps.Clone(*known)
		}
	}
	l := learn(lang, c)
	next[key] = l
	layouts.Store(&next)
	return l
}

// learn reads the layout off formatted samples.
func learn(lang string, c Currency) *layout {
	f := currency.NewFormatter(currency.NewLocale(locale(lang)))
	l := &layout{exponent: c.Exponent()}
	l.group, l.decimal = separators(f)
	l.decimalIsComma = l.decimal == ","

	sample, err := currency.NewAmountFromInt64(1, string(c))
	if err != nil { // no known currency: its name stands where a symbol would
		l.after, l.afterMinus, l.minus = "\u00a0"+string(c), "\u00a0"+string(c), "-"
		return l
	}
	l.before, l.after = around(f.Format(sample))
	negative, _ := sample.Mul("-1")
	l.minus, l.afterMinus = around(f.Format(negative))
	l.symbol, _ = currency.GetSymbol(string(c), f.Locale())
	return l
}

// separators reads them off "1,234,567.89"; all our languages group by three
// digits from the fourth on.
func separators(f *currency.Formatter) (group, decimal string) {
	sample, _ := currency.NewAmountFromInt64(123_456_789, string(EUR))
	text := f.Format(sample)
	between := func(a, b string) string {
		_, rest, _ := strings.Cut(text, a)
		mid, _, _ := strings.Cut(rest, b)
		return mid
	}
	return between("1", "234"), between("567", "89")
}

// around returns what stands before the first and after the last digit.
func around(s string) (before, after string) {
	const digits = "0123456789"
	return s[:strings.IndexAny(s, digits)], s[strings.LastIndexAny(s, digits)+1:]
}

// locale names the CLDR data of a language. Stores are in Luxembourg first, and
// the data knows no "lb": prices there are written as in German.
func locale(lang string) string {
	switch lang {
	case "fr":
		return "fr-LU"
	case "de", "lb":
		return "de-LU"
	default:
		return "en"
	}
}
