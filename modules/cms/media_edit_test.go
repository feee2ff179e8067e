package cms

import (
	"bytes"
	"context"
	"errors"
	"image/color"
	"slices"
	"strings"
	"testing"
	"time"

	"orion/kit/blob"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/picture"
	"orion/modules/cms/mediaapi"
)

var blue = color.NRGBA{B: 200, A: 255}

// edits changes a file as somebody who has seen it as it is.
func (w *world) edits(t *testing.T, id MediaID, fn func(e *MediaEdit)) Media {
	t.Helper()
	f := w.media(t, id)
	e := MediaEdit{Name: f.Name, Folder: f.Folder, Alt: f.Alt, FocusX: f.FocusX, FocusY: f.FocusY, Cut: f.Cut, Seen: f.Changed, By: paul}
	fn(&e)
	must(t, w.EditMedia(t.Context(), w.at.Store, id, e))
	return w.media(t, id)
}

func (w *world) replaces(t *testing.T, id MediaID, content []byte) error {
	t.Helper()
	return w.ReplaceMedia(t.Context(), w.at.Store, id, MediaUpload{Name: "other.gif", By: paul}, bytes.NewReader(content))
}

// stored tells whether a file is kept.
func (w *world) stored(t *testing.T, key string) bool {
	t.Helper()
	f, _, err := w.kit.Blobs.Open(t.Context(), key)
	if errors.Is(err, blob.ErrNotFound) {
		return false
	}
	must(t, err, f.Close())
	return true
}

func TestMediaIsEdited(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.sends(t, "a.png", "", painted(t, 1000, 500, red)).ID
		w.draws(t)
		whole := w.media(t, id)
		f := w.edits(t, id, func(e *MediaEdit) {
			e.Name, e.Folder, e.Alt, e.FocusX, e.FocusY = "Red.exe", " Spring ", i18n.Text{i18n.En: " A  red field ", i18n.Fr: ""}, 20, 80
			e.Cut = picture.Cut{X: 1000, Y: 0, Width: 5000, Height: 10000}
		})
		if f.Name != "Red.png" || f.Folder != "Spring" || f.Alt[i18n.En] != "A red field" || len(f.Alt) != 1 || f.FocusX != 20 || f.Author != "Paul" {
			t.Errorf("it is %+v", f)
		}
		if f.Drawn.Key != whole.Drawn.Key || !f.Pending() {
			t.Errorf("before it is drawn anew it shows %q, want %q", f.Drawn.Key, whole.Drawn.Key)
		}
		w.draws(t)
		f = w.media(t, id)
		if f.Drawn.Width != 500 || f.Drawn.Height != 500 || f.Whole.Key != whole.Drawn.Key || f.Pending() {
			t.Errorf("it is drawn as %+v of %+v", f.Drawn, f.Whole)
		}
		l, err := w.Library(t.Context(), w.at.Store, MediaQuery{Search: "red field"})
		if err != nil || len(l.Items) != 1 {
			t.Errorf("its words find %d, %v", len(l.Items), err)
		}
		cut := f.Drawn.Key
		w.edits(t, id, func(e *MediaEdit) { e.Cut = picture.Cut{} })
		w.draws(t)
		if f = w.media(t, id); f.Drawn.Key != whole.Drawn.Key || !w.stored(t, cut) {
			t.Errorf("whole again it shows %+v", f.Drawn)
		}
		w.Clock.Advance(mediaWasteKept + time.Minute)
		must(t, w.TidyMedia(t.Context(), w.at.Store))
		if w.stored(t, cut) || !w.stored(t, f.Drawn.Key) {
			t.Error("what nothing shows is kept, or what is shown is gone")
		}
	})
}

func TestMediaEditIsChecked(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := w.sends(t, "a.pdf", "", []byte(aPDF))
		good := MediaEdit{Name: "a", Alt: i18n.Text{}, FocusX: 50, FocusY: 50, Seen: f.Changed, By: paul}
		for what, bad := range map[string]func(e *MediaEdit){
			"name":  func(e *MediaEdit) { e.Name = strings.Repeat("x", 151) },
			"alt":   func(e *MediaEdit) { e.Alt = i18n.Text{i18n.De: strings.Repeat("x", 301)} },
			"cut":   func(e *MediaEdit) { e.Cut = picture.Cut{X: 9000, Width: 2000, Height: 10} },
			"focus": func(e *MediaEdit) { e.FocusY = 101 },
			"deep":  func(e *MediaEdit) { e.Folder = "a/b/c/d/e" },
		} {
			e := good
			bad(&e)
			if err := w.EditMedia(t.Context(), w.at.Store, f.ID, e); !errors.Is(err, errMediaInvalid) {
				t.Errorf("%s: %v", what, err)
			}
		}
		must(t, w.EditMedia(t.Context(), w.at.Store, f.ID, good))
		w.Clock.Advance(time.Second)
		f = w.media(t, f.ID)
		good.Seen = f.Changed
		must(t, w.EditMedia(t.Context(), w.at.Store, f.ID, good))
		if err := w.EditMedia(t.Context(), w.at.Store, f.ID, good); !errors.Is(err, errMediaChanged) {
			t.Errorf("who has not seen the last change: %v", err)
		}
		if err := w.EditMedia(t.Context(), w.other.Store, f.ID, good); !errors.Is(err, errMediaUnknown) {
			t.Errorf("another store: %v", err)
		}
	})
}

// A content takes the place of another at the same address. A picture that cannot be
// drawn leaves the one before in use.
func TestMediaIsReplaced(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := painted(t, 300, 200, red)
		id := w.sends(t, "a.png", "", first).ID
		w.draws(t)
		before := w.media(t, id)
		must(t, w.replaces(t, id, painted(t, 100, 100, blue)))
		if f := w.media(t, id); f.Drawn.Key != before.Drawn.Key || f.address() != before.address() {
			t.Errorf("while it waits it shows %+v at %s", f.Drawn, f.address())
		}
		w.draws(t)
		after := w.media(t, id)
		if after.Drawn.Width != 100 || after.Drawn.Key == before.Drawn.Key {
			t.Errorf("it shows %+v", after.Drawn)
		}
		broken := painted(t, 50, 50, blue)
		must(t, w.replaces(t, id, broken[:len(broken)-20]))
		w.draws(t)
		if f := w.media(t, id); f.Failed == "" || f.Drawn.Key != after.Drawn.Key {
			t.Errorf("one that cannot be drawn shows %+v, %q", f.Drawn, f.Failed)
		}
		if err := w.replaces(t, id, []byte(aPDF)); !errors.Is(err, errMediaOther) {
			t.Errorf("by a document: %v", err)
		}
		other := w.sends(t, "b.png", "", painted(t, 9, 9, red))
		if err := w.replaces(t, id, painted(t, 9, 9, red)); !errors.Is(err, errMediaThere) {
			t.Errorf("by what is there as %s: %v", other.Name, err)
		}
		must(t, w.replaces(t, id, first)) // and back, while the first is still thrown away
		w.draws(t)
		w.Clock.Advance(mediaWasteKept + time.Minute)
		must(t, w.TidyMedia(t.Context(), w.at.Store))
		f := w.media(t, id)
		if f.Drawn.Key != before.Drawn.Key || !w.stored(t, f.Drawn.Key) || !w.stored(t, f.Upload) || w.stored(t, after.Drawn.Key) || w.stored(t, after.Upload) {
			t.Errorf("after all it shows %+v, or what it showed before is kept", f.Drawn)
		}
		must(t, w.replaces(t, id, []byte(aDrawing)))
		if f := w.media(t, id); f.Kind != Drawing || f.Drawn.Width != 40 || f.Pending() {
			t.Errorf("by a drawing it is %+v", f)
		}
		must(t, w.replaces(t, id, painted(t, 70, 70, blue)))
		if f := w.media(t, id); f.Kind != Picture || f.Drawn.Width != 40 || !w.stored(t, f.Drawn.Key) {
			t.Errorf("while a picture waits it shows %+v", f.Drawn)
		}
		w.draws(t)
		if f := w.media(t, id); f.Drawn.Width != 70 {
			t.Errorf("by a picture it is %+v", f.Drawn)
		}
	})
}

// A job that is lost changes nothing, and another is sent after it.
func TestLostDrawing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := w.sends(t, "a.png", "", painted(t, 30, 20, red))
		w.draws(t)
		f = w.media(t, f.ID)
		f.Wanted++
		must(t, db.Do(t.Context(), w.DB, w.at.Store, func(tx mediaTx) error { return updateMedia(t.Context(), tx, f) }))
		w.settle(t)
		if got := w.media(t, f.ID); !got.Pending() || got.Drawn.Key != f.Drawn.Key {
			t.Errorf("without a job it is %+v", got)
		}
		w.Clock.Advance(lostAfter + time.Minute)
		must(t, w.TidyMedia(t.Context(), w.at.Store))
		w.draws(t)
		if got := w.media(t, f.ID); got.Pending() {
			t.Error("nobody asks for it again")
		}
	})
}

func TestMediaIsDeleted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := w.sends(t, "a.png", "", painted(t, 300, 200, red))
		w.draws(t)
		f = w.media(t, f.ID)
		page, err := w.Stores.Create(t.Context(), w.at.Store, says("about", "About us", `<p><img src="/files/`+f.address()+`" alt=""></p>`))
		must(t, err)
		uses, err := w.MediaUses(t.Context(), w.at.Store, f.ID)
		if err != nil || !slices.Equal(uses, []mediaapi.Use{{Title: "About us", Path: "/pages/" + page.String()}}) {
			t.Errorf("it is used in %+v, %v", uses, err)
		}
		if err := w.DeleteMedia(t.Context(), w.at.Store, f.ID, lena); !errors.Is(err, errMediaUsed) {
			t.Errorf("what a draft shows is deleted: %v", err)
		}
		must(t, w.Stores.Publish(t.Context(), w.at.Store, page, 1, lena))
		without := says("about", "About us", "<p>Nothing.</p>")
		without.Seen = 1
		must(t, w.Stores.Save(t.Context(), w.at.Store, page, without))
		if err := w.DeleteMedia(t.Context(), w.at.Store, f.ID, lena); !errors.Is(err, errMediaUsed) {
			t.Errorf("what readers see is deleted: %v", err)
		}
		must(t, w.Stores.Publish(t.Context(), w.at.Store, page, 2, lena))
		must(t, w.DeleteMedia(t.Context(), w.at.Store, f.ID, lena))
		if _, err := w.Media(t.Context(), w.at.Store, f.ID); !errors.Is(err, errMediaUnknown) {
			t.Errorf("it is still there: %v", err)
		}
		if err := w.RestoreMedia(t.Context(), w.other.Store, f.ID, paul); !errors.Is(err, errMediaUnknown) {
			t.Errorf("another store takes it back: %v", err)
		}
		must(t, w.RestoreMedia(t.Context(), w.at.Store, f.ID, lena))
		w.media(t, f.ID)
		must(t, w.DeleteMedia(t.Context(), w.at.Store, f.ID, lena))
		w.Clock.Advance(mediaKeptFor + time.Minute)
		must(t, w.TidyMedia(t.Context(), w.at.Store))
		if err := w.RestoreMedia(t.Context(), w.at.Store, f.ID, lena); !errors.Is(err, errMediaUnknown) {
			t.Errorf("after a day it comes back: %v", err)
		}
		w.Clock.Advance(mediaWasteKept + time.Minute)
		must(t, w.TidyMedia(t.Context(), w.at.Store))
		if w.stored(t, f.Upload) || w.stored(t, f.Drawn.Key) || w.stored(t, picture.WebP(f.Drawn.Key)) {
			t.Error("its files are kept")
		}
		if l, err := w.Library(t.Context(), w.at.Store, MediaQuery{}); err != nil || l.Used != 0 || len(l.Folders) != 0 {
			t.Errorf("it still takes room: %+v, %v", l, err)
		}
	})
}

// What came into use again after it was deleted comes back, and nothing is deleted
// while a module does not say what it uses.
func TestMediaInUseStays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := w.sends(t, "a.pdf", "", []byte(aPDF))
		must(t, w.DeleteMedia(t.Context(), w.at.Store, f.ID, lena))
		write(t, w.Stores, w.at.Store, says("about", "About", `<p><a href="/files/`+f.address()+`">List</a></p>`))
		w.Clock.Advance(mediaKeptFor + time.Minute)
		must(t, w.TidyMedia(t.Context(), w.at.Store))
		w.media(t, f.ID)
		down := errors.New("down")
		w.kit.Slots.Add(mediaapi.Usage.Fill("other", 20, func(context.Context, mediaapi.Asked) ([]mediaapi.Use, error) { return nil, down }))
		other := w.sends(t, "b.pdf", "", []byte(aPDF+" "))
		if err := w.DeleteMedia(t.Context(), w.at.Store, other.ID, lena); !errors.Is(err, down) {
			t.Errorf("it is deleted while a module does not answer: %v", err)
		}
	})
}
