package app

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

const (
	mostBytes = 60 * 1024 // may come over the wire for a page before its pictures
	headBytes = 300       // are what the heads of one answer count, as Chromium counts them
)

var linked = regexp.MustCompile(`<(?:link|script)\b[^>]*?\s(?:href|src)="(/assets/[^"]+\.(?:css|js|woff2))"`)

// TestWeight weighs every page of every frontend as somebody gets it who has never
// been there: the page itself and all scripts, style sheets and fonts that it names,
// compressed as they are served. TestAxe weighs what Chromium loads of them, which is
// also what those files lead to.
func TestWeight(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	g := sightsOf(t, a)
	w := balance{h: a.Handler(), known: map[string]int{}}
	heaviest := map[string]sight{}
	weights := map[string]int{}
	for _, s := range append(g.sights, g.moments(t)...) {
		n := w.page(t, s)
		if n > mostBytes {
			t.Errorf("%s sends %d bytes before pictures, at most %d are allowed", s.name, n, mostBytes)
		}
		if weights[s.name] = n; n > weights[heaviest[s.group].name] {
			heaviest[s.group] = s
		}
	}
	for _, group := range []string{"admin", "merchant", "store", "storefront", "platform"} {
		s := heaviest[group]
		t.Logf("%s: the heaviest of its pages is %s with %d bytes", group, s.name, weights[s.name])
		if weights[s.name] < 30_000 {
			t.Errorf("%s: the pages are too light to have been weighed whole", group)
		}
	}
}

// balance weighs pages.
type balance struct {
	h     http.Handler
	known map[string]int // files that were weighed before
}

// page is the weight of a page with everything that it names.
func (b balance) page(t *testing.T, s sight) int {
	t.Helper()
	plain := b.ask(s, "")
	sum := headBytes
	for _, browser := range []string{"gzip, deflate, br, zstd", "gzip, deflate, br"} { // of today, and of some years ago
		sum = max(sum, b.ask(s, browser).Body.Len()+headBytes)
	}
	seen := map[string]bool{}
	for _, m := range linked.FindAllStringSubmatch(plain.Body.String(), -1) {
		if path := m[1]; !seen[path] {
			seen[path] = true
			sum += b.file(t, s.host, path)
		}
	}
	return sum
}

func (b balance) file(t *testing.T, host, path string) int {
	t.Helper()
	if n, ok := b.known[path]; ok {
		return n
	}
	got := b.ask(sight{host: host, path: path}, "gzip, deflate, br, zstd")
	if got.Code != http.StatusOK {
		t.Errorf("%s answers %d", path, got.Code)
	}
	b.known[path] = got.Body.Len() + headBytes
	return b.known[path]
}

func (b balance) ask(s sight, encodings string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "http://"+s.host+s.path, strings.NewReader(""))
	r.Header.Set("Accept-Encoding", encodings)
	for name, value := range s.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.h.ServeHTTP(w, r)
	return w
}
