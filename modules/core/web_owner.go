package core

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"orion/kit/module"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/ui/icon"
	"orion/kit/web"
	"orion/modules/core/coreui"
)

// Platform is a platform as the pages of its settings name it.
type Platform struct {
	ID   tenant.PlatformID
	Name string
}

// whose says whose settings a page is about.
type whose struct {
	owner Owner
	in    *tenant.Store // of a store: it writes in its own scope
	query string        // behind addresses, such as ?platform=plt_1
	of    string        // a name beside the title
	pick  ui.Menu       // leads to those of others
	// program is true of those that are of no platform.
	program bool
	on      func(string) bool // which modules there are
}

// level is what the pages call the owner's.
func (w whose) level() string {
	if w.program {
		return ofProgram
	}
	return string(w.owner.Level)
}

// desk is the pages of settings. find tells whose a reader asks for.
type desk[A web.Audience] struct {
	m    *Module
	find func(c *web.Ctx[A]) (whose, error)
}

// routes mounts the pages; list is the first of them.
func (k desk[A]) routes(mux *web.Mux[A], list func(c *web.Ctx[A]) error) {
	need := web.Need(PermEditSettings)
	mux.Get("/settings", need, list)
	mux.Get("/settings/{module}", need, func(c *web.Ctx[A]) error { return k.form(c, http.StatusOK, ui.Form{}) })
	mux.Post("/settings/{module}", need, k.save)
	mux.Post("/settings/{module}/undo", need, k.undo)
}

// platformOf is the platform in the query of an operator's page, else the first.
func (m *Module) platformOf(c *web.Ctx[web.Admin]) (whose, error) {
	all := slices.DeleteFunc(slices.Clone(m.platforms()), func(p Platform) bool {
		return c.As.Platforms != nil && !slices.Contains(c.As.Platforms, p.ID)
	})
	asked := c.Query("platform")
	if c.As.Platforms == nil && asked == ofProgram {
		return m.programOf(c, all), nil
	}
	at := slices.IndexFunc(all, func(p Platform) bool { return asked == "" || p.ID.String() == asked })
	if at < 0 {
		return whose{}, errUnknown
	}
	w := whose{
		owner: OfPlatform(all[at].ID), of: all[at].Name, query: "?platform=" + url.QueryEscape(all[at].ID.String()),
		on: func(code string) bool { return !m.internal(code) },
	}
	w.pick = pickPlatform(c, all, w.of, c.R.URL.Path)
	return w, nil
}

// ofProgram stands in the address of the settings that are of no platform.
const ofProgram = "program"

// programOf are the settings of the whole program: those of internal modules, for
// who is not limited to platforms.
func (m *Module) programOf(c *web.Ctx[web.Admin], all []Platform) whose {
	name := c.Words.T("core.settings_program")
	return whose{owner: OfProgram(), program: true, of: name, query: "?platform=" + ofProgram, on: m.internal, pick: pickPlatform(c, all, name, "/settings")}
}

// internal tells that a module is the operator's only.
func (m *Module) internal(code string) bool {
	return slices.ContainsFunc(m.all(), func(d module.Definition) bool { return d.Code == code && d.Tier == module.Internal })
}

// pickPlatform leads to the settings of each platform, at a path that all have,
// and of the whole program.
func pickPlatform(c *web.Ctx[web.Admin], all []Platform, now, path string) ui.Menu {
	menu := ui.Menu{Label: now, Icon: icon.Layers, Text: true}
	for _, p := range all {
		menu.Items = append(menu.Items, ui.MenuItem{Label: p.Name, Href: path + "?platform=" + url.QueryEscape(p.ID.String())})
	}
	if c.As.Platforms == nil {
		menu.Items = append(menu.Items, ui.MenuItem{Label: c.Words.T("core.settings_program"), Href: "/settings?platform=" + ofProgram})
	}
	if len(menu.Items) == 1 {
		return ui.Menu{}
	}
	return menu
}

// merchantOf are the reader's own settings.
func (m *Module) merchantOf(c *web.Ctx[web.Merchant]) (whose, error) {
	return whose{owner: OfMerchant(c.As.In.ID(), c.As.In.Platform()), of: c.As.Name, on: m.on(c.As.In.Platform())}, nil
}

// chosenBy tells that an owner of a level has something to choose in a module.
func chosenBy(d module.Definition, l module.Level) bool {
	return slices.ContainsFunc(d.Config.Fields(), func(f module.Field) bool { return f.Label != "" && l.Chooses(f.At) })
}

func (k desk[A]) list(c *web.Ctx[A]) error {
	w, err := k.find(c)
	if err != nil {
		return err
	}
	v := coreui.Settings{Of: w.of, Level: w.level(), Query: w.query, Switch: w.pick}
	for _, d := range k.m.all() {
		if w.on(d.Code) && chosenBy(d, w.owner.Level) {
			v.Entries = append(v.Entries, coreui.SettingsEntry{Code: d.Code, Name: nameOf(c.Words, d)})
		}
	}
	return c.Page(web.Head{Title: c.Words.T("core.settings"), Active: "/settings"}, coreui.SettingsPage(v))
}

// asked is whose settings of which module a page is about.
func (k desk[A]) asked(c *web.Ctx[A]) (whose, module.Definition, error) {
	w, err := k.find(c)
	if err != nil {
		return w, module.Definition{}, err
	}
	d, err := k.m.configured(c.Param("module"))
	if err == nil && !w.on(d.Code) {
		err = errUnknown
	}
	return w, d, err
}

func (m *Module) changesOf(ctx context.Context, w whose, code string) ([]Change, error) {
	if w.in != nil {
		return m.Changes(ctx, *w.in, code)
	}
	return m.ChangesFor(ctx, w.owner, code)
}

func (k desk[A]) form(c *web.Ctx[A], status int, state ui.Form) error {
	w, d, err := k.asked(c)
	if err != nil {
		return err
	}
	changes, err := k.m.changesOf(c.Context(), w, d.Code)
	if err != nil {
		return err
	}
	v, err := k.m.settingsView(c.Words, d, w.owner, changes)
	if err != nil {
		return err
	}
	v.State, v.Base, v.Query, v.Back, v.Switch = state, "/settings/"+d.Code, w.query, "/settings"+w.query, w.pick
	v.Of, v.Level = w.of, w.level()
	return c.PageStatus(status, web.Head{Title: v.Name, Active: "/settings"}, coreui.ModuleSettingsPage(v))
}

func (k desk[A]) save(c *web.Ctx[A]) error {
	w, d, err := k.asked(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	chosen, err := k.m.typedSettings(d, w.owner, f, string(c.Words.Lang()))
	if err != nil {
		return err
	}
	if err = f.Fault("core.invalid"); err == nil {
		err = k.m.save(c.Context(), writing{owner: w.owner, in: w.in, by: c.Actor()}, d.Code, chosen)
	}
	if err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return k.form(c, http.StatusUnprocessableEntity, state)
	}
	c.Flash("ok", "ui.saved")
	return c.Redirect("/settings/" + d.Code + w.query)
}

func (k desk[A]) undo(c *web.Ctx[A]) error {
	w, d, err := k.asked(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	if err := k.m.undo(c.Context(), writing{owner: w.owner, in: w.in, by: c.Actor()}, d.Code, f.Int("change")); err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return k.form(c, http.StatusUnprocessableEntity, state)
	}
	c.Flash("ok", "core.change_undone")
	return c.Redirect("/settings/" + d.Code + w.query)
}
