package demo

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"strings"

	"orion/app/demo/pictures"
	"orion/kit/blob"
)

// Prefix is where the demo's pictures stand among the stored files. They are
// part of the program and are never copied.
const Prefix = "demo/"

// WithPictures serves the demo's pictures beside what store has.
func WithPictures(store blob.Store) blob.Store { return overlay{store} }

type overlay struct{ blob.Store }

// Open implements blob.Store.
func (o overlay) Open(ctx context.Context, key string) (io.ReadSeekCloser, blob.Info, error) {
	name, ok := strings.CutPrefix(key, Prefix)
	if !ok {
		return o.Store.Open(ctx, key)
	}
	base, ext, _ := strings.Cut(name, ".")
	for _, try := range []string{name, base + "-1200." + ext, base + "-1600." + ext, base + "-800." + ext} {
		if content, err := fs.ReadFile(pictures.FS, try); err == nil {
			return memory{bytes.NewReader(content)}, blob.Info{Size: int64(len(content)), Type: blob.TypeOf(key)}, nil
		}
	}
	return nil, blob.Info{}, blob.ErrNotFound
}

type memory struct{ *bytes.Reader }

// Close implements io.Closer.
func (memory) Close() error { return nil }
