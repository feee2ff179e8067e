package devtools

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/devtools/devtoolsui"
)

const requestsPath = "/dev-tools/requests"

func (m *Module) inspectRoutes(mux *web.Mux[web.Admin]) {
	mux.Get(requestsPath, web.Need(MayAsk), m.requestsPage)
}

func (m *Module) requestsPage(c *ctx) error {
	v := devtoolsui.Requests{At: at(c, "q", "audience")}
	for _, r := range m.Requests() {
		if strconv.Itoa(r.N) == c.Query("request") {
			one := requestView(c, r)
			v.One, v.Notes, v.More = &one, noteViews(r), r.More
		}
		if audience := c.Query("audience"); audience != "" && audience != r.Audience || !matches(c.Query("q"), r.Method+" "+r.Path, r.Route, r.Request, strconv.Itoa(r.Status)) {
			continue
		}
		v.Rows = append(v.Rows, requestView(c, r))
	}
	return c.Page(head(c, "dev_tools.requests", requestsPath), devtoolsui.RequestsPage(v))
}

func requestView(c *ctx, r Request) devtoolsui.Request {
	n, took := r.Count("statement")
	events, _ := r.Count("event")
	jobs, _ := r.Count("job")
	v := devtoolsui.Request{
		N: strconv.Itoa(r.N), Method: r.Method, Path: r.Path, Route: r.Route, ID: r.Request, Platform: r.Platform, Status: strconv.Itoa(cmp.Or(r.Status, 200)),
		At: c.Words.Local(r.At).Format("15:04:05"), Took: short(r.Took), Statements: strconv.Itoa(n), StatementTime: short(took), Events: strconv.Itoa(events), Jobs: strconv.Itoa(jobs),
	}
	if r.Audience != "" {
		v.Audience = c.Words.T("dev_tools.audience_" + r.Audience)
	}
	switch {
	case r.Status >= 500:
		v.Tone = ui.Bad
	case r.Status >= 400:
		v.Tone = ui.Warn
	default:
		v.Tone = ui.OK
	}
	return v
}

func short(d time.Duration) string { return d.Round(10 * time.Microsecond).String() }

// noteViews are the notes of a request, like ones together, those first that took most time.
func noteViews(r Request) []devtoolsui.Note {
	type sum struct {
		devtoolsui.Note
		took time.Duration
		n    int
	}
	var all []sum
	for _, note := range r.Notes {
		i := slices.IndexFunc(all, func(s sum) bool { return s.Kind == note.Kind && s.Name == note.Name })
		if i < 0 {
			i = len(all)
			all = append(all, sum{Note: devtoolsui.Note{Kind: note.Kind, Name: note.Name}})
		}
		all[i].n++
		all[i].took += note.Took
		all[i].Failed = all[i].Failed || note.Failed
	}
	slices.SortStableFunc(all, func(a, b sum) int { return cmp.Compare(b.took, a.took) })
	out := make([]devtoolsui.Note, len(all))
	for i, s := range all {
		s.Note.Times, s.Note.Repeated = strconv.Itoa(s.n), s.n > 1
		if s.took > 0 {
			s.Note.Took = short(s.took)
		}
		out[i] = s.Note
	}
	return out
}
