package cms

import (
	"bytes"
	"image/color"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/textproto"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"orion/kit/db"
	"orion/kit/fetch"
	"orion/kit/i18n"
)

// sentFile is a file of a form.
type sentFile struct{ field, name, content string }

// posts sends a form with files as somebody, and wants a status and words on the page.
func (f *front) posts(status int, path string, fields map[string]string, sent []sentFile, words ...string) string {
	f.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, value := range fields {
		must(f.t, w.WriteField(name, value))
	}
	for _, file := range sent {
		quoted := strings.NewReplacer("\\", "\\\\", `"`, "\\\"", "\r", "%0D", "\n", "%0A").Replace(file.name)
		p, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="` + file.field + `"; filename="` + quoted + `"`}, "Content-Type": {"image/png"}})
		must(f.t, err)
		_, err = p.Write([]byte(file.content))
		must(f.t, err)
	}
	must(f.t, w.Close())
	r := httptest.NewRequest("POST", "http://maison.localhost/store"+path, &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.AddCookie(&http.Cookie{Name: "orion_store", Value: "lena"})
	got := httptest.NewRecorder()
	f.site.ServeHTTP(got, r)
	page := got.Body.String()
	if got.Code != status {
		f.t.Fatalf("POST %s answers %d, want %d\n%s", path, got.Code, status, page)
	}
	for _, w := range words {
		if text, without := strings.CutPrefix(w, "!"); strings.Contains(page, text) == without {
			f.t.Errorf("POST %s: %q is not as it should be on the page", path, w)
		}
	}
	if to := got.Header().Get("Location"); to != "" {
		return to
	}
	return page
}

// gets asks as a shopper.
func (f *front) gets(path string, h map[string]string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", "http://maison.localhost"+path, nil)
	for name, value := range h {
		r.Header.Set(name, value)
	}
	got := httptest.NewRecorder()
	f.site.ServeHTTP(got, r)
	return got
}

func TestStaffSendMedia(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		f.can = []string{MayMedia.Code}
		const evil = `"><img src=x onerror=alert(1)>.png`
		f.wants(200, "lena", "GET", "/store/media", nil, "No file yet")
		f.posts(303, "/media", map[string]string{"folder": "<script>x</script>"}, []sentFile{
			{"files", evil, string(painted(t, 500, 200, red))}, {"files", "list.pdf", aPDF},
		})
		page := f.wants(200, "lena", "GET", "/store/media", nil, "Being prepared", "list.pdf", "!<script>x", "!<img src=x", "of 2.0 GB")
		if !strings.Contains(page, "&lt;img src=x onerror") && !strings.Contains(page, "&gt;&lt;img") {
			t.Error("the name is not on the page")
		}
		w.draws(t)
		f.wants(200, "lena", "GET", "/store/media?q=img+src", nil, "/media/library/", "!list.pdf")
		f.wants(200, "lena", "GET", "/store/media?folder=%3Cscript%3Ex%3C%2Fscript%3E", nil, "list.pdf", "!<script>x")
		f.wants(200, "lena", "GET", "/store/media?kind=video", nil, "Nothing found")
		f.posts(422, "/media", nil, nil, "choose a file", `id="f-files-error"`)
		f.posts(422, "/media", nil, []sentFile{{"files", "a.png", "<html>"}, {"files", "fine.png", string(painted(t, 3, 3, color.White))}}, "were not taken", "a.file", `id="f-files-error"`)
		f.posts(422, "/media", nil, slices.Repeat([]sentFile{{"files", "many.pdf", aPDF}}, 51), "at most 50 files", `id="f-files-error"`)
		f.wants(200, "lena", "GET", "/store/media?q=many", nil, "Nothing found")
		f.wants(200, "lena", "GET", "/store/media?q=fine", nil, "fine.png")
		f.posts(422, "/media", map[string]string{"folder": strings.Repeat("x/", 20)}, []sentFile{{"files", "a.pdf", aPDF}}, `id="f-folder-error"`)
		f.can = []string{MayView.Code, MayEdit.Code, MayPublish.Code}
		f.wants(403, "lena", "GET", "/store/media", nil)
		f.posts(403, "/media", nil, []sentFile{{"files", "a.pdf", aPDF}})
	})
}

// Files are served so that nothing in them could run, in whole or in parts.
func TestMediaIsServed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		pdf, drawing, photo := w.sends(t, "Preis liste.pdf", "", []byte(aPDF)), w.sends(t, "logo.svg", "", []byte(aDrawing)), w.sends(t, "p.png", "", painted(t, 900, 400, red))
		if got := f.gets("/files/"+photo.address(), nil); got.Code != 404 {
			t.Errorf("a picture that is not drawn is answered by %d", got.Code)
		}
		w.draws(t)
		got := f.gets("/files/"+pdf.address(), nil)
		for name, want := range map[string]string{
			"Content-Type": "application/pdf", "Content-Disposition": `attachment; filename="preis-liste.pdf"`, "X-Content-Type-Options": "nosniff",
			"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "public, no-cache", "Accept-Ranges": "bytes",
		} {
			if got.Header().Get(name) != want {
				t.Errorf("%s: %q, want %q", name, got.Header().Get(name), want)
			}
		}
		if got.Code != 200 || got.Body.String() != aPDF {
			t.Errorf("the document is %d %q", got.Code, got.Body)
		}
		if part := f.gets("/files/"+pdf.address(), map[string]string{"Range": "bytes=1-3"}); part.Code != 206 || part.Body.String() != "PDF" {
			t.Errorf("a part is %d %q", part.Code, part.Body)
		}
		if same := f.gets("/files/"+pdf.address(), map[string]string{"If-None-Match": got.Header().Get("ETag")}); same.Code != 304 {
			t.Errorf("an unchanged one is %d", same.Code)
		}
		for _, m := range []Media{drawing, w.media(t, photo.ID)} {
			if got := f.gets("/files/"+m.address(), nil); got.Code != 302 || got.Header().Get("Location") != "/media/"+m.Drawn.Key || got.Header().Get("Cache-Control") != "public, no-cache" {
				t.Errorf("%s: %d to %q", m.Name, got.Code, got.Header().Get("Location"))
			}
		}
		for _, path := range []string{"/files/med_nonsense/x", "/files/" + MediaID(1).String() + "/x"} {
			if got := f.gets(path, nil); got.Code != 404 {
				t.Errorf("%s: %d", path, got.Code)
			}
		}
	})
}

// The library takes a number of statements that nothing makes larger.
func TestLibraryTakesFewStatements(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		f.can = []string{MayMedia.Code}
		pdf := w.sends(t, "a.pdf", "x", []byte(aPDF))
		for i := range 5 {
			w.sends(t, "b.pdf", strings.Repeat("y", i+1), []byte(aPDF+strings.Repeat(" ", i+1)))
		}
		for path, most := range map[string]int{"/store/media": 3, "/store/media?q=a&kind=document": 3, "/files/" + pdf.address(): 1} {
			ctx, n := db.WithCounter(t.Context())
			r := httptest.NewRequestWithContext(ctx, "GET", "http://maison.localhost"+path, nil)
			r.AddCookie(&http.Cookie{Name: "orion_store", Value: "lena"})
			got := httptest.NewRecorder()
			f.site.ServeHTTP(got, r)
			if got.Code != 200 || n.N() > most {
				t.Errorf("%s answers %d with %d statements, want at most %d", path, got.Code, n.N(), most)
			}
		}
	})
}

func TestStaffEditMedia(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		f.can = []string{MayMedia.Code, MayEdit.Code, MayView.Code, MayPublish.Code}
		m := w.sends(t, "a.png", "", painted(t, 1000, 500, red))
		w.draws(t)
		path := "/store/media/" + m.ID.String()
		page := f.wants(200, "lena", "GET", path, nil, `value="a.png"`, "Nothing shows this file", "o-frame", "/media/library/")
		seen := regexp.MustCompile(`name="seen" value="(\d+)"`)
		fields := func(page string) url.Values {
			return url.Values{
				"name": {`"><script>x()<script>`}, "folder": {"'><script>y()</script>"}, "alt_en": {"</textarea><script>z()</script>"}, "alt_fr": {""}, "focus_x": {"10"}, "focus_y": {"90"},
				"left": {"20"}, "top": {"0"}, "width": {"50"}, "height": {"100"}, "seen": {seen.FindStringSubmatch(page)[1]},
			}
		}
		f.wants(303, "lena", "POST", path, fields(page))
		w.draws(t)
		for _, at := range []string{path, "/store/media", "/store/media/pick"} {
			f.wants(200, "lena", "GET", at, nil, "!<script>x", "!<script>y", "!<script>z", "&lt;script&gt;")
		}
		f.wants(200, "lena", "GET", "/store/media", nil, "fx-1 fy-9")
		if got := w.media(t, m.ID); got.Drawn.Width != 500 || got.FocusX != 10 {
			t.Errorf("it is %+v", got)
		}
		old := fields(page)
		old.Set("alt_en", "what I typed")
		w.Clock.Advance(time.Second)
		must(t, w.EditMedia(t.Context(), w.at.Store, m.ID, MediaEdit{Name: "b", FocusX: 1, FocusY: 1, Seen: w.media(t, m.ID).Changed, By: paul}))
		f.wants(409, "lena", "POST", path, old, "Somebody else changed this file", "what I typed")
		now := fields(f.wants(200, "lena", "GET", path, nil))
		now.Set("left", "60")
		f.wants(422, "lena", "POST", path, now, "beyond the edge")
		f.posts(422, "/media/"+m.ID.String()+"/replace", nil, []sentFile{{"file", "a.pdf", aPDF}}, "one of the same kind")
		f.posts(422, "/media/"+m.ID.String()+"/replace", nil, nil, "choose a file")
		f.posts(303, "/media/"+m.ID.String()+"/replace", nil, []sentFile{{"file", "b.png", string(painted(t, 60, 60, red))}})
		w.draws(t)
		text := `<p>See <img src="/files/` + m.ID.String() + `/old-name.png" alt=""> and <img src="/files/` + MediaID(1).String() + `/x.png" alt="gone"></p>`
		pagePath := f.wants(303, "lena", "POST", "/store/pages", typed("about", "About", text, "0"))
		f.wants(200, "lena", "GET", pagePath, nil, `data-pictures="/store/media/pick"`)
		f.wants(303, "lena", "POST", pagePath+"/publish", url.Values{"revision": {"1"}})
		f.wants(200, "lena", "GET", path, nil, "About", "disabled")
		f.wants(303, "lena", "POST", path+"/delete", nil)
		shown := f.wants(200, "", "GET", "/pages/about", nil, `<source type="image/webp"`, `width="60" height="60"`, "!gone", "!/files/")
		if !strings.Contains(shown, w.media(t, m.ID).Drawn.Key) {
			t.Error("the page does not show the picture as it is drawn")
		}
		f.wants(303, "lena", "POST", pagePath+"/delete", nil)
		f.wants(303, "lena", "POST", path+"/delete", nil)
		f.wants(404, "lena", "GET", path, nil)
		f.wants(303, "lena", "POST", path+"/restore", nil)
		f.wants(200, "lena", "GET", path, nil)
		for _, at := range []string{"/store/media/med_nonsense", "/store/media/" + MediaID(1).String()} {
			f.wants(404, "lena", "GET", at, nil)
			f.wants(404, "lena", "POST", at+"/restore", nil)
		}
	})
}

// Texts say what a picture shows in the reader's language, unless their writer did.
func TestPagesShowPictures(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		m := w.sends(t, "a.png", "", painted(t, 1000, 500, red))
		w.draws(t)
		w.edits(t, m.ID, func(e *MediaEdit) { e.Alt = i18n.Text{i18n.En: `A "red" field`, i18n.Fr: "Un champ"} })
		img := func(alt string) string { return `<img src="/files/` + m.address() + `" alt="` + alt + `">` }
		write(t, w.Stores, w.at.Store, says("about", "About", "<p>"+img("")+"</p><p>"+img("Mine &amp; yours")+"</p>"))
		f.wants(200, "", "GET", "/pages/about", nil, `alt="A &#34;red&#34; field"`, `alt="Mine &amp; yours"`, "-400.webp 400w", `sizes="(max-width: 760px) 100vw, 720px"`)
		f.wants(200, "", "GET", "/pages/about?lang=fr", nil, `alt="Un champ"`)
		ctx, n := db.WithCounter(t.Context())
		got := httptest.NewRecorder()
		f.site.ServeHTTP(got, httptest.NewRequestWithContext(ctx, "GET", "http://maison.localhost/pages/about", nil))
		if got.Code != 200 || n.N() > 2 {
			t.Errorf("a page with pictures takes %d statements", n.N())
		}
	})
}

// What is at an address is fetched from where the program may, and from nowhere else.
func TestMediaIsFetched(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		pictures := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/My photo.jpg":
				_, _ = rw.Write(painted(t, 90, 50, red))
			case "/page":
				_, _ = rw.Write([]byte("<html>"))
			default:
				http.NotFound(rw, r)
			}
		}))
		defer pictures.Close()
		var asked atomic.Int64
		inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
		defer inside.Close()
		w.need.Reach = func(to netip.AddrPort) error {
			if to.String() == pictures.Listener.Addr().String() {
				return nil
			}
			return fetch.Public(to)
		}
		w.Module = New(w.need)
		f := serve(t, w)
		f.can = []string{MayMedia.Code}
		f.wants(303, "lena", "POST", "/store/media/url", url.Values{"url": {pictures.URL + "/My%20photo.jpg"}, "folder": {"Spring"}})
		f.wants(200, "lena", "GET", "/store/media?folder=Spring", nil, "My photo.png")
		for _, address := range []string{pictures.URL + "/page", pictures.URL + "/nothing", inside.URL, "http://[::ffff:127.0.0.1]" + inside.URL[strings.LastIndex(inside.URL, ":"):], "file:///etc/passwd", "gopher://x", "http://169.254.169.254/", "", "x"} {
			f.wants(422, "lena", "POST", "/store/media/url", url.Values{"url": {address}}, `id="f-url-error"`, "!passwd</")
		}
		if asked.Load() != 0 {
			t.Error("the network inside was asked")
		}
	})
}
