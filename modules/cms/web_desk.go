package cms

import (
	"errors"
	"time"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/id"
	"orion/kit/tenant"
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
	base  string // path of the list, before those of what it lists
	// names puts names in the place of identifiers in what differs, and choices are
	// those of the form; nil has neither.
	names   func(c *web.Ctx[A], all []Difference) error
	choices func(c *web.Ctx[A], v *cmsui.Editor, of Page) error
	// take reads what a page has not; nil reads nothing.
	take func(c *web.Ctx[A], f *form.Form, w *Writing, have Content) error
}

func (k desk[A, S]) routes(mux *web.Mux[A]) {
	view, edit, publish := web.Need(MayView), web.Need(MayEdit), web.Need(MayPublish)
	mux.Get(k.base, view, k.list)
	mux.Get(k.base+"/new", edit, k.newPage)
	mux.Post(k.base, edit, k.newPost)
	mux.Get(k.base+"/{id}", view, k.editPage)
	mux.Post(k.base+"/{id}", edit, k.editPost)
	mux.Get(k.base+"/{id}/versions", view, k.versionsPage)
	mux.Post(k.base+"/{id}/restore", edit, k.restorePost)
	mux.Post(k.base+"/{id}/publish", publish, k.act(k.said("published"), func(c *web.Ctx[A], in S, id PageID, f *form.Form) error {
		return k.shelf.Publish(c.Context(), in, id, f.Int("revision"), c.Actor())
	}))
	mux.Post(k.base+"/{id}/hide", publish, k.act(k.said("hidden"), func(c *web.Ctx[A], in S, id PageID, _ *form.Form) error {
		return k.shelf.Hide(c.Context(), in, id, c.Actor())
	}))
	mux.Post(k.base+"/{id}/schedule", publish, k.schedulePost)
	mux.Post(k.base+"/{id}/delete", publish, k.deletePost)
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
	return k.show(c, p, editing{page: Page{Tier: p.tier, Content: Content{Head: Head{Footer: p.tier != Posted}}}})
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
	w, err := k.read(c, f, p.langs, Content{})
	if err != nil {
		return err
	}
	w.Tier, w.By = p.tier, c.Actor()
	var page PageID
	if f.OK() {
		if page, err = k.shelf.Create(c.Context(), p.in, w); err == nil {
			c.Flash("ok", k.said("created"))
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
	w, err := k.read(c, f, p.langs, have.Content)
	if err != nil {
		return err
	}
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
		met := differences(have.Content, w.Content.normal())
		have.Cover = w.Cover // which no field of the form has
		return k.show(c, p, editing{page: have, state: f.State(), conflict: met, conflicted: true})
	}
	if !f.Take(err) && f.OK() {
		return err
	}
	seen := have
	seen.Revision, seen.Cover = w.Seen, w.Cover
	return k.show(c, p, editing{page: seen, state: f.State()})
}

func (k desk[A, S]) read(c *web.Ctx[A], f *form.Form, langs []i18n.Lang, have Content) (Writing, error) {
	w := read(f, langs, have)
	if k.take == nil {
		return w, nil
	}
	return w, k.take(c, f, &w, have)
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
	c.Flash("ok", k.said("deleted"))
	return c.Redirect(p.base + p.query)
}
