// Package assets has the style sheets, scripts, fonts and pictures of the
// program, built by `make assets`, fingerprinted, compressed and embedded.
package assets

import (
	"embed"
	"encoding/json"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

// Prefix is where Handler expects to be mounted.
const Prefix = "/assets/"

//go:embed dist
var dist embed.FS

// built are the files by the name of their source: "staff.css" is
// "/assets/staff.3fa9c2d1.css".
var built = mustManifest()

// Path is the address of a built file by the name of its source, and the plain
// address when there is no such file: the page then shows what is missing.
func Path(name string) string {
	if p, ok := built[name]; ok {
		return p
	}
	return Prefix + name
}

// Has reports whether there is a file of that source.
func Has(name string) bool { _, ok := built[name]; return ok }

// Text is what a file says, by the name of its source, "" when there is none.
func Text(name string) string {
	text, err := dist.ReadFile("dist/" + path.Base(Path(name)))
	if err != nil {
		return ""
	}
	return string(text)
}

// Handler serves the files. Their names change with their content, so that
// browsers may keep them for ever; they are sent as they were compressed when built.
func Handler() http.Handler {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // only when the directory is not embedded
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := path.Base(r.URL.Path)
		body, encoding, err := pick(files, name, r.Header.Get("Accept-Encoding"))
		if err != nil || name == "manifest.json" {
			http.NotFound(w, r)
			return
		}
		head := w.Header()
		head.Set("Cache-Control", "public, max-age=31536000, immutable")
		head.Set("Content-Type", contentType(name))
		head.Set("Vary", "Accept-Encoding")
		head.Set("X-Content-Type-Options", "nosniff")
		if encoding != "" {
			head.Set("Content-Encoding", encoding)
		}
		if r.Method == http.MethodHead {
			return
		}
		_, _ = w.Write(body) //nolint:gosec // a file of ours; and when the reader has gone there is nobody to tell
	})
}

// pick finds the smallest form of a file that the reader accepts.
func pick(files fs.FS, name, accept string) (body []byte, encoding string, err error) {
	for _, form := range []struct{ encoding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !strings.Contains(accept, form.encoding) {
			continue
		}
		if body, err := fs.ReadFile(files, name+form.suffix); err == nil {
			return body, form.encoding, nil
		}
	}
	body, err = fs.ReadFile(files, name)
	return body, "", err
}

func contentType(name string) string {
	switch path.Ext(name) {
	case ".woff2":
		return "font/woff2"
	case ".js":
		return "text/javascript; charset=utf-8"
	}
	return mime.TypeByExtension(path.Ext(name))
}

func mustManifest() map[string]string {
	text, err := dist.ReadFile("dist/manifest.json")
	if err != nil {
		panic(err) // only when the assets were never built
	}
	names := map[string]string{}
	if err := json.Unmarshal(text, &names); err != nil {
		panic(err)
	}
	for name, file := range names {
		names[name] = Prefix + file
	}
	return names
}
