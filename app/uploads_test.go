package app

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"slices"
	"strings"
	"testing"
	"time"

	"orion/app/certify"
	"orion/kit/picture"
	"orion/kit/tenant"
	"orion/modules/catalog"
	"orion/modules/catalog/catalogapi"
	"orion/modules/tenancy"
)

// sender is somebody of a store's staff who sends pictures to a server in a
// process of its own.
type sender struct {
	a      *App // looks into the same database
	in     tenant.Store
	server *certify.Server
	cookie string
}

func newSender(t *testing.T, dsn string) sender {
	t.Helper()
	a := still(t, dsn)
	_, in, err := a.store("maison-kirchberg")
	if err != nil {
		t.Fatal(err)
	}
	secret, err := a.modules.tenancy.SignInStaff(t.Context(), in, tenancy.Credentials{Email: "owner@kirchberg.example", Password: "orion-demo"})
	if err != nil {
		t.Fatal(err)
	}
	s := sender{a: a, in: in, server: startChild(t, t.TempDir(), dsn), cookie: secret}
	t.Cleanup(s.server.Kill)
	return s
}

// mug is the smallest product.
var mug = map[string]string{"title_fr": "Tasse", "title_en": "Mug", "status": "active", "variants.0.price": "10", "variants.0.choice": ""}

// form is a form with files.
func form(t testing.TB, fields map[string]string, files ...hostile) (body []byte, kind string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for k, v := range fields {
		if err := w.WriteField(k, v); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range files {
		quoted := strings.NewReplacer("\\", "\\\\", `"`, "\\\"", "\r", "%0D", "\n", "%0A").Replace(f.name)
		p, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="` + cmp.Or(f.field, "picture") + `"; filename="` + quoted + `"`}, "Content-Type": {f.kind}})
		if err == nil {
			_, err = p.Write(f.content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), w.FormDataContentType()
}

// ask sends a request to the store's host.
func (s sender) ask(t testing.TB, method, path, kind string, body []byte) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.server.Base()+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "maison-kirchberg.localhost"
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(&http.Cookie{Name: "orion_store", Value: s.cookie})
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(text)
}

// send makes a product with a picture through the editor's form.
func (s sender) send(t testing.TB, files ...hostile) (*http.Response, string) {
	t.Helper()
	body, kind := form(t, mug, files...)
	return s.ask(t, http.MethodPost, "/store/products", kind, body)
}

// pictures are those of the product that an answer leads to, once nothing is
// pending.
func (s sender) pictures(t testing.TB, location string) []catalog.Image {
	t.Helper()
	at := strings.LastIndexByte(location, '/')
	var name catalogapi.ProductID
	if err := name.UnmarshalText([]byte(location[at+1:])); err != nil {
		t.Fatalf("%s: %v", location, err)
	}
	for range 3000 {
		p, err := s.a.modules.catalog.Product(t.Context(), s.in, name)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(p.Images, catalog.Image.Pending) {
			return p.Images
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("a picture was never prepared")
	return nil
}

// The server may work this long on one file, in processor time, which other
// programs on the machine do not stretch: for the answer, and to draw it anew.
const mostWork = 2 * time.Second

// TestHostileUploads sends files that mean harm through the product's editor.
// Each is refused by name, or drawn anew: nothing of what it carried is served,
// what is served is a picture and nothing else, and none costs more time or memory
// than an honest picture would.
func TestHostileUploads(t *testing.T) {
	t.Parallel()
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": sqliteDemo, "postgres": postgresDemo} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSender(t, dsn(t))
			files := hostiles(t)
			for _, w := range [2]hostile{files[0], files[8]} { // what a server keeps once it has done anything
				s.send(t, w)
			}
			pid := s.server.Process()
			before := resident(pid)
			var answers, whole time.Duration
			for _, f := range files {
				began := worked(t, pid)
				resp, page := s.send(t, f)
				answer := worked(t, pid) - began
				if msg := s.judge(t, f, resp, page); msg != "" {
					t.Errorf("%s, %s: %s", f.name[:min(len(f.name), 12)], f.what, msg)
				}
				all := worked(t, pid) - began
				if all > mostWork {
					t.Errorf("%s, %s: the server worked %v for the answer and %v in all, at most %v is allowed", f.name[:min(len(f.name), 12)], f.what, answer, all, mostWork)
				}
				answers, whole = max(answers, answer), max(whole, all)
			}
			rise := resident(pid).peak - before.now
			t.Logf("%d files; most processor time %v for an answer, %v with the drawing; memory rose by at most %d MB", len(files), answers, whole, rise>>20)
			if rise > 64<<20 {
				t.Errorf("memory rose by %d MB", rise>>20)
			}
		})
	}
}

// judge compares what became of a file with its fate.
func (s sender) judge(t testing.TB, f hostile, resp *http.Response, page string) string {
	t.Helper()
	if strings.Contains(page, "OrionPayload") {
		return "the page shows what the file carried"
	}
	if f.fate == refused {
		if resp.StatusCode != http.StatusUnprocessableEntity {
			return fmt.Sprintf("the answer is %d", resp.StatusCode)
		}
		if !strings.Contains(page, `id="f-picture-error"`) {
			return "the form does not say what is wrong at the field"
		}
		return ""
	}
	if resp.StatusCode != http.StatusSeeOther {
		return fmt.Sprintf("the answer is %d", resp.StatusCode)
	}
	location := resp.Header.Get("Location")
	have := s.pictures(t, location)
	if len(have) != 1 {
		return fmt.Sprintf("pictures %+v", have)
	}
	img := have[0]
	for _, sent := range []string{img.Upload, "products/" + strings.TrimPrefix(img.Upload, "uploads/")} {
		if resp, _ := s.ask(t, http.MethodGet, picture.Path+sent, "", nil); resp.StatusCode != http.StatusNotFound {
			return "what was sent is served"
		}
	}
	if f.fate == failed {
		if img.Key != "" || img.Failed != picture.ErrUnreadable.Code {
			return fmt.Sprintf("it did not fail: %+v", img)
		}
		return ""
	}
	if img.Key == "" {
		return fmt.Sprintf("it was not drawn: %+v", img)
	}
	return s.inspect(t, img)
}

// inspect fetches everything that is served of a picture.
func (s sender) inspect(t testing.TB, img catalog.Image) string {
	t.Helper()
	keys := []string{img.Key, picture.WebP(img.Key)}
	for _, w := range append(img.Widths, 400) {
		keys = append(keys, picture.Copy(img.Key, w), picture.WebP(picture.Copy(img.Key, w)))
	}
	for _, key := range keys {
		resp, body := s.ask(t, http.MethodGet, picture.Path+key, "", nil)
		h := resp.Header
		want := "image/jpeg"
		if strings.HasSuffix(key, ".webp") {
			want = "image/webp"
		}
		if resp.StatusCode != http.StatusOK || h.Get("Content-Type") != want || h.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || !strings.Contains(h.Get("Cache-Control"), "immutable") {
			return fmt.Sprintf("%s is served as %d %v", key, resp.StatusCode, h)
		}
		for _, never := range []string{"OrionPayload", "<script", "<?php", "Exif", "PK\x03\x04", "passwd"} {
			if strings.Contains(body, never) {
				return key + " carries " + never
			}
		}
		if _, kind, err := image.Decode(strings.NewReader(body)); err != nil || "image/"+kind != want {
			return fmt.Sprintf("%s is a %s: %v", key, kind, err)
		}
	}
	return ""
}

// TestBrokenForms sends what is no form, or more than one file.
func TestBrokenForms(t *testing.T) {
	t.Parallel()
	s := newSender(t, sqliteDemo(t))
	plain := must(t, writePNG, image.Image(small(24, 24)))
	good := hostile{name: "a.png", kind: "image/png", content: plain}
	body, kind := form(t, mug, good)
	many := bytes.Repeat([]byte(kind[strings.Index(kind, "=")+1:]+"\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n\r\n--"), 20_000)
	for what, sent := range map[string][]byte{
		"cut off": body[:len(body)-20], "nothing": nil, "a head without end": bytes.Repeat([]byte("--x"), 1000),
		"20,000 parts": append([]byte("--"), many...), "70 MB": append(bytes.Clone(body[:100]), make([]byte, 70<<20)...),
	} {
		if resp, _ := s.ask(t, http.MethodPost, "/store/products", kind, sent); resp.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", what, resp.StatusCode)
		}
	}
	for name, status := range map[string]int{"a.php\x00.png": http.StatusUnprocessableEntity, "": http.StatusSeeOther} {
		if resp, _ := s.send(t, hostile{name: name, kind: "image/png", content: plain}); resp.StatusCode != status {
			t.Errorf("a name like %q: %d", name, resp.StatusCode)
		}
	}
	resp, _ := s.send(t, good, hostile{name: "b.png", kind: "image/png", content: []byte(payload)})
	if have := s.pictures(t, resp.Header.Get("Location")); len(have) != 1 || have[0].Key == "" {
		t.Errorf("two files in one field: %+v", have)
	}
	w := strings.NewReplacer(`; filename="a.png"`, "").Replace(string(body))
	resp, _ = s.ask(t, http.MethodPost, "/store/products", kind, []byte(w))
	if have := s.pictures(t, resp.Header.Get("Location")); len(have) != 0 {
		t.Errorf("a picture that is no file: %+v", have)
	}
}
