package money

import (
	"math"
	"math/bits"
)

const (
	minInt64 = math.MinInt64
	maxInt64 = math.MaxInt64
)

// Divide returns a / b rounded half away from zero. It is the only rounding of
// the program. Like the operator it panics when b is zero; it also panics
// instead of wrapping for MinInt64 / ±1, whose result is no amount.
func Divide(a, b int64) int64 {
	q, ok := mulDiv(a, 1, b)
	if !ok {
		panic(ErrOverflow)
	}
	return q
}

// mulDiv returns a × n / d rounded half away from zero, with a 128-bit product.
// ok is false when the result is outside ±MaxInt64.
func mulDiv(a, n, d int64) (q int64, ok bool) {
	hi, lo := bits.Mul64(magnitude(a), magnitude(n))
	by := magnitude(d)

	// Half of an odd divisor rounds down: then no quotient lies exactly between
	// two numbers and the lower half decides rightly.
	lo, carry := bits.Add64(lo, by/2, 0)
	hi += carry
	if by != 0 && hi >= by {
		return 0, false
	}
	u, _ := bits.Div64(hi, lo, by)
	if u > maxInt64 {
		return 0, false
	}
	if (a < 0) != (n < 0) != (d < 0) {
		return -int64(u), true
	}
	return int64(u), true
}

// magnitude returns |n|, also for MinInt64.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}
