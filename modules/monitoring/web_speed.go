package monitoring

import (
	"slices"
	"strings"
	"time"

	"orion/kit/i18n"
	"orion/kit/observe"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/monitoring/monitoringui"
)

func (m *Module) speedRoutes(mux *web.Mux[web.Admin]) {
	mux.Get("/speed", web.Need(MayViewSystem), m.speedPage)
	mux.Get("/health", web.Need(MayViewSystem), m.healthPage)
}

func (m *Module) speedPage(c adminCtx) error {
	of := c.Query("of")
	if of != Statements && of != Work {
		of = Routes
	}
	by := strings.TrimPrefix(c.Query("sort"), "-")
	all, err := m.need.Timed(of)
	if err != nil {
		return err
	}
	if !slices.Contains([]string{"mean", "p95", "count"}, by) || by == "p95" && of == Statements {
		by = "total"
	}
	w := c.Words
	v := monitoringui.Speed{Paging: ui.PagingOf("/speed", "", c.Query, "q", "of", "sort"), Of: of, By: by}
	for _, tab := range []string{Routes, Statements, Work} {
		href := "/speed?of=" + tab
		if tab == Routes {
			href = "/speed"
		}
		v.Tabs = append(v.Tabs, ui.Tab{Label: w.T("monitoring.speed_" + tab), Href: href, Active: tab == of})
	}
	for _, t := range Slowest(all, by, c.Query("q")) {
		row := monitoringui.SpeedRow{
			Name: t.Name, About: t.About, Module: moduleName(w, t.Module), Count: w.Number(int(t.Count)), Total: quick(w, t.Total), Mean: quick(w, t.Mean()), P95: "–",
		}
		if t.P95 > 0 {
			row.P95 = quick(w, t.P95)
		}
		if t.Failed > 0 {
			row.Failed = w.N("monitoring.failed_times", int(t.Failed))
		}
		v.Rows = append(v.Rows, row)
	}
	return c.Page(web.Head{Title: w.T("monitoring.speed"), Active: "/speed"}, monitoringui.SpeedPage(v))
}

// quick says a length of time as exactly as it is short.
func quick(w i18n.Words, d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	switch {
	case d < 10*time.Microsecond && d > 0:
		return "< " + w.Decimal(0.01, 2) + " ms"
	case d < 10*time.Millisecond:
		return w.Decimal(ms, 2) + " ms"
	case d < time.Second:
		return w.Decimal(ms, 0) + " ms"
	}
	return w.Decimal(d.Seconds(), 1) + " s"
}

// healthPage shows what every check found when it looked last, and what to do
// where something is wrong.
func (m *Module) healthPage(c adminCtx) error {
	report, w := m.need.Health(), c.Words
	v := monitoringui.Health{Badge: healthBadge(w, report.Status)}
	if !report.At.IsZero() {
		v.Looked = w.T("monitoring.looked_at", "time", w.DateTime(report.At))
	}
	for _, o := range report.Checks {
		card := monitoringui.HealthCard{Name: checkName(w, o.Name), State: healthBadge(w, o.Status), Detail: o.Detail, Took: quick(w, o.Took)}
		if w.Has("modules." + o.Name) {
			card.Href = "/modules/" + o.Name
		}
		if o.Status != observe.Healthy {
			card.Repair = repair(w, o.Name)
		}
		v.Cards = append(v.Cards, card)
	}
	slices.SortStableFunc(v.Cards, func(a, b monitoringui.HealthCard) int { return severity(b.State.Tone) - severity(a.State.Tone) })
	for _, t := range m.need.Tools {
		v.Tools = append(v.Tools, monitoringui.Tool{Name: t.Name, URL: t.URL})
	}
	return c.Page(web.Head{Title: w.T("monitoring.health"), Active: "/health"}, monitoringui.HealthPage(v))
}

// severity puts what is wrong first.
func severity(t ui.Tone) int {
	switch t {
	case ui.Bad:
		return 2
	case ui.Warn:
		return 1
	}
	return 0
}

func checkName(w i18n.Words, name string) string {
	for _, key := range []string{"monitoring.check_" + name, "modules." + name} {
		if w.Has(key) {
			return w.T(key)
		}
	}
	return name
}

// repair is what to do about a check that found something.
func repair(w i18n.Words, name string) string {
	if key := "monitoring.repair_" + name; w.Has(key) {
		return w.T(key)
	}
	return w.T("monitoring.repair_other")
}

func healthBadge(w i18n.Words, s observe.Status) ui.Badge {
	switch s {
	case "":
		return ui.Badge{Label: w.T("monitoring.health_unknown")}
	case observe.Healthy:
		return ui.Badge{Label: w.T("monitoring.health_healthy"), Tone: ui.OK}
	case observe.Degraded:
		return ui.Badge{Label: w.T("monitoring.health_degraded"), Tone: ui.Warn}
	}
	return ui.Badge{Label: w.T("monitoring.health_unhealthy"), Tone: ui.Bad}
}
