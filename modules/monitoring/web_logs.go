package monitoring

import (
	"log/slog"
	"slices"

	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/monitoring/monitoringui"
)

func (m *Module) logRoutes(mux *web.Mux[web.Admin]) {
	mux.Get("/logs", web.Need(MayViewSystem), func(c adminCtx) error { return m.logsPage(c, false) })
	mux.Get("/logs/rows", web.Need(MayViewSystem), func(c adminCtx) error { return m.logsPage(c, true) })
}

// levels are those that can be chosen: this one and louder ones.
var levels = []struct {
	name  string
	level slog.Level
}{{"debug", slog.LevelDebug}, {"info", slog.LevelInfo}, {"warn", slog.LevelWarn}, {"error", slog.LevelError}}

// linesAPage is how many lines a page has.
const linesAPage = 50

// logsPage shows lines of the log, or only their part of the page, which asks for
// itself again while it is live.
func (m *Module) logsPage(c adminCtx, part bool) error {
	f := LineFilter{
		Level: slog.LevelDebug, Module: c.Query("module"), Platform: c.Query("platform"), Request: c.Query("request"), Query: c.Query("q"),
		Page: page.Request{After: c.Query("after"), Limit: linesAPage},
	}
	for _, l := range levels {
		if l.name == c.Query("level") {
			f.Level = l.level
		}
	}
	live := c.Query("live") == "true"
	if live {
		f.Page.After = ""
	}
	found, err := m.Lines(c.Context(), f)
	if err != nil {
		return err
	}
	w := c.Words
	v := monitoringui.Logs{
		Paging: ui.PagingOf("/logs", found.Next, c.Query, "q", "level", "module", "platform", "request", "live"), Live: live,
		Modules: m.loggedModules(w), Platforms: m.platformCodes(),
	}
	for _, l := range levels {
		v.Levels = append(v.Levels, ui.Option{Value: l.name, Label: w.T("monitoring.level_" + l.name)})
	}
	if m.need.Tail != nil {
		if n := m.need.Tail.Dropped(); n > 0 {
			v.Dropped = w.N("monitoring.lines_dropped", int(n))
		}
	}
	for _, l := range found.Items {
		v.Rows = append(v.Rows, m.logRow(w, l))
	}
	if part {
		return c.Partial(monitoringui.LogRows(v))
	}
	return c.Page(web.Head{Title: w.T("monitoring.logs"), Active: "/logs"}, monitoringui.LogsPage(v))
}

func (m *Module) logRow(w i18n.Words, l Line) monitoringui.LogRow {
	row := monitoringui.LogRow{
		When: w.DateTime(l.At) + w.Local(l.At).Format(":05"), Message: l.Message, Attrs: l.Attrs, Request: l.Request, Platform: l.Platform, Level: ui.Badge{Label: l.Level.String()},
	}
	if l.Module != "" {
		row.Module = moduleName(w, l.Module)
	}
	switch {
	case l.Level >= slog.LevelError:
		row.Level.Tone = ui.Bad
	case l.Level >= slog.LevelWarn:
		row.Level.Tone = ui.Warn
	case l.Level >= slog.LevelInfo:
		row.Level.Tone = ui.Info
	}
	return row
}

// loggedModules are the modules whose lines can be told from others.
func (m *Module) loggedModules(w i18n.Words) []ui.Option {
	out := m.moduleOptions(w)
	slices.SortFunc(out, func(a, b ui.Option) int { return slices.Compare([]byte(a.Label), []byte(b.Label)) })
	return out
}

// platformCodes are the platforms by the codes that lines name them with.
func (m *Module) platformCodes() []ui.Option {
	var out []ui.Option
	for _, p := range m.need.Platforms() {
		out = append(out, ui.Option{Value: p.Code, Label: p.Name})
	}
	return out
}
