package core

import (
	"net/http"
	"net/url"
	"slices"

	"orion/kit/module"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/core/coreui"
)

// ownMenu stands in addresses for a super administrator's own menu.
const ownMenu = "mine"

func (m *Module) menuRoutes(mux *web.Mux[web.Admin]) {
	need := web.Need(PermEditSettings)
	mux.Get("/menus", need, func(c *web.Ctx[web.Admin]) error { return m.menuPage(c, http.StatusOK, ui.Form{}) })
	mux.Post("/menus", need, m.arrangeMenu)
	mux.Post("/menus/undo", need, m.undoMenu)
	mux.Post("/menus/reset", need, m.resetMenu)
}

// menuAsked is the menu that a page of the operator is about.
type menuAsked struct {
	of       MenuOf
	whose    whose  // the platform; nobody's when the menu is the reader's own
	name     string // in addresses
	operator bool   // the reader has a menu of their own
}

func (a menuAsked) query() string { return menuQuery(a.name, a.of) }

func menuQuery(name string, of MenuOf) string {
	q := url.Values{"of": {name}}
	if !of.Platform.IsZero() {
		q.Set("platform", of.Platform.String())
	}
	return "?" + q.Encode()
}

// menuOf is the menu in the query; without one, that of stores.
func (m *Module) menuOf(c *web.Ctx[web.Admin]) (menuAsked, error) {
	a := menuAsked{name: c.Query("of"), operator: c.As.Platforms == nil}
	if a.name == ownMenu && a.operator {
		a.of = MenuOf{User: c.As.User.ID, Audience: string(web.AdminPages)}
		return a, nil
	}
	if a.name == "" {
		a.name = string(web.StorePages)
	}
	if !slices.Contains(menuAudiences, a.name) {
		return a, errUnknown
	}
	w, err := m.platformOf(c)
	if err != nil {
		return a, err
	}
	for _, p := range m.platforms() {
		if int64(p.ID) == w.owner.ID {
			a.of = MenuOf{Platform: p.ID, Audience: a.name}
		}
	}
	a.whose = w
	return a, nil
}

func (m *Module) menuPage(c *web.Ctx[web.Admin], status int, state ui.Form) error {
	a, err := m.menuOf(c)
	if err != nil {
		return err
	}
	have := m.Menu(a.of)
	past, err := m.menuBefore(c.Context(), a.of)
	if err != nil {
		return err
	}
	v := coreui.Arranging{State: state, Query: a.query(), Changed: !have.IsZero(), Undo: !past.Same(have), Tabs: a.tabs(c)}
	v.About = c.Words.T("core.menu_of_"+a.name, "platform", a.whose.of)
	if len(a.whose.pick.Items) > 0 {
		for i, p := range a.whose.pick.Items {
			a.whose.pick.Items[i].Href = p.Href + "&of=" + a.name
		}
		v.Switch = a.whose.pick
	}
	for _, i := range have.Sorted(m.MenuItems(a.of.Audience)) {
		e := coreui.MenuEntry{
			Path: i.Path, Label: i.Label, Field: ShowField(i.Path), Always: i.Mandatory,
			Shown: i.Mandatory || !slices.Contains(have.Hidden, i.Path), Off: !a.of.Platform.IsZero() && !m.on(a.of.Platform)(i.Module),
		}
		if i.Section != "" {
			e.Section = c.Words.T(i.Section)
		}
		v.Entries = append(v.Entries, e)
	}
	return c.PageStatus(status, web.Head{Title: c.Words.T("core.menus"), Active: "/menus"}, coreui.ArrangingPage(v))
}

// tabs lead to the menus that the reader may arrange.
func (a menuAsked) tabs(c *web.Ctx[web.Admin]) []ui.Tab {
	names := menuAudiences
	if a.operator {
		names = append(slices.Clone(names), ownMenu)
	}
	of := a.of
	if asked := c.Query("platform"); of.Platform.IsZero() && asked != "" {
		_ = of.Platform.UnmarshalText([]byte(asked)) // what is none leads to the first platform
	}
	out := make([]ui.Tab, len(names))
	for i, name := range names {
		out[i] = ui.Tab{Label: c.Words.T("core.menu_tab_" + name), Href: "/menus" + menuQuery(name, of), Active: name == a.name}
	}
	return out
}

func (m *Module) arrangeMenu(c *web.Ctx[web.Admin]) error {
	a, err := m.menuOf(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	wish := module.Arrangement{Order: f.All("entry")}
	for _, i := range m.MenuItems(a.of.Audience) {
		if !i.Mandatory && slices.Contains(wish.Order, i.Path) && !f.Bool(ShowField(i.Path)) {
			wish.Hidden = append(wish.Hidden, i.Path)
		}
	}
	if err := m.ArrangeMenu(c.Context(), a.of, c.Actor(), wish); err != nil {
		return err
	}
	c.FlashUndo("/menus/undo"+a.query(), "core.menu_saved")
	return c.Redirect("/menus" + a.query())
}

func (m *Module) undoMenu(c *web.Ctx[web.Admin]) error {
	a, err := m.menuOf(c)
	if err != nil {
		return err
	}
	if err := m.UndoMenu(c.Context(), a.of, c.Actor()); err != nil {
		return err
	}
	c.FlashUndo("/menus/undo"+a.query(), "core.menu_undone")
	return c.Redirect("/menus" + a.query())
}

func (m *Module) resetMenu(c *web.Ctx[web.Admin]) error {
	a, err := m.menuOf(c)
	if err != nil {
		return err
	}
	if err := m.ArrangeMenu(c.Context(), a.of, c.Actor(), module.Arrangement{}); err != nil {
		return err
	}
	c.FlashUndo("/menus/undo"+a.query(), "core.menu_is_reset")
	return c.Redirect("/menus" + a.query())
}
