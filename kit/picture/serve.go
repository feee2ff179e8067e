package picture

import (
	"context"
	"io"
	"net/http"
	"path"
	"regexp"
	"strings"

	"orion/kit/blob"
)

// Path is where pictures are served.
const Path = "/media/"

// Handler serves the pictures of some folders. Their keys name their content, so
// that a browser never has to ask again; nothing in them is ever run. It takes
// the key from the request's path value "key".
func Handler(blobs blob.Store, folders ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := r.PathValue("key")
		folder, _, _ := strings.Cut(key, "/")
		if !has(folders, folder) || !strings.HasPrefix(blob.TypeOf(key), "image/") {
			http.NotFound(w, r)
			return
		}
		file, info, err := open(r.Context(), blobs, key)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		defer func() { _ = file.Close() }()
		h := w.Header()
		h.Set("Content-Type", info.Type)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		http.ServeContent(w, r, "", info.Time, file)
	})
}

func has(folders []string, folder string) bool {
	for _, f := range folders {
		if f == folder {
			return true
		}
	}
	return false
}

var copied = regexp.MustCompile(`-[0-9]{2,4}$`)

// open opens a picture; a copy that is missing is the picture itself, which is
// no wider then.
func open(ctx context.Context, blobs blob.Store, key string) (io.ReadSeekCloser, blob.Info, error) {
	file, info, err := blobs.Open(ctx, key)
	if err == nil {
		return file, info, nil
	}
	ext := path.Ext(key)
	stem := strings.TrimSuffix(key, ext)
	if at := copied.FindStringIndex(stem); at != nil {
		return blobs.Open(ctx, stem[:at[0]]+ext)
	}
	return nil, info, err
}
