package i18n

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"

	"orion/kit/fault"
	"orion/kit/money"
)

// Words is one language of a bundle, and the time zone of its reader. It is
// small and meant to be passed by value; the zero value shows keys.
type Words struct {
	*dictionary
	zone *time.Location // nil is UTC
}

// Lang is the language of these words.
func (w Words) Lang() Lang {
	if w.dictionary == nil {
		return En
	}
	return w.lang
}

// Local is a time as the reader's clock shows it.
func (w Words) Local(t time.Time) time.Time {
	if w.zone == nil {
		return t.UTC()
	}
	return t.In(w.zone)
}

// DaySpan is the beginning of a day, as a field of a form has it (2026-03-29), and that
// of the day behind it, by the reader's clock; zero when it is none.
func (w Words) DaySpan(date string) (from, until time.Time) {
	zone := w.zone
	if zone == nil {
		zone = time.UTC
	}
	from, err := time.ParseInLocation(time.DateOnly, date, zone)
	if err != nil {
		return time.Time{}, time.Time{}
	}
	return from.UTC(), from.AddDate(0, 0, 1).UTC()
}

// Zone are the same words for a reader in that time zone.
func (w Words) Zone(zone *time.Location) Words {
	w.zone = zone
	return w
}

// Has reports whether there is a message of that key in any language.
func (w Words) Has(key string) bool {
	if w.dictionary == nil {
		return false
	}
	_, ok := w.messages[key]
	return ok
}

// T is the message of a key; kv are pairs of placeholder and value. An unknown
// key is shown as it is and counted. Of a plural message it is the form "other".
func (w Words) T(key string, kv ...any) string {
	m := w.find(key)
	if m == nil {
		return key
	}
	if len(kv) == 0 || m.parts == nil {
		return m.text
	}
	return m.render(w, pairs(kv))
}

// N is the message of a key in the plural form of n, which is also the
// placeholder {n}, written with separators.
func (w Words) N(key string, n int, kv ...any) string {
	m := w.find(key)
	if m == nil {
		return key
	}
	if form, ok := m.forms[w.form(n)]; ok {
		m = form
	}
	arg := pairs(kv)
	return m.render(w, func(name string) (any, bool) {
		if name == "n" {
			return w.Number(n), true
		}
		return arg(name)
	})
}

// Fault is the sentence of a fault. One without its own message gets the
// general one of its kind: no reader is shown a code.
func (w Words) Fault(e *fault.Error) string {
	if e == nil {
		return ""
	}
	if m := w.find(e.Code); m != nil {
		return m.render(w, named(e.Args))
	}
	return w.T("fault." + e.Kind.String())
}

// FaultField is the sentence of one field error of a fault.
func (w Words) FaultField(f fault.Field) string {
	if m := w.find(f.Code); m != nil {
		return m.render(w, named(f.Args))
	}
	return w.T("form.invalid")
}

// Money writes an amount: "64,75 €".
func (w Words) Money(a money.Amount) string { return a.Format(string(w.Lang())) }

// Number writes a whole number with separators: "1.234".
func (w Words) Number(n int) string {
	var room [32]byte
	return string(w.appendGrouped(room[:0], int64(n)))
}

// Decimal writes a number with that many digits behind the point: "1.234,5".
func (w Words) Decimal(f float64, digits int) string {
	whole, rest, _ := strings.Cut(strconv.FormatFloat(f, 'f', digits, 64), ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return strconv.FormatFloat(f, 'g', -1, 64)
	}
	var room [40]byte
	out := room[:0]
	if n == 0 && whole[0] == '-' && strings.Trim(rest, "0") != "" { // the sign would be lost with the zero
		out = append(out, '-')
	}
	out = w.appendGrouped(out, n)
	if rest != "" {
		_, decimal := w.separators()
		out = append(append(out, decimal), rest...)
	}
	return string(out)
}

// Percent writes a rate in basis points: 1750 is "17,5 %".
func (w Words) Percent(bp int64) string {
	var room [40]byte
	out := room[:0]
	if bp < 0 && bp > -100 { // the sign would be lost with the zero before the point
		out = append(out, '-')
	}
	out = w.appendGrouped(out, bp/100)
	if rest := max(bp%100, -(bp % 100)); rest != 0 {
		_, decimal := w.separators()
		out = append(out, decimal, byte('0'+rest/10))
		if rest%10 != 0 {
			out = append(out, byte('0'+rest%10))
		}
	}
	switch w.Lang() {
	case En:
		return string(append(out, '%'))
	case Fr:
		return string(append(out, "\u202f%"...))
	default:
		return string(append(out, "\u00a0%"...))
	}
}

func (w Words) appendGrouped(out []byte, n int64) []byte {
	var room [24]byte
	digits := strconv.AppendInt(room[:0], n, 10)
	if digits[0] == '-' {
		out, digits = append(out, '-'), digits[1:]
	}
	group, _ := w.separators()
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out = append(out, group)
		}
		out = append(out, d)
	}
	return out
}

// separators are those of prices, French ones of Luxembourg included.
func (w Words) separators() (group, decimal byte) {
	if w.Lang() == En {
		return ',', '.'
	}
	return '.', ','
}

func (w Words) find(key string) *message {
	if w.dictionary == nil {
		return nil
	}
	m, ok := w.messages[key]
	if !ok {
		w.bundle.countUnknown(key)
		return nil
	}
	if !m.asked.Load() { // else each answer would wait for the one before it
		m.asked.Store(true)
	}
	return m
}

// form is the CLDR plural category of a whole number.
func (w Words) form(n int) plural.Form {
	if n < 0 {
		n = -n
	}
	return plural.Cardinal.MatchPlural(w.tag, n, 0, 0, 0, 0)
}

func pairs(kv []any) func(string) (any, bool) {
	return func(name string) (any, bool) {
		for i := 0; i+1 < len(kv); i += 2 {
			if key, ok := kv[i].(string); ok && key == name {
				return kv[i+1], true
			}
		}
		return nil, false
	}
}

func named(args map[string]any) func(string) (any, bool) {
	return func(name string) (any, bool) {
		v, ok := args[name]
		return v, ok
	}
}
