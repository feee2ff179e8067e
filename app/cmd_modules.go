package app

import (
	"fmt"
	"io"
	"strings"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/module"
	"orion/modules/tenancy"
)

var errNoPlatform = fault.New(fault.NotFound, "app.no_platform")

type modulesCommand struct {
	List    modulesListCommand    `cmd:"" default:"withargs" help:"List the modules, each behind those that it requires."`
	Enable  modulesEnableCommand  `cmd:"" help:"Switch a module on for a platform, with what it requires."`
	Disable modulesDisableCommand `cmd:"" help:"Switch a module off for a platform; what it keeps stays."`
}

type modulesListCommand struct {
	Markdown bool   `help:"Print a table in Markdown."`
	Schema   string `help:"Print the JSON Schema of a module's settings instead." placeholder:"CODE"`
	Graph    string `enum:",svg,mermaid" default:"" help:"Draw what requires what instead: svg or mermaid." placeholder:"FORM"`
}

type moduleRow struct {
	Code      string   `json:"code"`
	Tier      string   `json:"tier"`
	Version   string   `json:"version"`
	Requires  []string `json:"requires"`
	Observes  []string `json:"observes"`
	About     string   `json:"description"`
	Platforms []string `json:"platforms"` // codes of those that have it
}

// Run lists the modules in dependency order.
func (c modulesListCommand) Run(r *run) error {
	return r.with(func(a *App) error {
		if c.Graph != "" {
			g, text := a.registry.Graph(), ""
			if text = g.Mermaid(); c.Graph == "svg" {
				text = g.SVG()
			}
			_, err := io.WriteString(r.Stdout, text)
			return err
		}
		if c.Schema != "" {
			d, ok := a.registry.Find(c.Schema)
			if !ok {
				return module.ErrUnknown.With("module", c.Schema)
			}
			_, err := fmt.Fprintln(r.Stdout, string(d.Config.Schema()))
			return err
		}
		rows := a.moduleRows()
		if c.Markdown {
			return modulesMarkdown(r.Stdout, rows)
		}
		return r.table(rows, "MODULE TIER VERSION PLATFORMS REQUIRES ABOUT", func(w io.Writer) {
			for _, m := range rows {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", m.Code, m.Tier, m.Version, strings.Join(m.Platforms, ", "), strings.Join(m.Requires, ", "), m.About)
			}
		})
	})
}

func (a *App) moduleRows() []moduleRow {
	var rows []moduleRow
	for _, d := range a.registry.All() {
		m := moduleRow{
			Code: d.Code, Tier: d.Tier.String(), Version: d.Version, Requires: append([]string{}, d.Requires...),
			Observes: append([]string{}, d.Observes...), About: d.Description, Platforms: []string{},
		}
		for _, p := range a.modules.tenancy.Platforms() {
			if a.modules.enabled(p.ID, d.Code) {
				m.Platforms = append(m.Platforms, p.Code)
			}
		}
		rows = append(rows, m)
	}
	return rows
}

func modulesMarkdown(w io.Writer, rows []moduleRow) error {
	var b strings.Builder
	b.WriteString("| Module | Tier | Version | Requires | Observes | About |\n|---|---|---|---|---|---|\n")
	for _, m := range rows {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", m.Code, m.Tier, m.Version, strings.Join(m.Requires, ", "), strings.Join(m.Observes, ", "), m.About)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

type modulesEnableCommand struct {
	Code     string `arg:"" help:"Code of the module."`
	Platform string `required:"" help:"Code of the platform." placeholder:"CODE"`
	DryRun   bool   `name:"dry-run" help:"Say what would happen and change nothing."`
}

// Run switches the module on.
func (c modulesEnableCommand) Run(r *run) error {
	return r.turn(c.Platform, module.Order{Code: c.Code, On: true}, c.DryRun)
}

type modulesDisableCommand struct {
	Code     string `arg:"" help:"Code of the module."`
	Platform string `required:"" help:"Code of the platform." placeholder:"CODE"`
	Cascade  bool   `help:"Also switch off what needs it."`
	DryRun   bool   `name:"dry-run" help:"Say what would happen and change nothing."`
}

// Run switches the module off.
func (c modulesDisableCommand) Run(r *run) error {
	return r.turn(c.Platform, module.Order{Code: c.Code, Cascade: c.Cascade}, c.DryRun)
}

// switched is what a switching does, or would.
type switched struct {
	Platform string   `json:"platform"`
	On       bool     `json:"on"`
	Done     bool     `json:"done"`
	Switched []string `json:"switched"`
	Blockers []string `json:"needed_by"`
	Menu     []string `json:"menu"`
	Jobs     []string `json:"jobs"`
	Events   []string `json:"events"`
	Slots    []string `json:"slots"`
	Kept     []string `json:"data_kept"`
}

// turn switches a module, or only says what that would do.
func (r *run) turn(platform string, o module.Order, look bool) error {
	return r.with(func(a *App) error {
		p, err := a.platformByCode(platform)
		if err != nil {
			return err
		}
		o.Platform = module.Platform{ID: int64(p.ID), Code: p.Code, Name: p.Name}
		var v module.Preview
		if look {
			v, err = a.modules.board.Preview(p.ID, o.Code, o.On)
		} else {
			v, err = a.modules.board.Switch(r, auth.SystemActor, o)
		}
		if err != nil {
			return err
		}
		return r.switched(a, p, v, !look)
	})
}

func (r *run) switched(a *App, p tenancy.Platform, v module.Preview, done bool) error {
	words := a.kit.Bundle.In(i18n.En)
	out := switched{Platform: p.Code, On: v.On, Done: done, Switched: v.Codes(), Jobs: v.Jobs, Events: v.Events, Slots: v.Slots, Kept: v.Tables}
	for _, d := range v.Blockers {
		out.Blockers = append(out.Blockers, d.Code)
	}
	for _, m := range v.Menu {
		out.Menu = append(out.Menu, string(m.Audience)+": "+words.T(m.Label))
	}
	if len(out.Switched) == 0 && !r.json {
		_, err := fmt.Fprintln(r.Stdout, "Nothing to switch.")
		return err
	}
	return r.table(out, "WHAT WHICH", func(w io.Writer) {
		for _, line := range []struct {
			what  string
			which []string
		}{
			{map[bool]string{true: "switched on", false: "switched off"}[v.On], out.Switched},
			{"needed by", out.Blockers},
			{"menu entries", out.Menu},
			{"jobs", out.Jobs},
			{"events heard", out.Events},
			{"added to pages", out.Slots},
			{"rows kept in", out.Kept},
		} {
			if len(line.which) > 0 {
				fmt.Fprintf(w, "%s\t%s\n", line.what, strings.Join(line.which, ", "))
			}
		}
		if !done {
			fmt.Fprintln(w, "\nNothing was changed.")
		}
	})
}

func (a *App) platformByCode(code string) (tenancy.Platform, error) {
	for _, p := range a.modules.tenancy.Platforms() {
		if p.Code == code {
			return p, nil
		}
	}
	return tenancy.Platform{}, errNoPlatform.With("code", code)
}
