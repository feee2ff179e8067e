package gallery_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"orion/kit/ui/gallery"
)

// stops notes on the page what the Tab key has to reach, and how each of it looks
// without the focus: itself, what is drawn before and after it, what is around
// it and what follows it, as a hidden field lights up what is drawn in its place.
const stops = `(() => {
	const look = (e) => {
		const parts = [e, ...[1, 2, 3].reduce((all) => [...all, (all.at(-1) ?? e).parentElement ?? e], []), e.nextElementSibling].filter(Boolean);
		return parts.flatMap((p) => [null, "::before", "::after"].map((at) => {
			const s = getComputedStyle(p, at);
			return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor].join();
		})).join();
	};
	const reachable = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]")]
		.filter((e) => e.tabIndex >= 0 && !e.disabled && e.type !== "hidden" && e.checkVisibility({ visibilityProperty: true }));
	const one = (e) => e.type !== "radio" || e === (reachable.find((r) => r.type === "radio" && r.name === e.name && r.form === e.form && r.checked) ?? reachable.find((r) => r.type === "radio" && r.name === e.name && r.form === e.form));
	window.stops = { look, plain: new Map(reachable.filter(one).map((e) => [e, look(e)])), met: new Set() };
	return stops.plain.size > 0;
})()`

// met takes the element with the focus off the list. It has to look otherwise
// than without, and some of it has to be in sight.
const met = `(() => {
	const e = document.activeElement;
	if (!stops.plain.has(e)) return true;
	const shows = stops.look(e) !== stops.plain.get(e);
	const inSight = [...e.getClientRects()].some((r) => [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]].some(([x, y]) => {
		const hit = document.elementFromPoint(r.left + r.width * x, r.top + r.height * y);
		return hit && (e.contains(hit) || hit.contains(e) || hit.closest("label")?.control === e || e.parentElement.contains(hit));
	}));
	if (shows && inSight) stops.met.add(e);
	stops.wrong = shows ? "it is not in sight" : "it looks as without the focus";
	return shows && inSight;
})()`

// TestStops goes through every page of the gallery by the Tab key: it reaches
// everything that can be pressed or filled in, in the order of the page, never
// gets caught, and one always sees where one is.
func TestStops(t *testing.T) {
	t.Parallel()
	for _, page := range gallery.Pages() {
		for _, width := range []int64{1360, 390} {
			t.Run(fmt.Sprint(page.Name, " ", width), func(t *testing.T) {
				t.Parallel()
				p := sit(t, page.Name)
				p.hold(width)
				p.is("things to reach", stops)
				p.is("the top", `(document.activeElement?.blur(), scrollTo(0, 0), true)`)
				left := func() bool { return p.get(`String(stops.met.size < stops.plain.size)`) == "true" }
				n := 0
				for ; n < 250 && left(); n++ {
					p.press(kb.Tab)
					if !p.soon(met) {
						t.Fatalf("%s: %s", p.get(`stops.wrong`), p.at())
					}
				}
				if left() {
					t.Errorf("after %d times Tab it has not come to %s", n, p.get(`[...stops.plain.keys()].filter((e) => !stops.met.has(e)).map((e) => e.outerHTML.slice(0, 160)).join("\n")`))
				}
			})
		}
	}
}
