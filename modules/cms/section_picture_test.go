package cms

import (
	"bytes"
	"context"
	"io"
	"testing"

	"orion/kit/blob"
	"orion/kit/picture"
)

// slow lets a request end as soon as its picture is stored.
type slow struct {
	blob.Store
	end context.CancelFunc
}

func (s slow) Put(ctx context.Context, key string, r io.Reader) error {
	defer s.end()
	return s.Store.Put(ctx, key, r)
}

// What somebody sends for a section is never kept as it was, even if they go away.
func TestSectionPictureIsDiscarded(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, cancel := context.WithCancel(t.Context())
		files := &blob.Memory{}
		w.need.Kit.Pictures = picture.NewStudio(slow{files, cancel})
		if _, err := w.TakePicture(ctx, w.at.Store, bytes.NewReader(painted(t, 30, 20, red))); err == nil {
			t.Error("it is prepared for nobody")
		}
		must(t, files.Walk(t.Context(), func(key string) error {
			if picture.IsUpload(key) {
				t.Errorf("%s is kept", key)
			}
			return nil
		}))
	})
}
