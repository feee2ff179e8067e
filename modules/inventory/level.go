package inventory

import (
	"cmp"
	"slices"

	"orion/kit/id"
	"orion/modules/catalog/catalogapi"
	"orion/modules/inventory/inventoryapi"
)

// LocationID names a place where goods are kept.
type LocationID = id.ID[locationKind]

type locationKind struct{}

// Prefix of location identifiers.
func (locationKind) Prefix() string { return "loc" }

// NoLimit is the backorder limit of variants that may be sold without end.
const NoLimit = 1_000_000_000

// level is how much of a variant is at a location. The row behind it is locked
// by the transaction that holds this value.
type level struct {
	Variant  catalogapi.VariantID
	Location LocationID
	OnHand   int64
	Reserved int64
	Backlog  int64 // how much may be reserved beyond what is on hand
	Priority int64 // of the location; the lowest is asked first
}

// free is what is on hand and nobody's yet.
func (l level) free() int64 { return max(0, l.OnHand-l.Reserved) }

// room is what may still be reserved, backorders included.
func (l level) room() int64 { return l.OnHand + l.Backlog - l.Reserved }

// shelf is all levels of some variants, locked.
type shelf map[catalogapi.VariantID][]level

func newShelf(levels []level) shelf {
	s := shelf{}
	for _, l := range levels {
		s[l.Variant] = append(s[l.Variant], l)
	}
	for _, ls := range s {
		slices.SortStableFunc(ls, func(a, b level) int {
			return cmp.Or(cmp.Compare(a.Priority, b.Priority), cmp.Compare(a.Location, b.Location))
		})
	}
	return s
}

// at is the level of a variant at a location.
func (s shelf) at(v catalogapi.VariantID, l LocationID) (*level, bool) {
	for i := range s[v] {
		if s[v][i].Location == l {
			return &s[v][i], true
		}
	}
	return nil, false
}

// room is what may still be reserved of a variant, wherever it is.
func (s shelf) room(v catalogapi.VariantID) int64 {
	var sum int64
	for _, l := range s[v] {
		sum += l.room()
	}
	return sum
}

// shown is what the catalogue tells shoppers about a variant.
func (s shelf) shown(v catalogapi.VariantID) catalogapi.Shown {
	var free int64
	for _, l := range s[v] {
		free += l.free()
	}
	return catalogapi.Shown{Variant: v, Left: min(free, catalogapi.Plenty), Backorder: s.room(v) > free}
}

// portion is a part of a reservation: so much of a variant at a location. The
// location is zero for goods that never run out.
type portion struct {
	Variant  int64 `json:"variant"`
	Location int64 `json:"location"`
	Quantity int64 `json:"quantity"`
	Shipped  int64 `json:"shipped"`
	Returned int64 `json:"returned"`
}

// allocate says where a quantity is taken from: the first location that has all
// of it; else each location in turn gives what is free there; and what is still
// missing is backordered where that is allowed. ok is false when it is not enough.
func allocate(levels []level, v catalogapi.VariantID, quantity int64) (parts []portion, ok bool) {
	for _, l := range levels {
		if l.free() >= quantity {
			return []portion{{Variant: int64(v), Location: int64(l.Location), Quantity: quantity}}, true
		}
	}
	taken := make([]int64, len(levels))
	for i, l := range levels {
		taken[i] = min(l.free(), quantity)
		quantity -= taken[i]
	}
	for i, l := range levels {
		more := min(l.room()-taken[i], quantity)
		taken[i] += more
		quantity -= more
	}
	for i, n := range taken {
		if n > 0 {
			parts = append(parts, portion{Variant: int64(v), Location: int64(levels[i].Location), Quantity: n})
		}
	}
	return parts, quantity == 0
}

// collapse gives one line per variant, in the order of their identifiers.
func collapse(lines []inventoryapi.Line) ([]inventoryapi.Line, error) {
	sum := map[catalogapi.VariantID]int64{}
	for _, l := range lines {
		if l.Quantity <= 0 || l.Quantity > MaxQuantity || l.Variant.IsZero() {
			return nil, errQuantity
		}
		if sum[l.Variant] += l.Quantity; sum[l.Variant] > MaxQuantity {
			return nil, errQuantity
		}
	}
	out := make([]inventoryapi.Line, 0, len(sum))
	for v, q := range sum {
		out = append(out, inventoryapi.Line{Variant: v, Quantity: q})
	}
	slices.SortFunc(out, func(a, b inventoryapi.Line) int { return cmp.Compare(a.Variant, b.Variant) })
	return out, nil
}

func variantsOf(lines []inventoryapi.Line) []catalogapi.VariantID {
	out := make([]catalogapi.VariantID, len(lines))
	for i, l := range lines {
		out[i] = l.Variant
	}
	return out
}
