package cms

import (
	"maps"
	"regexp"
	"strings"
	"testing"

	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/picture"
)

// pen writes a section of a new home page as staff do.
type pen struct {
	*front
	studio, path string
}

func (f *front) pen(kind string) pen {
	f.t.Helper()
	p := pen{front: f, studio: f.wants(303, "lena", "POST", "/store/pages/home", nil)}
	p.path = f.wants(303, "lena", "POST", p.studio+"?kind="+kind+"&seen="+p.seen(), nil)
	return p
}

func (p pen) seen() string {
	page := p.wants(200, "lena", "GET", p.studio, nil)
	_, after, _ := strings.Cut(page, `data-seen="`)
	n, _, _ := strings.Cut(after, `"`)
	return n
}

// sends saves the section with what was typed and sent.
func (p pen) sends(status int, typed map[string]string, sent []sentFile, words ...string) string {
	p.t.Helper()
	all := maps.Clone(typed)
	if all["revision"] == "" {
		all["revision"] = p.seen()
	}
	return p.posts(status, strings.TrimPrefix(p.path, "/store"), all, sent, words...)
}

var haveField = regexp.MustCompile(`name="([a-z0-9.]+_have)" value="([^"]*)"`)

// have are the pictures that a form names.
func have(page string) map[string]string {
	out := map[string]string{}
	for _, m := range haveField.FindAllStringSubmatch(page, -1) {
		out[m[1]] = m[2]
	}
	return out
}

func (w *world) library(t *testing.T) []Media {
	t.Helper()
	l, err := w.Library(t.Context(), w.at.Store, MediaQuery{Request: page.Request{Limit: 50}})
	must(t, err)
	return l.Items
}

// A picture that was sent once is there for good, whatever else is wrong in the form,
// and is shown as the library has it.
func TestSectionPictures(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		p := f.pen("cms.beside")
		sent := []sentFile{{"picture", "door.png", string(painted(t, 60, 40, red))}}
		refused := p.sends(422, map[string]string{"title_en": "Our door"}, sent, "Please fill this in")
		files := w.library(t)
		if len(files) != 1 || files[0].Pending() || files[0].Drawn.Key == "" {
			t.Fatalf("the library has %+v", files)
		}
		door := files[0]
		if got := have(refused)["picture_have"]; got != door.ID.String() || !strings.Contains(refused, picture.Copy(door.Drawn.Key, 400)) {
			t.Fatalf("the form names the picture %q, want %s", got, door.ID)
		}
		p.sends(303, map[string]string{"body_en": "<p>Come in.</p>", "picture_have": door.ID.String()}, nil)
		w.edits(t, door.ID, func(e *MediaEdit) {
			e.Alt, e.FocusX, e.FocusY = i18n.Text{i18n.En: "A red door"}, 20, 90
			e.Cut = picture.Cut{Width: 5000, Height: 10000}
		})
		id := mustParse(t, p.studio)
		must(t, w.Stores.Publish(t.Context(), w.at.Store, id, w.mustPage(t, id).Revision, lena))
		f.wants(200, "", "GET", "/", nil, door.Drawn.Key, `alt="A red door"`, "fx-2 fy-9")
		w.draws(t)
		cut := w.media(t, door.ID)
		if cut.Drawn.Key == door.Drawn.Key {
			t.Fatal("it was not cut")
		}
		f.wants(200, "", "GET", "/", nil, cut.Drawn.Key, "!"+door.Drawn.Key)
		if err := w.DeleteMedia(t.Context(), w.at.Store, door.ID, lena); err == nil {
			t.Error("a picture that a section shows is deleted")
		}
		// The same again is the same file; something else is none.
		p.sends(303, map[string]string{"body_en": "<p>Come in.</p>", "picture_alt_en": "Ours"}, sent)
		if n := len(w.library(t)); n != 1 {
			t.Errorf("the library has %d files", n)
		}
		p.sends(422, map[string]string{"body_en": "<p>x</p>"}, []sentFile{{"picture", "a.pdf", aPDF}}, "This is no picture")
		p.sends(422, map[string]string{"body_en": "<p>x</p>"}, []sentFile{{"picture", "a.png", "\x89PNG\r\n\x1a\nnothing"}})
		if n := len(w.library(t)); n != 1 {
			t.Errorf("the library keeps what is no picture: %d files", n)
		}
		p.sends(422, map[string]string{"body_en": "<p>x</p>", "picture_have": "med_0000000000001"}, nil, "not in the library any more")
		p.sends(303, map[string]string{"body_en": "<p>x</p>", "picture_have": door.ID.String(), "picture_remove": "true"}, nil)
		must(t, w.Stores.Publish(t.Context(), w.at.Store, id, w.mustPage(t, id).Revision, lena), w.DeleteMedia(t.Context(), w.at.Store, door.ID, lena))
	})
}

// What is to be taken away, the order and the pictures come back with a form that was
// refused, and with one that somebody else was faster than.
func TestRefusedSectionKeepsAll(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		p := f.pen("cms.logos")
		typed := map[string]string{
			"logos.count": "3", "logos.0.name": "Away", "logos.0.place": "0", "logos.0.remove": "true", "logos.0.href": "javascript:x()",
			"logos.1.name": "Last", "logos.1.place": "2", "logos.2.name": "First", "logos.2.place": "1", "logos.2.href": "nowhere",
		}
		sent := []sentFile{{"logos.1.picture", "last.png", string(painted(t, 30, 30, red))}, {"logos.2.picture", "first.png", string(painted(t, 31, 30, red))}}
		page := p.sends(422, typed, sent, `value="Away"`, `value="Last"`, `value="First"`)
		pictures := have(page)
		if pictures["logos.1.picture_have"] == "" || pictures["logos.2.picture_have"] == "" || pictures["logos.0.picture_have"] != "" {
			t.Fatalf("the form names %v", pictures)
		}
		bad := regexp.MustCompile(`name="(logos[^"]*)"[^>]* aria-invalid="true"`).FindAllStringSubmatch(page, -1)
		if len(bad) != 1 || bad[0][1] != "logos.2.href" {
			t.Errorf("wrong is %q, and only what stays has to be right", bad)
		}
		if !regexp.MustCompile(`name="logos.0.remove"[^>]* checked`).MatchString(page) {
			t.Error("what was to be taken away is not any more")
		}
		maps.Copy(typed, pictures)
		typed["logos.2.href"], typed["revision"] = "", p.seen()
		// Somebody else is faster, with other things in another order.
		p.sends(303, map[string]string{"logos.count": "1", "logos.0.name": "Theirs"}, nil)
		page = p.sends(409, typed, nil, "Somebody else changed this page", "Theirs", `value="First"`)
		if got := have(page); got["logos.1.picture_have"] != pictures["logos.1.picture_have"] || got["logos.2.picture_have"] != pictures["logos.2.picture_have"] {
			t.Errorf("the form names %v, want %v", got, pictures)
		}
		typed["revision"] = ""
		p.sends(303, typed, nil)
		s := w.mustPage(t, mustParse(t, p.studio)).Sections
		value := w.kinds.parts(s)[len(s)-1].value.(*logos)
		if len(value.Items) != 2 || value.Items[0].Name != "First" || value.Items[1].Name != "Last" ||
			value.Items[0].Picture.File != pictures["logos.2.picture_have"] || value.Items[1].Picture.File != pictures["logos.1.picture_have"] {
			t.Errorf("kept is %+v", value.Items)
		}
	})
}

func (w *world) mustPage(t *testing.T, id PageID) Page {
	t.Helper()
	p, err := w.Stores.Page(t.Context(), w.at.Store, id)
	must(t, err)
	return p
}
