package cms

import (
	"cmp"
	"net/http"

	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/cms/cmsui"
)

// editing is a page as its editor shows it.
type editing struct {
	page       Page
	state      ui.Form // of the page's form
	plan       ui.Form // of the form with the time
	conflict   []Difference
	conflicted bool
}

func (e editing) status() int {
	switch {
	case e.conflicted:
		return http.StatusConflict
	case e.state.Values != nil || e.plan.Values != nil:
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

func (k desk[A, S]) show(c *web.Ctx[A], p place[S], e editing) error {
	w := c.Words.Zone(p.zone)
	if k.names != nil {
		if err := k.names(c, e.conflict); err != nil {
			return err
		}
	}
	v := cmsui.Editor{
		Base: p.base, Lists: w.T(k.listWord()),
		New: e.page.ID.IsZero(), MayEdit: k.may(c, MayEdit), MayPublish: k.may(c, MayPublish), State: e.state, Plan: e.plan, Langs: p.langs, Query: p.query,
		Slug: e.page.Slug, Address: p.origin + p.base + "/", Title: e.page.Title, Body: e.page.Body, SEOTitle: e.page.SEOTitle, SEODescription: e.page.SEODescription,
		Header: e.page.Header, Footer: e.page.Footer, Legal: e.page.Legal, Place: number(e.page.Place), Revision: number(e.page.Revision),
		Conflicted: e.conflicted, Conflict: changes(w, e.conflict), Tier: string(e.page.Tier), Back: p.base + p.query,
	}
	if e.page.Tier == Own || e.page.Tier == Posted {
		v.Pictures = "/media/pick"
	}
	if v.Places = storePlaces; e.page.Tier == Site {
		v.Places = sitePlaces
	}
	title := w.T("cms.new_" + string(e.page.Tier))
	if !v.New {
		title = e.page.Title.In(w.Lang())
		v.ID, v.PageState, v.Versions = e.page.ID.String(), string(e.page.State()), e.page.Versions
		v.Edited = w.T("cms.edited_by", "at", w.DateTime(e.page.Edited), "by", who(w, e.page.Editor))
		v.Preview = cmp.Or(p.drafts, p.origin) + p.base + "/preview/" + k.shelf.Preview(p.in, e.page.ID)
		v.Home = e.page.IsHome()
		if e.page.Tier.composed() {
			v.Sections = p.sections(e.page.ID)
		}
		if e.page.Live > 0 && e.page.Tier != Default { // a default is in every store
			v.Shown = p.origin + pathOf(e.page)
		}
		if !e.page.Due.IsZero() {
			v.Due = w.T("cms.due_by", "at", w.DateTime(e.page.Due), "by", who(w, e.page.DueBy))
			v.DueField = e.page.Due.In(p.clock()).Format(timeShape)
		}
	}
	v.Heading = title
	if k.choices != nil {
		if err := k.choices(c, &v, e.page); err != nil {
			return err
		}
	}
	return c.PageStatus(e.status(), web.Head{Title: title, Active: k.base}, cmsui.EditorPage(v))
}

// listWord is the key of the word of the list.
func (k desk[A, S]) listWord() string {
	if k.base == blogPath {
		return "cms.blog"
	}
	return "cms.menu"
}

// said is the key of the word of something that was done.
func (k desk[A, S]) said(done string) string {
	if k.base == blogPath {
		return "cms.post_done_" + done
	}
	return "cms.done_" + done
}
