package devtools

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"orion/kit/cell"
	"orion/kit/fault"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/devtools/devtoolsui"
)

const consolePath = "/dev-tools/console"

func (m *Module) consoleRoutes(mux *web.Mux[web.Admin]) {
	need := web.Need(MayAsk)
	mux.Get(consolePath, need, m.consolePage)
	mux.Post(consolePath, need, m.ask)
	mux.Post("/dev-tools/queries", need, m.saveQuery)
	mux.Post("/dev-tools/queries/{query}/remove", need, m.removeQuery)
	mux.Get("/dev-tools/schema", need, m.schemaPage)
}

func (m *Module) consolePage(c *ctx) error {
	v := devtoolsui.Console{Text: c.Query("text")}
	return m.console(c, http.StatusOK, v)
}

// console shows the page with whatever is known already.
func (m *Module) console(c *ctx, status int, v devtoolsui.Console) error {
	saved, err := m.Queries(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	for _, q := range saved {
		row := devtoolsui.Query{ID: q.ID.String(), Name: q.Name, About: c.Words.T("dev_tools.saved_by", "name", q.Author, "when", c.Words.Date(q.SavedAt)), Text: q.Text}
		if q.ID.String() == c.Query("query") && v.Text == "" {
			v.Text, v.Name = q.Text, q.Name
		}
		v.Saved = append(v.Saved, row)
	}
	v.Rows, v.Seconds = maxRows, int(maxTime.Seconds())
	return c.PageStatus(status, head(c, "dev_tools.console", consolePath), devtoolsui.ConsolePage(v))
}

func (m *Module) ask(c *ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	v := devtoolsui.Console{Text: f.Raw("text"), Name: f.Text("name")}
	got, err := m.Ask(c.Context(), c.As.In, c.Actor(), v.Text)
	if err != nil {
		return m.refused(c, v, err)
	}
	v.Answer = &devtoolsui.Answer{Columns: got.Columns, More: got.More, Hidden: strings.Join(got.Hidden, ", "), Took: got.Took.Round(100 * time.Microsecond).String()}
	for _, row := range got.Rows {
		line := make([]devtoolsui.Value, len(row))
		for i, value := range row {
			line[i] = devtoolsui.Value(value)
		}
		v.Answer.Rows = append(v.Answer.Rows, line)
	}
	if f.Has("file") {
		return answerFile(c, *v.Answer)
	}
	return m.console(c, http.StatusOK, v)
}

// answerFile gives the rows that are shown as a file for spreadsheets.
func answerFile(c *ctx, a devtoolsui.Answer) error {
	lines := [][]string{a.Columns}
	for _, row := range a.Rows {
		line := make([]string, len(row))
		for i, v := range row {
			line[i] = v.Text
		}
		lines = append(lines, line)
	}
	return csvFile(c, "answer.csv", lines)
}

// refused shows the text again with why it was not answered.
func (m *Module) refused(c *ctx, v devtoolsui.Console, err error) error {
	e := fault.As(err)
	status := map[fault.Kind]int{fault.Invalid: 422, fault.Forbidden: 422, fault.RateLimit: 429}[e.Kind]
	if status == 0 {
		return err
	}
	v.Form = ui.Form{Fault: e, Values: url.Values{"name": {v.Name}, "text": {v.Text}}}
	return m.console(c, status, v)
}

func (m *Module) saveQuery(c *ctx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	q := Query{Name: f.Text("name"), Text: f.Raw("text")}
	if err := m.SaveQuery(c.Context(), c.As.In, c.Actor(), q); err != nil {
		return m.refused(c, devtoolsui.Console{Text: q.Text, Name: q.Name}, err)
	}
	c.Flash("ok", "dev_tools.query_saved", "name", q.Name)
	return c.Redirect(consolePath + "?text=" + url.QueryEscape(q.Text))
}

func (m *Module) removeQuery(c *ctx) error {
	var id QueryID
	if err := id.UnmarshalText([]byte(c.Param("query"))); err != nil {
		return errNoQuery
	}
	was, err := m.RemoveQuery(c.Context(), c.As.In, id)
	if err != nil {
		return err
	}
	c.Flash("ok", "dev_tools.query_removed", "name", was.Name)
	return c.Redirect(consolePath + "?text=" + url.QueryEscape(was.Text))
}

func (m *Module) schemaPage(c *ctx) error {
	tables, err := m.Tables(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	v := devtoolsui.Schema{At: at(c, "q", "module")}
	for _, t := range tables {
		owner, _, _ := strings.Cut(t.Name, "_")
		v.Modules = addOnce(v.Modules, owner, owner)
		names := []string{t.Name}
		row := devtoolsui.Table{Name: t.Name}
		for _, col := range t.Columns {
			names = append(names, col.Name)
			row.Columns = append(row.Columns, devtoolsui.TableColumn(col))
			if !col.Secret {
				row.Readable = append(row.Readable, col.Name)
			}
		}
		if chosen := c.Query("module"); chosen != "" && chosen != owner || !matches(c.Query("q"), names...) {
			continue
		}
		row.Ask = consolePath + "?text=" + url.QueryEscape("SELECT "+strings.Join(row.Readable, ", ")+"\nFROM "+t.Name+"\nLIMIT "+strconv.Itoa(maxRows/4))
		v.Tables = append(v.Tables, row)
	}
	slices.SortFunc(v.Modules, func(a, b ui.Option) int { return strings.Compare(a.Value, b.Value) })
	return c.Page(head(c, "dev_tools.schema", consolePath), devtoolsui.SchemaPage(v))
}

// csvFile answers with lines as a file for spreadsheets, which run nothing of it.
func csvFile(c *ctx, name string, lines [][]string) error {
	out := csv.NewWriter(c.Download(name, web.CSV))
	for _, line := range lines {
		for i := range line {
			line[i] = cell.Escape(line[i])
		}
		_ = out.Write(line) // an error stays for Error
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}
