package app

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// ways are how every page is photographed. German has the longest words.
var ways = []how{
	{name: "desktop", width: 1360},
	{name: "phone", width: 390},
	{name: "desktop-dark", width: 1360, dark: true},
	{name: "phone-dark", width: 390, dark: true},
	{name: "desktop-de", width: 1360, lang: "de"},
	{name: "phone-de", width: 390, lang: "de"},
}

// faults finds what can be told about a page without taste: it is wider than
// its window, or a picture is missing.
const faults = `(() => {
	const out = [];
	const wide = document.documentElement.scrollWidth - innerWidth;
	if (wide > 0) {
		const over = [...document.querySelectorAll("main *, header *, footer *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".table-scroll, .gallery-strip, .tabs"));
		out.push("wider than the window by " + wide + " pixels: " + over.slice(0, 3).map((e) => e.tagName.toLowerCase() + "." + e.className).join(", "));
	}
	for (const i of document.images) if (i.complete && i.naturalWidth === 0 && i.currentSrc) out.push("no picture at " + i.currentSrc);
	return out;
})()`

// TestShots photographs every page of every frontend: ORION_SHOTS=dir go test.
// ORION_ONLY is a part of the names of those that are wanted. themes.html has all
// presets side by side.
func TestShots(t *testing.T) {
	dir := os.Getenv("ORION_SHOTS")
	if dir == "" {
		t.Skip("ORION_SHOTS is not set: run make shots")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	a := start(t, sqliteDemo(t))
	g := sightsOf(t, a)
	all := append(g.sights, g.moments(t)...)
	all = slices.DeleteFunc(all, func(s sight) bool { return !strings.Contains(s.name, os.Getenv("ORION_ONLY")) })
	e := openEye(t, a)
	wrong := map[string][]string{}
	for _, h := range ways {
		e.wear(h)
		for _, s := range all {
			e.at(s, h.lang)
			name := s.name + "." + h.name
			wrong[name] = append(eval[[]string](e.browser, faults), e.heard()...)
			if err := os.WriteFile(filepath.Join(dir, name+".webp"), e.snap(), 0o644); err != nil {
				t.Fatal(err)
			}
			for _, w := range wrong[name] {
				t.Errorf("%s: %s", name, w)
			}
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "index.html"), []byte(contactSheet(g, all, wrong)), 0o644); err != nil {
		t.Fatal(err)
	}
	photographThemes(t, a, e, dir)
}

// contactSheet is a page with all pictures, those of one page beside each other.
func contactSheet(g *gaze, all []sight, wrong map[string][]string) string {
	var b strings.Builder
	b.WriteString(`<!doctype html><meta charset="utf-8"><title>Every page</title><style>
	body{font:14px/1.4 system-ui;margin:24px;background:#fff;color:#111}section{margin:0 0 32px}div{display:flex;gap:12px;overflow-x:auto}
	figure{margin:0;flex:none}img{height:420px;border:1px solid #ccc;object-fit:cover;object-position:top}figcaption{color:#666}.wrong{color:#b00}</style><h1>Every page</h1><p><a href="themes.html">All presets</a></p>`)
	for _, s := range all {
		fmt.Fprintf(&b, "<section><h2>%s</h2><p>%s%s</p><div>", s.name, s.host, html.EscapeString(s.path))
		for _, h := range ways {
			name := s.name + "." + h.name
			fmt.Fprintf(&b, `<figure><a href="%s.webp"><img loading="lazy" src="%s.webp" alt=""></a><figcaption>%s</figcaption><p class="wrong">%s</p></figure>`,
				name, name, h.name, html.EscapeString(strings.Join(wrong[name], "\n")))
		}
		b.WriteString("</div></section>")
	}
	b.WriteString("<h2>Answered with something else than a page</h2><ul>")
	for _, p := range g.papers {
		fmt.Fprintf(&b, "<li>%s: %s</li>", html.EscapeString(p.route), html.EscapeString(p.kind))
	}
	b.WriteString("</ul><h2>Not photographed</h2><ul>")
	for name, why := range unseen {
		fmt.Fprintf(&b, "<li>%s: %s</li>", html.EscapeString(name), why)
	}
	return b.String() + "</ul>"
}
