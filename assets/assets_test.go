package assets_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"orion/assets"
)

func TestPath(t *testing.T) {
	t.Parallel()
	if got := assets.Path("staff.css"); !regexp.MustCompile(`^/assets/staff\.[0-9a-f]{8}\.css$`).MatchString(got) {
		t.Errorf("Path(staff.css) = %s", got)
	}
	if got := assets.Path("nothing.css"); got != "/assets/nothing.css" || assets.Has("nothing.css") {
		t.Errorf("an unknown file is at %s", got)
	}
}

func TestHandler(t *testing.T) {
	t.Parallel()
	plain := serve(t, assets.Path("shop.js"), "")
	zipped := serve(t, assets.Path("shop.js"), "gzip")
	if zipped.Header().Get("Content-Encoding") != "gzip" {
		t.Fatal("the compressed form is not sent")
	}
	reader, err := gzip.NewReader(zipped.Body)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	if string(body) != plain.Body.String() {
		t.Error("the compressed form says something else")
	}
	if got := plain.Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
		t.Errorf("Cache-Control: %s", got)
	}
	if got := serve(t, assets.Path("inter.woff2"), "br").Header().Get("Content-Encoding"); got != "" {
		t.Errorf("a font is sent as %s", got)
	}
	for _, path := range []string{"/assets/shop.js", "/assets/manifest.json", "/assets/../assets.go", "/assets/"} {
		if got := serve(t, path, "").Code; got != http.StatusNotFound {
			t.Errorf("%s answers %d", path, got)
		}
	}
}

// TestStyleNamesFonts: a style sheet that names fonts by the names of their
// sources would be kept for ever without them.
func TestStyleNamesFonts(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"staff.css", "shop.css", "till.css"} {
		for _, url := range regexp.MustCompile(`url\(([^)]*woff2)`).FindAllStringSubmatch(serve(t, assets.Path(name), "").Body.String(), -1) {
			path := strings.Trim(url[1], `"'`)
			if got := serve(t, path, "").Code; got != http.StatusOK {
				t.Errorf("%s names %s, which answers %d", name, path, got)
			}
		}
	}
}

// TestShopBudget leaves 12 KB of the 60 KB for the page itself.
func TestShopBudget(t *testing.T) {
	t.Parallel()
	const budget = 48 << 10
	for _, fonts := range [][]string{{"inter.woff2", "fraunces.woff2"}, {"inter.woff2", "bricolage.woff2"}, {"newsreader.woff2"}, {"grotesk.woff2"}} {
		sum := 0
		for _, name := range append(fonts, "shop.css", "shop.js") {
			sum += serve(t, assets.Path(name), "gzip").Body.Len()
		}
		if sum > budget {
			t.Errorf("with %v a storefront sends %d bytes, want at most %d", fonts, sum, budget)
		}
	}
}

func serve(t *testing.T, path, accept string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", accept)
	w := httptest.NewRecorder()
	assets.Handler().ServeHTTP(w, r)
	return w
}
