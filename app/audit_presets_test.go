package app

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"orion/kit/ui"
)

// TestAuditPresets has Lighthouse judge home and product of one store in all presets,
// in light and in dark colours. Contrast is held to AA by the test of the presets.
func TestAuditPresets(t *testing.T) {
	to := filepath.Join(auditTo(t), "audit-presets.md")
	a := start(t, sqliteDemo(t))
	_, in, err := a.store("maison-kirchberg")
	if err != nil {
		t.Fatal(err)
	}
	e := openEye(t, a)
	var b bytes.Buffer
	fmt.Fprintf(&b, `# Audit of the presets

Written by %s; it fails when a bar is missed. One store of the demo in each preset, published as its staff would: at least %d in all four
categories of Lighthouse 12.8.2, measured as in [audit.md](audit.md). Colours are what the visitor's system asks for.

| Preset | Page | Colours | Performance | Accessibility | Best practices | SEO | FCP · LCP · TBT · CLS |
|---|---|---|--:|--:|--:|--:|---|
`, "`make audit`", leastScore)
	for _, p := range ui.Presets {
		wears(t, a, in, p.Code)
		for _, page := range []struct{ name, path string }{{"home", "/"}, {"product", "/products/stoneware-mug"}} {
			day := 0
			for _, dark := range []bool{false, true} {
				colours := map[bool]string{false: "light", true: "dark"}[dark]
				r := lighthouse(t, trial{name: p.Code + " " + page.name + " " + colours, host: "maison-kirchberg.localhost", port: e.port, path: page.path, dark: dark})
				switch light := brightness(t, r.seen); {
				case !dark:
					day = light
				case light > day-40: // its pictures are as they were
					t.Errorf("%s %s has a brightness of %d of 255 in dark colours, and of %d in light ones", p.Code, page.name, light, day)
				}
				fmt.Fprintf(&b, "| %s | %s | %s | %d | %d | %d | %d | %s |\n", p.Code, page.name, colours, r.scores[0], r.scores[1], r.scores[2], r.scores[3], r.text)
			}
		}
	}
	if err := os.WriteFile(to, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// brightness is how light a picture is on the whole, of 255.
func brightness(t *testing.T, data string) int {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(data, "data:image/jpeg;base64,"))
	if err != nil {
		t.Fatal(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("the screenshot: %v", err)
	}
	sum, n := 0, 0
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			r, g, b, _ := img.At(x, y).RGBA()
			sum, n = sum+int(r+g+b)/3/257, n+1
		}
	}
	return sum / n
}
