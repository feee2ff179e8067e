package cms

import (
	"strconv"

	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/cms/cmsui"
)

// studio is where pages are made of sections: those of a store, or those that a
// platform has for all of its stores.
type studio[A web.Audience, S tenant.Scope] struct {
	m *Module
	desk[A, S]
	start func(c *web.Ctx[A], p place[S]) (PageID, error) // begins a home page
}

func (k studio[A, S]) routes(mux *web.Mux[A]) {
	view, edit := web.Need(MayView), web.Need(MayEdit)
	mux.Post("/pages/home", edit, k.startHomePost)
	mux.Get("/pages/{id}/sections", view, k.sectionsPage)
	mux.Post("/pages/{id}/sections", edit, k.sectionAddPost)
	mux.Post("/pages/{id}/sections/order", edit, k.sectionOrderPost)
	mux.Get("/pages/{id}/sections/{section}", edit, k.sectionPage)
	mux.Post("/pages/{id}/sections/{section}", edit, k.sectionPost)
	for name, act := range sectionActs {
		mux.Post("/pages/{id}/sections/{section}/"+name, edit, func(c *web.Ctx[A]) error { return k.sectionActPost(c, act) })
	}
}

func (k studio[A, S]) startHomePost(c *web.Ctx[A]) error {
	p, err := k.find(c)
	if err != nil {
		return err
	}
	id, err := k.start(c, p)
	if fault.As(err) != nil && fault.As(err).Kind == fault.Invalid { // somebody else began it
		return c.Redirect("/pages" + p.query)
	}
	if err != nil {
		return err
	}
	done := "cms.section_done_home"
	if p.library == nil {
		done = "cms.section_done_home_all"
	}
	c.Flash("ok", done)
	return c.Redirect(p.sections(id))
}

// page finds the page that a request is about. One of a platform's own site is about
// no store, and has no sections.
func (k studio[A, S]) page(c *web.Ctx[A]) (place[S], Page, error) {
	p, id, err := k.at(c)
	if err != nil {
		return p, Page{}, err
	}
	page, err := k.shelf.Page(c.Context(), p.in, id)
	if err == nil && !page.Tier.composed() {
		err = errUnknown
	}
	return p, page, err
}

func sectionsPath(id PageID) string { return "/pages/" + id.String() + "/sections" }

// sectionsPage is the list of a page's sections beside the preview: one statement.
func (k studio[A, S]) sectionsPage(c *web.Ctx[A]) error {
	at, p, err := k.page(c)
	if err != nil {
		return err
	}
	v := k.studioOf(c, at, p)
	parts, troubles := k.m.kinds.parts(p.Sections), k.m.troublesOf(ownerOf(at.in), p.ID, p.Sections)
	for i, s := range p.Sections {
		row := k.rowOfSection(c, at, p, parts[i])
		row.Hidden, row.Focus = s.Hidden, c.Query("at") == s.ID
		if t, ok := troubles[s.ID]; ok && row.Problem == "" {
			row.Problem = c.Words.T(t.Why)
		}
		if s.Gone {
			v.Gone = append(v.Gone, row)
		} else {
			v.Rows = append(v.Rows, row)
		}
	}
	for _, kind := range k.m.kinds.here(at.on) {
		if at.takes(kind) {
			v.Kinds = append(v.Kinds, ui.MenuItem{Label: c.Words.T(kind.Word()), Post: at.sections(p.ID, "kind="+kind.Name(), "seen="+v.Seen)})
		}
	}
	return k.showStudio(c, 200, v)
}

func (k studio[A, S]) showStudio(c *web.Ctx[A], status int, v cmsui.Studio) error {
	c.ShowsFrames()
	return c.PageStatus(status, web.Head{Title: v.Title, Active: "/pages"}, cmsui.StudioPage(v))
}

// studioOf is a page in its studio, without its sections.
func (k studio[A, S]) studioOf(c *web.Ctx[A], at place[S], p Page) cmsui.Studio {
	w := c.Words.Zone(at.zone)
	v := cmsui.Studio{
		Title: p.Title.In(w.Lang()), Path: sectionsPath(p.ID), Query: at.behind(), Pages: "/pages" + at.query, Page: "/pages/" + p.ID.String(), Seen: number(p.Revision), Versions: p.Versions > 0,
		Sub: w.T("cms.edited_by", "at", w.DateTime(p.Edited), "by", who(w, p.Editor)), State: string(p.State()), Shared: p.Tier == Default,
		MayEdit: k.may(c, MayEdit), MayPublish: k.may(c, MayPublish),
	}
	if at.drafts != "" {
		preview := at.drafts + "/pages/preview/" + k.shelf.Preview(at.in, p.ID)
		v.Lang = "?" + web.LangParam + "=" + string(at.langs[0])
		v.Preview, v.Try = preview+v.Lang, preview+"/"
	}
	if p.Live > 0 && p.Tier == Own {
		v.Shown = at.origin + pathOf(p)
	}
	if !p.Due.IsZero() {
		v.Due = w.T("cms.due_at", "at", w.DateTime(p.Due))
		v.Missed = !p.Due.After(k.m.need.Kit.Clock.Now())
	}
	return v
}

// pathOf is where readers find a page.
func pathOf(p Page) string { return Link{Tier: p.Tier, Slug: p.Slug}.Path() }

// rowOfSection is a section in the list, with what is wrong with it.
func (k studio[A, S]) rowOfSection(c *web.Ctx[A], at place[S], p Page, s part) cmsui.SectionRow {
	row := cmsui.SectionRow{ID: s.id, Kind: s.name, Path: sectionsPath(p.ID) + "/" + s.id}
	if s.kind.New != nil {
		row.Kind, row.Icon = c.Words.T(s.kind.Word()), s.kind.Icon
	}
	switch {
	case s.bad != nil:
		row.Problem = c.Words.Fault(fault.As(s.bad))
	case !k.m.kinds.on(at.on, s.kind):
		row.Problem = c.Words.Fault(errOff)
	default:
		row.Says = beginning(s.value, c.Words.Lang())
		if len(checkSection(s.value, "").Fields) > 0 {
			row.Problem = c.Words.T("cms.section_to_finish")
		}
	}
	return row
}

// seenRevision is the revision that whoever sends a form had before them.
func seenRevision[A web.Audience](c *web.Ctx[A]) int64 {
	n, _ := strconv.ParseInt(c.Query("seen"), 10, 64) // what is no number was not seen
	return n
}

// answerComposed answers a change of the list: with the list, and in a sentence where
// somebody else was faster.
func (k studio[A, S]) answerComposed(c *web.Ctx[A], to string, err error) error {
	if e := fault.As(err); e != nil && (e.Kind == fault.Conflict || e.Kind == fault.Rule) {
		c.Flash("bad", e.Code)
	} else if err != nil {
		return err
	}
	return c.Redirect(to)
}

func (k studio[A, S]) sectionAddPost(c *web.Ctx[A]) error {
	at, p, err := k.page(c)
	if err != nil {
		return err
	}
	var added string
	kind, ok := k.m.kinds.named(c.Query("kind"))
	add := k.m.kinds.add(kind.Name(), c.Query("behind"), &added)
	if !ok || !k.m.kinds.on(at.on, kind) || !at.takes(kind) {
		add = func([]Section) ([]Section, error) { return nil, errNoKind }
	}
	_, err = k.shelf.Compose(c.Context(), at.in, p.ID, Composing{Seen: seenRevision(c), By: c.Actor(), Do: add})
	if err == nil && len(kind.New().Fields()) > 0 {
		return c.Redirect(at.section(p.ID, added))
	}
	return k.answerComposed(c, at.behindAct(p.ID, added), err)
}

// sectionOrderPost takes the whole order, as the list has it when something was
// dragged or moved by its buttons.
func (k studio[A, S]) sectionOrderPost(c *web.Ctx[A]) error {
	at, p, err := k.page(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	_, err = k.shelf.Compose(c.Context(), at.in, p.ID, Composing{Seen: seenRevision(c), By: c.Actor(), Do: func(all []Section) ([]Section, error) {
		return arrangeSections(all, f.All("section")), nil
	}})
	return k.answerComposed(c, at.sections(p.ID), err)
}

func (k studio[A, S]) sectionActPost(c *web.Ctx[A], act sectionAct) error {
	in, p, err := k.page(c)
	if err != nil {
		return err
	}
	at, section, seen := c.Param("section"), c.Param("section"), seenRevision(c)
	if act.any {
		seen = p.Revision
	}
	_, err = k.shelf.Compose(c.Context(), in.in, p.ID, Composing{Seen: seen, By: c.Actor(), Do: func(all []Section) ([]Section, error) { return act.do(all, section, &at) }})
	if err == nil && act.undo {
		c.FlashUndo(sectionsPath(p.ID)+"/"+section+"/back"+in.query, "cms.section_done_deleted")
	}
	return k.answerComposed(c, in.behindAct(p.ID, at), err)
}
