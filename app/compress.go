package app

import (
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/zstd"
)

// compressors make answers smaller: one with little work, one with more.
func compressors() (quick, small func(http.Handler) http.HandlerFunc) {
	return compressor(1, zstd.SpeedFastest), compressor(6, zstd.SpeedDefault)
}

func compressor(gzip int, level zstd.EncoderLevel) func(http.Handler) http.HandlerFunc {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.CompressionLevel(gzip), gzhttp.ZstdCompressionLevel(int(level)))
	if err != nil {
		panic(err) // only for a level that does not exist
	}
	return wrap
}

// forStaff tells that a path leads to staff's pages, as kit/web reads it.
func forStaff(path string) bool {
	if rest, found := strings.CutPrefix(path, "/platforms/"); found {
		_, rest, _ = strings.Cut(rest, "/")
		path = "/" + rest
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return first == "store" || first == "admin" || first == "merchants"
}

// byReader spends more work on the pages of staff, which are long and asked for
// seldom, than on those of shoppers.
func byReader(shoppers, staff http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if forStaff(r.URL.Path) {
			staff.ServeHTTP(w, r)
			return
		}
		shoppers.ServeHTTP(w, r)
	})
}
