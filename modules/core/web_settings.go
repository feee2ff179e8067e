package core

import (
	"strings"

	"orion/kit/i18n"
	"orion/kit/module"
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

// storeOf are the settings of the store that is asked.
func (m *Module) storeOf(c *web.Ctx[web.Store]) (whose, error) {
	return whose{owner: OfStore(c.As.In), in: &c.As.In, on: m.on(c.As.In.Platform())}, nil
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
