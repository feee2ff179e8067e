package cms

import (
	"strconv"

	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/cms/cmsui"
)

// fittingActs are what buttons around a fitting do.
var fittingActs = map[string]fittingButton{
	"publish": {"cms.fitting_done_published", func(m *Module, c staffer, kind FittingKind, f *form.Form) error {
		return m.PublishFitting(c.Context(), c.As.In, kind, f.Int("revision"), c.Actor())
	}},
	"hide": {"cms.fitting_done_hidden", func(m *Module, c staffer, kind FittingKind, _ *form.Form) error {
		return m.HideFitting(c.Context(), c.As.In, kind, c.Actor())
	}},
	"restore": {"cms.fitting_done_restored", func(m *Module, c staffer, kind FittingKind, f *form.Form) error {
		return m.RestoreFitting(c.Context(), c.As.In, kind, f.Int("number"), c.Actor())
	}},
}

type fittingButton struct {
	done string
	do   func(m *Module, c staffer, kind FittingKind, f *form.Form) error
}

func (m *Module) fittingAct(c staffer, act fittingButton) error {
	kind, err := fittingOf(c.Param("menu"))
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	return answerFitting(c, kind, outcome{done: act.done, err: act.do(m, c, kind, f)})
}

// fittingVersions lists what was published, and shows how the one that is asked for
// differs from the draft: two statements, and one more with it.
func (m *Module) fittingVersions(c staffer) error {
	kind, err := fittingOf(c.Param("menu"))
	if err != nil {
		return err
	}
	f, err := m.Fitting(c.Context(), c.As.In, kind)
	if err != nil {
		return err
	}
	before, _ := strconv.ParseInt(c.Query("before"), 10, 64) // what is no number is from the latest
	all, err := m.FittingVersions(c.Context(), c.As.In, kind, before)
	if err != nil {
		return err
	}
	w := c.Words.Zone(storePlace(c).zone)
	path := pathOfFitting(kind) + "/versions"
	v := cmsui.FittingVersions{Title: w.T("cms.fitting_" + string(kind)), Path: pathOfFitting(kind), May: c.As.Grants.Has(MayEdit)}
	if len(all) > versionRows {
		all = all[:versionRows]
		v.Next = path + "?before=" + number(all[versionRows-1].Number)
	}
	if before > 0 {
		v.First = path
	}
	for _, of := range all {
		r := cmsui.VersionRow{Name: w.T("cms.version_n", "n", number(of.Number)), Detail: w.DateTime(of.At) + " · " + who(w, of.Author), Href: path + "?n=" + number(of.Number)}
		if of.Number == f.Live {
			r.Badge = ui.Badge{Label: w.T("cms.shown"), Tone: ui.OK}
		}
		v.Rows = append(v.Rows, r)
	}
	if n, err := strconv.ParseInt(c.Query("n"), 10, 64); err == nil {
		of, err := m.FittingVersion(c.Context(), c.As.In, kind, n)
		if err != nil {
			return err
		}
		v.Number, v.Chosen = number(n), w.T("cms.version_n", "n", number(n))
		diff, err := fittingDifferences(kind, f.Text, of.Text, storePlace(c).clock())
		if err != nil {
			v.Problem = faultWords(w, err)
		}
		v.Changes = changes(w, diff)
	}
	return c.Page(web.Head{Title: w.T("cms.versions") + " · " + v.Title, Active: menusPath + "/header"}, cmsui.FittingVersionsPage(v))
}
