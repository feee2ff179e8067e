package paytest

import (
	"embed"
	"net/http"
	"path"
	"strings"
)

// page is what browsers load: a script that is called as Stripe's is, and the
// form for cards that it shows in a frame of ours.
//
//go:embed page
var page embed.FS

var fileTypes = map[string]string{
	".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8",
}

func (s *Stripe) showFile(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	content, err := page.ReadFile(path.Join("page", name))
	if err != nil {
		unknownRoute(r).write(w)
		return
	}
	pageHeaders(w, fileTypes[path.Ext(name)])
	_, _ = w.Write(content)
}

// pageHeaders let a page load from here alone. Who shows it in a frame is up to
// the shop.
func pageHeaders(w http.ResponseWriter, kind string) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "no-cache")
	h.Set("X-Content-Type-Options", "nosniff")
	if strings.HasPrefix(kind, "text/html") {
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'")
	}
}
