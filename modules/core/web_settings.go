package core

import (
	"net/http"
	"strings"

	"orion/kit/i18n"
	"orion/kit/module"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/core/coreui"
)

// nameOf is what people call a module: the word "modules." plus its
// code, else its name.
func nameOf(w i18n.Words, d module.Definition) string {
	if key := "modules." + d.Code; w.Has(key) {
		return w.T(key)
	}
	return d.Name
}

// fewSettings are enough to say what a module's settings are about.
const fewSettings = 3

// aboutSettings are the names of the first settings of a module.
func aboutSettings(w i18n.Words, d module.Definition) string {
	var out []string
	for _, f := range d.Config.Fields() {
		if f.Label != "" && len(out) < fewSettings {
			out = append(out, w.T(f.Label))
		}
	}
	return strings.Join(out, ", ")
}

func (m *Module) settingsPage(c *web.Ctx[web.Store]) error {
	on := m.on(c.As.In.Platform())
	v := coreui.Settings{StepsAway: m.dismissed(c.As.In)}
	for _, d := range m.all() {
		if d.Config.Defaults != nil && on(d.Code) {
			v.Entries = append(v.Entries, coreui.SettingsEntry{Code: d.Code, Name: nameOf(c.Words, d), About: aboutSettings(c.Words, d)})
		}
	}
	return c.Page(web.Head{Title: c.Words.T("core.settings"), Active: "/settings"}, coreui.SettingsPage(v))
}

// settingsOf is the module in the address, if the store has it.
func (m *Module) settingsOf(c *web.Ctx[web.Store]) (module.Definition, error) {
	d, err := m.configured(c.Param("module"))
	if err == nil && !m.on(c.As.In.Platform())(d.Code) {
		err = errUnknown
	}
	return d, err
}

func (m *Module) settingsForm(c *web.Ctx[web.Store], status int, state ui.Form) error {
	d, err := m.settingsOf(c)
	if err != nil {
		return err
	}
	changes, err := m.Changes(c.Context(), c.As.In, d.Code)
	if err != nil {
		return err
	}
	v, err := m.settingsView(c.Words, d, OfStore(c.As.In), changes)
	if err != nil {
		return err
	}
	v.State, v.Base, v.Back = state, "/settings/"+d.Code, "/settings"
	return c.PageStatus(status, web.Head{Title: v.Name, Active: "/settings"}, coreui.ModuleSettingsPage(v))
}

func (m *Module) saveSettings(c *web.Ctx[web.Store]) error {
	d, err := m.settingsOf(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	chosen, err := m.typedSettings(d, OfStore(c.As.In), f, string(c.Words.Lang()))
	if err != nil {
		return err
	}
	if err = f.Fault("core.invalid"); err == nil {
		err = m.Save(c.Context(), c.As.In, c.Actor(), d.Code, chosen)
	}
	if err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return m.settingsForm(c, http.StatusUnprocessableEntity, state)
	}
	c.Flash("ok", "ui.saved")
	return c.Redirect("/settings/" + d.Code)
}

func (m *Module) undoSettings(c *web.Ctx[web.Store]) error {
	d, err := m.settingsOf(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	if err := m.Undo(c.Context(), c.As.In, c.Actor(), d.Code, f.Int("change")); err != nil {
		state, err := again(f, err)
		if err != nil {
			return err
		}
		return m.settingsForm(c, http.StatusUnprocessableEntity, state)
	}
	c.Flash("ok", "core.change_undone")
	return c.Redirect("/settings/" + d.Code)
}

// setDismissed takes the first steps off the dashboard, or puts them back; what
// was taken away comes back in the settings.
func (m *Module) setDismissed(c *web.Ctx[web.Store], away bool) error {
	if err := m.Dismiss(c.Context(), c.As.In, c.Actor(), away); err != nil {
		return err
	}
	if away {
		c.Flash("info", "core.first_steps_dismissed")
	}
	return c.Redirect("/")
}
