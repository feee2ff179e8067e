package orders

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/money"
	"orion/modules/catalog/catalogapi"
)

func lineOf(minor, quantity int64, class catalogapi.TaxClass) Line {
	return Line{Title: "Thing", Unit: eur(minor), Quantity: quantity, TaxClass: class}
}

func inLuxembourg(delivery int64) sums {
	return sums{Currency: "EUR", Ruling: Ruling{Regime: Domestic, Country: "LU"}, Day: day("2026-03-02"), Delivery: eur(delivery), Carrier: "Post"}
}

func TestTotals(t *testing.T) {
	t.Parallel()
	type result struct{ Goods, Delivery, Total, Tax int64 }
	for name, c := range map[string]struct {
		lines []Line
		in    sums
		want  result
		taxes map[int64]int64
	}{
		"one thing": {
			[]Line{lineOf(1999, 1, catalogapi.TaxStandard)}, inLuxembourg(0), result{1999, 0, 1999, 290}, map[int64]int64{1700: 290},
		},
		"the tax is rounded once for the document": {
			[]Line{lineOf(1999, 3, catalogapi.TaxStandard)}, inLuxembourg(0), result{5997, 0, 5997, 871}, map[int64]int64{1700: 871},
		},
		"delivery goes with the rate of most goods": {
			[]Line{lineOf(1000, 1, catalogapi.TaxStandard), lineOf(5000, 1, catalogapi.TaxSuperReduced)},
			inLuxembourg(490),
			result{6000, 490, 6490, 145 + 160},
			map[int64]int64{1700: 145, 300: 160},
		},
		"no tax without a rate": {
			[]Line{lineOf(1000, 2, catalogapi.TaxZero)}, inLuxembourg(100), result{2000, 100, 2100, 0}, map[int64]int64{0: 0},
		},
	} {
		got, err := total(c.lines, c.in)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(c.want, result{got.Goods.Minor, got.Delivery.Minor, got.Total.Minor, got.Tax.Minor}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		taxes := map[int64]int64{}
		for _, tax := range got.Taxes {
			taxes[tax.RateBP] = tax.Tax.Minor
		}
		if diff := cmp.Diff(c.taxes, taxes); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestTracesRecompute builds many random orders: each trace, read back from
// JSON, gives the same cents, and every split adds up.
func TestTracesRecompute(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 11))
	classes := []catalogapi.TaxClass{catalogapi.TaxStandard, catalogapi.TaxIntermediate, catalogapi.TaxReduced, catalogapi.TaxSuperReduced, catalogapi.TaxZero}
	for range 500 {
		lines := make([]Line, 1+r.IntN(6))
		for i := range lines {
			lines[i] = lineOf(r.Int64N(20000), 1+r.Int64N(9), classes[r.IntN(len(classes))])
		}
		sum, err := total(lines, inLuxembourg(r.Int64N(2000)))
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(sum.Trace)
		if err != nil {
			t.Fatal(err)
		}
		var stored Trace
		if err := json.Unmarshal(text, &stored); err != nil {
			t.Fatal(err)
		}
		if err := stored.Check(); err != nil {
			t.Error(err)
		}
		if last := stored.Steps[len(stored.Steps)-1]; last.Name != "total" || last.Result != sum.Total.Minor {
			t.Errorf("the trace ends with %+v, the total is %v", last, sum.Total)
		}
		var gross, tax int64
		for _, x := range sum.Taxes {
			gross += x.Gross.Minor
			tax += x.Tax.Minor
		}
		if gross != sum.Total.Minor || tax != sum.Tax.Minor {
			t.Errorf("rates add up to %d with %d tax, the total is %v", gross, tax, sum.Total)
		}
		var onLines int64
		for _, l := range lines {
			if l.Tax.Minor < 0 || l.Tax.Minor > l.Total.Minor {
				t.Errorf("a line of %v has tax %v", l.Total, l.Tax)
			}
			onLines += l.Tax.Minor
		}
		if onLines > tax {
			t.Errorf("the lines' tax is %d of %d", onLines, tax)
		}
	}
}

func TestTraceNoticesAChange(t *testing.T) {
	t.Parallel()
	sum, err := total([]Line{lineOf(1999, 3, catalogapi.TaxStandard)}, inLuxembourg(490))
	if err != nil {
		t.Fatal(err)
	}
	for i := range sum.Trace.Steps {
		steps := append([]Step(nil), sum.Trace.Steps...)
		steps[i].Result++
		if err := (Trace{Currency: "EUR", Steps: steps}).Check(); !errors.Is(err, errTrace) {
			t.Errorf("step %s may lie: %v", steps[i].Name, err)
		}
	}
}

func TestTotalsOverflow(t *testing.T) {
	t.Parallel()
	if _, err := total([]Line{lineOf(1<<62, 9, catalogapi.TaxStandard)}, inLuxembourg(0)); !errors.Is(err, money.ErrOverflow) {
		t.Error(err)
	}
}
