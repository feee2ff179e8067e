package catalog

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/ui/icon"
	"orion/kit/web"
	"orion/modules/catalog/catalogui"
)

func (m *Module) showCategories(c staffCtx) error {
	return m.categoriesPage(c, c.Query("edit"), sent{})
}

func (m *Module) categoriesPage(c staffCtx, edit string, s sent) error {
	tree, err := m.Tree(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	l := c.Words.Lang()
	view := catalogui.Categories{
		MayEdit: c.As.Grants.Has(MayEdit), State: s.state(), Langs: langsOf(c.As.Shop),
		Parents: []ui.Option{{Label: c.Words.T("catalog.category_root")}},
	}
	view.Nodes = branch{c.Words, edit, c.Query("moved"), view.MayEdit}.nodes(tree, 0)
	for _, cat := range tree.All() {
		indent := strings.Repeat("— ", len(tree.Path(cat.ID))-1)
		if cat.ID.String() != edit {
			view.Parents = append(view.Parents, ui.Option{Value: cat.ID.String(), Label: indent + cat.Name.In(l)})
		}
	}
	if edit != "" {
		id, err := parseCategory(edit)
		cat, ok := tree.Find(id)
		if err != nil || !ok {
			return ErrNoCategory
		}
		view.Edit = catalogui.CategoryFields{
			ID: edit, Slug: cat.Slug, Parent: cat.Parent.String(), Name: cat.Name, About: cat.About,
		}
	}
	return c.PageStatus(s.status(), web.Head{Title: c.Words.T("catalog.categories"), Active: "/categories"}, view)
}

func (m *Module) postCategory(c staffCtx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	cat := Category{Slug: f.Text("slug"), Name: i18n.Text{}, About: i18n.Text{}}
	for _, l := range langsOf(c.As.Shop) {
		cat.Name[l], cat.About[l] = f.Text("name_"+string(l)), f.Long("about_"+string(l), 2000)
	}
	if cat.ID, err = parseCategory(f.Text("id")); err != nil {
		return ErrNoCategory
	}
	if cat.Parent, err = parseCategory(f.Text("parent")); err != nil {
		f.Fail("parent", "catalog.parent_wrong")
	}
	if f.OK() {
		if err := m.keepPlace(c, &cat); err != nil {
			return err
		}
		_, err = m.SaveCategory(c.Context(), c.As.In, cat)
		if err == nil {
			c.Flash("ok", "catalog.category_saved")
			return c.Redirect("/categories")
		}
		if !f.Take(err) {
			return err
		}
	}
	return m.categoriesPage(c, f.Text("id"), sent{Form: f})
}

// keepPlace leaves a category where it is among its siblings; one that comes is the last.
func (m *Module) keepPlace(c staffCtx, cat *Category) error {
	tree, err := m.Tree(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	if have, ok := tree.Find(cat.ID); ok && have.Parent == cat.Parent {
		cat.Place = have.Place
		return nil
	}
	for _, s := range tree.Children(cat.Parent) {
		cat.Place = max(cat.Place, s.Place+1)
	}
	return nil
}

func (m *Module) postCategoryDelete(c staffCtx) error {
	id, err := parseCategory(c.Param("id"))
	if err != nil {
		return ErrNoCategory
	}
	if err := m.DeleteCategory(c.Context(), c.As.In, id); err != nil {
		return err
	}
	c.Flash("ok", "catalog.category_deleted")
	return c.Redirect("/categories")
}

// branch is how the tree is drawn.
type branch struct {
	words       i18n.Words
	edit, moved string // identifiers of the category under edit, and of the one that was put elsewhere
	may         bool   // put them elsewhere
}

func (b branch) nodes(t *Tree, parent CategoryID) []ui.Node {
	var out []ui.Node
	for _, c := range t.Children(parent) {
		id := c.ID.String()
		n := ui.Node{
			Key: id, Label: c.Name.In(b.words.Lang()), Detail: c.Slug, Href: "/categories?edit=" + id, Open: true,
			Active: id == b.edit, Focus: id == b.moved, Children: b.nodes(t, c.ID),
		}
		if b.may {
			n.Side = b.menu(t, c)
		}
		out = append(out, n)
	}
	return out
}

// menu are the ways to put a category elsewhere without dragging it.
func (b branch) menu(t *Tree, c Category) ui.Menu {
	name := func(x Category) string { return x.Name.In(b.words.Lang()) }
	m := ui.Menu{Label: b.words.T("catalog.category_moves", "name", name(c)), Size: ui.Small}
	add := func(i icon.Icon, label string, to Spot) {
		if _, err := t.moved(c.ID, to); err == nil {
			m.Items = append(m.Items, ui.MenuItem{Label: label, Icon: i, Post: movePath(c.ID, to)})
		}
	}
	siblings := t.Children(c.Parent)
	at := slices.IndexFunc(siblings, func(s Category) bool { return s.ID == c.ID })
	if at > 0 {
		add(icon.ArrowUp, b.words.T("catalog.category_up"), Spot{c.Parent, siblings[at-1].ID})
	}
	if at+1 < len(siblings) {
		add(icon.ArrowDown, b.words.T("catalog.category_down"), t.SpotOf(siblings[at+1].ID))
	}
	if at > 0 {
		add(icon.ArrowRight, b.words.T("catalog.category_into", "name", name(siblings[at-1])), Spot{Parent: siblings[at-1].ID})
	}
	if above, ok := t.Find(c.Parent); ok {
		add(icon.ArrowLeft, b.words.T("catalog.category_out", "name", name(above)), t.SpotOf(above.ID))
	}
	return m
}

func movePath(c CategoryID, to Spot) string {
	values := url.Values{"parent": {to.Parent.String()}, "before": {to.Before.String()}}
	return "/categories/" + c.String() + "/move?" + values.Encode()
}

// postCategoryMove puts a category elsewhere. What the form lacks stands in the
// address, where taking it back has it.
func (m *Module) postCategoryMove(c staffCtx) error {
	id, err := parseCategory(c.Param("id"))
	if err != nil || id == 0 {
		return ErrNoCategory
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	var to Spot
	if to.Parent, err = parseCategory(cmp.Or(f.Text("parent"), c.Query("parent"))); err != nil {
		return ErrNoCategory
	}
	if to.Before, err = parseCategory(cmp.Or(f.Text("before"), c.Query("before"))); err != nil {
		return ErrNoCategory
	}
	was, err := m.MoveCategory(c.Context(), c.As.In, id, to)
	if e := fault.As(err); err != nil && e.Kind == fault.Invalid {
		c.Flash("bad", "catalog.parent_wrong")
	} else if err != nil {
		return err
	} else if was != to {
		tree, err := m.Tree(c.Context(), c.As.In)
		if err != nil {
			return err
		}
		now, _ := tree.Find(id)
		c.FlashUndo(movePath(id, was), "catalog.category_moved", "name", now.Name.In(c.Words.Lang()))
	}
	return c.Redirect("/categories?moved=" + id.String())
}
