package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// leastScore is the bar of Lighthouse.
const leastScore = 98

var categories = []string{"performance", "accessibility", "best-practices", "seo"}

// audited are the pages that Lighthouse judges, in three looks.
var audited = []string{
	"storefront-home", "storefront-categories-slug", "storefront-products-slug", "storefront-cart-filled",
	"storefront-home-velo-moselle", "storefront-category-velo-moselle", "storefront-product-velo-moselle", "storefront-cart-velo-moselle",
	"storefront-home-kirchberg-kids", "storefront-category-kirchberg-kids", "storefront-product-kirchberg-kids", "storefront-cart-kirchberg-kids",
}

// inspection is what was found out about all pages.
type inspection struct {
	scores   map[string][4]int
	metrics  map[string]string
	bytes    map[string]int
	findings map[string]int
	sights   []sight
}

// auditTo is the folder into which an audit writes its tables.
func auditTo(t *testing.T) string {
	t.Helper()
	to := os.Getenv("ORION_AUDIT")
	if to == "" {
		t.Skip("ORION_AUDIT is not set: run make audit")
	}
	return to
}

// TestAudit measures every page and writes a table of it: ORION_AUDIT=folder go
// test, for which tools/audit has to be installed. It fails when a bar is missed.
func TestAudit(t *testing.T) {
	to := filepath.Join(auditTo(t), "audit.md")
	sameAxe(t)
	a := start(t, sqliteDemo(t))
	g := sightsOf(t, a)
	in := &inspection{scores: map[string][4]int{}, metrics: map[string]string{}, bytes: map[string]int{}, findings: map[string]int{}, sights: append(g.sights, g.moments(t)...)}
	e := openEye(t, a)
	e.wear(how{width: 390})
	script := axeScript(t)
	for _, s := range in.sights {
		found := e.axe(s, script)
		in.bytes[s.name] = e.weigh(s)
		in.findings[s.name] = len(found)
		for _, f := range found {
			t.Errorf("%s: %s: %s\n\t%s", s.name, f.Rule, f.Help, f.Where)
		}
	}
	for _, name := range audited {
		i := slices.IndexFunc(in.sights, func(s sight) bool { return s.name == name })
		if i < 0 {
			t.Errorf("there is no sight %s", name)
			continue
		}
		r := lighthouse(t, trial{name: name, host: in.sights[i].host, port: e.port, path: in.sights[i].path, cookies: in.sights[i].cookies})
		in.scores[name], in.metrics[name] = r.scores, r.text
	}
	if err := os.WriteFile(to, in.report(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// sameAxe makes sure that the checker of the tests is what npm has.
func sameAxe(t *testing.T) {
	t.Helper()
	theirs, err := os.ReadFile("../tools/audit/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("install tools/audit first: %v", err)
	}
	if string(theirs) != axeScript(t) {
		t.Error("testdata/axe/axe.min.js is not the file of the npm package")
	}
}

// lighthouse judges a page. A machine that does something else at the moment
// makes a page look slow, so a page that misses the bar gets two more tries,
// and the middle one counts.
func lighthouse(t *testing.T, of trial) result {
	t.Helper()
	var results []result
	for range 3 {
		r := runLighthouse(t, of)
		results = append(results, r)
		if len(results) == 1 && slices.Min(r.scores[:]) >= leastScore {
			break
		}
	}
	slices.SortFunc(results, func(a, b result) int { return a.scores[0] - b.scores[0] })
	middle := results[len(results)/2]
	for i, c := range categories {
		if middle.scores[i] < leastScore {
			t.Errorf("%s: %s is %d, at least %d is wanted: %s", of.name, c, middle.scores[i], leastScore, middle.text)
		}
	}
	return middle
}

// trial is a page that Lighthouse judges.
type trial struct {
	name, host, port, path string
	cookies                map[string]string
	dark                   bool
}

// result is what it says of the page.
type result struct {
	scores [4]int
	text   string
	seen   string // what it looked like at the end, as data:image/jpeg
}

// verdict is what we read of Lighthouse's answer.
type verdict struct {
	Categories map[string]struct {
		Score     *float64 `json:"score"`
		AuditRefs []struct {
			ID     string  `json:"id"`
			Weight float64 `json:"weight"`
		} `json:"auditRefs"`
	} `json:"categories"`
	Audits map[string]struct {
		Score   *float64 `json:"score"`
		Text    string   `json:"displayValue"`
		Details struct {
			Data string `json:"data"`
		} `json:"details"`
	} `json:"audits"`
}

func runLighthouse(t *testing.T, of trial) (out result) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	to := filepath.Join(t.TempDir(), "lighthouse.json")
	args := []string{
		"../tools/audit/node_modules/lighthouse/cli/index.js", "http://" + of.host + ":" + of.port + of.path, "--quiet", "--output=json", "--output-path=" + to,
		"--only-categories=" + strings.Join(categories, ","), "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking" + of.scheme(),
	}
	if len(of.cookies) > 0 {
		var pairs []string
		for name, value := range of.cookies {
			pairs = append(pairs, name+"="+value)
		}
		headers, _ := json.Marshal(map[string]string{"Cookie": strings.Join(pairs, "; ")})
		args = append(args, "--extra-headers="+string(headers))
	}
	for try := range 3 { // now and then it loses the browser that it started
		cmd := exec.CommandContext(ctx, "node", args...) //nolint:gosec // a tool of ours, with an address of ours
		cmd.Env = append(os.Environ(), "CHROME_PATH="+os.Getenv("CHROMIUM"))
		out, err := cmd.CombinedOutput()
		if err == nil {
			break
		}
		if try == 2 {
			t.Fatalf("lighthouse: %v\n%s", err, out)
		}
	}
	var v verdict
	raw, err := os.ReadFile(to)
	if err == nil {
		err = json.Unmarshal(raw, &v)
	}
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	for i, c := range categories {
		if score := v.Categories[c].Score; score != nil {
			out.scores[i] = int(math.Round(*score * 100))
		}
		for _, ref := range v.Categories[c].AuditRefs {
			if a := v.Audits[ref.ID]; ref.Weight > 0 && i > 0 && a.Score != nil && *a.Score < 1 {
				parts = append(parts, ref.ID)
			}
		}
	}
	for _, m := range []string{"first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"} {
		parts = append(parts, strings.ReplaceAll(v.Audits[m].Text, "\u00a0", " "))
	}
	out.text, out.seen = strings.Join(parts, " · "), v.Audits["final-screenshot"].Details.Data
	return out
}

// scheme is the browser's flag for the colours that its user prefers.
func (of trial) scheme() string {
	if of.dark {
		return " --blink-settings=preferredColorScheme=0"
	}
	return " --blink-settings=preferredColorScheme=1"
}

// report is the table.
func (in *inspection) report() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `# Audit of every page

Written by %s; it fails when a bar is missed. %d pages of the demo, all frontends: every route of the program's catalogue that
answers with a page, three stores with different themes, stores without anything in them, a sale step by step, and pages that say no.

## Lighthouse

At least %d in all four categories, on home, category, product and cart of three stores. Lighthouse 12.8.2 (npm) with Debian's Chromium,
its mobile profile (Moto G, slow 4G, processor slowed down four times, simulated). A page that misses the bar is tried twice more and the
middle try counts. FCP, LCP: first and largest paint; TBT: time in which it could not be used; CLS: what moved.

| Page | Performance | Accessibility | Best practices | SEO | FCP · LCP · TBT · CLS |
|---|--:|--:|--:|--:|---|
`, "`make audit`", len(in.sights), leastScore)
	for _, name := range audited {
		s := in.scores[name]
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %s |\n", strings.TrimPrefix(name, "storefront-"), s[0], s[1], s[2], s[3], in.metrics[name])
	}
	fmt.Fprintf(&b, `
## Accessibility and weight

Findings: violations of all rules of axe-core 4.14.1, in light and in dark colours together; none are allowed. Bytes: what comes over
the wire on a first visit, compressed, headers included, without pictures (Resource Timing in Chromium); a page may have %d, which are 60 KB.

| Page | Findings | Bytes before pictures |
|---|--:|--:|
`, mostBytes)
	sorted := slices.Clone(in.sights)
	slices.SortFunc(sorted, func(a, b sight) int { return strings.Compare(a.name, b.name) })
	for _, s := range sorted {
		fmt.Fprintf(&b, "| %s | %d | %d |\n", s.name, in.findings[s.name], in.bytes[s.name])
	}
	return b.Bytes()
}
