// Package blob keeps files such as pictures under keys like
// "products/3f/9a…c2.webp". Keys made by [Key] name their content, so a stored
// file never changes and may be cached for ever.
package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"path"
	"strings"
	"time"

	"orion/kit/fault"
)

// ErrNotFound says that there is no file under a key, or that the key is none.
var ErrNotFound = fault.New(fault.NotFound, "blob.not_found")

// Info describes a stored file.
type Info struct {
	Size int64
	Time time.Time // when it was stored
	Type string    // media type, told by the key's extension and never by its content
}

// Store keeps files. Implementations are safe for concurrent use.
type Store interface {
	// Put stores what r gives, whole or not at all, in place of what was there.
	Put(ctx context.Context, key string, r io.Reader) error
	// Open reads a file, or returns ErrNotFound.
	Open(ctx context.Context, key string) (io.ReadSeekCloser, Info, error)
	// Delete removes a file; one that is not there is no error.
	Delete(ctx context.Context, key string) error
}

// Stat describes a file, or returns ErrNotFound.
func Stat(ctx context.Context, s Store, key string) (Info, error) {
	file, info, err := s.Open(ctx, key)
	if err != nil {
		return Info{}, err
	}
	return info, file.Close()
}

// Has tells whether there is a file.
func Has(ctx context.Context, s Store, key string) (bool, error) {
	_, err := Stat(ctx, s, key)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// Key is the key of a content in a folder: the same content has the same key.
func Key(folder, ext string, content []byte) string {
	sum := sha256.Sum256(content)
	return Named(folder, ext, sum[:])
}

// Named is Key for a content whose SHA-256 is known.
func Named(folder, ext string, sum []byte) string {
	name := hex.EncodeToString(sum[:20])
	return folder + "/" + name[:2] + "/" + name[2:] + "." + strings.TrimPrefix(ext, ".")
}

// types are the files that may be stored, by extension.
var types = map[string]string{
	"avif": "image/avif",
	"csv":  "text/csv; charset=utf-8",
	"gif":  "image/gif",
	"jpeg": "image/jpeg",
	"jpg":  "image/jpeg",
	"mp4":  "video/mp4",
	"pdf":  "application/pdf",
	"png":  "image/png",
	"svg":  "image/svg+xml",
	"webm": "video/webm",
	"webp": "image/webp",
}

// TypeOf is the media type of a key by its extension.
func TypeOf(key string) string {
	if t, ok := types[strings.TrimPrefix(path.Ext(key), ".")]; ok {
		return t
	}
	return "application/octet-stream"
}

const maxKey = 200

// Valid tells whether a key is well formed: lower-case segments of letters,
// digits, dots, dashes and underscores that do not begin with a dot.
func Valid(key string) bool {
	if key == "" || len(key) > maxKey {
		return false
	}
	for segment := range strings.SplitSeq(key, "/") {
		if segment == "" || segment[0] == '.' {
			return false
		}
		for i := range len(segment) {
			if c := segment[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '.' && c != '-' && c != '_' {
				return false
			}
		}
	}
	return true
}
