package cms

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"orion/kit/fault"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/cms/cmsui"
)

// themeRoutes are where staff of a store decide how it looks.
func (m *Module) themeRoutes(mux *web.Mux[web.Store]) {
	may := web.Need(MayTheme)
	mux.Get(themePath, may, m.themePage)
	mux.Post(themePath, may, m.themePost)
	mux.Post(themePath+"/try", may.Limit(300, time.Minute), m.themeTry)
	mux.Post(themePath+"/start", may, m.themeStart)
	mux.Get(themePath+"/versions", may, m.themeVersions)
	for name, act := range themeActs {
		mux.Post(themePath+"/"+name, may, func(c staffer) error { return m.themeAct(c, act) })
	}
}

// shaping is a design in its editor.
type shaping struct {
	Styling
	design Design
	state  ui.Form
	broken error // why what is stored cannot be shown

	conflicted bool
	conflict   []Difference // with what somebody else stored
}

// shapingOf is a store's design as it is stored, else its preset: one statement.
func (m *Module) shapingOf(c staffer) (shaping, error) {
	s, err := m.Styling(c.Context(), c.As.In)
	if err != nil {
		return shaping{}, err
	}
	out := shaping{Styling: s, design: DesignOf(c.As.Shop.Theme)}
	if s.Revision == 0 {
		return out, nil
	}
	d, bad := readDesign(s.Text)
	if out.broken = bad; bad == nil {
		out.design = d
	}
	return out, nil
}

func (m *Module) themePage(c staffer) error {
	s, err := m.shapingOf(c)
	if err != nil {
		return err
	}
	return m.showTheme(c, 200, s)
}

// themePost keeps the draft. With "mend" one of its colours becomes another first.
func (m *Module) themePost(c staffer) error {
	s, err := m.shapingOf(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	stored := s.design
	s.design = readTheme(f, s.design)
	if field, colour, ok := strings.Cut(f.Raw("mend"), "="); ok {
		scheme, token, _ := strings.Cut(field, ".")
		if at := s.design.palette(scheme).Token(token); at != nil {
			*at = colour
		}
	}
	err = m.SaveDesign(c.Context(), c.As.In, Designing{Design: s.design, Seen: f.Int("revision"), By: c.Actor()})
	switch {
	case err == nil:
		c.Flash("ok", "cms.design_saved")
		return c.Redirect(themePath)
	case errors.Is(err, ErrChanged): // both are shown, and saving again means to
		if s.Styling, err = m.Styling(c.Context(), c.As.In); err != nil {
			return err
		}
		s.state, s.conflicted, s.conflict = f.State(), true, designDifferences(stored, s.design)
		return m.showTheme(c, 409, s)
	case !f.Take(err):
		return err
	}
	s.state, s.Revision = f.State(), f.Int("revision")
	return m.showTheme(c, 422, s)
}

// readTheme takes what somebody chose out of the editor. What its form does not have
// stays as it was.
func readTheme(f *form.Form, d Design) Design {
	take := func(name string, into *string) {
		if f.Has(name) {
			*into = f.Raw(name)
		}
	}
	for _, scheme := range []string{"light", "dark"} {
		for _, token := range ui.Tokens {
			take(colourField(scheme, token), d.palette(scheme).Token(token))
		}
	}
	for _, part := range ui.Parts {
		take(part.Code, d.look(part.Code))
	}
	for name, into := range map[string]*string{
		"preset": &d.Preset, "scheme": &d.Scheme, "display": &d.Display, "body": &d.Body, "radius": &d.Radius, "corner": &d.Corner, "button": &d.Button,
		"density": &d.Density, "logo": &d.Logo, "icon": &d.Icon, "share": &d.Share, "rules": &d.Rules,
	} {
		take(name, into)
	}
	return d.normal()
}

// themeTry answers what an editor needs while somebody types: how the design is
// drawn, what is too faint and what was left out. Nothing is stored.
func (m *Module) themeTry(c staffer) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	d := readTheme(f, DesignOf(c.As.Shop.Theme))
	v := cmsui.Tried{Colours: colourGroups(c, d)}
	if d.check().OrNil() == nil {
		v.CSS = d.Theme().CSS()
	}
	v.Rules, v.Refused = triedRules(c, d)
	return c.Partial(cmsui.TriedPart(v))
}

// triedRules are a merchant's own rules as pages send them, and what was left out.
func triedRules(c staffer, d Design) (string, []string) {
	rules, refused := d.rules()
	var out []string
	for _, r := range refused {
		out = append(out, c.Words.T("cms.design_refused", "line", r.Line, "what", r.What))
	}
	return rules, out
}

// themeStart begins again from a preset. Pictures and rules stay.
func (m *Module) themeStart(c staffer) error {
	s, err := m.shapingOf(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	d := DesignOf(f.Raw("preset"))
	d.Logo, d.Icon, d.Share, d.Rules = s.design.Logo, s.design.Icon, s.design.Share, s.design.Rules
	return m.answerTheme(c, "cms.design_begun", m.SaveDesign(c.Context(), c.As.In, Designing{Design: d, Seen: f.Int("revision"), By: c.Actor()}))
}

// themeActs are what buttons around the editor do.
var themeActs = map[string]struct {
	done string
	do   func(m *Module, c staffer, f *form.Form) error
}{
	"publish": {"cms.design_done_published", func(m *Module, c staffer, f *form.Form) error {
		return m.PublishDesign(c.Context(), c.As.In, f.Int("revision"), c.Actor())
	}},
	"hide": {"cms.design_done_hidden", func(m *Module, c staffer, _ *form.Form) error {
		return m.HideDesign(c.Context(), c.As.In, c.Actor())
	}},
	"rollback": {"cms.design_done_rolled_back", func(m *Module, c staffer, f *form.Form) error {
		return m.RollBack(c.Context(), c.As.In, f.Int("number"), c.Actor())
	}},
	"restore": {"cms.design_done_restored", func(m *Module, c staffer, f *form.Form) error {
		return m.RestoreDesign(c.Context(), c.As.In, f.Int("number"), c.Actor())
	}},
}

func (m *Module) themeAct(c staffer, act struct {
	done string
	do   func(m *Module, c staffer, f *form.Form) error
},
) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	return m.answerTheme(c, act.done, act.do(m, c, f))
}

// answerTheme says in a sentence what came of a button, and shows the editor.
func (m *Module) answerTheme(c staffer, done string, err error) error {
	if e := fault.As(err); e != nil && (e.Kind == fault.Conflict || e.Kind == fault.Rule) {
		c.Flash("bad", e.Code)
	} else if err != nil {
		return err
	} else {
		c.Flash("ok", done)
	}
	return c.Redirect(themePath)
}

// themeVersions lists what was published, and shows how the one that is asked for
// differs from the draft: two statements, and one more with it.
func (m *Module) themeVersions(c staffer) error {
	s, err := m.shapingOf(c)
	if err != nil {
		return err
	}
	before, _ := strconv.ParseInt(c.Query("before"), 10, 64) // what is no number is from the latest
	all, err := m.DesignVersions(c.Context(), c.As.In, before, versionRows+1)
	if err != nil {
		return err
	}
	w := c.Words.Zone(storePlace(c).zone)
	path := themePath + "/versions"
	v := cmsui.DesignVersions{}
	if len(all) > versionRows {
		all = all[:versionRows]
		v.Next = path + "?before=" + number(all[versionRows-1].Number)
	}
	if before > 0 {
		v.First = path
	}
	for _, of := range all {
		r := cmsui.VersionRow{Name: w.T("cms.version_n", "n", number(of.Number)), Detail: w.DateTime(of.At) + " · " + who(w, of.Author), Href: path + "?n=" + number(of.Number)}
		if of.Number == s.Live {
			r.Badge = ui.Badge{Label: w.T("cms.shown"), Tone: ui.OK}
		}
		v.Rows = append(v.Rows, r)
	}
	if n, err := strconv.ParseInt(c.Query("n"), 10, 64); err == nil {
		of, err := m.DesignVersion(c.Context(), c.As.In, n)
		if err != nil {
			return err
		}
		v.Number, v.Chosen, v.Shown = number(n), w.T("cms.version_n", "n", number(n)), n == s.Live
		d, err := readDesign(of.Text)
		if err != nil {
			v.Problem = w.Fault(fault.As(err))
		} else {
			v.Changes = changes(w, designDifferences(s.design, d))
		}
	}
	return c.Page(web.Head{Title: w.T("cms.versions") + " · " + w.T("cms.design"), Active: themePath}, cmsui.DesignVersionsPage(v))
}
