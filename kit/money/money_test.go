package money

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func eur(minor int64) Amount { return New(minor, EUR) }

func TestTaxExamples(t *testing.T) {
	t.Parallel()

	share := func(minor, bp int64) int64 {
		a, err := eur(minor).Share(bp)
		if err != nil {
			t.Fatal(err)
		}
		return a.Minor
	}
	included := func(minor, bp int64) int64 {
		a, err := eur(minor).Included(bp)
		if err != nil {
			t.Fatal(err)
		}
		return a.Minor
	}
	for _, c := range []struct {
		name      string
		got, want int64
	}{
		{"3 × 10.10 at 17 % per category", share(3030, 1700), 515},
		{"3 × 10.10 at 17 % per line", 3 * share(1010, 1700), 516},
		{"3 × 99.99 at 25 % per category", share(29997, 2500), 7499},
		{"3 × 99.99 at 25 % per line", 3 * share(9999, 2500), 7500},
		{"half case 2.50 at 17 %", share(250, 1700), 43},
		{"half case 1.50 at 17 %", share(150, 1700), 26},
		{"half case 0.50 at 17 %", share(50, 1700), 9},
		{"half case of a refund", share(-250, 1700), -43},
		{"19.99 gross contains 2.90", included(1999, 1700), 290},
		{"3 × 19.99 gross contains 8.71", included(5997, 1700), 871},
		{"zero rate", included(1999, 0), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if c.got != c.want {
				t.Errorf("got %d, want %d", c.got, c.want)
			}
		})
	}
}

func TestArithmeticRefuses(t *testing.T) {
	t.Parallel()

	most, least := eur(math.MaxInt64), eur(math.MinInt64+1)
	refusal := func(_ any, err error) error { return err }
	for _, c := range []struct {
		name string
		got  error
		want error
	}{
		{"a sum that is too large", refusal(most.Add(eur(1))), ErrOverflow},
		{"a sum that is too small", refusal(least.Add(eur(-2))), ErrOverflow},
		{"the asymmetric minimum", refusal(least.Add(eur(-1))), ErrOverflow},
		{"a difference that is too large", refusal(most.Sub(eur(-1))), ErrOverflow},
		{"a difference that is too small", refusal(least.Sub(eur(2))), ErrOverflow},
		{"a product that is too large", refusal(eur(math.MaxInt64 / 2).Times(3)), ErrOverflow},
		{"a share that is too large", refusal(most.Share(10_001)), ErrOverflow},
		{"mixed currencies", refusal(eur(1).Add(New(1, "USD"))), ErrCurrency},
		{"mixed currencies in a sum", refusal(Sum(EUR, eur(1), New(1, "USD"))), ErrCurrency},
		{"a negative tax rate", refusal(eur(1).Included(-1)), ErrRate},
		{"a split of the asymmetric minimum", refusal(eur(math.MinInt64).Split(1, 1)), ErrOverflow},
		{"weights that are too large", refusal(eur(1).Split(math.MaxInt64, math.MaxInt64, 2)), ErrOverflow},
		{"no weights", refusal(eur(1).Split()), ErrWeights},
		{"a negative weight", refusal(eur(1).Split(1, -1)), ErrWeights},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if !errors.Is(c.got, c.want) {
				t.Errorf("got %v, want %v", c.got, c.want)
			}
		})
	}
}

func TestAddAndSubAreExactOrRefused(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "b")
		exact := func(act string, got Amount, err error, want *big.Int) {
			fits := want.IsInt64() && want.Int64() != math.MinInt64
			if fits != (err == nil) {
				t.Fatalf("%s: %v, want %v", act, err, want)
			}
			if fits && got.Minor != want.Int64() {
				t.Fatalf("%s: got %d, want %v", act, got.Minor, want)
			}
		}
		sum, err := eur(a).Add(eur(b))
		exact("add", sum, err, new(big.Int).Add(big.NewInt(a), big.NewInt(b)))
		diff, err := eur(a).Sub(eur(b))
		exact("sub", diff, err, new(big.Int).Sub(big.NewInt(a), big.NewInt(b)))
	})
}

func TestPartRoundsHalfAwayFromZero(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, num := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "num")
		den := rapid.Int64().Filter(func(n int64) bool { return n != 0 }).Draw(t, "den")
		got, err := eur(a).Part(num, den)

		// The reference: |a·num| + |den|/2 over |den|, in whole numbers of any size.
		product := new(big.Int).Mul(big.NewInt(a), big.NewInt(num))
		by := new(big.Int).Abs(big.NewInt(den))
		want := new(big.Int).Abs(product)
		want.Mul(want, big.NewInt(2)).Add(want, by).Div(want, new(big.Int).Mul(by, big.NewInt(2)))
		if (product.Sign() < 0) != (den < 0) {
			want.Neg(want)
		}
		fits := new(big.Int).Abs(want).IsInt64()
		if fits != (err == nil) {
			t.Fatalf("got %v, want %v", err, want)
		}
		if fits && got.Minor != want.Int64() {
			t.Fatalf("got %d, want %v", got.Minor, want)
		}
	})
}

func TestSplitLosesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := eur(rapid.Int64Range(math.MinInt64+1, math.MaxInt64).Draw(t, "amount"))
		weights := rapid.SliceOfN(rapid.Int64Range(0, 1<<40), 1, 20).Draw(t, "weights")
		parts, err := a.Split(weights...)
		if err != nil {
			t.Fatal(err)
		}
		total, err := Sum(EUR, parts...)
		if err != nil || total != a {
			t.Fatalf("parts %v add up to %v, want %v (%v)", parts, total, a, err)
		}
		var of int64
		for _, w := range weights {
			of += w
		}
		for i, w := range weights {
			if of == 0 {
				break
			}
			fair, err := a.Part(w, of)
			if err != nil {
				t.Fatal(err)
			}
			if d := parts[i].Minor - fair.Minor; d < -1 || d > 1 {
				t.Fatalf("part %d is %v, its share %v", i, parts[i], fair)
			}
		}
	})
}

func TestNetAndIncludedTaxAreGross(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		gross := eur(rapid.Int64Range(-1e15, 1e15).Draw(t, "gross"))
		bp := rapid.Int64Range(0, 10_000).Draw(t, "bp")
		tax, err := gross.Included(bp)
		if err != nil {
			t.Fatal(err)
		}
		net, err := gross.Sub(tax)
		if err != nil {
			t.Fatal(err)
		}
		again, err := net.Share(bp)
		if err != nil {
			t.Fatal(err)
		}
		// Net is within half a cent of the exact one, so the tax on it within one.
		if d := again.Minor - tax.Minor; d < -1 || d > 1 {
			t.Fatalf("tax %v of gross, %v of net", tax, again)
		}
	})
}

func TestSplitOrder(t *testing.T) {
	t.Parallel()
	got, err := eur(100).Split(1, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Amount{eur(34), eur(33), eur(33)}, got); diff != "" {
		t.Error(diff)
	}
	even, err := eur(-5).Split(0, 0)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Amount{eur(-3), eur(-2)}, even); diff != "" {
		t.Error(diff)
	}
}

func TestDividePanicsInsteadOfWrapping(t *testing.T) {
	t.Parallel()
	for _, divisor := range []int64{0, -1, 1} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("MinInt64 / %d gave a result", divisor)
				}
			}()
			Divide(math.MinInt64, divisor)
		}()
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(eur(1999))
	if err != nil || string(text) != `{"amount":1999,"currency":"EUR"}` {
		t.Fatalf("got %s, %v", text, err)
	}
	var back Amount
	if err := json.Unmarshal(text, &back); err != nil || back != eur(1999) {
		t.Fatalf("got %v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"amount":1,"currency":"XYZ"}`), &back); !errors.Is(err, errCurrencyUnknown) {
		t.Errorf("an unknown currency: %v", err)
	}
}
