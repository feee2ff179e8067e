// Package money holds amounts as whole minor units of a currency, never as
// floats. Every operation either gives the exact result or refuses: nothing
// wraps, nothing mixes currencies, and all rounding goes through [Divide].
package money

import (
	"cmp"

	"orion/kit/fault"
)

// Refusals of this package. They carry a code and so can be shown to a user.
var (
	// ErrOverflow says that a result does not fit into an amount.
	ErrOverflow = fault.New(fault.Invalid, "money.overflow")
	// ErrCurrency says that two amounts of different currencies met.
	ErrCurrency = fault.New(fault.Rule, "money.currency_mismatch")
	// ErrWeights says that a split has no parts or a negative one.
	ErrWeights = fault.New(fault.Invalid, "money.bad_weights")
	// ErrRate says that a rate is out of its range.
	ErrRate = fault.New(fault.Invalid, "money.bad_rate")
)

// whole is one in basis points: 100 %.
const whole = 10_000

// Amount is a sum of money. The zero value has no currency and is not a price.
// Results lie in ±(2^63−1) minor units, so that every amount has a negative.
type Amount struct {
	Minor    int64    `json:"amount"` // cents of EUR, yen of JPY
	Currency Currency `json:"currency"`
}

// New returns the amount of that many minor units.
func New(minor int64, c Currency) Amount { return Amount{Minor: minor, Currency: c} }

// Sum adds amounts that all must have the currency c; the sum of nothing is zero.
func Sum(c Currency, as ...Amount) (Amount, error) {
	total := New(0, c)
	for _, a := range as {
		var err error
		if total, err = total.Add(a); err != nil {
			return Amount{}, err
		}
	}
	return total, nil
}

// Add returns a + b.
func (a Amount) Add(b Amount) (Amount, error) {
	if a.Currency != b.Currency {
		return Amount{}, mixed(a, b)
	}
	sum := a.Minor + b.Minor
	if (a.Minor > 0 && b.Minor > 0 && sum < 0) || (a.Minor < 0 && b.Minor < 0 && sum >= 0) {
		return Amount{}, ErrOverflow
	}
	return a.fit(sum)
}

// Sub returns a − b.
func (a Amount) Sub(b Amount) (Amount, error) {
	if a.Currency != b.Currency {
		return Amount{}, mixed(a, b)
	}
	diff := a.Minor - b.Minor
	if (a.Minor >= 0 && b.Minor < 0 && diff < 0) || (a.Minor < 0 && b.Minor > 0 && diff >= 0) {
		return Amount{}, ErrOverflow
	}
	return a.fit(diff)
}

// Times returns a × n.
func (a Amount) Times(n int64) (Amount, error) { return a.Part(n, 1) }

// Neg returns −a. It panics on the one int64 that has no negative, which no
// operation of this package gives.
func (a Amount) Neg() Amount {
	if a.Minor == minInt64 {
		panic(ErrOverflow)
	}
	return New(-a.Minor, a.Currency)
}

// Part returns a × num / den, rounded once: proration, or a price per unit.
func (a Amount) Part(num, den int64) (Amount, error) {
	if den == 0 {
		return Amount{}, ErrRate
	}
	q, ok := mulDiv(a.Minor, num, den)
	if !ok {
		return Amount{}, ErrOverflow
	}
	return New(q, a.Currency), nil
}

// Share returns a's share of that many basis points: Share(1700) is 17 %.
func (a Amount) Share(bp int64) (Amount, error) { return a.Part(bp, whole) }

// Included returns the tax of that many basis points contained in the gross
// amount a; what is left of a is the net amount.
func (a Amount) Included(bp int64) (Amount, error) {
	if bp < 0 || bp > maxInt64-whole {
		return Amount{}, ErrRate
	}
	return a.Part(bp, whole+bp)
}

// IsZero reports whether a is nothing, in whatever currency.
func (a Amount) IsZero() bool { return a.Minor == 0 }

// IsNegative reports whether a is below zero.
func (a Amount) IsNegative() bool { return a.Minor < 0 }

// IsPositive reports whether a is above zero.
func (a Amount) IsPositive() bool { return a.Minor > 0 }

// Compare returns -1, 0 or +1 as a is below, equal to or above b.
func (a Amount) Compare(b Amount) (int, error) {
	if a.Currency != b.Currency {
		return 0, mixed(a, b)
	}
	return cmp.Compare(a.Minor, b.Minor), nil
}

// fit refuses the one int64 outside the symmetric range.
func (a Amount) fit(minor int64) (Amount, error) {
	if minor == minInt64 {
		return Amount{}, ErrOverflow
	}
	return New(minor, a.Currency), nil
}

func mixed(a, b Amount) error {
	return ErrCurrency.With("a", string(a.Currency)).With("b", string(b.Currency))
}
