package cms

import (
	"mime/multipart"
	"net/http"
	"strconv"
	"time"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/id"
	"orion/kit/page"
	"orion/kit/ui"
	"orion/kit/ui/icon"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/cms/cmsui"
)

func (m *Module) mediaRoutes(mux *web.Mux[web.Store]) {
	may := web.Need(MayMedia)
	mux.Get("/media", may, m.mediaList)
	mux.Post("/media", may.Limit(120, time.Minute), m.mediaPost)
	mux.Post("/media/url", may.Limit(20, time.Minute), m.mediaURLPost)
	mux.Get("/media/pick", web.Need(MayEdit), m.picker)
	mux.Get("/media/{id}", may, m.mediaPage)
	mux.Post("/media/{id}", may, m.mediaEditPost)
	mux.Post("/media/{id}/replace", may.Limit(120, time.Minute), m.mediaReplacePost)
	mux.Post("/media/{id}/delete", may, m.mediaDeletePost)
	mux.Post("/media/{id}/restore", may, m.mediaRestorePost)
}

// tiles is how many files a page of the library has.
const tiles = 60

func (m *Module) mediaList(c staffer) error { return m.showLibrary(c, http.StatusOK, cmsui.Library{}) }

// showLibrary shows the library below what a form said.
func (m *Module) showLibrary(c staffer, status int, v cmsui.Library) error {
	q := MediaQuery{Request: page.Request{After: c.Query("after"), Limit: tiles}, Search: c.Query("q"), Folder: c.Query("folder"), Kind: MediaKind(c.Query("kind"))}
	l, err := m.Library(c.Context(), c.As.In, q)
	if err != nil {
		return err
	}
	v.Paging = ui.PagingOf("/media", l.Next, c.Query, "q", "folder", "kind")
	v.Used = c.Words.T("cms.media_used", "used", size(c.Words, l.Used), "room", size(c.Words, m.MediaRoom(c.As.In)))
	v.Folder = q.Folder
	for _, f := range l.Folders {
		if f.Name != "" {
			v.Folders = append(v.Folders, ui.Option{Value: f.Name, Label: f.Name + " · " + c.Words.Number(int(f.Files))})
		}
	}
	for _, k := range MediaKinds {
		v.Kinds = append(v.Kinds, string(k))
	}
	for _, f := range l.Items {
		v.Tiles = append(v.Tiles, tileOf(c, f))
	}
	return c.PageStatus(status, web.Head{Title: c.Words.T("cms.media"), Active: "/media"}, cmsui.LibraryPage(v))
}

// icons stand in the place of a picture.
var icons = map[MediaKind]icon.Icon{Picture: icon.Image, Drawing: icon.Shapes, Document: icon.FileText, Video: icon.Play}

func tileOf(c staffer, f Media) ui.Tile {
	t := ui.Tile{
		Image: ImageOf(f, c.ShopURL(""), "160px", c.Words.Lang()), Focus: FocusOf(f), Icon: icons[f.Kind], Title: f.Name, Detail: factsOf(c.Words, f),
		Href: "/media/" + f.ID.String(),
	}
	t.Image.Alt = ""
	switch {
	case f.Failed != "":
		t.Badge = ui.Badge{Label: c.Words.T("cms.media_unreadable"), Tone: ui.Bad}
	case f.Pending():
		t.Badge = ui.Badge{Label: c.Words.T("cms.media_pending"), Tone: ui.Info}
	}
	return t
}

// factsOf says what a file is, and how large.
func factsOf(w i18n.Words, f Media) string {
	s := w.T("cms.media_kind_" + string(f.Kind))
	if f.Drawn.Width > 0 {
		s += " · " + strconv.Itoa(f.Drawn.Width) + " × " + strconv.Itoa(f.Drawn.Height)
	}
	return s + " · " + size(w, f.Bytes)
}

// size is a number of bytes as people say it.
func size(w i18n.Words, n int64) string {
	for _, u := range []struct {
		of  int64
		key string
	}{{1 << 30, "cms.media_gb"}, {1 << 20, "cms.media_mb"}} {
		if n >= u.of {
			return w.T(u.key, "n", w.Decimal(float64(n)/float64(u.of), 1))
		}
	}
	return w.T("cms.media_kb", "n", w.Number(int((n+1023)>>10)))
}

// maxSent is how many files a form may have.
const maxSent = 50

func (m *Module) mediaPost(c staffer) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	sent := f.Files("files")
	switch {
	case len(sent) == 0:
		f.Fail("files", errMediaNone.Code)
	case len(sent) > maxSent:
		f.Fail("files", "cms.media_many", "max", maxSent)
		sent = nil
	}
	v, done := cmsui.Library{}, 0
	for _, file := range sent {
		err := m.receiveSent(c, f, file)
		if refusal := refused(err); refusal != nil {
			v.Refused = append(v.Refused, cmsui.Refused{Name: mediaName(file.Filename, "file"), Why: c.Words.Fault(refusal)})
			if f.OK() {
				failField(f, "files", refusal)
			}
			continue
		}
		if err != nil {
			return err
		}
		done++
	}
	if f.OK() {
		c.Flash("ok", "cms.media_done_added", "n", done)
		return c.Redirect("/media" + folderQuery(f.Text("folder")))
	}
	v.State = f.State()
	return m.showLibrary(c, http.StatusUnprocessableEntity, v)
}

func (m *Module) receiveSent(c staffer, f *form.Form, sent *multipart.FileHeader) error {
	file, err := sent.Open()
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	_, _, err = m.ReceiveMedia(c.Context(), c.As.In, MediaUpload{Name: sent.Filename, Folder: f.Text("folder"), By: c.Actor()}, file)
	return err
}

// refused is why a file is not taken; nil where it was, or where something else went wrong.
func refused(err error) *fault.Error {
	if err == nil {
		return nil
	}
	if f := fault.As(err); f.Kind == fault.Invalid || f.Kind == fault.Rule {
		return f
	}
	return nil
}

func folderQuery(folder string) string {
	if folder = folderName(folder); folder == "" {
		return ""
	}
	return ui.Paging{}.With("folder", folder)
}

// parseMedia reads an identifier; a malformed one is answered like an unknown one.
func parseMedia(s string) (MediaID, error) {
	f, err := id.Parse[mediaKind](s)
	if err != nil {
		return 0, errMediaUnknown
	}
	return f, nil
}
