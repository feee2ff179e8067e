package app

import (
	"bytes"
	"image"
	"image/color"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/modules/cms"
)

// A design's logo, tab icon and picture for sharing are those of its store's pages,
// which take no statement more for them while they are known.
func TestDesignPictures(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		_, in, err := a.store("maison-kirchberg")
		if err != nil {
			t.Fatal(err)
		}
		m, before := a.modules.cms, a.warm(t)
		d := cms.DesignOf("signal")
		for i, at := range []*string{&d.Logo, &d.Icon, &d.Share} {
			p := image.NewRGBA(image.Rect(0, 0, 600, 300))
			p.Set(1, 1, color.RGBA{R: uint8(i + 1), A: 255})
			var file bytes.Buffer
			if err := writePNG(&file, p); err != nil {
				t.Fatal(err)
			}
			f, _, err := m.ReceiveMedia(t.Context(), in, cms.MediaUpload{Name: "picture.png", By: auth.SystemActor}, bytes.NewReader(file.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			soon(t, "the drawn picture", func() bool {
				got, err := m.Media(t.Context(), in, f.ID)
				return err == nil && got.Drawn.Key != ""
			})
			*at = f.ID.String()
		}
		if err := m.SaveDesign(t.Context(), in, cms.Designing{Design: d, By: auth.SystemActor}); err != nil {
			t.Fatal(err)
		}
		if err := m.PublishDesign(t.Context(), in, 1, auth.SystemActor); err != nil {
			t.Fatal(err)
		}
		page := a.read(t, "maison-kirchberg.localhost")
		seen := map[string]bool{}
		for _, shape := range []string{
			`<link rel="icon" href="(/media/[^"]+)"`, `<link rel="apple-touch-icon" href="(/media/[^"]+)"`,
			`<meta property="og:image" content="http://maison-kirchberg\.localhost(/media/[^"]+)"`, `<a class="shop-logo"[^>]*>\s*<img src="(/media/[^"]+)"`,
		} {
			found := regexp.MustCompile(shape).FindStringSubmatch(page)
			if found == nil {
				t.Errorf("the page has no %s", shape)
				continue
			}
			seen[found[1]] = true
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, found[1], nil)
			r.Host = "maison-kirchberg.localhost"
			w := httptest.NewRecorder()
			if a.Handler().ServeHTTP(w, r); w.Code != http.StatusOK {
				t.Errorf("%s answers %d", found[1], w.Code)
			}
		}
		if len(seen) != 3 {
			t.Errorf("there are %d pictures, want 3: %v", len(seen), seen)
		}
		if after := a.warm(t); after > before || after > 4 {
			t.Errorf("the home page takes %d statements with a design, and %d without", after, before)
		}
	})
}

// warm is how many statements a home page takes that was looked at before.
func (a *App) warm(t *testing.T) int {
	t.Helper()
	a.read(t, "maison-kirchberg.localhost")
	ctx, n := db.WithCounter(t.Context())
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, "/?lang=en", nil)
	r.Host = "maison-kirchberg.localhost"
	a.Handler().ServeHTTP(httptest.NewRecorder(), r)
	return n.N()
}
