// Command dashboards writes the Grafana dashboard of deploy/ from the list of
// panels below, so that a panel is one line here and not forty of JSON. Without
// -write it fails when the file is not what it would write.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
)

const file = "../deploy/grafana/orion.json"

func main() {
	write := flag.Bool("write", false, "write the file instead of comparing it")
	flag.Parse()
	if err := run(*write); err != nil {
		fmt.Fprintln(os.Stderr, "dashboards:", err)
		os.Exit(1)
	}
}

func run(write bool) error {
	want, err := json.MarshalIndent(dashboard(), "", "  ")
	if err != nil {
		return fmt.Errorf("write the dashboard: %w", err)
	}
	want = append(want, '\n')
	if write {
		if err := os.WriteFile(file, want, 0o644); err != nil { //nolint:gosec // it is for everybody
			return fmt.Errorf("write the dashboard: %w", err)
		}
		return nil
	}
	got, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read the dashboard: %w", err)
	}
	if !bytes.Equal(got, want) {
		return fmt.Errorf("%s is older than its panels: make generate", file)
	}
	return nil
}

// panel is a chart: one expression, or several with their legends.
type panel struct {
	title, unit string
	wide        bool // takes the whole line
	lines       []line
}

type line struct{ expr, legend string }

func one(title, unit, expr, legend string) panel {
	return panel{title: title, unit: unit, lines: []line{{expr, legend}}}
}

// rows are the parts of the dashboard, in the order in which somebody looks who
// was woken up: is it well, what do people notice, what stands behind it.
var rows = []struct {
	title  string
	panels []panel
}{
	{"Is it well", []panel{
		one("Health (0 healthy, 1 degraded, 2 unhealthy)", "short", `max by (check) (orion_health)`, "{{check}}"),
		one("Failed requests", "percentunit", `sum(rate(orion_http_request_seconds_count{status="5xx"}[5m])) / sum(rate(orion_http_request_seconds_count[5m]))`, "of all"),
		one("Jobs that gave up, deliveries put aside", "short", `max(orion_jobs_given_up)`, "jobs").and(`max(orion_events_dead)`, "deliveries"),
	}},
	{"What people notice", []panel{
		one("Requests a second", "reqps", `sum by (audience) (rate(orion_http_request_seconds_count[5m]))`, "{{audience}}"),
		one("Slowest of twenty", "s", `histogram_quantile(0.95, sum by (le, audience) (rate(orion_http_request_seconds_bucket[5m])))`, "{{audience}}"),
		one("Requests by platform", "reqps", `sum by (platform) (rate(orion_http_platform_requests_total[5m]))`, "{{platform}}"),
		{title: "Slowest routes", unit: "s", wide: true, lines: []line{{`topk(10, sum by (route) (rate(orion_http_request_seconds_sum[5m])) / sum by (route) (rate(orion_http_request_seconds_count[5m])))`, "{{route}}"}}},
	}},
	{"Database", []panel{
		one("Transactions a second", "ops", `sum by (kind, outcome) (rate(orion_db_transaction_seconds_count[5m]))`, "{{kind}} {{outcome}}"),
		one("Slowest of twenty transactions", "s", `histogram_quantile(0.95, sum by (le, kind) (rate(orion_db_transaction_seconds_bucket[5m])))`, "{{kind}}"),
		one("Connections in use", "short", `sum by (pool) (orion_db_connections_busy)`, "{{pool}}").and(`sum by (pool) (orion_db_connections_most)`, "{{pool}}, at most"),
		{title: "Statements that take the most time", unit: "s", wide: true, lines: []line{{`topk(10, sum by (module, statement) (rate(orion_db_statement_seconds_total[5m])))`, "{{module}} {{statement}}"}}},
	}},
	{"Work behind", []panel{
		one("Jobs that are not over", "short", `max by (state) (orion_jobs)`, "{{state}}"),
		one("The oldest due job waits", "s", `max(orion_jobs_oldest_due_seconds)`, "for"),
		one("Attempts of jobs", "ops", `sum by (module, outcome) (rate(orion_job_seconds_count[5m]))`, "{{module}} {{outcome}}"),
		one("Events published", "ops", `sum(rate(orion_events_published_total[5m]))`, "a second"),
		one("Deliveries under way", "short", `max(orion_events_waiting)`, "waiting"),
	}},
	{"Nodes", []panel{
		one("Memory", "bytes", `process_resident_memory_bytes{job="orion"}`, "{{instance}}"),
		one("Processor", "percentunit", `rate(process_cpu_seconds_total{job="orion"}[5m])`, "{{instance}}"),
		one("Goroutines", "short", `go_goroutines{job="orion"}`, "{{instance}}"),
		one("Stores", "short", `max by (platform) (orion_stores)`, "{{platform}}"),
	}},
}

func (p panel) and(expr, legend string) panel {
	p.lines = append(p.lines, line{expr, legend})
	return p
}

// object is a piece of JSON.
type object map[string]any

const (
	full   = 24 // columns of a dashboard
	third  = full / 3
	height = 8
)

func dashboard() object {
	var panels []object
	id, y := 0, 0
	add := func(p object, x, w, h int) {
		id++
		p["id"], p["gridPos"] = id, object{"x": x, "y": y, "w": w, "h": h}
		panels = append(panels, p)
	}
	for _, r := range rows {
		add(object{"type": "row", "title": r.title, "collapsed": false}, 0, full, 1)
		y++
		x := 0
		for _, p := range r.panels {
			w := third
			if p.wide {
				w = full
			}
			if x+w > full {
				x, y = 0, y+height
			}
			add(p.object(), x, w, height)
			x += w
		}
		y += height
	}
	return object{
		"title": "Orion", "uid": "orion", "tags": []string{"orion"}, "editable": true, "schemaVersion": 39, "version": 1,
		"time": object{"from": "now-6h", "to": "now"}, "refresh": "30s", "panels": panels,
		"templating": object{"list": []object{{"name": "source", "type": "datasource", "query": "prometheus", "label": "Prometheus"}}},
	}
}

func (p panel) object() object {
	var targets []object
	for i, l := range p.lines {
		targets = append(targets, object{"refId": string(rune('A' + i)), "expr": l.expr, "legendFormat": l.legend, "datasource": object{"type": "prometheus", "uid": "${source}"}})
	}
	return object{
		"type": "timeseries", "title": p.title, "datasource": object{"type": "prometheus", "uid": "${source}"}, "targets": targets,
		"fieldConfig": object{"defaults": object{"unit": p.unit, "min": 0}, "overrides": []object{}},
		"options":     object{"legend": object{"displayMode": "list", "placement": "bottom"}, "tooltip": object{"mode": "multi", "sort": "desc"}},
	}
}
