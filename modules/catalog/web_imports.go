package catalog

import (
	"encoding/csv"
	"strings"
	"time"

	"orion/kit/cell"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/catalog/catalogui"
)

var transferTone = map[string]ui.Tone{Waiting: ui.Neutral, Running: ui.Info, Done: ui.OK, Broken: ui.Bad, Cancelled: ui.Warn}

func transferBadge(w i18n.Words, s string) ui.Badge {
	return ui.Badge{Label: w.T("catalog.import_" + s), Tone: transferTone[s]}
}

func (m *Module) showImports(c staffCtx) error { return m.importsPage(c, sent{}) }

func (m *Module) importsPage(c staffCtx, s sent) error {
	rows, err := m.Transfers(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	view := catalogui.Imports{State: s.state(), May: c.As.Grants.Has(View)}
	for _, t := range rows {
		view.Rows = append(view.Rows, catalogui.ImportRow{
			Href: "/imports/" + t.ID.String(), File: t.File, Who: t.Actor, When: c.Words.DateTime(t.AskedAt),
			Status: transferBadge(c.Words, t.Status), Count: c.Words.Number(t.Products()),
		})
	}
	return c.PageStatus(s.status(), web.Head{Title: c.Words.T("catalog.imports"), Active: "/imports"}, view)
}

func (m *Module) postImport(c staffCtx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	file, header, err := f.File("file")
	if err != nil {
		return err
	}
	if file == nil {
		f.Fail("file", "catalog.file_missing")
		return m.importsPage(c, sent{Form: f})
	}
	defer func() { _ = file.Close() }()
	id, err := m.Request(c.Context(), c.As.In, Upload{
		File: header.Filename, R: file, Actor: c.Actor(),
		Options: Options{Lang: c.As.Shop.Lang, Currency: c.As.Shop.Currency, DryRun: f.Bool("dry_run")},
	})
	if err != nil {
		if f.Take(err) {
			return m.importsPage(c, sent{Form: f})
		}
		return err
	}
	return c.Redirect("/imports/" + id.String())
}

func (m *Module) transferOf(c staffCtx) (Transfer, error) {
	var id ImportID
	if err := id.UnmarshalText([]byte(c.Param("id"))); err != nil {
		return Transfer{}, ErrNoImport
	}
	return m.Transfer(c.Context(), c.As.In, id)
}

// shownRows is how many lines of problems the page shows; the file has all.
const shownRows = 200

func (m *Module) showImport(c staffCtx) error {
	t, err := m.transferOf(c)
	if err != nil {
		return err
	}
	path := "/imports/" + t.ID.String()
	v := catalogui.Import{
		Title: t.File, Sub: joined(c.Words.DateTime(t.AskedAt), t.Actor), Status: transferBadge(c.Words, t.Status), Over: t.Over(),
		Action: path + "/cancel", Refresh: path, File: path + "/problems.csv", Done: int(t.Position), Total: int(t.Size),
		Text: soFar(c.Words, t, m.need.Kit.Clock.Now()),
		Facts: []ui.Fact{
			{Label: c.Words.T("catalog.import_created"), Text: c.Words.Number(t.Created)},
			{Label: c.Words.T("catalog.import_updated"), Text: c.Words.Number(t.Updated)},
			{Label: c.Words.T("catalog.import_unchanged"), Text: c.Words.Number(t.Unchanged)},
			{Label: c.Words.T("catalog.import_left_out"), Text: c.Words.Number(t.Failed)},
		},
	}
	if t.DryRun {
		v.Sub += " · " + c.Words.T("catalog.import_dry")
	}
	for _, p := range t.Problems[:min(len(t.Problems), shownRows)] {
		v.Problems = append(v.Problems, catalogui.ProblemRow{Line: itoa(p.Line), Product: p.Product, Text: p.words(c.Words)})
	}
	for _, p := range t.Pictures[:min(len(t.Pictures), shownRows)] {
		v.Pictures = append(v.Pictures, catalogui.ProblemRow{Line: itoa(p.Line), Product: p.Product, Text: p.URL})
	}
	if c.IsPartial() {
		return c.Partial(catalogui.ImportState(v))
	}
	return c.Page(web.Head{Title: t.File, Active: "/imports"}, v)
}

// soFar says how far an import is, and how long it still takes.
func soFar(w i18n.Words, t Transfer, now time.Time) string {
	out := []string{w.N("catalog.import_rows", t.Lines), w.N("catalog.products_found", t.Products())}
	if t.Failed > 0 {
		out = append(out, w.N("catalog.import_failing", t.Failed))
	}
	switch left := t.Left(now); {
	case left > time.Minute:
		out = append(out, w.N("catalog.import_minutes_left", int((left+time.Minute-1)/time.Minute)))
	case left > 0:
		out = append(out, w.N("catalog.import_seconds_left", int(left/(5*time.Second)+1)*5))
	}
	return strings.Join(out, " · ")
}

// words say what is wrong, in the reader's language.
func (p Problem) words(w i18n.Words) string {
	text := w.FaultField(fault.Field{Name: p.Field, Code: p.Code, Args: p.Args})
	if p.Field != "" {
		return fieldWord(w, p.Field) + ": " + text
	}
	return text
}

func (m *Module) postCancel(c staffCtx) error {
	t, err := m.transferOf(c)
	if err != nil {
		return err
	}
	if err := m.Cancel(c.Context(), c.As.In, t.ID); err != nil {
		return err
	}
	return c.Redirect("/imports/" + t.ID.String())
}

// problemFile has all problems and pictures of an import.
func (m *Module) problemFile(c staffCtx) error {
	t, err := m.transferOf(c)
	if err != nil {
		return err
	}
	out := csv.NewWriter(c.Download(t.ID.String()+".csv", web.CSV))
	rows := [][]string{{"line", "product", "reason"}}
	for _, p := range t.Problems {
		rows = append(rows, []string{itoa(p.Line), cell.Escape(p.Product), cell.Escape(p.words(c.Words))})
	}
	for _, p := range t.Pictures {
		rows = append(rows, []string{itoa(p.Line), cell.Escape(p.Product), c.Words.T("catalog.picture_not_fetched") + " " + p.URL})
	}
	_ = out.WriteAll(rows) // an error means that the reader is gone
	return nil
}

func (m *Module) exportFile(c staffCtx) error {
	format := Format(c.Query("format"))
	if format != Shopify {
		format = Orion
	}
	w := c.Download(c.As.Shop.Code+"-"+string(format)+".csv", web.CSV)
	_, err := m.Export(c.Context(), c.As.In, w, ExportOptions{Format: format, Lang: c.As.Shop.Lang, Origin: c.ShopOrigin(), Wanted: wantedOf(c)})
	return err
}

// joined puts what there is of two texts beside each other.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

// fieldWord is what people call a field of a product: "variants.0.price" is the
// price, and a column that we have no word for is called as the file does.
func fieldWord(w i18n.Words, field string) string {
	name := field[strings.LastIndexByte(field, '.')+1:]
	if key := "catalog." + name; w.Has(key) {
		return w.T(key)
	}
	return field
}
