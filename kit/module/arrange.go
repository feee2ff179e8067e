package module

import (
	"cmp"
	"slices"
)

// Arrangement is how somebody wants the entries of a menu. The zero Arrangement
// leaves them as the modules have them.
type Arrangement struct {
	Order  []string `json:"order,omitempty"`  // paths, the first one first; others stay behind what they stood behind
	Hidden []string `json:"hidden,omitempty"` // paths
}

// IsZero tells that nothing is arranged.
func (a Arrangement) IsZero() bool { return len(a.Order) == 0 && len(a.Hidden) == 0 }

// Same tells that two arrangements are alike.
func (a Arrangement) Same(b Arrangement) bool {
	return slices.Equal(a.Order, b.Order) && slices.Equal(a.Hidden, b.Hidden)
}

// SortMenu puts entries into the order of the modules.
func SortMenu(items []MenuItem) {
	slices.SortStableFunc(items, func(a, b MenuItem) int { return cmp.Compare(a.Order, b.Order) })
}

// Arrange gives the entries, which are in the order of the modules, as somebody
// wants them. Mandatory ones are not hidden, whatever was said. Entries that were
// unknown when the menu was arranged stay behind what they stand behind.
func (a Arrangement) Arrange(items []MenuItem) []MenuItem {
	out := a.Sorted(items)
	return slices.DeleteFunc(out, func(m MenuItem) bool { return !m.Mandatory && slices.Contains(a.Hidden, m.Path) })
}

// Sorted is Arrange with the hidden ones still there.
func (a Arrangement) Sorted(items []MenuItem) []MenuItem {
	if len(a.Order) == 0 {
		return slices.Clone(items)
	}
	out := make([]MenuItem, 0, len(items))
	for _, path := range a.Order {
		if i := slices.IndexFunc(items, func(m MenuItem) bool { return m.Path == path }); i >= 0 {
			out = append(out, items[i])
		}
	}
	for i, m := range items {
		if slices.Contains(a.Order, m.Path) {
			continue
		}
		at := 0
		if i > 0 {
			at = 1 + slices.IndexFunc(out, func(o MenuItem) bool { return o.Path == items[i-1].Path })
		}
		out = slices.Insert(out, at, m)
	}
	return out
}

// Fit is the arrangement as far as it says something about the entries, which are
// in the order of the modules: no path twice, none that nothing has, and no order
// that is the modules' own.
func (a Arrangement) Fit(items []MenuItem) Arrangement {
	var out Arrangement
	has := func(path string) bool {
		return slices.ContainsFunc(items, func(m MenuItem) bool { return m.Path == path })
	}
	for _, path := range a.Order {
		if has(path) && !slices.Contains(out.Order, path) {
			out.Order = append(out.Order, path)
		}
	}
	for _, path := range a.Hidden {
		if has(path) && !slices.Contains(out.Hidden, path) {
			out.Hidden = append(out.Hidden, path)
		}
	}
	slices.Sort(out.Hidden)
	same := func(m, n MenuItem) bool { return m.Path == n.Path }
	if slices.EqualFunc(out.Sorted(items), items, same) {
		out.Order = nil
	}
	return out
}
