package catalog

import (
	"slices"

	"orion/kit/fault"
	"orion/kit/i18n"
)

// Category is a node of a store's tree.
type Category struct {
	ID     CategoryID
	Parent CategoryID // zero for a root
	Slug   string     // "" is made of the name
	Name   i18n.Text
	About  i18n.Text // a sentence or two, shown on its page
	Place  int64     // order among its siblings
}

var (
	errCategory = fault.New(fault.Invalid, "catalog.invalid_category")
	// ErrNoCategory says that the store has no such category.
	ErrNoCategory = fault.New(fault.NotFound, "catalog.no_category")
	// ErrCategoryUsed says that a category still has products or children.
	ErrCategoryUsed = fault.New(fault.Rule, "catalog.category_used")
)

// maxDepth is how deep a tree may be.
const maxDepth = 5

// Tree is the categories of a store. It is immutable and shared by requests.
type Tree struct {
	all    []Category // parents before children, siblings in order
	byID   map[CategoryID]int
	bySlug map[string]int
}

func newTree(rows []Category) *Tree {
	t := &Tree{byID: make(map[CategoryID]int, len(rows)), bySlug: make(map[string]int, len(rows))}
	var walk func(parent CategoryID)
	walk = func(parent CategoryID) {
		for _, c := range rows {
			if c.Parent == parent {
				t.byID[c.ID], t.bySlug[c.Slug] = len(t.all), len(t.all)
				t.all = append(t.all, c)
				walk(c.ID)
			}
		}
	}
	walk(0)
	return t
}

// All are the categories, parents before children.
func (t *Tree) All() []Category { return t.all }

// Find is the category with the identifier.
func (t *Tree) Find(c CategoryID) (Category, bool) {
	i, ok := t.byID[c]
	if !ok {
		return Category{}, false
	}
	return t.all[i], true
}

// BySlug is the category with the slug.
func (t *Tree) BySlug(slug string) (Category, bool) {
	i, ok := t.bySlug[slug]
	if !ok {
		return Category{}, false
	}
	return t.all[i], true
}

// Children are the categories right below one, or the roots for zero.
func (t *Tree) Children(parent CategoryID) []Category {
	var out []Category
	for _, c := range t.all {
		if c.Parent == parent {
			out = append(out, c)
		}
	}
	return out
}

// Path is a category with those above it, the root first.
func (t *Tree) Path(c CategoryID) []Category {
	var out []Category
	for range maxDepth + 1 {
		have, ok := t.Find(c)
		if !ok {
			break
		}
		out = append(out, have)
		c = have.Parent
	}
	slices.Reverse(out)
	return out
}

// Below are a category and all those below it.
func (t *Tree) Below(c CategoryID) []int64 {
	out := []int64{int64(c)}
	for _, have := range t.all { // parents come before children
		if have.Parent != 0 && slices.Contains(out, int64(have.Parent)) {
			out = append(out, int64(have.ID))
		}
	}
	return out
}

// checkCategory tells what is wrong with a category that is to stand in t.
func checkCategory(c Category, t *Tree) error {
	bad := errCategory
	if c.Name.IsEmpty() {
		bad = bad.Field("name", "catalog.title_missing")
	}
	if !validSlug(c.Slug) {
		bad = bad.Field("slug", "catalog.slug_malformed")
	}
	if other, ok := t.BySlug(c.Slug); ok && other.ID != c.ID {
		bad = bad.Field("slug", "catalog.slug_taken")
	}
	if c.Parent != 0 {
		path := t.Path(c.Parent)
		inside := slices.ContainsFunc(path, func(above Category) bool { return above.ID == c.ID })
		if len(path) == 0 || len(path) >= maxDepth || c.ID != 0 && inside {
			bad = bad.Field("parent", "catalog.parent_wrong")
		}
	}
	return bad.OrNil()
}
