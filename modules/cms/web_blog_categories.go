package cms

import (
	"errors"
	"net/http"

	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/cms/cmsui"
)

const categoriesPath = "/blog-categories"

func (m *Module) categoryRoutes(mux *web.Mux[web.Store]) {
	view, edit, publish := web.Need(MayView), web.Need(MayEdit), web.Need(MayPublish)
	mux.Get(categoriesPath, view, func(c staffer) error { return m.categoriesPage(c, categoryForm{}) })
	mux.Post(categoriesPath, edit, m.categoryPost)
	mux.Get(categoriesPath+"/{id}", view, m.categoryPage)
	mux.Post(categoriesPath+"/{id}", edit, m.categoryPost)
	mux.Post(categoriesPath+"/{id}/delete", publish, m.categoryDrop)
}

// categoryForm is the form of a category, the zero one that of a new one.
type categoryForm struct {
	of       Category
	state    ui.Form
	met      bool // somebody else changed it meanwhile
	conflict []Difference
}

// parseCategory reads an identifier; a malformed one is answered like an unknown one.
func parseCategory(s string) (id CategoryID, err error) {
	if id.UnmarshalText([]byte(s)) != nil {
		return 0, errNoCategory
	}
	return id, nil
}

// category is the one that a request is about.
func (m *Module) category(c staffer) (Category, error) {
	id, err := parseCategory(c.Param("id"))
	if err != nil {
		return Category{}, err
	}
	m.Posts.forget(c.As.In) // whoever changes one sees what other nodes made of it
	all, err := m.Categories(c.Context(), c.As.In)
	if err != nil {
		return Category{}, err
	}
	of, ok := categoryOf(all, id)
	if !ok {
		return of, errNoCategory
	}
	return of, nil
}

func (m *Module) categoryPage(c staffer) error {
	of, err := m.category(c)
	if err != nil {
		return err
	}
	return m.categoriesPage(c, categoryForm{of: of})
}

func (m *Module) categoryPost(c staffer) error {
	var had Category
	if c.Param("id") != "" {
		var err error
		if had, err = m.category(c); err != nil {
			return err
		}
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	w := categoryWritten(f, storePlace(c).langs, had)
	w.By = c.Actor()
	if f.OK() {
		if _, err = m.KeepCategory(c.Context(), c.As.In, w); err == nil {
			c.Flash("ok", "cms.category_saved")
			return c.Redirect(categoriesPath)
		}
	}
	if errors.Is(err, ErrChanged) { // both are shown, and saving again means to
		if had, err = m.category(c); err != nil {
			return err
		}
		return m.categoriesPage(c, categoryForm{of: had, state: f.State(), met: true, conflict: categoryDifferences(had, w)})
	}
	if !f.Take(err) && f.OK() {
		return err
	}
	had.Revision = w.Seen
	return m.categoriesPage(c, categoryForm{of: had, state: f.State()})
}

func categoryWritten(f *form.Form, langs []i18n.Lang, had Category) CategoryWriting {
	w := CategoryWriting{ID: had.ID, Slug: f.Text("slug"), Name: keep(had.Name, langs), Place: f.Between("place", 0, maxPlace), Lang: langs[0], Seen: f.Int("revision")}
	for _, l := range langs {
		w.Name[l] = f.Text("name_" + string(l))
	}
	return w
}

// categoryDifferences are how what is stored differs from what somebody wrote.
func categoryDifferences(had Category, w CategoryWriting) []Difference {
	out := textDifferences("cms.category_name", had.Name, tidy(w.Name, line))
	if had.Slug != w.Slug {
		out = append(out, Difference{Key: "cms.slug", Before: had.Slug, After: w.Slug})
	}
	if had.Place != w.Place {
		out = append(out, Difference{Key: "cms.place", Before: number(had.Place), After: number(w.Place)})
	}
	return out
}

func (m *Module) categoryDrop(c staffer) error {
	id, err := parseCategory(c.Param("id"))
	if err != nil {
		return err
	}
	if err := m.DropCategory(c.Context(), c.As.In, id, c.Actor()); err != nil {
		return err
	}
	c.Flash("ok", "cms.category_deleted")
	return c.Redirect(categoriesPath)
}

// categoriesPage lists the categories of a blog with the form for a new one, or shows
// the form of one: at most one statement.
func (m *Module) categoriesPage(c staffer, e categoryForm) error {
	all, err := m.Categories(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	w := c.Words
	v := cmsui.Categories{May: c.As.Grants.Has(MayEdit), MayDelete: c.As.Grants.Has(MayPublish), Langs: storePlace(c).langs, State: e.state}
	for _, of := range all {
		v.Rows = append(v.Rows, cmsui.CategoryRow{ID: of.ID.String(), Title: of.Name.In(w.Lang()), Path: of.Path(), Posts: w.Number(int(of.Posts)), Seen: w.Number(int(of.Shown))})
	}
	title := w.T("cms.categories")
	if of := e.of; !of.ID.IsZero() {
		title = of.Name.In(w.Lang())
		v.Edited = &cmsui.CategoryForm{
			ID: of.ID.String(), Title: title, Slug: of.Slug, Place: number(of.Place), Revision: number(of.Revision), Name: of.Name,
			Conflicted: e.met, Conflict: changes(w, e.conflict),
		}
	}
	status := http.StatusOK
	switch {
	case e.met:
		status = http.StatusConflict
	case e.state.Values != nil:
		status = http.StatusUnprocessableEntity
	}
	return c.PageStatus(status, web.Head{Title: title, Active: blogPath}, cmsui.CategoriesPage(v))
}
