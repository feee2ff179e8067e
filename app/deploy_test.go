package app

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"orion/app/certify"
	"orion/kit/config"
)

// expressions are what alerts and dashboards ask Prometheus, by the name of the
// alert or of the panel.
func expressions(t *testing.T) map[string][]string {
	t.Helper()
	read := func(name string) []byte {
		text, err := os.ReadFile("../deploy/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	var rules struct {
		Groups []struct {
			Rules []struct{ Alert, Expr string }
		}
	}
	if err := yaml.Unmarshal(read("prometheus-rules.yml"), &rules); err != nil {
		t.Fatal(err)
	}
	var board struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(read("grafana/orion.json"), &board); err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, g := range rules.Groups {
		for _, r := range g.Rules {
			out[r.Alert] = append(out[r.Alert], r.Expr)
		}
	}
	for _, p := range board.Panels {
		for _, target := range p.Targets {
			out[p.Title] = append(out[p.Title], target.Expr)
		}
	}
	return out
}

// Every metric and every label that an alert or a panel names is one that the
// program shows.
func TestAlertsAndPanelsNameRealMetrics(t *testing.T) {
	t.Parallel()
	a := start(t, sqliteDemo(t))
	c := sellOne(t, a, 5)
	server := httptest.NewServer(a.Handler())
	t.Cleanup(server.Close)
	if _, err := c.buys(t.Context(), certify.At(server.URL, trialStore+".localhost", nil), "one"); err != nil {
		t.Fatal(err)
	}
	// What a metric counts has to happen once: a look at the health, a job, an event.
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if text := fmt.Sprint(scrape(t, a)); a.health.Latest().Status != "" && strings.Contains(text, "orion_job_seconds_count") && strings.Contains(text, "orion_event_deliveries_total") {
			break
		}
	}
	shown := map[string]string{}
	for series := range scrape(t, a) {
		name, labels, _ := strings.Cut(series, "{")
		shown[name] += labels
	}
	name, label := regexp.MustCompile(`\b(?:orion|go|process)_\w+`), regexp.MustCompile(`(\w+)="`)
	by := regexp.MustCompile(`by \(([\w, ]+)\)`)
	checked := 0
	for who, all := range expressions(t) {
		for _, expr := range all {
			metrics := name.FindAllString(expr, -1)
			if len(metrics) == 0 {
				t.Errorf("%s looks at nothing of ours", who)
			}
			var labels []string
			for _, l := range label.FindAllStringSubmatch(expr, -1) {
				labels = append(labels, l[1])
			}
			for _, l := range by.FindAllStringSubmatch(expr, -1) {
				labels = append(labels, strings.Split(l[1], ", ")...)
			}
			for _, m := range metrics {
				checked++
				has, ok := shown[m]
				if !ok {
					t.Errorf("%s: nothing shows %s", who, m)
				}
				for _, l := range labels {
					if l != "job" && !strings.Contains(has, l+`="`) { // whose name Prometheus gives
						t.Errorf("%s: %s has no label %s", who, m, l)
					}
				}
			}
		}
	}
	if checked < 30 {
		t.Errorf("only %d metrics are looked at", checked)
	}
}

// A proxy gets certificates for the names of stores and platforms, and nobody
// else is told which there are.
func TestCertificatesAreForOurNames(t *testing.T) {
	t.Parallel()
	a := start(t, sqliteDemo(t))
	for _, tc := range []struct {
		domain, header string
		want           int
	}{
		{"maison-kirchberg.localhost", "", http.StatusOK},
		{"Maison-Kirchberg.localhost.", "", http.StatusOK},
		{"localhost", "", http.StatusOK},
		{"nobody.localhost", "", http.StatusNotFound},
		{"bank.example", "", http.StatusNotFound},
		{"127.0.0.1", "", http.StatusNotFound},
		{"", "", http.StatusNotFound},
		{"maison-kirchberg.localhost", "X-Forwarded-For", http.StatusNotFound},
	} {
		r := httptest.NewRequest(http.MethodGet, "/tls/allowed?domain="+url.QueryEscape(tc.domain), nil)
		r.RemoteAddr = "127.0.0.1:4711"
		if tc.header != "" {
			r.Header.Set(tc.header, "203.0.113.9")
		}
		w := httptest.NewRecorder()
		a.Handler().ServeHTTP(w, r)
		if w.Code != tc.want {
			t.Errorf("%q %s: %d, want %d", tc.domain, tc.header, w.Code, tc.want)
		}
		r.RemoteAddr = "203.0.113.9:4711"
		w = httptest.NewRecorder()
		a.Handler().ServeHTTP(w, r)
		if w.Code != http.StatusNotFound {
			t.Errorf("%q is told to a stranger: %d", tc.domain, w.Code)
		}
	}
}

// The files of deploy/ say nothing that the program does not understand.
func TestDeployNamesRealSettings(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	c, err := config.Load(config.Sources{File: "../deploy/orion.example.yaml"})
	if err != nil {
		t.Fatalf("the example is not understood: %v", err)
	}
	set := 0
	for _, l := range c.Explain() {
		known[l.Env] = true
		if strings.Contains(l.Origin, "orion.example.yaml") {
			set++
		}
	}
	if set < 8 {
		t.Errorf("the example sets %d settings only", set)
	}
	name, checked := regexp.MustCompile(`\bORION_[A-Z_]+`), 0
	err = filepath.WalkDir("../deploy", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, key := range name.FindAllString(string(text), -1) {
			if checked++; !known[key] {
				t.Errorf("%s: %s is no setting", path, key)
			}
		}
		if ext := filepath.Ext(path); ext != ".yml" && ext != ".yaml" {
			return nil
		}
		for part := range strings.SplitSeq(string(text), "\n---\n") {
			var any map[string]any
			if err := yaml.Unmarshal([]byte(part), &any); err != nil || len(any) == 0 {
				t.Errorf("%s: %v", path, err)
			}
		}
		return nil
	})
	if err != nil || checked < 15 {
		t.Errorf("%d settings were looked at: %v", checked, err)
	}
}
