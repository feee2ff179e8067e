package orders

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"orion/kit/money"
)

// Totals are the sums of a cart or order. Prices are gross: VAT is contained.
type Totals struct {
	Goods    money.Amount
	Delivery money.Amount
	Total    money.Amount
	Tax      money.Amount // contained in Total
	Taxes    []Tax        // the same by rate, highest first
	Trace    Trace
}

// Tax is the VAT of one rate, computed once for the whole document.
type Tax struct {
	RateBP int64 // basis points
	Gross  money.Amount
	Tax    money.Amount
}

// Net is the total without VAT.
func (t Totals) Net() money.Amount { return money.New(t.Total.Minor-t.Tax.Minor, t.Total.Currency) }

// sums is what totals are computed from.
type sums struct {
	Currency money.Currency
	Ruling   Ruling
	Day      time.Time
	Delivery money.Amount // zero without a currency when nothing is delivered
	Carrier  string       // what the delivery is called
}

// total computes the totals of lines and writes rate, total and tax into each.
// Per rate the tax is rounded once on the document; lines and delivery get
// their parts of it by largest remainder. Delivery is taxed like the rate that
// most of the goods' value has.
func total(lines []Line, in sums) (Totals, error) {
	t := newTally(in.Currency, in.Ruling)
	rates := map[int64][]string{} // rate → steps taxed by it
	worth := map[int64]int64{}    // rate → gross goods
	var goods []string
	for i := range lines {
		l := &lines[i]
		rate, err := in.Ruling.Rate(l.TaxClass, in.Day)
		if err != nil {
			return Totals{}, err
		}
		name := "line " + strconv.Itoa(i+1)
		l.RateBP = rate
		l.Total = t.step(Step{Name: name, Op: OpTimes, Label: l.Title, Value: l.Unit.Minor, Factor: l.Quantity})
		rates[rate] = append(rates[rate], name)
		worth[rate] += l.Total.Minor
		goods = append(goods, name)
	}
	out := Totals{Goods: t.step(Step{Name: "goods", Op: OpSum, Of: goods})}
	out.Delivery = t.step(Step{Name: "delivery", Op: OpTimes, Label: in.Carrier, Value: in.Delivery.Minor, Factor: 1})
	if main, ok := mainRate(worth); ok {
		rates[main] = append(rates[main], "delivery")
	}
	out.Taxes = taxes(t, rates)
	var taxNames []string
	for _, tax := range out.Taxes {
		taxNames = append(taxNames, taxName(tax.RateBP))
	}
	out.Tax = t.step(Step{Name: "vat", Op: OpSum, Of: taxNames})
	out.Total = t.step(Step{Name: "total", Op: OpSum, Of: []string{"goods", "delivery"}})
	if t.err != nil {
		return Totals{}, t.err
	}
	out.Trace = t.trace
	return out, allocate(lines, out)
}

func taxes(t *tally, rates map[int64][]string) []Tax {
	var out []Tax
	for _, rate := range slices.Backward(slices.Sorted(maps.Keys(rates))) {
		of := rates[rate]
		gross := t.step(Step{Name: "gross " + strconv.FormatInt(rate, 10), Op: OpSum, Of: of})
		tax := t.step(Step{Name: taxName(rate), Op: OpIncluded, Factor: rate, Of: of})
		out = append(out, Tax{RateBP: rate, Gross: gross, Tax: tax})
	}
	return out
}

func taxName(rate int64) string { return "vat " + strconv.FormatInt(rate, 10) }

// mainRate is the rate with the most value; of equal ones the higher.
func mainRate(worth map[int64]int64) (int64, bool) {
	rates := slices.SortedFunc(maps.Keys(worth), func(a, b int64) int {
		return cmp.Or(cmp.Compare(worth[b], worth[a]), cmp.Compare(b, a))
	})
	if len(rates) == 0 {
		return 0, false
	}
	return rates[0], true
}

// allocate gives each line its part of the tax of its rate.
func allocate(lines []Line, sum Totals) error {
	for _, tax := range sum.Taxes {
		var at []int
		var weights []int64
		rest := tax.Gross.Minor
		for i, l := range lines {
			if l.RateBP == tax.RateBP {
				at, weights = append(at, i), append(weights, l.Total.Minor)
				rest -= l.Total.Minor
			}
		}
		parts, err := tax.Tax.Split(append(weights, rest)...) // what is left is delivery
		if err != nil {
			return err
		}
		for k, i := range at {
			lines[i].Tax = parts[k]
		}
	}
	return nil
}
