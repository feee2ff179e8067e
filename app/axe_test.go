package app

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// finding is something that axe-core holds against a page.
type finding struct {
	Rule  string `json:"rule"`
	Help  string `json:"help"`
	Where string `json:"where"`
}

// check runs rules of axe-core.
const check = `(async () => {
	const found = await axe.run(document, {resultTypes: ["violations"], ...%s});
	return found.violations.flatMap((v) => v.nodes.map((n) => ({rule: v.id, help: v.help, where: n.target.join(" ") + " " + n.html.slice(0, 160) + " " + n.failureSummary.slice(0, 240)})));
})()`

// unmoved stops what moves colours slowly from one scheme to the other.
const unmoved = `document.adoptedStyleSheets.push(new CSSStyleSheet());
	document.adoptedStyleSheets.at(-1).replaceSync("*, ::before, ::after { transition: none !important }"); true`

// axe opens a sight and asks all rules about it in light colours, and in dark ones
// those that depend on colours.
func (e *eye) axe(s sight, script string) (found []finding) {
	e.t.Helper()
	// A mail is shown without scripts, and axe-core is one.
	call(e, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true})
	e.colours(true)
	e.at(s, "")
	eval[bool](e.browser, script+";"+unmoved)
	found = e.rules(s, `{preload: false, runOnly: {type: "rule", values: ["color-contrast", "link-in-text-block"]}}`)
	e.colours(false)
	// A mail is shown within a page, which has the landmarks.
	if strings.HasSuffix(s.path, "/body") {
		return append(found, e.rules(s, `{rules: {"landmark-one-main": {enabled: false}, region: {enabled: false}}}`)...)
	}
	return append(found, e.rules(s, "{}")...)
}

func (e *eye) rules(s sight, which string) []finding {
	e.t.Helper()
	ctx, cancel := context.WithTimeout(e.ctx, time.Minute)
	defer cancel()
	found, err := chromedp.Run(ctx, chromedp.Evaluate[[]finding](fmt.Sprintf(check, which), chromedp.EvalAwaitPromise))
	if err != nil {
		e.t.Fatalf("axe at %s: %v", s.name, err)
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
