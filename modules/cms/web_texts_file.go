package cms

import (
	"encoding/csv"
	"net/http"
	"strconv"

	"orion/kit/cell"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/cms/cmsui"
)

// xliffType is what XLIFF is called; browsers keep it as a file.
const xliffType = "application/x-xliff+xml"

func (m *Module) textsExport(c staffer) error {
	q, langs, err := m.askedTexts(c)
	if err != nil {
		return err
	}
	if len(langs) < 2 {
		return errNoTongue
	}
	e := Exporting{Shape: CSV, Langs: Tongues{langs[0], q.Lang}, Areas: q.Areas, All: c.Query("what") == "all", Words: c.Words, Name: c.As.Shop.Code}
	ends, kind := ".csv", web.CSV
	if c.Query("as") == string(XLIFF) {
		e.Shape, ends, kind = XLIFF, ".xlf", xliffType
	}
	return m.ExportTexts(c.Context(), c.As.In, c.Download(c.As.Shop.Code+"-"+string(q.Lang)+ends, kind), e)
}

// textImportsPage is where a file is sent: one statement.
func (m *Module) textImportsPage(c staffer, state ui.Form) error {
	all, err := m.TextImports(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	w := c.Words.Zone(storePlace(c).zone)
	v := cmsui.TextImports{State: state}
	for _, i := range all {
		v.Rows = append(v.Rows, cmsui.TextImportRow{
			Href: "/translations/sent/" + i.ID.String(), File: i.File, Lang: i.Lang.Name(), Who: i.Actor, When: w.DateTime(i.Asked), Status: importBadge(w, i.Status),
		})
	}
	status := http.StatusOK
	if state.Fault != nil {
		status = http.StatusUnprocessableEntity
	}
	return c.PageStatus(status, web.Head{Title: w.T("cms.texts_import"), Active: "/pages"}, cmsui.TextImportsPage(v))
}

var importTones = map[ImportStatus]ui.Tone{ImportReading: ui.Info, ImportReady: ui.Warn, ImportWriting: ui.Info, ImportDone: ui.OK, ImportFailed: ui.Bad}

func importBadge(w i18n.Words, s ImportStatus) ui.Badge {
	return ui.Badge{Label: w.T("cms.texts_import_" + string(s)), Tone: importTones[s]}
}

func (m *Module) textImportPost(c staffer) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	file, header, err := f.File("file")
	if err != nil {
		return err
	}
	if file == nil {
		f.Fail("file", "form.required")
		return m.textImportsPage(c, f.State())
	}
	defer func() { _ = file.Close() }()
	id, err := m.ImportTexts(c.Context(), c.As.In, TextFile{Name: header.Filename, R: file, Langs: storePlace(c).langs, By: c.Actor()})
	if f.Take(err) {
		return m.textImportsPage(c, f.State())
	}
	if err != nil {
		return err
	}
	return c.Redirect("/translations/sent/" + id.String())
}

func (m *Module) askedImport(c staffer) (TextImport, error) {
	var id TextImportID
	if err := id.UnmarshalText([]byte(c.Param("id"))); err != nil {
		return TextImport{}, errNoTextImport
	}
	return m.TextImport(c.Context(), c.As.In, id)
}

// shownProblems is how many problems the page shows; the file has all.
const shownProblems = 100

// textImportPage shows what a file changes, or changed: one statement.
func (m *Module) textImportPage(c staffer) error {
	i, err := m.askedImport(c)
	if err != nil {
		return err
	}
	w := c.Words.Zone(storePlace(c).zone)
	path := "/translations/sent/" + i.ID.String()
	v := cmsui.TextImport{
		Title: i.File, Sub: i.Lang.Name() + " · " + w.DateTime(i.Asked) + " · " + i.Actor, Path: path, Status: importBadge(w, i.Status), Running: i.Running(), Ready: i.Status == ImportReady,
		Done: int(i.Position), Total: int(i.Total), Changes: i.Changes, Conflicts: i.Conflicts, MayPublish: c.As.Grants.Has(MayPublish),
		Facts: []ui.Fact{
			{Label: w.T("cms.texts_changes_" + map[bool]string{true: "done", false: "planned"}[i.Status == ImportDone]), Text: w.Number(i.Changes)},
			{Label: w.T("cms.texts_same"), Text: w.Number(i.Same)},
			{Label: w.T("cms.texts_empty"), Text: w.Number(i.Empty)},
			{Label: w.T("cms.texts_conflicts"), Text: w.Number(i.Conflicts)},
			{Label: w.T("cms.texts_failed"), Text: w.Number(i.Failed)},
		},
	}
	for _, e := range i.First {
		v.First = append(v.First, ui.Change{Label: e.What, Before: e.Before, After: e.After})
	}
	for _, p := range i.Problems[:min(len(i.Problems), shownProblems)] {
		v.Problems = append(v.Problems, cmsui.TextProblem{Row: rowOfFile(p), What: p.What, Why: p.words(w), Said: p.Said})
	}
	for _, d := range i.Drafts {
		v.Drafts = append(v.Drafts, cmsui.TextDraft{Title: d.Title, Href: d.Path})
	}
	if c.IsPartial() {
		return c.Partial(cmsui.TextImportState(v))
	}
	return c.Page(web.Head{Title: i.File, Active: "/pages"}, cmsui.TextImportPage(v))
}

func rowOfFile(p TextProblem) string {
	if p.Row == 0 {
		return ""
	}
	return strconv.Itoa(p.Row)
}

// words say what is wrong, in the reader's language.
func (p TextProblem) words(w i18n.Words) string {
	return w.FaultField(fault.Field{Code: p.Code, Args: p.Args})
}

func (m *Module) textImportWrite(c staffer) error {
	i, err := m.askedImport(c)
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	a := importing{Import: i.ID, Langs: storePlace(c).langs, By: c.Actor(), Overwrite: f.Bool("overwrite"), Publish: f.Bool("publish") && c.As.Grants.Has(MayPublish)}
	if err := m.WriteTexts(c.Context(), c.As.In, a); err != nil {
		return err
	}
	return c.Redirect("/translations/sent/" + i.ID.String())
}

// textProblems is a file with everything that was left out, and why.
func (m *Module) textProblems(c staffer) error {
	i, err := m.askedImport(c)
	if err != nil {
		return err
	}
	out := csv.NewWriter(c.Download(i.ID.String()+".csv", web.CSV))
	all := [][]string{{"row", "what", "reason", "text"}}
	for _, p := range i.Problems {
		all = append(all, []string{rowOfFile(p), cell.Escape(p.What), cell.Escape(p.words(c.Words)), cell.Escape(p.Said)})
	}
	_ = out.WriteAll(all) // an error means that the reader is gone
	return nil
}
