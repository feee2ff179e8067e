package cms

import (
	"cmp"
	"errors"
	"net/http"
	"time"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/id"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/cms/cmsui"
)

// desk is where pages are written: those of a store, or those of a platform.
type desk[A web.Audience, S tenant.Scope] struct {
	shelf *Shelf[S]
	find  func(c *web.Ctx[A]) (place[S], error)
	may   func(c *web.Ctx[A], p auth.Permission) bool
	list  func(c *web.Ctx[A]) error
}

func (k desk[A, S]) routes(mux *web.Mux[A]) {
	view, edit, publish := web.Need(MayView), web.Need(MayEdit), web.Need(MayPublish)
	mux.Get("/pages", view, k.list)
	mux.Get("/pages/new", edit, k.newPage)
	mux.Post("/pages", edit, k.newPost)
	mux.Get("/pages/{id}", view, k.editPage)
	mux.Post("/pages/{id}", edit, k.editPost)
	mux.Get("/pages/{id}/versions", view, k.versionsPage)
	mux.Post("/pages/{id}/restore", edit, k.restorePost)
	mux.Post("/pages/{id}/publish", publish, k.act("cms.done_published", func(c *web.Ctx[A], in S, id PageID, f *form.Form) error {
		return k.shelf.Publish(c.Context(), in, id, f.Int("revision"), c.Actor())
	}))
	mux.Post("/pages/{id}/hide", publish, k.act("cms.done_hidden", func(c *web.Ctx[A], in S, id PageID, _ *form.Form) error {
		return k.shelf.Hide(c.Context(), in, id, c.Actor())
	}))
	mux.Post("/pages/{id}/schedule", publish, k.schedulePost)
	mux.Post("/pages/{id}/delete", publish, k.deletePost)
}

// parsePage reads an identifier; a malformed one is answered like an unknown one.
func parsePage(s string) (PageID, error) {
	p, err := id.Parse[pageKind](s)
	if err != nil {
		return 0, errUnknown
	}
	return p, nil
}

// at finds whose page a request is about, and which.
func (k desk[A, S]) at(c *web.Ctx[A]) (place[S], PageID, error) {
	p, err := k.find(c)
	if err != nil {
		return p, 0, err
	}
	page, err := parsePage(c.Param("id"))
	return p, page, err
}

func (k desk[A, S]) newPage(c *web.Ctx[A]) error {
	p, err := k.find(c)
	if err != nil {
		return err
	}
	return k.show(c, p, editing{page: Page{Tier: p.tier, Content: Content{Head: Head{Footer: true}}}})
}

func (k desk[A, S]) newPost(c *web.Ctx[A]) error {
	p, err := k.find(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	w := read(f, p.langs, Content{})
	w.Tier, w.By = p.tier, c.Actor()
	var page PageID
	if f.OK() {
		if page, err = k.shelf.Create(c.Context(), p.in, w); err == nil {
			c.Flash("ok", "cms.done_created")
			return c.Redirect(p.path(page))
		}
	}
	if !f.Take(err) && f.OK() {
		return err
	}
	return k.show(c, p, editing{page: Page{Tier: p.tier, Slug: w.Slug, Content: w.Content}, state: f.State()})
}

func (k desk[A, S]) editPage(c *web.Ctx[A]) error {
	p, page, err := k.at(c)
	if err != nil {
		return err
	}
	have, err := k.shelf.Page(c.Context(), p.in, page)
	if err != nil {
		return err
	}
	return k.show(c, p, editing{page: have})
}

func (k desk[A, S]) editPost(c *web.Ctx[A]) error {
	p, page, err := k.at(c)
	if err != nil {
		return err
	}
	have, err := k.shelf.Page(c.Context(), p.in, page)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	w := read(f, p.langs, have.Content)
	w.Seen, w.By, w.Home = f.Int("revision"), c.Actor(), have.IsHome()
	if w.Home { // whose form has neither
		w.Title, w.Body = have.Title, have.Body
	}
	if f.OK() {
		if err = k.shelf.Save(c.Context(), p.in, page, w); err == nil {
			c.Flash("ok", "cms.done_saved")
			return c.Redirect(p.path(page))
		}
	}
	if errors.Is(err, ErrChanged) { // both are shown, and saving again means to
		if have, err = k.shelf.Page(c.Context(), p.in, page); err != nil {
			return err
		}
		return k.show(c, p, editing{page: have, state: f.State(), conflict: differences(have.Content, w.Content.normal()), conflicted: true})
	}
	if !f.Take(err) && f.OK() {
		return err
	}
	seen := have
	seen.Revision = w.Seen
	return k.show(c, p, editing{page: seen, state: f.State()})
}

// act answers a button that changes a page, and says in a sentence what came of it.
func (k desk[A, S]) act(done string, do func(c *web.Ctx[A], in S, id PageID, f *form.Form) error) web.Handler[A] {
	return func(c *web.Ctx[A]) error {
		p, page, err := k.at(c)
		if err != nil {
			return err
		}
		f, err := c.Form()
		if err != nil {
			return err
		}
		to := p.path(page)
		if f.Raw("back") == "sections" {
			to = p.sections(page)
		}
		err = do(c, p.in, page, f)
		if e := fault.As(err); err != nil && (e.Kind == fault.Conflict || e.Kind == fault.Rule) {
			c.Flash("bad", e.Code)
			return c.Redirect(to)
		}
		if err != nil {
			return err
		}
		c.Flash("ok", done)
		return c.Redirect(to)
	}
}

// timeShape is how browsers send a day and a time.
const timeShape = "2006-01-02T15:04"

func (k desk[A, S]) schedulePost(c *web.Ctx[A]) error {
	p, page, err := k.at(c)
	if err != nil {
		return err
	}
	have, err := k.shelf.Page(c.Context(), p.in, page)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	var at time.Time
	if text := f.Text("due"); text != "" {
		if at, err = time.ParseInLocation(timeShape, text, p.clock()); err != nil {
			f.Fail("due", "cms.bad_time")
		}
	}
	if f.OK() {
		if err = k.shelf.Schedule(c.Context(), p.in, page, at, c.Actor()); err == nil {
			c.Flash("ok", map[bool]string{true: "cms.done_unscheduled", false: "cms.done_scheduled"}[at.IsZero()])
			return c.Redirect(p.path(page))
		}
	}
	if !f.Take(err) && f.OK() {
		return err
	}
	return k.show(c, p, editing{page: have, plan: f.State()})
}

func (k desk[A, S]) deletePost(c *web.Ctx[A]) error {
	p, page, err := k.at(c)
	if err != nil {
		return err
	}
	if err := k.shelf.Delete(c.Context(), p.in, page, c.Actor()); err != nil {
		return err
	}
	c.Flash("ok", "cms.done_deleted")
	return c.Redirect("/pages" + p.query)
}

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
	v := cmsui.Editor{
		New: e.page.ID.IsZero(), MayEdit: k.may(c, MayEdit), MayPublish: k.may(c, MayPublish), State: e.state, Plan: e.plan, Langs: p.langs, Query: p.query,
		Slug: e.page.Slug, Address: p.origin + "/pages/", Title: e.page.Title, Body: e.page.Body, SEOTitle: e.page.SEOTitle, SEODescription: e.page.SEODescription,
		Header: e.page.Header, Footer: e.page.Footer, Legal: e.page.Legal, Place: number(e.page.Place), Revision: number(e.page.Revision),
		Conflicted: e.conflicted, Conflict: changes(w, e.conflict), Tier: string(e.page.Tier), Back: "/pages" + p.query,
	}
	if e.page.Tier == Own {
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
		v.Preview = cmp.Or(p.drafts, p.origin) + "/pages/preview/" + k.shelf.Preview(p.in, e.page.ID)
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
	return c.PageStatus(e.status(), web.Head{Title: title, Active: "/pages"}, cmsui.EditorPage(v))
}
