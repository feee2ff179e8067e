package cms

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"orion/kit/blob"
	"orion/kit/picture"
)

// watched is a store of files that loses some as soon as they are stored, and knows
// what was put into it.
type watched struct {
	blob.Store
	mu   sync.Mutex
	lose string // how the keys begin that are lost once
	put  []string
}

func (s *watched) Put(ctx context.Context, key string, r io.Reader) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.Store.Put(ctx, key, r); err != nil {
		return err
	}
	s.put = append(s.put, key)
	if s.lose != "" && strings.HasPrefix(key, s.lose) {
		s.lose = ""
		return s.Delete(ctx, key)
	}
	return nil
}

// watch has everything that is stored seen.
func (w *world) watch(lose string) *watched {
	s := &watched{Store: w.kit.Blobs, lose: lose}
	w.need.Kit.Blobs, w.need.Kit.Pictures = s, picture.NewStudio(s)
	return s
}

// What is removed while the same content is sent again, or drawn again, comes back.
func TestMediaRemovedWhileItIsSent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.watch("documents/")
		if f := w.sends(t, "a.pdf", "", []byte(aPDF)); !w.stored(t, f.Upload) {
			t.Error("a document is gone")
		}
		w.watch("library/")
		if f := w.sends(t, "a.svg", "", []byte(aDrawing)); !w.stored(t, f.Upload) {
			t.Error("a drawing is gone")
		}
		w.watch("uploads/")
		f := w.sends(t, "a.png", "", painted(t, 30, 20, red))
		if !w.stored(t, f.Upload) {
			t.Error("a picture is gone")
		}
		w.watch("uploads/")
		must(t, w.replaces(t, f.ID, painted(t, 40, 20, blue)))
		if f = w.media(t, f.ID); !w.stored(t, f.Upload) {
			t.Error("what replaces a picture is gone")
		}
		w.watch("library/")
		w.draws(t)
		if f = w.media(t, f.ID); !w.stored(t, f.Drawn.Key) || f.Drawn.Width != 40 {
			t.Errorf("what is drawn is gone: %+v", f.Drawn)
		}
	})
}

// What is refused leaves nothing behind.
func TestRefusedMediaIsRemoved(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := w.sends(t, "a.png", "", painted(t, 30, 20, red))
		w.draws(t)
		s := w.watch("")
		if err := w.replaces(t, f.ID, []byte(aPDF)); !errors.Is(err, errMediaOther) || len(s.put) != 0 {
			t.Errorf("by a document: %v, stored %v", err, s.put)
		}
		unknown := f.ID + 1
		if err := w.replaces(t, unknown, []byte(aPDF)); !errors.Is(err, errMediaUnknown) || len(s.put) != 0 {
			t.Errorf("what is not there: %v, stored %v", err, s.put)
		}
		fresh := Media{Kind: Document}
		j, err := w.judgeContent(t.Context(), w.at.Store, &fresh, bytes.NewReader([]byte(aPDF)))
		must(t, err, w.storeContent(t.Context(), w.at.Store, &fresh, content{j, bytes.NewReader([]byte(aPDF))}))
		if err := w.settled(t.Context(), w.at.Store, fresh, content{}, errMediaFull); !errors.Is(err, errMediaFull) {
			t.Errorf("it says %v", err)
		}
		f = w.media(t, f.ID)
		if err := w.settled(t.Context(), w.at.Store, f, content{}, errMediaThere); !errors.Is(err, errMediaThere) {
			t.Errorf("it says %v", err)
		}
		w.Clock.Advance(mediaWasteKept + time.Minute)
		must(t, w.TidyMedia(t.Context(), w.at.Store))
		if w.stored(t, fresh.Upload) || !w.stored(t, f.Upload) {
			t.Error("what was refused is kept, or what is used is gone")
		}
	})
}

// What was drawn as nobody wants it any more is removed.
func TestDrawnInVain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.sends(t, "a.png", "", painted(t, 100, 50, red)).ID
		w.draws(t)
		f := w.media(t, id)
		old := f
		old.Cut = picture.Cut{Width: 5000, Height: 10000}
		ready, err := w.prepare(t.Context(), old)
		must(t, err)
		must(t, w.drawn(t.Context(), w.at.Store, drawing{id, f.Wanted + 7}, ready, ""))
		w.Clock.Advance(mediaWasteKept + time.Minute)
		must(t, w.TidyMedia(t.Context(), w.at.Store))
		if w.stored(t, ready.drawn.Key) || !w.stored(t, f.Drawn.Key) {
			t.Error("it is kept, or what is shown is gone")
		}
	})
}
