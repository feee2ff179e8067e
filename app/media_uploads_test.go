package app

import (
	"image"
	"net/http"
	"strings"
	"testing"
	"time"

	"orion/kit/page"
	"orion/kit/picture"
	"orion/modules/cms"
)

// library is everything in the store's library once nothing waits to be drawn.
func (s sender) library(t *testing.T) []cms.Media {
	t.Helper()
	var waits []string
	for range 15_000 { // five minutes: files that are hard to read are tried again and again, beside all other tests
		var all []cms.Media
		waits = nil
		for after := ""; ; {
			l, err := s.a.modules.cms.Library(t.Context(), s.in, cms.MediaQuery{Request: page.Request{After: after}})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range l.Items {
				all = append(all, f)
				if f.Pending() {
					waits = append(waits, f.Name)
				}
			}
			if after = l.Next; after == "" {
				break
			}
		}
		if len(waits) == 0 {
			return all
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("pictures were never drawn: %q", waits)
	return nil
}

// TestHostileMedia sends files that mean harm to the media library. What is taken is
// drawn or written anew, or is only ever downloaded; the rest is refused at its field.
func TestHostileMedia(t *testing.T) {
	t.Parallel()
	eachDemo(t, func(t *testing.T, dsn string) {
		s := newSender(t, dsn)
		taken := 0
		for _, f := range hostiles(t) {
			f.field = "files"
			body, kind := form(t, map[string]string{"folder": "Harm"}, f)
			resp, page := s.ask(t, http.MethodPost, "/store/media", kind, body)
			cleaned := f.what == "SVG with a script" || f.what == "SVG with a foreign object"
			switch {
			case strings.Contains(page, "OrionPayload"):
				t.Errorf("%s: the page shows what the file carried", f.what)
			case f.fate == refused && !cleaned:
				if resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, `id="f-files-error"`) {
					t.Errorf("%s: it is answered by %d", f.what, resp.StatusCode)
				}
			case resp.StatusCode != http.StatusSeeOther:
				t.Errorf("%s: it is answered by %d", f.what, resp.StatusCode)
			default:
				taken++
			}
		}
		broken := 0
		for _, f := range s.library(t) {
			if f.Failed != "" {
				broken++
				if f.Drawn.Key != "" {
					t.Errorf("%s is shown though it cannot be drawn", f.Name)
				}
			}
			if msg := s.onlyHarmless(t, f); msg != "" {
				t.Errorf("%s: %s", f.Name, msg)
			}
		}
		if taken < 30 || broken < 5 {
			t.Errorf("%d files were taken, %d of them broken", taken, broken)
		}
	})
}

// onlyHarmless fetches everything that is served of a file.
func (s sender) onlyHarmless(t *testing.T, f cms.Media) string {
	t.Helper()
	if resp, _ := s.ask(t, http.MethodGet, picture.Path+f.Upload, "", nil); f.Kind == cms.Picture && resp.StatusCode != http.StatusNotFound {
		return "what was sent is served"
	}
	if f.Drawn.Key == "" {
		return ""
	}
	keys := []string{f.Drawn.Key}
	if f.Drawn.WebP {
		keys = append(keys, picture.WebP(f.Drawn.Key), picture.Copy(f.Drawn.Key, 400))
	}
	for _, key := range keys {
		resp, body := s.ask(t, http.MethodGet, picture.Path+key, "", nil)
		h := resp.Header
		if resp.StatusCode != http.StatusOK || h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || !strings.HasPrefix(h.Get("Content-Type"), "image/") {
			return key + " is served in another way"
		}
		for _, never := range []string{"OrionPayload", "<script", "<?php", "javascript:", "foreignObject", "onload", "Exif", "PK\x03\x04", "passwd"} {
			if strings.Contains(body, never) {
				return key + " carries " + never
			}
		}
		if f.Kind == cms.Drawing {
			continue
		}
		if _, _, err := image.Decode(strings.NewReader(body)); err != nil {
			return key + " is no picture"
		}
	}
	return ""
}
