package tenancy

import (
	"slices"
	"strconv"
	"strings"

	"orion/kit/module"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/tenancy/tenancyui"
)

// modulePage says everything about one module.
func (m *Module) modulePage(c *web.Ctx[web.Admin]) error {
	d, err := m.moduleOf(c)
	if err != nil {
		return err
	}
	p, platforms := m.program(), m.switchable(c)
	health := outcomes(p.Health.Report(c.Context()))
	v := tenancyui.ModuleView{
		Code: d.Code, Name: groupName(c.Words, d.Code), About: aboutModule(c, d), Version: d.Version, Tier: d.Tier.String(),
		Requires: m.links(c, d.Requires), Observes: m.links(c, d.Observes), Dependents: m.links(c, p.Registry.Dependents(d.Code)),
		Detail: health[d.Code].Detail, Switched: d.Tier == module.Optional,
	}
	v.Health, v.Tone = healthView(c, health, d.Code)
	switch {
	case d.Config.Defaults == nil:
	case d.Tier == module.Internal:
		if c.As.Platforms == nil {
			v.Settings = "/settings/" + d.Code + "?platform=program"
		}
	case len(platforms) > 0:
		v.Settings = "/settings/" + d.Code
	}
	v.Pages = m.pagesOf(c, d.Code)
	v.Counts = counts(c, d)
	if v.Switched {
		switches, err := m.ModuleOn(c.Context(), reachOf(c), d.Code)
		if err != nil {
			return err
		}
		for _, at := range platforms {
			row := tenancyui.ModuleAt{ModuleCell: m.cell(d, at)}
			if s, switched := switches[at.ID]; switched {
				row.Changed, row.By = c.Words.DateTime(s.Changed), orProgram(c, s.By)
			}
			v.Platforms = append(v.Platforms, row)
		}
		if v.History, err = m.history(c, d.Code); err != nil {
			return err
		}
	}
	return c.Page(web.Head{Title: v.Name, Active: "/modules"}, tenancyui.ModulePage(v))
}

// history is who switched a module, newest first.
func (m *Module) history(c *web.Ctx[web.Admin], code string) ([]ui.Event, error) {
	all, err := m.Switchings(c.Context(), reachOf(c), code)
	var out []ui.Event
	for _, s := range all {
		name := ""
		if p := m.directory.Load().byID[s.Platform]; p != nil {
			name = p.Name
		}
		key, tone := "tenancy.was_switched_off", ui.Neutral
		if s.On {
			key, tone = "tenancy.was_switched_on", ui.OK
		}
		out = append(out, ui.Event{Title: c.Words.T(key, "platform", name), Detail: c.Words.DateTime(s.At) + " · " + orProgram(c, s.By.Name), Tone: tone})
	}
	return out, err
}

func orProgram(c *web.Ctx[web.Admin], name string) string {
	if name == "" {
		return c.Words.T("tenancy.the_program")
	}
	return name
}

func (m *Module) links(c *web.Ctx[web.Admin], codes []string) []ui.TextLink {
	var out []ui.TextLink
	for _, code := range codes {
		if _, ok := m.program().Registry.Find(code); ok {
			out = append(out, ui.TextLink{Label: groupName(c.Words, code), Href: "/modules/" + code})
		}
	}
	return out
}

// pagesOf counts the addresses of modules, by whom they are for.
func (m *Module) pagesOf(c *web.Ctx[web.Admin], modules ...string) []ui.Fact {
	pages, rest := map[web.AudienceName]int{}, 0
	for _, r := range m.program().Routes() {
		switch {
		case !slices.Contains(modules, r.Module):
		case r.API:
			rest++
		case r.Method == "GET":
			pages[r.Audience]++
		}
	}
	var out []ui.Fact
	for _, a := range []web.AudienceName{web.StorefrontPages, web.StorePages, web.MerchantPages, web.AdminPages, web.PlatformPages} {
		if pages[a] > 0 {
			out = append(out, ui.Fact{Label: c.Words.T("tenancy.pages_" + string(a)), Text: strconv.Itoa(pages[a])})
		}
	}
	if rest > 0 {
		out = append(out, ui.Fact{Label: c.Words.T("tenancy.pages_api"), Text: strconv.Itoa(rest)})
	}
	return out
}

// counts is what else a module brings.
func counts(c *web.Ctx[web.Admin], d module.Definition) []ui.Fact {
	var out []ui.Fact
	for _, x := range []struct {
		key string
		n   int
	}{
		{"tenancy.brings_menu", len(d.Menu)},
		{"tenancy.brings_permissions", len(d.Permissions)},
		{"tenancy.brings_jobs", len(d.Jobs)},
		{"tenancy.brings_events", len(d.Events)},
		{"tenancy.brings_slots", len(d.Fills)},
		{"tenancy.brings_settings", len(d.Config.Fields())},
		{"tenancy.brings_cookies", len(d.Cookies)},
	} {
		if x.n > 0 {
			out = append(out, ui.Fact{Label: c.Words.T(x.key), Text: strconv.Itoa(x.n)})
		}
	}
	return out
}

// switchView is what switching would do, in words.
func (m *Module) switchView(c *web.Ctx[web.Admin], v module.Preview, p PlatformRow, state ui.Form) tenancyui.Switch {
	out := tenancyui.Switch{
		State: state, Code: v.Module.Code, Name: groupName(c.Words, v.Module.Code), Platform: p.ID.String(), PlatformName: p.Name,
		On: v.On, Already: len(v.Switched) == 0, Expect: strings.Join(v.Codes(), ","), Stores: c.Words.Number(int(p.Stores)),
		Pages: m.pagesOf(c, v.Codes()...), Jobs: v.Jobs, Events: v.Events, Slots: len(v.Slots), Tables: v.Tables,
	}
	for _, d := range v.Switched {
		line := tenancyui.SwitchLine{Name: groupName(c.Words, d.Code), About: aboutModule(c, d)}
		if d.Code != v.Module.Code {
			out.Along = append(out.Along, groupName(c.Words, d.Code))
		}
		out.Modules = append(out.Modules, line)
	}
	for _, d := range v.Blockers {
		out.Blockers = append(out.Blockers, groupName(c.Words, d.Code))
	}
	for _, e := range v.Menu {
		if label := c.Words.T(e.Label); !slices.Contains(out.Menu, label) {
			out.Menu = append(out.Menu, label)
		}
	}
	return out
}
