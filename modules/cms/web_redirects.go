package cms

import (
	"io"
	"net/http"
	"strconv"
	"strings"

	"orion/kit/page"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/cms/cmsui"
)

func (m *Module) redirectRoutes(mux *web.Mux[web.Store]) {
	view, publish := web.Need(MayView), web.Need(MayPublish)
	mux.Get("/redirects", view, func(c staffer) error { return m.redirectsPage(c, ui.Form{}, ui.Form{}) })
	mux.Post("/redirects", publish, m.redirectPost)
	mux.Post("/redirects/{id}/delete", publish, m.redirectDrop)
	mux.Get("/redirects.csv", view, m.redirectsFile)
	mux.Post("/redirects/import", publish, m.redirectsLook)
	mux.Post("/redirects/import/write", publish, m.redirectsWrite)
}

// redirectsPage lists redirects: one statement. state is that of the form for a new
// one, file that of the form for a file.
func (m *Module) redirectsPage(c staffer, state, file ui.Form) error {
	search := c.Query("q")
	found, err := m.Redirects(c.Context(), c.As.In, page.Request{After: c.Query("after"), Limit: rows}, search)
	if err != nil {
		return err
	}
	w := c.Words.Zone(storePlace(c).zone)
	v := cmsui.Redirects{State: state, File: file, May: c.As.Grants.Has(MayPublish), Query: search, Pager: ui.PagingOf("/redirects", found.Next, c.Query, "q").Pager(), Translates: c.As.Grants.Has(MayTranslate)}
	for _, code := range RedirectCodes {
		v.Codes = append(v.Codes, ui.Option{Value: strconv.Itoa(code), Label: w.T("cms.redirect_" + strconv.Itoa(code))})
	}
	for _, r := range found.Items {
		row := cmsui.RedirectRow{ID: r.ID.String(), Path: r.Path, Target: r.Target, Code: w.T("cms.redirect_" + strconv.Itoa(r.Code)), Hits: w.Number(int(r.Hits)), By: who(w, r.By), Made: w.DateTime(r.Made)}
		if row.Prefix = r.Prefix; !r.Hit.IsZero() {
			row.Hit = w.Ago(r.Hit, m.need.Kit.Clock.Now())
		}
		v.Rows = append(v.Rows, row)
	}
	status := http.StatusOK
	if state.Fault != nil || file.Fault != nil {
		status = http.StatusUnprocessableEntity
	}
	return c.PageStatus(status, web.Head{Title: w.T("cms.redirects"), Active: "/pages"}, cmsui.RedirectsPage(v))
}

func (m *Module) redirectPost(c staffer) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	code, _ := strconv.Atoi(f.Choice("code", "301", "302", "410"))
	r := Redirect{Path: f.Text("path"), Target: f.Text("target"), Code: code, Prefix: f.Bool("prefix")}
	if f.OK() {
		if err = m.Redirect(c.Context(), c.As.In, r, c.Actor()); err == nil {
			c.Flash("ok", "cms.redirect_added")
			return c.Redirect("/redirects")
		}
	}
	if !f.Take(err) && f.OK() {
		return err
	}
	return m.redirectsPage(c, f.State(), ui.Form{})
}

func (m *Module) redirectDrop(c staffer) error {
	var id RedirectID
	if err := id.UnmarshalText([]byte(c.Param("id"))); err != nil {
		return errNoRedirect
	}
	if err := m.DropRedirect(c.Context(), c.As.In, id, c.Actor()); err != nil {
		return err
	}
	c.Flash("ok", "cms.redirect_dropped")
	return c.Redirect("/redirects")
}

func (m *Module) redirectsFile(c staffer) error {
	all, err := m.redirects(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	_ = writeRedirects(c.Download("redirects.csv", web.CSV), all.all) // an error means that the reader is gone
	return nil
}

// redirectsLook shows what a file would add; nothing is written.
func (m *Module) redirectsLook(c staffer) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	file, _, err := f.File("file")
	if err != nil {
		return err
	}
	if file == nil {
		f.Fail("file", "form.required")
		return m.redirectsPage(c, ui.Form{}, f.State())
	}
	defer func() { _ = file.Close() }()
	content, err := io.ReadAll(io.LimitReader(file, maxRedirectFile+1))
	if err != nil {
		return err
	}
	if len(content) > maxRedirectFile {
		f.Take(errRedirectFileLarge)
		return m.redirectsPage(c, ui.Form{}, f.State())
	}
	have, err := m.redirects(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	all, err := readRedirects(strings.ToValidUTF8(string(content), ""), have)
	if f.Take(err) {
		return m.redirectsPage(c, ui.Form{}, f.State())
	}
	if err != nil {
		return err
	}
	return m.showRedirectFile(c, all)
}

func (m *Module) showRedirectFile(c staffer, all []RedirectRow) error {
	var v cmsui.RedirectFile
	var taken []Redirect
	for _, r := range all {
		row := cmsui.RedirectFileRow{Row: strconv.Itoa(r.Row), Path: r.Path, Target: r.Target, Code: strconv.Itoa(r.Code)}
		if r.Wrong != nil {
			row.Why = c.Words.FaultField(*r.Wrong)
			v.Wrong = append(v.Wrong, row)
			continue
		}
		taken = append(taken, r.Redirect)
		v.Rows = append(v.Rows, row)
	}
	var text strings.Builder
	if err := writeRedirects(&text, taken); err != nil {
		return err
	}
	v.Text = text.String()
	return c.Page(web.Head{Title: c.Words.T("cms.redirects_import"), Active: "/pages"}, cmsui.RedirectFilePage(v))
}

// redirectsWrite adds what a file said, all or nothing: somebody may have added others meanwhile.
func (m *Module) redirectsWrite(c staffer) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	have, err := m.redirects(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	read, err := readRedirects(f.Raw("rows"), have)
	if err != nil {
		return err
	}
	var all []Redirect
	for _, r := range read {
		if r.Wrong != nil {
			return m.showRedirectFile(c, read)
		}
		all = append(all, r.Redirect)
	}
	if _, err := m.RedirectAll(c.Context(), c.As.In, all, c.Actor()); err != nil {
		return err
	}
	c.Flash("ok", "cms.redirects_imported")
	return c.Redirect("/redirects")
}

// Lost answers a shopper whom nothing else answered, if their address leads somewhere.
func (m *Module) Lost(c *web.Ctx[web.Storefront]) (answered bool, err error) {
	to, code, err := m.Lead(c.Context(), c.As.In, c.Place().Path)
	switch {
	case err != nil || code == 0:
		return false, err
	case code == http.StatusGone:
		return true, c.PageStatus(code, web.Head{Title: c.Words.T("cms.gone"), NoIndex: true}, cmsui.Gone(c.Words.T("cms.gone"), c.Words.T("cms.gone_text")))
	case strings.HasPrefix(to, "/"):
		to = c.URL(to)
	}
	http.Redirect(c.W, c.R, to, code)
	return true, nil
}
