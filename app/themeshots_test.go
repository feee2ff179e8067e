package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/kit/ui"
	"orion/modules/cms"
)

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
	for i, p := range ui.Presets {
		by := auth.SystemActor
		if err := a.modules.cms.SaveDesign(t.Context(), in, cms.Designing{Design: cms.DesignOf(p.Code), Seen: int64(i), By: by}); err != nil {
			t.Fatal(err)
		}
		if err := a.modules.cms.PublishDesign(t.Context(), in, int64(i)+1, by); err != nil {
			t.Fatal(err)
		}
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
