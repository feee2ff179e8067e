package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/modules/cms"
)

// wears publishes a preset as the design of a store.
func wears(t *testing.T, a *App, in tenant.Store, preset string) {
	t.Helper()
	s, err := a.modules.cms.Styling(t.Context(), in)
	if err == nil {
		err = a.modules.cms.SaveDesign(t.Context(), in, cms.Designing{Design: cms.DesignOf(preset), Seen: s.Revision, By: auth.SystemActor})
	}
	before := s.Revision
	if err == nil {
		s, err = a.modules.cms.Styling(t.Context(), in)
	}
	if err == nil && s.Revision != before { // else it is worn already
		err = a.modules.cms.PublishDesign(t.Context(), in, s.Revision, auth.SystemActor)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestPresetsAreAccessible asks axe-core about home, category and product in each
// preset, in both schemes.
func TestPresetsAreAccessible(t *testing.T) {
	t.Parallel()
	a := start(t, sqliteDemo(t))
	_, in, err := a.store("maison-kirchberg")
	if err != nil {
		t.Fatal(err)
	}
	script := axeScript(t)
	e := openEye(t, a)
	e.wear(ways[0])
	for _, p := range ui.Presets {
		wears(t, a, in, p.Code)
		for _, path := range []string{"/", "/categories/table", "/products/stoneware-mug"} {
			s := sight{name: p.Code + path, host: "maison-kirchberg.localhost", path: path}
			for _, f := range e.axe(s, script) {
				t.Errorf("%s: %s: %s\n\t%s", s.name, f.Rule, f.Help, f.Where)
			}
			if !eval[bool](e.browser, `document.body.classList.contains("look-`+p.Code+`")`) {
				t.Fatalf("the store does not wear %s", p.Code)
			}
		}
	}
}

// photographThemes puts all presets on one store, one after the other, and writes
// themes.html, which has home and product of each beside the others'.
func photographThemes(t *testing.T, a *App, e *eye, dir string) {
	t.Helper()
	_, in, err := a.store("maison-kirchberg")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString(`<!doctype html><meta charset="utf-8"><title>All presets</title><style>
	body{font:14px/1.4 system-ui;margin:24px;background:#fff;color:#111}section{margin:0 0 32px}div{display:grid;grid-template-columns:repeat(4,1fr);gap:16px}
	figure{margin:0}img{width:100%;aspect-ratio:4/3;border:1px solid #ccc;object-fit:cover;object-position:top}.is-phone img{aspect-ratio:1/2}</style><h1>All presets</h1>`)
	pictures := map[string]string{}
	shop := "http://maison-kirchberg.localhost:" + e.port
	for _, p := range ui.Presets {
		wears(t, a, in, p.Code)
		for _, h := range ways[:4] {
			e.wear(h)
			for page, path := range map[string]string{"home": "/?lang=en", "product": "/products/stoneware-mug?lang=en"} {
				e.open(shop + path)
				e.until("the look "+p.Code, `document.body.classList.contains("look-`+p.Code+`")`)
				name := "theme-" + p.Code + "-" + page + "." + h.name + ".webp"
				if err := os.WriteFile(filepath.Join(dir, name), e.snap(), 0o644); err != nil {
					t.Fatal(err)
				}
				for _, wrong := range eval[[]string](e.browser, faults) {
					t.Errorf("%s: %s", name, wrong)
				}
				pictures[page+h.name] += fmt.Sprintf(`<figure><a href="%s"><img src="%s" alt=""></a><figcaption>%s</figcaption></figure>`, name, name, p.Code)
			}
		}
	}
	for _, page := range []string{"home", "product"} {
		for _, h := range ways[:4] {
			class := "is-desktop"
			if h.phone() {
				class = "is-phone"
			}
			fmt.Fprintf(&b, `<section class="%s"><h2>%s, %s</h2><div>%s</div></section>`, class, page, h.name, pictures[page+h.name])
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "themes.html"), []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
