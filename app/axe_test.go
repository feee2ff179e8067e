package app

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// finding is something that axe-core holds against a page.
type finding struct {
	Rule  string `json:"rule"`
	Help  string `json:"help"`
	Where string `json:"where"`
}

// check runs all of axe-core's rules.
const check = `(async () => {
	const found = await axe.run(document);
	return found.violations.flatMap((v) => v.nodes.map((n) => ({rule: v.id, help: v.help, where: n.target.join(" ") + " " + n.html.slice(0, 160) + " " + n.failureSummary.slice(0, 240)})));
})()`

// axe opens a sight in dark and in light colours and asks about it.
func (e *eye) axe(s sight, script string) (found []finding) {
	e.t.Helper()
	for _, dark := range []bool{true, false} {
		e.colours(dark)
		e.at(s, "")
		eval[bool](e.browser, script+"; true")
		v, err := chromedp.Run(e.ctx, chromedp.Evaluate[[]finding](check, chromedp.EvalAwaitPromise))
		if err != nil {
			e.t.Fatalf("axe at %s: %v", s.name, err)
		}
		found = append(found, v...)
	}
	return found
}

// loaded are the bytes that the page and all that it loaded take when nothing of it
// is in the browser's cache, without pictures.
const loaded = `(() => {
	const all = [performance.getEntriesByType("navigation")[0], ...performance.getEntriesByType("resource").filter((r) => r.initiatorType !== "img" && !/\/(media|demo)\/|\.svg/.test(r.name))];
	return Math.round(all.reduce((n, r) => n + r.encodedBodySize + 300, 0));
})()`

// weigh tells what the page at hand takes, and holds it to its bar.
func (e *eye) weigh(s sight) int {
	e.t.Helper()
	n := eval[int](e.browser, loaded)
	if n > mostBytes {
		e.t.Errorf("%s loads %d bytes before pictures, at most %d are allowed", s.name, n, mostBytes)
	}
	return n
}

func axeScript(t *testing.T) string {
	t.Helper()
	script, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// TestAxe asks axe-core about every page of every frontend, in both schemes, and
// weighs what they load.
func TestAxe(t *testing.T) {
	t.Parallel()
	a := start(t, sqliteDemo(t))
	g := sightsOf(t, a)
	script := axeScript(t)
	e := openEye(t, a)
	e.wear(ways[0])
	for _, s := range append(g.sights, g.moments(t)...) {
		if !strings.Contains(s.name, os.Getenv("ORION_ONLY")) {
			continue
		}
		for _, f := range e.axe(s, script) {
			t.Errorf("%s: %s: %s\n\t%s", s.name, f.Rule, f.Help, f.Where)
		}
		e.weigh(s)
	}
}
