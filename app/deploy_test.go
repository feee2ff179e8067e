package app

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"
)

// Every metric and every label that an alert names is one that the program shows.
func TestAlertsNameRealMetrics(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../deploy/prometheus-rules.yml")
	if err != nil {
		t.Fatal(err)
	}
	var rules struct {
		Groups []struct {
			Rules []struct{ Alert, Expr string }
		}
	}
	if err := yaml.Unmarshal(text, &rules); err != nil {
		t.Fatal(err)
	}
	a := start(t, sqliteDemo(t))
	a.ask(t, "maison-kirchberg", "/", func(*http.Request) {})
	for end := time.Now().Add(10 * time.Second); a.health.Latest().Status == "" && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
	shown := map[string]string{}
	for series := range scrape(t, a) {
		name, labels, _ := strings.Cut(series, "{")
		shown[name] += labels
	}
	name, label := regexp.MustCompile(`orion_\w+`), regexp.MustCompile(`(\w+)="`)
	checked := 0
	for _, g := range rules.Groups {
		for _, r := range g.Rules {
			metrics := name.FindAllString(r.Expr, -1)
			if len(metrics) == 0 {
				t.Errorf("%s looks at nothing of ours", r.Alert)
			}
			for _, m := range metrics {
				checked++
				labels, ok := shown[m]
				if !ok {
					t.Errorf("%s: nothing shows %s", r.Alert, m)
				}
				for _, l := range label.FindAllStringSubmatch(r.Expr, -1) {
					if !strings.Contains(labels, l[1]+`="`) {
						t.Errorf("%s: %s has no label %s", r.Alert, m, l[1])
					}
				}
			}
		}
	}
	if checked < 5 {
		t.Errorf("only %d metrics are looked at", checked)
	}
}
