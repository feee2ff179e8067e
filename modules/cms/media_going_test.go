package cms

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"orion/kit/blob"
	"orion/kit/picture"
)

// leaving tells when a file is about to be deleted, and waits.
type leaving struct {
	blob.Store
	once    sync.Once
	deletes chan string
	goOn    chan struct{}
}

func (s *leaving) Delete(ctx context.Context, key string) error {
	s.once.Do(func() {
		s.deletes <- key
		<-s.goOn
	})
	return s.Store.Delete(ctx, key)
}

// While files are removed, which may take long elsewhere, everybody goes on working:
// the same content that is sent meanwhile waits, and is there in the end.
func TestMediaRemovedOutsideTransactions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := &leaving{Store: w.kit.Blobs, deletes: make(chan string), goOn: make(chan struct{})}
		w.need.Kit.Blobs, w.need.Kit.Pictures = s, picture.NewStudio(s)
		f := w.sends(t, "a.pdf", "", []byte(aPDF))
		must(t, w.DeleteMedia(t.Context(), w.at.Store, f.ID, lena))
		w.Clock.Advance(mediaKeptFor + time.Minute)
		must(t, w.TidyMedia(t.Context(), w.at.Store)) // is waste now
		w.Clock.Advance(mediaWasteKept + time.Minute)

		tidied, sent := make(chan error, 1), make(chan error, 1)
		go func() { tidied <- w.TidyMedia(t.Context(), w.at.Store) }()
		if key := <-s.deletes; key != f.Upload {
			t.Errorf("%s goes, want %s", key, f.Upload)
		}
		w.sends(t, "other.pdf", "", []byte(aPDF+"\n")) // nobody waits for what is being removed
		go func() {
			_, _, err := w.ReceiveMedia(t.Context(), w.at.Store, MediaUpload{Name: "again.pdf", By: lena}, strings.NewReader(aPDF))
			sent <- err
		}()
		select {
		case err := <-sent:
			t.Errorf("what is being removed is used again: %v", err)
		case <-time.After(3 * pictureAgain):
		}
		close(s.goOn)
		must(t, <-tidied, <-sent)
		var names []string
		for _, f := range w.library(t) {
			if names = append(names, f.Name); !w.stored(t, f.Upload) {
				t.Errorf("%s is gone", f.Name)
			}
		}
		if strings.Join(names, " ") != "again.pdf other.pdf" {
			t.Errorf("the library has %q", names)
		}
	})
}

// A removal that was cut off keeps nobody from sending the same for long.
func TestMediaRemovalCutOff(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := w.sends(t, "a.pdf", "", []byte(aPDF))
		must(t, w.DeleteMedia(t.Context(), w.at.Store, f.ID, lena))
		w.Clock.Advance(mediaKeptFor + time.Minute)
		must(t, w.TidyMedia(t.Context(), w.at.Store))
		w.Clock.Advance(mediaWasteKept + time.Minute)
		broken := w.need.Kit.Blobs
		w.need.Kit.Blobs = failing{broken}
		if err := w.TidyMedia(t.Context(), w.at.Store); err == nil {
			t.Fatal("nothing was cut off")
		}
		w.need.Kit.Blobs = broken
		w.Clock.Advance(goingFor + time.Minute)
		again := w.sends(t, "a.pdf", "", []byte(aPDF))
		must(t, w.TidyMedia(t.Context(), w.at.Store))
		if !w.stored(t, again.Upload) {
			t.Error("what is used again was removed")
		}
	})
}

// failing cannot delete.
type failing struct{ blob.Store }

func (failing) Delete(context.Context, string) error { return context.DeadlineExceeded }
