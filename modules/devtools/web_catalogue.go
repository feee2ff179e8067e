package devtools

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"orion/kit/auth"
	"orion/kit/module"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/devtools/devtoolsui"
)

const (
	routesPath = "/dev-tools/routes"
	perPage    = 100
)

func (m *Module) catalogueRoutes(mux *web.Mux[web.Admin]) {
	need := web.Need(MayView)
	mux.Get(routesPath, need, m.routesPage)
	mux.Get("/dev-tools/permissions", need, m.permissionsPage)
	mux.Get("/dev-tools/events", need, m.eventsPage)
	mux.Get("/dev-tools/jobs", need, m.jobsPage)
	mux.Get("/dev-tools/statements", need, m.statementsPage)
	mux.Get("/dev-tools/statements/{statement}", need, m.statementPage)
}

// catalogue shows the rows that the address chooses, in the order of their keys.
func (m *Module) catalogue(c *ctx, kind string, rows []devtoolsui.Entry, chips ...string) error {
	v := devtoolsui.Catalogue{Kind: kind}
	for _, r := range rows {
		v.Modules = addOnce(v.Modules, r.Module, moduleName(c, r.Module))
	}
	v.Rows = rows
	return m.show(c, v, routesPath, chips...)
}

// show is the page of a catalogue with those of its rows that the address chooses.
func (m *Module) show(c *ctx, v devtoolsui.Catalogue, active string, chips ...string) error {
	v.At = at(c, append([]string{"q", "module", "after"}, chips...)...)
	rows := v.Rows
	rows = slices.DeleteFunc(rows, func(r devtoolsui.Entry) bool {
		texts := []string{r.Title, r.Detail, r.More}
		for _, cell := range r.Cells {
			texts = append(texts, cell.Text)
		}
		chosen := c.Query("module")
		return chosen != "" && r.Module != chosen || !matches(c.Query("q"), texts...)
	})
	v.Count = len(rows)
	slices.SortFunc(rows, func(a, b devtoolsui.Entry) int { return cmp.Compare(a.Key, b.Key) })
	if after := c.Query("after"); after != "" {
		from, found := slices.BinarySearchFunc(rows, after, func(r devtoolsui.Entry, key string) int { return cmp.Compare(r.Key, key) })
		if found {
			from++
		}
		rows = rows[from:]
	}
	if len(rows) > perPage {
		v.Next = rows[perPage-1].Key
		rows = rows[:perPage]
	}
	v.Rows = rows
	return c.Page(head(c, "dev_tools."+v.Kind, active), devtoolsui.CataloguePage(v))
}

func addOnce(all []ui.Option, value, label string) []ui.Option {
	if slices.ContainsFunc(all, func(o ui.Option) bool { return o.Value == value }) {
		return all
	}
	return append(all, ui.Option{Value: value, Label: label})
}

func moduleName(c *ctx, code string) string {
	if key := "modules." + code; c.Words.Has(key) {
		return c.Words.T(key)
	}
	return code
}

func (m *Module) routesPage(c *ctx) error {
	var rows []devtoolsui.Entry
	audience := c.Query("audience")
	for _, r := range m.need.Program().Routes() {
		if audience != "" && string(r.Audience) != audience {
			continue
		}
		e := devtoolsui.Entry{
			Key: string(r.Audience) + " " + r.Pattern + " " + r.Method + " " + strconv.FormatBool(r.API), Title: r.Pattern, Detail: r.Method, Module: r.Module, Mono: true,
			Cells: []devtoolsui.Cell{
				{Text: c.Words.T("dev_tools.audience_" + string(r.Audience)), Note: api(c, r)}, {Text: moduleName(c, r.Module), Href: routesPath + "?module=" + r.Module},
			},
		}
		switch p := r.Access.Permission(); {
		case p.Code != "":
			e.Cells = append(e.Cells, devtoolsui.Cell{Text: p.Code, Href: "/dev-tools/permissions?q=" + p.Code})
		case r.Access.IsPublic():
			e.Cells = append(e.Cells, devtoolsui.Cell{Text: c.Words.T("dev_tools.everybody")})
		default:
			e.Cells = append(e.Cells, devtoolsui.Cell{Text: c.Words.T("dev_tools.signed_in")})
		}
		rows = append(rows, e)
	}
	return m.catalogue(c, "routes", rows, "audience")
}

func api(c *ctx, r web.Route) string {
	if r.API {
		return c.Words.T("dev_tools.rest")
	}
	return ""
}

func (m *Module) permissionsPage(c *ctx) error {
	routes := map[string]int{}
	for _, r := range m.need.Program().Routes() {
		routes[r.Access.Permission().Code]++
	}
	var rows []devtoolsui.Entry
	m.definitions(func(d module.Definition) {
		for _, p := range d.Permissions {
			reach := map[auth.Reach]string{auth.InStores: "stores", auth.OfOperator: "operator", auth.Everywhere: "everywhere"}[p.Reach]
			rows = append(rows, devtoolsui.Entry{
				Key: p.Code, Title: p.Code, Detail: c.Words.T("permissions." + p.Code), Module: d.Code,
				Cells: []devtoolsui.Cell{
					{Text: moduleName(c, d.Code), Href: "/dev-tools/permissions?module=" + d.Code},
					{Text: c.Words.T("dev_tools.reach_" + reach)},
					{Text: c.Words.N("dev_tools.n_routes", routes[p.Code]), Href: routesPath + "?q=" + p.Code},
				},
			})
		}
	})
	return m.catalogue(c, "permissions", rows)
}

func (m *Module) definitions(each func(module.Definition)) {
	for _, d := range m.need.Program().Registry.All() {
		each(d)
	}
}

// eventsPage shows the events that somebody hears, with who does.
func (m *Module) eventsPage(c *ctx) error {
	by := map[string]*devtoolsui.Entry{}
	m.definitions(func(d module.Definition) {
		for _, h := range d.Events {
			teller, _, _ := strings.Cut(h.Event(), ".")
			e := by[h.Event()]
			if e == nil {
				code := strings.ReplaceAll(teller, "_", "-")
				e = &devtoolsui.Entry{Key: h.Event(), Title: h.Event(), Module: code, Cells: []devtoolsui.Cell{{Text: moduleName(c, code), Href: "/dev-tools/events?module=" + code}}}
				by[h.Event()] = e
			}
			e.Cells = append(e.Cells, devtoolsui.Cell{Text: h.Subscriber(), Href: "/modules/" + d.Code})
		}
	})
	var rows []devtoolsui.Entry
	for _, e := range by {
		e.Cells = []devtoolsui.Cell{e.Cells[0], {List: e.Cells[1:]}}
		for _, s := range e.Cells[1].List {
			e.More += " " + s.Text
		}
		rows = append(rows, *e)
	}
	return m.catalogue(c, "events", rows)
}

// rounded is a time as Go writes it, without the zeros behind it.
func rounded(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

func (m *Module) jobsPage(c *ctx) error {
	var rows []devtoolsui.Entry
	for _, j := range m.need.Program().Jobs {
		when := c.Words.T("dev_tools.when_asked")
		if j.Every() > 0 {
			when = c.Words.T("dev_tools.every", "time", rounded(j.Every()))
		}
		note := ""
		if j.Sweeps() {
			note = c.Words.T("dev_tools.sweeps")
		}
		rows = append(rows, devtoolsui.Entry{
			Key: j.Kind(), Title: j.Kind(), Module: j.Module(), Cells: []devtoolsui.Cell{
				{Text: moduleName(c, j.Module()), Href: "/dev-tools/jobs?module=" + j.Module()},
				{Text: when, Note: note},
				{Text: strconv.Itoa(j.Tries())},
				{Text: rounded(j.Timeout())},
			},
		})
	}
	return m.catalogue(c, "jobs", rows)
}

func (m *Module) statementsPage(c *ctx) error {
	all, err := Statements(m.need.Program().Lines)
	if err != nil {
		return err
	}
	scope := c.Query("scope")
	var rows []devtoolsui.Entry
	for _, s := range all {
		if scope != "" && s.Scope() != scope {
			continue
		}
		rows = append(rows, devtoolsui.Entry{
			Key: s.Key(), Title: s.Name, Module: s.Module, Href: "/dev-tools/statements/" + s.Key(), More: s.SQLite + s.Postgres, Cells: []devtoolsui.Cell{
				{Text: moduleName(c, s.Module)}, {Text: c.Words.T("dev_tools.scope_" + s.Scope())}, {Text: c.Words.Number(int(s.Ran.Calls))},
			},
		})
	}
	return m.catalogue(c, "statements", rows, "scope")
}

func (m *Module) statementPage(c *ctx) error {
	all, err := Statements(m.need.Program().Lines)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(s Statement) bool { return s.Key() == c.Param("statement") })
	if i < 0 {
		return errUnknown
	}
	s := all[i]
	v := devtoolsui.Statement{
		Name: s.Name, Module: moduleName(c, s.Module), File: s.File, Scope: c.Words.T("dev_tools.scope_" + s.Scope()), SQLite: s.SQLite, Columns: strings.Join(s.Columns, ", "),
		Calls: c.Words.Number(int(s.Ran.Calls)), Failed: c.Words.Number(int(s.Ran.Failed)), List: "/dev-tools/statements?module=" + s.Module,
	}
	if s.Ran.Calls > 0 {
		v.Mean = (s.Ran.Took / time.Duration(s.Ran.Calls)).String()
	}
	if s.Postgres != s.SQLite {
		v.Postgres = s.Postgres
	}
	return c.Page(web.Head{Title: s.Name, Active: routesPath}, devtoolsui.StatementPage(v))
}
