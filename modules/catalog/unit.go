package catalog

import (
	"strconv"
	"strings"

	"orion/kit/fault"
	"orion/kit/money"
)

// Unit is what the content of a variant is measured in.
type Unit string

// Units are those that people write, each with the one that prices are
// compared in (Directive 98/6/EC, Article 2) and how many make it up.
var Units = []Unit{"g", "kg", "ml", "cl", "l", "cm", "m", "m2", "piece"}

var unitOf = map[Unit]struct {
	per  Unit
	many int64
}{
	"g": {"kg", 1000}, "kg": {"kg", 1}, "ml": {"l", 1000}, "cl": {"l", 100}, "l": {"l", 1},
	"cm": {"m", 100}, "m": {"m", 1}, "m2": {"m2", 1}, "piece": {"piece", 1},
}

// Content is how much is in a variant; the zero value is not said.
type Content struct {
	Milli int64 // thousandths of the unit
	Unit  Unit
}

const maxContent = 1_000_000_000 // thousandths: a tonne in kilograms

var errContent = fault.New(fault.Invalid, "catalog.content_wrong")

// valid tells whether the content is said whole, or not at all.
func (c Content) valid() bool {
	_, known := unitOf[c.Unit]
	return c == Content{} || known && c.Milli > 0 && c.Milli <= maxContent
}

// price is what one kilogram, litre, metre or piece costs, and of which; it is
// zero where that is not said or is the price itself.
func (c Content) price(p money.Amount) (money.Amount, Unit) {
	u, known := unitOf[c.Unit]
	if !known || c.Milli <= 0 || c.Milli == u.many*1000 {
		return money.Amount{}, ""
	}
	per, err := p.Part(u.many*1000, c.Milli)
	if err != nil {
		return money.Amount{}, ""
	}
	return per, u.per
}

// ParseContent reads an amount as people or files write it: "0.75", "0,75".
func ParseContent(amount, unit string) (Content, error) {
	amount, unit = strings.ReplaceAll(strings.TrimSpace(amount), ",", "."), strings.ToLower(strings.TrimSpace(unit))
	if amount == "" || amount == "0" {
		return Content{}, nil
	}
	whole, rest, _ := strings.Cut(amount, ".")
	rest = strings.TrimRight(rest, "0")
	if len(rest) > 3 || len(whole) > 9 || strings.Trim(whole+rest, "0123456789") != "" {
		return Content{}, errContent
	}
	n, err := strconv.ParseInt(whole+rest+strings.Repeat("0", 3-len(rest)), 10, 64)
	c := Content{n, Unit(unit)}
	if err != nil || !c.valid() {
		return Content{}, errContent
	}
	return c, nil
}

// amount is how much, as ParseContent reads it.
func (c Content) amount() string {
	if c.Milli == 0 {
		return ""
	}
	s := strconv.FormatInt(c.Milli/1000, 10)
	if rest := c.Milli % 1000; rest != 0 {
		s += "." + strings.TrimRight(strconv.FormatInt(1000+rest, 10)[1:], "0")
	}
	return s
}
