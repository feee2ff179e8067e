package cms

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"orion/kit/fault"
	"orion/kit/picture"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/cms/cmsui"
)

// mediaSeen is how a form says when what it shows was changed last.
func mediaSeen(t time.Time) string { return strconv.FormatInt(t.UnixMicro(), 10) }

func (m *Module) mediaPage(c staffer) error {
	f, err := m.mediaOf(c)
	if err != nil {
		return err
	}
	return m.showMedia(c, http.StatusOK, f, cmsui.File{})
}

// mediaOf is the file that a request names.
func (m *Module) mediaOf(c staffer) (Media, error) {
	id, err := parseMedia(c.Param("id"))
	if err != nil {
		return Media{}, err
	}
	return m.Media(c.Context(), c.As.In, id)
}

// showMedia shows a file with what a form said about it, where it is used, and the
// folders that there are.
func (m *Module) showMedia(c staffer, status int, f Media, v cmsui.File) error {
	uses, err := m.MediaUses(c.Context(), c.As.In, f.ID)
	if err != nil {
		return err
	}
	folders, err := m.Folders(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	for _, folder := range folders {
		if folder.Name != "" {
			v.Folders = append(v.Folders, folder.Name)
		}
	}
	for _, u := range uses {
		v.Uses = append(v.Uses, cmsui.Use{Title: u.Title, Path: u.Path})
	}
	whole := f
	if f.Whole.Key != "" {
		whole.Drawn = f.Whole
	}
	tile := tileOf(c, f)
	v.ID, v.Name, v.Folder, v.Alt, v.Langs, v.Seen = f.ID.String(), f.Name, f.Folder, f.Alt, storePlace(c).langs, mediaSeen(f.Changed)
	v.Kind, v.Shown, v.Framed, v.Badge = string(f.Kind), shown(f.Kind), f.Kind == Picture && f.Whole.Key != "", tile.Badge
	v.Image, v.Whole = ImageOf(f, c.ShopURL(""), "560px", c.Words.Lang()), ImageOf(whole, c.ShopURL(""), "560px", c.Words.Lang())
	v.Image.Eager, v.Whole.Eager = true, true
	v.Facts, v.Address = factsOf(c.Words, f), c.ShopURL("/files/"+f.address())
	v.Changed = c.Words.T("cms.edited_by", "at", c.Words.DateTime(f.Changed), "by", who(c.Words, f.Author))
	v.FocusX, v.FocusY = number(f.FocusX), number(f.FocusY)
	cut := f.Cut
	if cut == (picture.Cut{}) {
		cut = picture.Cut{Width: picture.Whole, Height: picture.Whole}
	}
	hundredth := func(n int) string { return strconv.Itoa(n * 100 / picture.Whole) }
	v.Left, v.Top, v.Width, v.Height = hundredth(cut.X), hundredth(cut.Y), hundredth(cut.Width), hundredth(cut.Height)
	if f.Failed != "" {
		v.Failed = c.Words.T(f.Failed)
	}
	return c.PageStatus(status, web.Head{Title: f.Name, Active: "/media"}, cmsui.FilePage(v))
}

// readMedia takes what somebody said about a file out of a form. Texts in languages
// that the form does not have stay as they were.
func readMedia(c staffer, f *form.Form, have Media) MediaEdit {
	e := MediaEdit{
		Name: f.Required("name"), Folder: f.Text("folder"), Alt: keep(have.Alt, storePlace(c).langs), FocusX: have.FocusX, FocusY: have.FocusY, Cut: have.Cut,
		Seen: time.UnixMicro(f.Int("seen")), By: c.Actor(),
	}
	for _, l := range storePlace(c).langs {
		e.Alt[l] = f.Text("alt_" + string(l))
	}
	if have.Kind != Picture || !f.Has("focus_x") {
		return e
	}
	e.FocusX, e.FocusY = f.Between("focus_x", 0, 100), f.Between("focus_y", 0, 100)
	part := func(name string, low int64) int { return int(f.Between(name, low, 100)) * picture.Whole / 100 }
	e.Cut = picture.Cut{X: part("left", 0), Y: part("top", 0), Width: part("width", 1), Height: part("height", 1)}
	if e.Cut.Width == picture.Whole && e.Cut.Height == picture.Whole {
		e.Cut = picture.Cut{}
	}
	return e
}

func (m *Module) mediaEditPost(c staffer) error {
	have, err := m.mediaOf(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	e := readMedia(c, f, have)
	if f.OK() {
		if err = m.EditMedia(c.Context(), c.As.In, have.ID, e); err == nil {
			c.Flash("ok", "cms.media_done_edited")
			return c.Redirect("/media/" + have.ID.String())
		}
	}
	if errors.Is(err, errMediaChanged) { // what was typed stands in the form, and saving again means it
		return m.showMedia(c, http.StatusConflict, have, cmsui.File{State: f.State(), Conflicted: true})
	}
	if !f.Take(err) && f.OK() {
		return err
	}
	return m.showMedia(c, http.StatusUnprocessableEntity, have, cmsui.File{State: f.State()})
}

func (m *Module) mediaReplacePost(c staffer) error {
	have, err := m.mediaOf(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	file, sent, err := f.File("file")
	if err != nil {
		return err
	}
	if file == nil {
		f.Fail("file", errMediaNone.Code)
	} else {
		defer func() { _ = file.Close() }()
		err = m.ReplaceMedia(c.Context(), c.As.In, have.ID, MediaUpload{Name: sent.Filename, By: c.Actor()}, file)
		why := refused(err)
		switch {
		case err == nil:
			c.Flash("ok", "cms.media_done_replaced")
			return c.Redirect("/media/" + have.ID.String())
		case why == nil:
			return err
		}
		failField(f, "file", why)
	}
	return m.showMedia(c, http.StatusUnprocessableEntity, have, cmsui.File{Replace: f.State()})
}

func (m *Module) mediaDeletePost(c staffer) error {
	f, err := m.mediaOf(c)
	if err != nil {
		return err
	}
	err = m.DeleteMedia(c.Context(), c.As.In, f.ID, c.Actor())
	if why := fault.As(err); err != nil && why.Kind == fault.Rule {
		c.Flash("bad", why.Code)
		return c.Redirect("/media/" + f.ID.String())
	}
	if err != nil {
		return err
	}
	c.FlashUndo("/media/"+f.ID.String()+"/restore", "cms.media_done_deleted")
	return c.Redirect("/media")
}

func (m *Module) mediaRestorePost(c staffer) error {
	id, err := parseMedia(c.Param("id"))
	if err != nil {
		return err
	}
	if err := m.RestoreMedia(c.Context(), c.As.In, id, c.Actor()); err != nil {
		return err
	}
	c.Flash("ok", "cms.media_done_restored")
	return c.Redirect("/media/" + id.String())
}

// maxFetched is how much of an address is fetched.
const maxFetched = maxMediaBytes

func (m *Module) mediaURLPost(c staffer) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	address := f.Long("url", 2000)
	if address == "" {
		f.Fail("url", "form.required")
	}
	if f.OK() {
		err = m.fetchMedia(c, address, f.Text("folder"))
		why := refused(err)
		switch {
		case err == nil:
			c.Flash("ok", "cms.media_done_added", "n", 1)
			return c.Redirect("/media" + folderQuery(f.Text("folder")))
		case why == nil:
			return err
		}
		failField(f, "url", why)
	}
	return m.showLibrary(c, http.StatusUnprocessableEntity, cmsui.Library{Fetch: f.State()})
}

// fetchMedia keeps what is at an address on the public internet.
func (m *Module) fetchMedia(c staffer, address, folder string) error {
	file, err := m.fetch.Get(c.Context(), address, maxFetched)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	_, _, err = m.ReceiveMedia(c.Context(), c.As.In, MediaUpload{Name: file.Path, Folder: folder, By: c.Actor()}, file)
	return err
}

// failField says at a field why a file is not taken.
func failField(f *form.Form, name string, why *fault.Error) {
	if len(why.Fields) > 0 {
		f.Take(why)
		return
	}
	var kv []any
	for arg, value := range why.Args {
		kv = append(kv, arg, value)
	}
	f.Fail(name, why.Code, kv...)
}

// picker shows the pictures of the library to choose from, as a part of a page.
func (m *Module) picker(c staffer) error {
	l, err := m.Pictures(c.Context(), c.As.In, c.Query("q"), c.Query("after"))
	if err != nil {
		return err
	}
	v := cmsui.Picker{Paging: ui.PagingOf("/media/pick", l.Next, c.Query, "q")}
	for _, f := range l.Items {
		t := tileOf(c, f)
		t.Pick = "/files/" + f.address()
		v.Tiles = append(v.Tiles, t)
	}
	return c.Partial(cmsui.PickerPart(v))
}
