package stripe

import (
	"math"
	"testing"

	api "github.com/stripe/stripe-go/v85"

	"orion/kit/money"
)

func TestUnits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a    money.Amount
		want int64 // 0 cannot be said
	}{
		{money.New(1999, "EUR"), 1999},
		{money.New(1, "EUR"), 1},
		{money.New(0, "EUR"), 0},
		{money.New(-5, "EUR"), 0},
		{money.New(500, "JPY"), 500},
		{money.New(5120, "KWD"), 5120},
		{money.New(5125, "KWD"), 0}, // the last digit has to be zero
		{money.New(500, "HUF"), 500},
		{money.New(500, "ISK"), 50000}, // none, sent with two
		{money.New(500, "UGX"), 50000},
		{money.New(math.MaxInt64/10, "ISK"), 0}, // no room
		{money.New(math.MaxInt64, "EUR"), math.MaxInt64},
	} {
		got, ok := units(c.a)
		if ok != (c.want != 0) || got != c.want {
			t.Errorf("%v is %d %v, want %d", c.a, got, ok, c.want)
		}
		if ok && amount(got, api.Currency(c.a.Currency)) != c.a {
			t.Errorf("%v comes back as %v", c.a, amount(got, api.Currency(c.a.Currency)))
		}
	}
	if got := amount(50050, "isk"); got != (money.Amount{}) {
		t.Errorf("half a crown is %v", got)
	}
	if got := amount(5, "xyz"); got != (money.Amount{}) {
		t.Errorf("an unknown currency is %v", got)
	}
}

// Every currency that we know is said so that it comes back.
func TestFits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a    money.Amount
		want bool
	}{
		{money.New(50, "EUR"), true},
		{money.New(49, "EUR"), false},
		{money.New(0, "EUR"), false},
		{money.New(999_999_99, "EUR"), true},
		{money.New(1_000_000_00, "EUR"), false},
		{money.New(14_99, "CZK"), false},
		{money.New(50, "JPY"), true},
		{money.New(1001, "KWD"), false},
		{money.New(1010, "KWD"), true},
	} {
		if got := New(Options{}).Fits(c.a); got != c.want {
			t.Errorf("%v: %v", c.a, got)
		}
	}
}

func TestUnitsOfAllCurrencies(t *testing.T) {
	t.Parallel()
	for _, c := range money.Currencies() {
		a := money.New(123_000, c)
		n, ok := units(a)
		if back := amount(n, api.Currency(c)); !ok || back != a {
			t.Errorf("%v is %d and comes back as %v", a, n, back)
		}
	}
}
