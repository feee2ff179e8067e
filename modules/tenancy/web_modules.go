package tenancy

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"orion/kit/fault"
	"orion/kit/module"
	"orion/kit/observe"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/tenancy/tenancyui"
)

// Program is what the program tells of itself on the operator's pages.
type Program struct {
	Registry *module.Registry
	Board    *module.Board
	Health   *observe.Health
	Routes   func() []web.Route
}

func (m *Module) adminModuleRoutes(mux *web.Mux[web.Admin]) {
	need := web.Need(PermManageModules)
	mux.Get("/modules", need, m.modulesPage)
	mux.Get("/modules/{module}", need, m.modulePage)
	mux.Get("/modules/{module}/switch", need, func(c *web.Ctx[web.Admin]) error {
		return m.switchPage(c, http.StatusOK, wish{c.Query("platform"), c.Query("on")}, ui.Form{})
	})
	mux.Post("/modules/{module}/switch", need, m.switchModule)
}

// switchable are the platforms within the reader's reach.
func (m *Module) switchable(c *web.Ctx[web.Admin]) []Platform {
	reach := reachOf(c)
	return slices.DeleteFunc(slices.Clone(m.Platforms()), func(p Platform) bool { return !reach.has(p.ID) })
}

func (m *Module) modulesPage(c *web.Ctx[web.Admin]) error {
	p, platforms := m.program(), m.switchable(c)
	health := outcomes(p.Health.Report(c.Context()))
	v := tenancyui.Modules{Graph: m.graphView(c, p.Registry.Graph())}
	for _, p := range platforms {
		v.Platforms = append(v.Platforms, p.Name)
	}
	for _, tier := range []module.Tier{module.Core, module.Optional, module.Internal} {
		group := tenancyui.ModuleGroup{Tier: tier.String(), Switched: tier == module.Optional}
		for _, d := range p.Registry.ByTier()[tier] {
			row := tenancyui.ModuleLine{Code: d.Code, Name: groupName(c.Words, d.Code), About: aboutModule(c, d), Version: d.Version}
			row.Health, row.Tone = healthView(c, health, d.Code)
			if group.Switched {
				for _, at := range platforms {
					row.Cells = append(row.Cells, m.cell(d, at))
				}
			}
			group.Rows = append(group.Rows, row)
		}
		if len(group.Rows) > 0 {
			v.Groups = append(v.Groups, group)
		}
	}
	return c.Page(web.Head{Title: c.Words.T("tenancy.modules"), Active: "/modules"}, tenancyui.ModulesPage(v))
}

// works tells whether a module works on a platform, from memory.
func (m *Module) works(code string, p tenant.PlatformID) bool {
	return m.program().Registry.Enabled(code, func(code string) bool { return m.Switched(p, code) })
}

func (m *Module) cell(d module.Definition, at Platform) tenancyui.ModuleCell {
	cell := tenancyui.ModuleCell{Module: d.Code, Platform: at.ID.String(), PlatformName: at.Name, On: m.works(d.Code, at.ID)}
	cell.Waits = !cell.On && m.Switched(at.ID, d.Code)
	return cell
}

func aboutModule(c *web.Ctx[web.Admin], d module.Definition) string {
	if key := "modules." + d.Code + "_text"; c.Words.Has(key) {
		return c.Words.T(key)
	}
	return d.Description
}

func outcomes(r observe.Report) map[string]observe.Outcome {
	out := map[string]observe.Outcome{}
	for _, o := range r.Checks {
		out[o.Name] = o
	}
	return out
}

// healthView says how a module is; one that nobody checks says nothing.
func healthView(c *web.Ctx[web.Admin], all map[string]observe.Outcome, code string) (string, ui.Tone) {
	o, checked := all[code]
	if !checked {
		return "", ui.Neutral
	}
	tone := map[observe.Status]ui.Tone{observe.Healthy: ui.OK, observe.Degraded: ui.Warn}[o.Status]
	if tone == ui.Neutral {
		tone = ui.Bad
	}
	return c.Words.T("tenancy.health_" + string(o.Status)), tone
}

func (m *Module) graphView(c *web.Ctx[web.Admin], g module.Graph) tenancyui.Graph {
	v := tenancyui.Graph{Width: g.Width, Height: g.Height}
	for _, e := range g.Edges {
		v.Edges = append(v.Edges, tenancyui.GraphEdge{Path: e.Path, Observes: e.Observes})
	}
	for _, n := range g.Nodes {
		node := tenancyui.GraphNode{Code: n.Code, Name: groupName(c.Words, n.Code), Tier: n.Tier.String(), X: n.X, Y: n.Y, W: n.W, H: n.H}
		for _, need := range n.Requires {
			node.Requires = append(node.Requires, groupName(c.Words, need))
		}
		v.Nodes = append(v.Nodes, node)
	}
	return v
}

// moduleOf is the module in the address.
func (m *Module) moduleOf(c *web.Ctx[web.Admin]) (module.Definition, error) {
	d, ok := m.program().Registry.Find(c.Param("module"))
	if !ok {
		return d, errUnknown
	}
	return d, nil
}

// wish is what somebody may want to switch. Without a platform it is the first
// one, and without true or false the other of what it is.
type wish struct{ platform, on string }

// switchPage shows what a switching would do, with the button that does it.
func (m *Module) switchPage(c *web.Ctx[web.Admin], status int, w wish, state ui.Form) error {
	d, err := m.moduleOf(c)
	if err != nil {
		return err
	}
	platforms := m.switchable(c)
	at := slices.IndexFunc(platforms, func(p Platform) bool { return w.platform == "" || p.ID.String() == w.platform })
	if at < 0 {
		return errUnknown
	}
	p := platforms[at]
	turn := w.on == "true" || w.on == "" && !m.Switched(p.ID, d.Code)
	v, err := m.program().Board.Preview(p.ID, d.Code, turn)
	if err != nil {
		return err
	}
	row, err := m.OnePlatform(c.Context(), reachOf(c), p.ID)
	if err != nil {
		return err
	}
	return c.PageStatus(status, web.Head{Title: c.Words.T("tenancy.modules"), Active: "/modules"},
		tenancyui.SwitchPage(m.switchView(c, v, row, state)))
}

func (m *Module) switchModule(c *web.Ctx[web.Admin]) error {
	d, err := m.moduleOf(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	platforms, id := m.switchable(c), f.Raw("platform")
	at := slices.IndexFunc(platforms, func(p Platform) bool { return p.ID.String() == id })
	if at < 0 {
		return errUnknown
	}
	p := platforms[at]
	o := module.Order{
		Platform: module.Platform{ID: int64(p.ID), Code: p.Code, Name: p.Name}, Code: d.Code, On: f.Bool("on"), Cascade: f.Bool("cascade"),
		Expect: strings.Split(f.Raw("expect"), ","),
	}
	v, err := m.program().Board.Switch(c.Context(), c.Actor(), o)
	if err != nil {
		return m.notSwitched(c, o, v, err)
	}
	key := "tenancy.switched_off"
	if o.On {
		key = "tenancy.switched_on"
	}
	c.Flash("ok", key, "modules", moduleNames(c, v.Switched), "platform", p.Name)
	return c.Redirect("/modules/" + d.Code)
}

// notSwitched shows the page anew, as things stand now, with why nothing was done.
func (m *Module) notSwitched(c *web.Ctx[web.Admin], o module.Order, v module.Preview, err error) error {
	e := fault.As(err)
	status := http.StatusConflict
	switch e.Kind {
	case fault.Conflict:
		if len(v.Blockers) > 0 && !o.Cascade {
			e = e.With("module", groupName(c.Words, o.Code)).With("modules", moduleNames(c, v.Blockers))
		}
	case fault.Upstream:
		status = http.StatusBadGateway
	default:
		return err
	}
	return m.switchPage(c, status, wish{tenant.PlatformID(o.Platform.ID).String(), strconv.FormatBool(o.On)}, ui.Form{Fault: e})
}

func moduleNames(c *web.Ctx[web.Admin], all []module.Definition) string {
	names := make([]string, len(all))
	for i, d := range all {
		names[i] = groupName(c.Words, d.Code)
	}
	return strings.Join(names, ", ")
}
