package cms

import "slices"

// settle holds a menu to its two levels: the first entry is not below another one,
// nothing that is deleted holds others, and at the foot only headings do.
func (m *Menu) settle(kind FittingKind) {
	holder := -1
	for n := range m.Items {
		i := &m.Items[n]
		if i.Gone {
			continue
		}
		if i.Kind == asHeading || holder < 0 || kind == FooterMenu && m.Items[holder].Kind != asHeading {
			i.Sub = false
		}
		if !i.Sub {
			holder = n
		}
	}
}

// at is where an entry stands.
func (m *Menu) at(id string) (int, error) {
	n := slices.IndexFunc(m.Items, func(i MenuItem) bool { return i.ID == id })
	if n < 0 {
		return 0, errNoItem
	}
	return n, nil
}

// end is behind the last entry that stands below the one at n.
func (m *Menu) end(n int) int {
	end := n + 1
	for !m.Items[n].Sub && end < len(m.Items) && (m.Items[end].Sub || m.Items[end].Gone) {
		end++
	}
	return end
}

// put adds an entry at the end, or writes the one that has its identifier.
func (m *Menu) put(i MenuItem) error {
	if i.ID != "" {
		n, err := m.at(i.ID)
		if err != nil {
			return err
		}
		i.Sub, i.Gone = m.Items[n].Sub, m.Items[n].Gone
		m.Items[n] = i
		return nil
	}
	gone := func(i MenuItem) bool { return i.Gone }
	if k := slices.IndexFunc(m.Items, gone); k >= 0 && len(m.Items) >= 2*maxMenu { // what was deleted first makes room
		m.Items = slices.Delete(slices.Clone(m.Items), k, k+1)
	}
	if live := slices.DeleteFunc(slices.Clone(m.Items), gone); len(live) >= maxMenu {
		return errMenuFull
	}
	m.Last++
	i.ID = number(m.Last)
	m.Items = append(m.Items, i)
	return nil
}

// move puts an entry, with all below it, below another one, or at the first level
// where parent is empty, before one that stands there, or at its end.
func (m *Menu) move(kind FittingKind, id, parent, before string) error {
	from, err := m.at(id)
	if err != nil {
		return err
	}
	block := slices.Clone(m.Items[from:m.end(from)])
	if id == parent || slices.ContainsFunc(block, func(i MenuItem) bool { return i.ID == before }) {
		return nil
	}
	rest := Menu{Items: slices.Delete(slices.Clone(m.Items), from, from+len(block))}
	to := len(rest.Items)
	if parent != "" {
		holds, err := rest.at(parent)
		if err != nil {
			return err
		}
		if rest.Items[holds].Sub || block[0].Kind == asHeading || slices.ContainsFunc(block[1:], func(i MenuItem) bool { return !i.Gone }) {
			return errMenuDeep
		}
		if kind == FooterMenu && rest.Items[holds].Kind != asHeading {
			return errMenuFlat
		}
		to = rest.end(holds)
	}
	if before != "" {
		if to, err = rest.at(before); err != nil {
			return err
		}
		if parent == "" && rest.Items[to].Sub {
			return errNoItem
		}
	}
	block[0].Sub = parent != ""
	m.Items = slices.Insert(rest.Items, to, block...)
	return nil
}

// holder is the entry that the one at n stands below, -1 where it stands below none.
func (m *Menu) holder(n int) int {
	for up := n - 1; m.Items[n].Sub && up >= 0; up-- {
		if !m.Items[up].Sub && !m.Items[up].Gone {
			return up
		}
	}
	return -1
}

// beside are the entries that stand beside the one at n, itself among them.
func (m *Menu) beside(n int) []string {
	var out []string
	holder := m.holder(n)
	for k, i := range m.Items {
		if !i.Gone && i.Sub == m.Items[n].Sub && m.holder(k) == holder {
			out = append(out, i.ID)
		}
	}
	return out
}

// step moves an entry by one place: "up" and "down" among those beside it, "in" below
// the one above it, "out" behind the one that it stands below. Where it cannot go, it stays.
func (m *Menu) step(kind FittingKind, id, way string) error {
	n, err := m.at(id)
	if err != nil {
		return err
	}
	parent := ""
	if up := m.holder(n); up >= 0 {
		parent = m.Items[up].ID
	}
	all := m.beside(n)
	k := slices.Index(all, id)
	next := func(i int) string {
		if i < len(all) {
			return all[i]
		}
		return ""
	}
	switch {
	case way == "up" && k > 0:
		return m.move(kind, id, parent, all[k-1])
	case way == "down" && k >= 0 && k < len(all)-1:
		return m.move(kind, id, parent, next(k+2))
	case way == "in" && k > 0 && parent == "":
		return m.move(kind, id, all[k-1], "")
	case way == "out" && parent != "":
		up, _ := m.at(parent)
		outer := m.beside(up)
		behind := ""
		if i := slices.Index(outer, parent); i+1 < len(outer) {
			behind = outer[i+1]
		}
		return m.move(kind, id, "", behind)
	}
	return nil
}

// drop deletes an entry with all below it, or brings both back.
func (m *Menu) drop(id string, gone bool) error {
	n, err := m.at(id)
	if err != nil {
		return err
	}
	m.Items[n].Gone = gone
	for k := n + 1; !m.Items[n].Sub && k < len(m.Items) && m.Items[k].Sub; k++ {
		m.Items[k].Gone = gone
	}
	return nil
}
