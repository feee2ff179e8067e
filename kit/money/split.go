package money

import (
	"cmp"
	"math/bits"
	"slices"
)

// Split divides a in proportion to the weights by largest remainder: the parts
// add up to a exactly, none is further than one minor unit from its exact
// share, and of equal remainders the earlier part gets the unit. When all
// weights are zero the parts are even.
func (a Amount) Split(weights ...int64) ([]Amount, error) {
	if a.Minor == minInt64 {
		return nil, ErrOverflow
	}
	total, err := sumWeights(weights)
	if err != nil {
		return nil, err
	}
	if total == 0 {
		weights = slices.Repeat([]int64{1}, len(weights))
		total = uint64(len(weights))
	}

	parts := make([]Amount, len(weights))
	rests := make([]uint64, len(weights))
	order := make([]int, len(weights))
	left := magnitude(a.Minor)
	for i, w := range weights {
		hi, lo := bits.Mul64(magnitude(a.Minor), uint64(w))
		q, rest := bits.Div64(hi, lo, total) // hi < total, because w ≤ total
		parts[i] = New(int64(q), a.Currency)
		rests[i], order[i] = rest, i
		left -= q
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(rests[j], rests[i]) })
	for _, i := range order[:left] {
		parts[i].Minor++
	}
	if a.IsNegative() {
		for i := range parts {
			parts[i].Minor = -parts[i].Minor
		}
	}
	return parts, nil
}

func sumWeights(weights []int64) (uint64, error) {
	if len(weights) == 0 {
		return 0, ErrWeights
	}
	var total uint64
	for _, w := range weights {
		if w < 0 {
			return 0, ErrWeights
		}
		var carry uint64
		if total, carry = bits.Add64(total, uint64(w), 0); carry != 0 {
			return 0, ErrOverflow
		}
	}
	return total, nil
}
