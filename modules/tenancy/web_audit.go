package tenancy

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"orion/kit/cell"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/tenancy/tenancyui"
)

// auditParams are the filters in the address of an audit log.
var auditParams = []string{"q", "kind", "area", "actor", "action", "target", "platform", "store", "from", "until"}

// auditFilter reads the filters of an address; what means nothing is no filter.
func auditFilter[A web.Audience](c *web.Ctx[A]) AuditFilter {
	f := AuditFilter{
		Query: c.Query("q"), Actor: c.Query("actor"), Kind: c.Query("kind"), Area: c.Query("area"), Action: c.Query("action"),
		Target: c.Query("target"), Request: request(c),
	}
	_ = f.Platform.UnmarshalText([]byte(c.Query("platform")))
	_ = f.Store.UnmarshalText([]byte(c.Query("store")))
	f.Since, _ = c.Words.DaySpan(c.Query("from"))
	_, f.Until = c.Words.DaySpan(c.Query("until"))
	return f
}

func (m *Module) auditPage(c *web.Ctx[web.Store]) error {
	f := auditFilter(c)
	entries, err := m.AuditLog(c.Context(), c.As.In, f)
	if err != nil {
		return err
	}
	v := auditView(m, c, f, entries)
	return c.Page(web.Head{Title: c.Words.T("tenancy.audit"), Active: "/audit"}, tenancyui.AuditPage(v))
}

func (m *Module) auditOfAllPage(c *web.Ctx[web.Admin]) error {
	f := auditFilter(c)
	entries, err := m.AuditOfAll(c.Context(), reachOf(c), f)
	if err != nil {
		return err
	}
	v := auditView(m, c, f, entries)
	v.Platforms = m.platformOptions(c)
	if shop := m.FirstShop(f.Store); shop != nil {
		v.Store = shop.Name
	}
	for i, e := range entries.Items {
		if shop := m.FirstShop(e.Store); shop != nil {
			v.Rows[i].Where = shop.Name
		}
	}
	return c.Page(web.Head{Title: c.Words.T("tenancy.audit"), Active: "/audit"}, tenancyui.AuditPage(v))
}

func auditView[A web.Audience](m *Module, c *web.Ctx[A], f AuditFilter, entries page.Page[AuditRow]) tenancyui.Audit {
	w := c.Words
	v := tenancyui.Audit{Paging: ui.PagingOf("/audit", entries.Next, c.Query, auditParams...), Dates: auditDates(m, w, f)}
	for _, p := range m.permissions() {
		if !slices.ContainsFunc(v.Areas, func(o ui.Option) bool { return o.Value == p.Group }) {
			v.Areas = append(v.Areas, ui.Option{Value: p.Group, Label: groupName(w, p.Group)})
		}
	}
	if f.Action != "" {
		v.Action = actionName(w, f.Action)
	}
	for _, e := range entries.Items {
		if e.Target == f.Target {
			v.Target = e.Title
		}
		if e.Actor.ID == f.Actor {
			v.Actor = e.Actor.Name
		}
		v.Rows = append(v.Rows, auditRow(w, e))
	}
	return v
}

func auditRow(w i18n.Words, e AuditRow) tenancyui.AuditRow {
	row := tenancyui.AuditRow{
		Title: actionName(w, e.Action), Who: e.Actor.Name, When: w.DateTime(e.At), Target: e.Target, Actor: e.Actor.ID,
		Changes: changes(saying{w, e.Action}, e.Before, e.After),
	}
	if e.Title != "" {
		row.Title += ": " + e.Title
	}
	if row.Who == "" {
		row.Who = w.T("tenancy.the_program")
		if e.Actor.Kind == actorCustomer {
			row.Who = w.T("tenancy.a_customer")
		}
	}
	return row
}

// auditDates is the stretch of days of the filter.
func auditDates(m *Module, w i18n.Words, f AuditFilter) ui.RangeChip {
	today := w.Local(m.db.Clock().Now())
	day := func(back int) string { return today.AddDate(0, 0, -back).Format(time.DateOnly) }
	field := func(name string, at time.Time) ui.Field {
		out := ui.Field{Name: name, ID: "audit-" + name, Label: w.T("ui." + name)}
		if !at.IsZero() {
			out.Value = w.Local(at).Format(time.DateOnly)
		}
		return out
	}
	last := f.Until
	if !last.IsZero() {
		last = w.Local(last).AddDate(0, 0, -1)
	}
	chip := ui.RangeChip{Label: w.T("tenancy.audit_when"), Action: "/audit", Range: ui.DateRange{
		Label: w.T("tenancy.audit_when"), From: field("from", f.Since), To: field("until", last),
		Presets: []ui.DatePreset{
			{Label: w.T("ui.today"), From: day(0), To: day(0)},
			{Label: w.N("ui.last_days", 7), From: day(6), To: day(0)},
			{Label: w.N("ui.last_days", 30), From: day(29), To: day(0)},
		},
	}}
	switch {
	case !f.Since.IsZero() && !last.IsZero():
		chip.Value = w.Date(f.Since) + " – " + w.Date(last)
	case !f.Since.IsZero():
		chip.Value = w.T("ui.from") + " " + w.Date(f.Since)
	case !last.IsZero():
		chip.Value = w.T("ui.until") + " " + w.Date(last)
	}
	return chip
}

func (m *Module) auditFile(c *web.Ctx[web.Store]) error {
	return writeAudit(c.Context(), c.Download("audit.csv", web.CSV), auditFilter(c), func(ctx context.Context, f AuditFilter) (page.Page[AuditRow], error) {
		return m.AuditLog(ctx, c.As.In, f)
	})
}

func (m *Module) auditOfAllFile(c *web.Ctx[web.Admin]) error {
	reach := reachOf(c)
	return writeAudit(c.Context(), c.Download("audit.csv", web.CSV), auditFilter(c), func(ctx context.Context, f AuditFilter) (page.Page[AuditRow], error) {
		return m.AuditOfAll(ctx, reach, f)
	})
}

// writeAudit writes all entries that a filter chooses, page by page, so that a
// log of any length needs the memory of one. Codes and identifiers stand as they
// are: it is for programs and auditors.
func writeAudit(ctx context.Context, w io.Writer, f AuditFilter, read func(context.Context, AuditFilter) (page.Page[AuditRow], error)) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"at", "platform", "store", "actor_kind", "actor_id", "actor_name", "action", "target", "title", "before", "after", "place", "hash"})
	f.Limit = page.MaxLimit
	for f.After = ""; ; {
		found, err := read(ctx, f)
		if err != nil {
			return err
		}
		for _, e := range found.Items {
			_ = out.Write(auditLine(e)) // an error stays, and Flush leaves it for Error
		}
		out.Flush()
		if err := out.Error(); err != nil {
			return fmt.Errorf("write the audit log: %w", err)
		}
		if f.After = found.Next; f.After == "" {
			return nil
		}
	}
}

func auditLine(e AuditRow) []string {
	line := []string{
		e.At.UTC().Format(time.RFC3339Nano), "", "", e.Actor.Kind, e.Actor.ID, e.Actor.Name, e.Action, e.Target, e.Title,
		strings.ToValidUTF8(string(e.Before), ""), strings.ToValidUTF8(string(e.After), ""), "", e.hash,
	}
	if !e.platform.IsZero() {
		line[1] = e.platform.String()
	}
	if !e.Store.IsZero() {
		line[2] = e.Store.String()
	}
	if e.seq != 0 {
		line[11] = number(e.seq)
	}
	for i := range line {
		line[i] = cell.Escape(line[i])
	}
	return line
}
