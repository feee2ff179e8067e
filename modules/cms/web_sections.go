package cms

import (
	"strconv"

	"orion/kit/fault"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/cms/cmsui"
)

// sectionRoutes are where staff of a store make pages of sections.
func (m *Module) sectionRoutes(mux *web.Mux[web.Store]) {
	view, edit := web.Need(MayView), web.Need(MayEdit)
	mux.Post("/pages/home", edit, m.startHomePost)
	mux.Get("/pages/{id}/sections", view, m.sectionsPage)
	mux.Post("/pages/{id}/sections", edit, m.sectionAddPost)
	mux.Post("/pages/{id}/sections/order", edit, m.sectionOrderPost)
	mux.Get("/pages/{id}/sections/{section}", edit, m.sectionPage)
	mux.Post("/pages/{id}/sections/{section}", edit, m.sectionPost)
	for name, act := range sectionActs {
		mux.Post("/pages/{id}/sections/{section}/"+name, edit, func(c staffer) error { return m.sectionActPost(c, act) })
	}
}

func (m *Module) startHomePost(c staffer) error {
	id, err := m.StartHome(c.Context(), At{Platform: c.Place().Platform.In, Store: c.As.In}, c.As.Shop.Lang, c.Actor())
	if fault.As(err) != nil && fault.As(err).Kind == fault.Invalid { // somebody else began it
		return c.Redirect("/pages")
	}
	if err != nil {
		return err
	}
	c.Flash("ok", "cms.section_done_home")
	return c.Redirect(sectionsPath(id))
}

func sectionsPath(id PageID) string { return "/pages/" + id.String() + "/sections" }

// behindAct is the address of the list with a section at hand.
func behindAct(id PageID, section string) string {
	if section == "" {
		return sectionsPath(id)
	}
	return sectionsPath(id) + "?at=" + section
}

// sectionsPage is the list of a page's sections beside the preview: one statement.
func (m *Module) sectionsPage(c staffer) error {
	id, err := parsePage(c.Param("id"))
	if err != nil {
		return err
	}
	p, err := m.Stores.Page(c.Context(), c.As.In, id)
	if err != nil {
		return err
	}
	v := m.studioOf(c, p)
	parts, troubles := m.kinds.parts(p.Sections), m.troublesOf(ownerOf(c.As.In), id, p.Sections)
	for i, s := range p.Sections {
		row := m.rowOfSection(c, p, parts[i])
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
	for _, k := range m.kinds.here(c.As.In.Platform()) {
		v.Kinds = append(v.Kinds, ui.MenuItem{Label: c.Words.T(k.Word()), Post: v.Path + "?kind=" + k.Name() + "&seen=" + v.Seen})
	}
	return m.showStudio(c, 200, v)
}

func (m *Module) showStudio(c staffer, status int, v cmsui.Studio) error {
	c.ShowsFrames()
	return c.PageStatus(status, web.Head{Title: v.Title, Active: "/pages"}, cmsui.StudioPage(v))
}

// studioOf is a page in its studio, without its sections.
func (m *Module) studioOf(c staffer, p Page) cmsui.Studio {
	w := c.Words.Zone(storePlace(c).zone)
	preview := c.ShopOrigin() + "/pages/preview/" + m.Stores.Preview(c.As.In, p.ID)
	lang := "?" + web.LangParam + "=" + string(c.As.Shop.Lang)
	v := cmsui.Studio{
		Title: p.Title.In(w.Lang()), Path: sectionsPath(p.ID), Page: "/pages/" + p.ID.String(), Preview: preview + lang, Try: preview + "/", Lang: lang, Seen: number(p.Revision), Versions: p.Versions > 0,
		Sub: w.T("cms.edited_by", "at", w.DateTime(p.Edited), "by", who(w, p.Editor)), State: string(p.State()),
		MayEdit: c.As.Grants.Has(MayEdit), MayPublish: c.As.Grants.Has(MayPublish),
	}
	if p.Live > 0 {
		v.Shown = c.ShopOrigin() + pathOf(p)
	}
	if !p.Due.IsZero() {
		v.Due = w.T("cms.due_at", "at", w.DateTime(p.Due))
		v.Missed = !p.Due.After(m.need.Kit.Clock.Now())
	}
	return v
}

// pathOf is where readers find a page.
func pathOf(p Page) string { return Link{Tier: p.Tier, Slug: p.Slug}.Path() }

// rowOfSection is a section in the list, with what is wrong with it.
func (m *Module) rowOfSection(c staffer, p Page, s part) cmsui.SectionRow {
	row := cmsui.SectionRow{ID: s.id, Kind: s.name, Path: sectionsPath(p.ID) + "/" + s.id}
	if s.kind.New != nil {
		row.Kind, row.Icon = c.Words.T(s.kind.Word()), s.kind.Icon
	}
	switch {
	case s.bad != nil:
		row.Problem = c.Words.Fault(fault.As(s.bad))
	case !m.kinds.on(c.As.In.Platform(), s.kind):
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
func seenRevision(c staffer) int64 {
	n, _ := strconv.ParseInt(c.Query("seen"), 10, 64) // what is no number was not seen
	return n
}

// answerComposed answers a change of the list: with the list, and in a sentence where
// somebody else was faster.
func (m *Module) answerComposed(c staffer, id PageID, at string, err error) error {
	if e := fault.As(err); e != nil && (e.Kind == fault.Conflict || e.Kind == fault.Rule) {
		c.Flash("bad", e.Code)
	} else if err != nil {
		return err
	}
	return c.Redirect(behindAct(id, at))
}

func (m *Module) sectionAddPost(c staffer) error {
	id, err := parsePage(c.Param("id"))
	if err != nil {
		return err
	}
	var added string
	kind, ok := m.kinds.named(c.Query("kind"))
	add := m.kinds.add(kind.Name(), c.Query("behind"), &added)
	if !ok || !m.kinds.on(c.As.In.Platform(), kind) {
		add = func([]Section) ([]Section, error) { return nil, errNoKind }
	}
	_, err = m.Stores.Compose(c.Context(), c.As.In, id, Composing{Seen: seenRevision(c), By: c.Actor(), Do: add})
	if err == nil && len(kind.New().Fields()) > 0 {
		return c.Redirect(sectionsPath(id) + "/" + added)
	}
	return m.answerComposed(c, id, added, err)
}

// sectionOrderPost takes the whole order, as the list has it when something was
// dragged or moved by its buttons.
func (m *Module) sectionOrderPost(c staffer) error {
	id, err := parsePage(c.Param("id"))
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	_, err = m.Stores.Compose(c.Context(), c.As.In, id, Composing{Seen: seenRevision(c), By: c.Actor(), Do: func(all []Section) ([]Section, error) {
		return arrangeSections(all, f.All("section")), nil
	}})
	return m.answerComposed(c, id, "", err)
}

// sectionAct is what a button beside a section does. It names the section at hand
// behind that.
type sectionAct struct {
	do   func(all []Section, id string, at *string) ([]Section, error)
	undo bool // it is said, with a way back
	any  bool // it does whatever was seen
}

var sectionActs = map[string]sectionAct{
	"up":   {do: func(all []Section, id string, _ *string) ([]Section, error) { return step(all, id, -1) }},
	"down": {do: func(all []Section, id string, _ *string) ([]Section, error) { return step(all, id, 1) }},
	"copy": {do: func(all []Section, id string, at *string) ([]Section, error) { return double(id, at)(all) }},
	"hide": {do: func(all []Section, id string, _ *string) ([]Section, error) {
		return amend(all, id, func(s *Section) { s.Hidden = true })
	}},
	"show": {do: func(all []Section, id string, _ *string) ([]Section, error) {
		return amend(all, id, func(s *Section) { s.Hidden = false })
	}},
	"delete": {undo: true, do: func(all []Section, id string, at *string) ([]Section, error) {
		*at = neighbour(all, id)
		return amend(all, id, func(s *Section) { s.Gone = true })
	}},
	"back": {any: true, do: func(all []Section, id string, _ *string) ([]Section, error) {
		return amend(all, id, func(s *Section) { s.Gone = false })
	}},
}

// neighbour is the section that is at hand when another one is gone.
func neighbour(all []Section, id string) string {
	before, found := "", false
	for _, s := range all {
		switch {
		case s.Gone:
		case s.ID == id:
			found = true
		case found:
			return s.ID
		default:
			before = s.ID
		}
	}
	return before
}

func (m *Module) sectionActPost(c staffer, act sectionAct) error {
	id, err := parsePage(c.Param("id"))
	if err != nil {
		return err
	}
	at, section := c.Param("section"), c.Param("section")
	seen := seenRevision(c)
	if act.any {
		p, err := m.Stores.Page(c.Context(), c.As.In, id)
		if err != nil {
			return err
		}
		seen = p.Revision
	}
	_, err = m.Stores.Compose(c.Context(), c.As.In, id, Composing{Seen: seen, By: c.Actor(), Do: func(all []Section) ([]Section, error) { return act.do(all, section, &at) }})
	if err == nil && act.undo {
		c.FlashUndo(sectionsPath(id)+"/"+section+"/back", "cms.section_done_deleted")
	}
	return m.answerComposed(c, id, at, err)
}
