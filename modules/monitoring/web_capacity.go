package monitoring

import (
	"slices"
	"strconv"
	"time"

	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/monitoring/monitoringui"
)

func (m *Module) capacityRoutes(mux *web.Mux[web.Admin]) {
	mux.Get("/capacity", web.Need(MayViewSystem), m.capacityPage)
	mux.Post("/capacity", web.Need(MayViewSystem), m.countNow)
}

// spans are the days that the chart can show; the first is shown unasked.
var spans = []int{30, 90, 365}

func (m *Module) capacityPage(c adminCtx) error {
	days, _ := strconv.Atoi(c.Query("days"))
	if !slices.Contains(spans, days) {
		days = spans[0]
	}
	all, err := m.Courses(c.Context(), days)
	if err != nil {
		return err
	}
	w, show := c.Words, Measure(c.Query("show"))
	if !slices.Contains(Measures, show) {
		show = Database
	}
	v := monitoringui.Capacity{Days: w.N("ui.last_days", days), Limits: "/settings/monitoring?platform=program"}
	worst, counted := OK, time.Time{}
	for _, course := range all {
		level := course.Level()
		if level == Critical || worst == OK {
			worst = level
		}
		if s, ok := course.Now(); ok && s.At.After(counted) {
			counted = s.At
		}
		v.Rows = append(v.Rows, capacityRow(w, course, level, days))
		if course.Measure == show {
			v.Chart = capacityChart(w, course)
		}
	}
	v.Badge = levelBadge(w, worst)
	if !counted.IsZero() {
		v.Counted = w.T("monitoring.counted_at", "time", w.DateTime(counted))
	}
	for _, span := range spans {
		v.Spans = append(v.Spans, ui.Tab{
			Label: w.N("ui.last_days", span), Active: span == days, Href: "/capacity?show=" + string(show) + "&days=" + strconv.Itoa(span),
		})
	}
	return c.Page(web.Head{Title: w.T("monitoring.capacity"), Active: "/capacity"}, monitoringui.CapacityPage(v))
}

func capacityRow(w i18n.Words, c Course, l Level, days int) monitoringui.CapacityRow {
	row := monitoringui.CapacityRow{
		Href: "/capacity?show=" + string(c.Measure) + "&days=" + strconv.Itoa(days), Name: measureName(w, c.Measure), Now: "–", Grown: "–", State: levelBadge(w, l),
		Limits: amount(w, c.Measure, c.Limit.Warning) + " / " + amount(w, c.Measure, c.Limit.Critical),
	}
	if s, ok := c.Now(); ok {
		row.Now = amount(w, c.Measure, s.Value)
		row.Grown = grown(w, c.Measure, s.Value-c.Days[0].Value)
	}
	if l != OK {
		row.Todo = w.T("monitoring.todo_" + string(c.Measure))
	}
	return row
}

func measureName(w i18n.Words, m Measure) string { return w.T("monitoring.measure_" + string(m)) }

func levelBadge(w i18n.Words, l Level) ui.Badge {
	return ui.Badge{Label: w.T("monitoring.level_" + string(l)), Tone: map[Level]ui.Tone{OK: ui.OK, Warning: ui.Warn, Critical: ui.Bad}[l]}
}

// amount says a value in its unit.
func amount(w i18n.Words, m Measure, n int64) string {
	switch m {
	case Media, Database:
		return size(w, n)
	case Disk:
		return w.Percent(n * 100)
	}
	return w.Number(int(n))
}

// size says a size by its largest unit.
func size(w i18n.Words, n int64) string {
	switch most := float64(max(n, -n)); {
	case most < 1e6:
		return w.Decimal(float64(n)/1e3, 0) + " KB"
	case most < 1e9:
		return w.Decimal(float64(n)/1e6, 1) + " MB"
	}
	if n%gigabyte == 0 {
		return w.Number(int(n/gigabyte)) + " GB"
	}
	return w.Decimal(float64(n)/gigabyte, 1) + " GB"
}

func grown(w i18n.Words, m Measure, n int64) string {
	switch {
	case n == 0:
		return "±0"
	case n > 0:
		return "+" + amount(w, m, n)
	}
	return "−" + amount(w, m, -n)
}

func capacityChart(w i18n.Words, c Course) ui.Chart {
	out := ui.Chart{Title: measureName(w, c.Measure), Line: true, Series: []ui.Series{{}}}
	if c.Measure == Media || c.Measure == Database {
		out.Unit = 1_000_000
		out.Title += " (MB)"
	}
	for _, s := range c.Days {
		day := time.Unix(s.Day*24*60*60, 0).UTC()
		out.Series[0].Points = append(out.Series[0].Points, ui.Point{Label: w.Date(day), Value: float64(s.Value), Text: amount(w, c.Measure, s.Value)})
	}
	return out
}

func (m *Module) countNow(c adminCtx) error {
	if err := m.Count(c.Context()); err != nil {
		return err
	}
	c.Flash("ok", "monitoring.counted")
	return c.Redirect("/capacity")
}
