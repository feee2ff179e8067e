package catalog

import (
	"context"
	"slices"

	"orion/kit/db"
	"orion/kit/tenant"
)

// Spot is where a category stands: in which other one, and before which of its
// siblings. Zero is at the root, and at the end.
type Spot struct{ Parent, Before CategoryID }

// SpotOf is where a category stands now.
func (t *Tree) SpotOf(c CategoryID) Spot {
	have, ok := t.Find(c)
	if !ok {
		return Spot{}
	}
	s := Spot{Parent: have.Parent}
	siblings := t.Children(have.Parent)
	if at := slices.IndexFunc(siblings, func(x Category) bool { return x.ID == c }); at+1 < len(siblings) {
		s.Before = siblings[at+1].ID
	}
	return s
}

// height is how many levels a category and those below it take.
func (t *Tree) height(c CategoryID) int {
	tallest := 0
	for _, below := range t.Children(c) {
		tallest = max(tallest, t.height(below.ID))
	}
	return tallest + 1
}

// moved are the categories that stand elsewhere when c is put into a spot.
func (t *Tree) moved(c CategoryID, to Spot) ([]Category, error) {
	moving, ok := t.Find(c)
	if !ok {
		return nil, ErrNoCategory
	}
	path := t.Path(to.Parent)
	inside := slices.ContainsFunc(path, func(above Category) bool { return above.ID == c })
	if to.Parent != 0 && len(path) == 0 || inside || len(path)+t.height(c) > maxDepth {
		return nil, errCategory.Field("parent", "catalog.parent_wrong")
	}
	siblings := slices.DeleteFunc(t.Children(to.Parent), func(s Category) bool { return s.ID == c })
	at := slices.IndexFunc(siblings, func(s Category) bool { return s.ID == to.Before })
	if at < 0 {
		at = len(siblings)
	}
	moving.Parent = to.Parent
	var out []Category
	for i, s := range slices.Insert(siblings, at, moving) {
		have, _ := t.Find(s.ID)
		if s.Place = int64(i); s.Place != have.Place || s.Parent != have.Parent {
			out = append(out, s)
		}
	}
	return out, nil
}

// MoveCategory puts a category, with all below it, elsewhere, and tells where it
// stood before.
func (m *Module) MoveCategory(ctx context.Context, in tenant.Store, c CategoryID, to Spot) (was Spot, err error) {
	return db.Write(ctx, m.db, in, func(tx tx) (Spot, error) {
		if err := holdCategories(ctx, tx); err != nil {
			return Spot{}, err
		}
		rows, err := loadCategories(ctx, tx)
		if err != nil {
			return Spot{}, err
		}
		t := newTree(rows)
		changed, err := t.moved(c, to)
		if err != nil {
			return Spot{}, err
		}
		for _, x := range changed {
			if err := updateCategory(ctx, tx, x); err != nil {
				return Spot{}, err
			}
		}
		m.changed(tx)
		return t.SpotOf(c), nil
	})
}
