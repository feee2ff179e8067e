package cms

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/page"
	"orion/kit/picture"
	"orion/kit/svg"
)

// painted is a picture of a colour, as PNG.
func painted(t *testing.T, w, h int, c color.Color) []byte {
	t.Helper()
	p := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			p.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	must(t, png.Encode(&b, p))
	return b.Bytes()
}

var red = color.NRGBA{R: 200, A: 255}

// sends keeps a file in a store's library.
func (w *world) sends(t *testing.T, name, folder string, content []byte) Media {
	t.Helper()
	f, _, err := w.ReceiveMedia(t.Context(), w.at.Store, MediaUpload{Name: name, Folder: folder, By: lena}, bytes.NewReader(content))
	must(t, err)
	return f
}

// draws settles until every picture is drawn: one is drawn at a time, and others come
// again a moment later.
func (w *world) draws(t *testing.T) {
	t.Helper()
	for range 200 {
		w.settle(t)
		l, err := w.Library(t.Context(), w.at.Store, MediaQuery{})
		must(t, err)
		if !slices.ContainsFunc(l.Items, Media.Pending) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("a picture is never drawn")
}

// media reads a file again.
func (w *world) media(t *testing.T, id MediaID) Media {
	t.Helper()
	f, err := w.Media(t.Context(), w.at.Store, id)
	must(t, err)
	return f
}

const (
	aPDF     = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
	aVideo   = "\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2mp41"
	aDrawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><script>alert(1)</script><path d="M0 0h9" onclick="alert(2)"/></svg>`
)

func TestMediaIsReceived(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := w.sends(t, `C:\Users\Léna\My "best" photo.exe`, " Spring / Looks ", painted(t, 1000, 500, red))
		if f.Kind != Picture || f.Name != `My "best" photo.png` || f.Folder != "Spring/Looks" || !f.Pending() {
			t.Errorf("kept as %+v", f)
		}
		w.draws(t)
		f = w.media(t, f.ID)
		if f.Pending() || f.Drawn.Width != 1000 || !f.Drawn.WebP || !strings.HasPrefix(f.Drawn.Key, "library/") || !strings.HasSuffix(f.Drawn.Key, ".jpg") {
			t.Errorf("drawn as %+v", f.Drawn)
		}
		again, had, err := w.ReceiveMedia(t.Context(), w.at.Store, MediaUpload{Name: "other.png", By: paul}, bytes.NewReader(painted(t, 1000, 500, red)))
		if err != nil || !had || again.ID != f.ID {
			t.Errorf("the same picture is %v, %v, %v", again.ID, had, err)
		}
		l, err := w.Library(t.Context(), w.at.Store, MediaQuery{})
		if err != nil || len(l.Items) != 1 || l.Used != f.Bytes {
			t.Errorf("the library has %+v, %v", l, err)
		}
		if l, err := w.Library(t.Context(), w.other.Store, MediaQuery{}); err != nil || len(l.Items) != 0 || l.Used != 0 {
			t.Errorf("another store has %+v, %v", l, err)
		}
		if _, err := w.Media(t.Context(), w.other.Store, f.ID); !errors.Is(err, errMediaUnknown) {
			t.Errorf("another store reads it: %v", err)
		}
		theirs, had, err := w.ReceiveMedia(t.Context(), w.other.Store, MediaUpload{Name: "a.png", By: paul}, bytes.NewReader(painted(t, 1000, 500, red)))
		if err != nil || had || theirs.Upload == f.Upload {
			t.Errorf("the same picture of another store shares %q, %v, %v", theirs.Upload, had, err)
		}
	})
}

func TestMediaKinds(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for content, want := range map[string]struct {
			kind MediaKind
			ext  string
		}{
			aPDF: {Document, "pdf"}, aVideo: {Video, "mp4"}, aDrawing: {Drawing, "svg"}, "\x1aE\xdf\xa3\x9fB\x82\x84webm": {Video, "webm"},
			string(painted(t, 4, 4, red)): {Picture, "png"},
		} {
			f := w.sends(t, "a.exe", "", []byte(content))
			if f.Kind != want.kind || f.Ext() != want.ext || f.Name != "a."+want.ext {
				t.Errorf("kept as %+v, want %v", f, want)
			}
		}
		drawing := w.sends(t, "x.svg", "", []byte(aDrawing))
		file, info, err := w.kit.Blobs.Open(t.Context(), drawing.Drawn.Key)
		must(t, err)
		defer file.Close()
		text, err := io.ReadAll(file)
		must(t, err)
		if strings.Contains(string(text), "alert") || info.Type != "image/svg+xml" || drawing.Drawn.Width != 40 {
			t.Errorf("served as %s %q %+v", info.Type, text, drawing.Drawn)
		}
		for what, bad := range map[string]struct {
			content string
			want    error
		}{
			"nothing": {"", picture.ErrEmpty}, "a program": {"\x7fELF\x02", picture.ErrUnreadable}, "half a PDF": {"%PDF-1.7\n", errMediaKind}, "AVIF": {"\x00\x00\x00\x1cftypavif\x00\x00", errMediaKind},
			"entities": {`<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>`, svg.ErrUnreadable},
			"a page":   {"<!doctype html><script>alert(1)</script>", picture.ErrUnreadable}, "Matroska": {"\x1aE\xdf\xa3\x9fB\x82\x88matroska", picture.ErrUnreadable},
		} {
			if _, _, err := w.ReceiveMedia(t.Context(), w.at.Store, MediaUpload{Name: "a.png", By: lena}, strings.NewReader(bad.content)); !errors.Is(err, bad.want) {
				t.Errorf("%s: %v, want %v", what, err, bad.want)
			}
		}
	})
}

func TestMediaNames(t *testing.T) {
	t.Parallel()
	for sent, want := range map[string]string{
		"../../etc/passwd": "passwd.png", `..\..\orion.db`: "orion.png", "": "file.png", ".": "file.png", "a\r\nb.png": "ab.png", "\u202egnp.exe": "gnp.png",
		"photo.final.JPG": "photo.final.png", "<script>x": "<script>x.png", strings.Repeat("é", 5000): strings.Repeat("é", maxMediaName-4) + ".png",
	} {
		if got := mediaName(sent, "png"); got != want {
			t.Errorf("%.20q is called %.200q, want %.200q", sent, got, want)
		}
	}
	for typed, want := range map[string]string{" a / b ": "a/b", "//": "", "../..": "", `a\b`: "a/b", " . ": ""} {
		if got := folderName(typed); got != want {
			t.Errorf("the folder %q is %q, want %q", typed, got, want)
		}
	}
}

// A picture that cannot be drawn says so, and nothing of it is served.
func TestMediaThatCannotBeDrawn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		whole := painted(t, 300, 300, red)
		f := w.sends(t, "half.png", "", whole[:len(whole)-20])
		w.settle(t)
		if f = w.media(t, f.ID); f.Failed != picture.ErrUnreadable.Code || f.Drawn.Key != "" || f.Pending() {
			t.Errorf("it is %+v", f)
		}
		if f = w.edits(t, f.ID, func(*MediaEdit) {}); !f.Pending() {
			t.Error("saving it does not try again")
		}
	})
}

// Who sends again what could not be drawn has it tried again.
func TestMediaIsTriedAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		whole := painted(t, 300, 300, red)
		f := w.sends(t, "half.png", "", whole[:len(whole)-20])
		w.settle(t)
		if again := w.sends(t, "half.png", "", whole[:len(whole)-20]); again.ID != f.ID || !again.Pending() {
			t.Errorf("it is %+v", again)
		}
		w.settle(t)
		if f = w.media(t, f.ID); f.Failed == "" {
			t.Error("nobody tried to draw it")
		}
	})
}

func TestMediaHasRoom(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := w.media(t, w.sends(t, "a.pdf", "", []byte(aPDF)).ID)
		f.Bytes = mediaRoom - 10
		must(t, db.Do(t.Context(), w.DB, w.at.Store, func(tx mediaTx) error { return updateMedia(t.Context(), tx, f) }))
		_, _, err := w.ReceiveMedia(t.Context(), w.at.Store, MediaUpload{Name: "b.pdf", By: lena}, strings.NewReader(aPDF+"x"))
		if f := fault.As(err); err == nil || f.Code != errMediaFull.Code {
			t.Errorf("there is room: %v", err)
		}
		if _, _, err := w.ReceiveMedia(t.Context(), w.other.Store, MediaUpload{Name: "b.pdf", By: lena}, strings.NewReader(aPDF)); err != nil {
			t.Errorf("another store has none: %v", err)
		}
	})
}

func TestLibraryIsSearched(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i, name := range []string{"Été bleu.pdf", "summer.pdf", "winter_100%.pdf"} {
			w.sends(t, name, []string{"", "Looks", "Looks"}[i], []byte(aPDF+strings.Repeat(" ", i)))
		}
		for q, want := range map[MediaQuery]string{
			{Search: "ete BLEU"}: "Été bleu.pdf", {Search: "looks"}: "winter_100%.pdf summer.pdf", {Folder: "Looks", Search: "0%"}: "winter_100%.pdf",
			{Kind: Picture}: "", {Search: "nothing"}: "", {}: "winter_100%.pdf summer.pdf Été bleu.pdf",
		} {
			l, err := w.Library(t.Context(), w.at.Store, q)
			must(t, err)
			var got []string
			for _, f := range l.Items {
				got = append(got, f.Name)
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%+v finds %q, want %q", q, got, want)
			}
		}
		first, err := w.Library(t.Context(), w.at.Store, MediaQuery{Request: page.Request{Limit: 2}})
		must(t, err)
		next, err := w.Library(t.Context(), w.at.Store, MediaQuery{Request: page.Request{Limit: 2, After: first.Next}})
		if err != nil || len(first.Items) != 2 || len(next.Items) != 1 || next.Items[0].Name != "Été bleu.pdf" || len(next.Folders) != 2 {
			t.Errorf("pages %+v and %+v, %v", first, next, err)
		}
	})
}
