package monitoring

import (
	"slices"
	"strconv"
	"strings"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/monitoring/monitoringui"
)

var errUnknown = fault.New(fault.NotFound, "not_found")

func (m *Module) jobRoutes(mux *web.Mux[web.Admin]) {
	mux.Get("/jobs", web.Need(MayViewJobs), m.jobsPage)
	mux.Post("/jobs", web.Need(MayRunJobs), m.actOnJobs)
	mux.Get("/jobs/kinds", web.Need(MayViewJobs), m.kindsPage)
	mux.Get("/jobs/{job}", web.Need(MayViewJobs), func(c adminCtx) error { return m.jobPage(c, false) })
	mux.Get("/jobs/{job}/now", web.Need(MayViewJobs), func(c adminCtx) error { return m.jobPage(c, true) })
	mux.Post("/jobs/{job}/retry", web.Need(MayRunJobs), func(c adminCtx) error { return m.actOnJob(c, Retry) })
	mux.Post("/jobs/{job}/cancel", web.Need(MayRunJobs), func(c adminCtx) error { return m.actOnJob(c, Cancel) })
}

// jobParams are the filters in the address of the list.
var jobParams = []string{"q", "state", "module", "platform", "kind"}

func (m *Module) jobsPage(c adminCtx) error {
	f := JobFilter{Query: c.Query("q"), State: State(c.Query("state")), Kind: c.Query("kind"), Module: c.Query("module"), Request: request(c)}
	if text := c.Query("platform"); text != "" && f.Platform.UnmarshalText([]byte(text)) != nil {
		return errUnknown
	}
	found, err := m.Jobs(c.Context(), reachOf(c), f)
	if err != nil {
		return err
	}
	v := monitoringui.Jobs{
		Paging: ui.PagingOf("/jobs", found.Next, c.Query, jobParams...), Kind: f.Kind, Run: c.As.Grants.Has(MayRunJobs),
		Modules: m.moduleOptions(c.Words), Platforms: m.platformOptions(c),
	}
	for _, s := range states {
		v.States = append(v.States, ui.Option{Value: string(s), Label: c.Words.T("monitoring.state_" + string(s))})
	}
	for _, l := range found.Items {
		v.Rows = append(v.Rows, m.jobRow(c.Words, l))
	}
	return c.Page(web.Head{Title: c.Words.T("monitoring.jobs"), Active: "/jobs"}, monitoringui.JobsPage(v))
}

// moduleOptions are the modules that have jobs.
func (m *Module) moduleOptions(w i18n.Words) []ui.Option {
	var out []ui.Option
	for _, j := range m.need.Jobs() {
		if code := j.Module(); !slices.ContainsFunc(out, func(o ui.Option) bool { return o.Value == code }) {
			out = append(out, ui.Option{Value: code, Label: moduleName(w, code)})
		}
	}
	return out
}

func (m *Module) jobRow(w i18n.Words, l Listed) monitoringui.JobRow {
	row := monitoringui.JobRow{
		ID: strconv.FormatInt(l.ID, 10), Kind: l.Kind, Whose: m.whose(w, l.Store, l.Platform), State: stateBadge(w, l.State),
		Attempts: attempts(l), When: m.when(w, l),
	}
	if n := len(l.Failures); n > 0 && l.State != completed {
		row.Error = l.Failures[n-1].Error
	}
	return row
}

func attempts(l Listed) string { return strconv.Itoa(l.Attempt) + " / " + strconv.Itoa(l.Tries) }

func stateBadge(w i18n.Words, s State) ui.Badge {
	tone := map[State]ui.Tone{discarded: ui.Bad, retryable: ui.Warn, running: ui.Info, completed: ui.OK}[s]
	return ui.Badge{Label: w.T("monitoring.state_" + string(s)), Tone: tone}
}

// progress is how far a job is that tells it.
func progress(w i18n.Words, l Listed) ui.Progress {
	p := ui.Progress{Label: w.T("monitoring.progress"), Done: int(l.Progress.Done), Total: int(l.Progress.Total)}
	switch {
	case l.State == completed:
		return ui.Progress{}
	case p.Total > 0:
		p.Text = w.Percent(l.Progress.Done * 10_000 / l.Progress.Total / 100 * 100)
	case p.Done > 0:
		p.Text = w.Number(p.Done)
	}
	return p
}

// when says the one time that matters in a job's state.
func (m *Module) when(w i18n.Words, l Listed) string {
	now := m.db.Clock().Now()
	switch {
	case l.State == available:
		return w.T("monitoring.waits", "time", lasting(w, l.Waits))
	case l.State == running:
		runs := w.T("monitoring.runs_for", "time", lasting(w, max(now.Sub(l.Began), 0)))
		if p := progress(w, l); p.Text != "" {
			return runs + " · " + p.Text
		}
		return runs
	case l.State.Over():
		return w.Ago(l.Ended, now)
	}
	return w.T("monitoring.due_at", "time", w.DateTime(l.Due))
}

func jobID(c adminCtx) (int64, error) {
	id, err := strconv.ParseInt(c.Param("job"), 10, 64)
	if err != nil || id <= 0 {
		return 0, errUnknown
	}
	return id, nil
}

// jobPage shows a job, or only what of its page changes while it runs.
func (m *Module) jobPage(c adminCtx, part bool) error {
	id, err := jobID(c)
	if err != nil {
		return err
	}
	l, err := m.Job(c.Context(), reachOf(c), id)
	if err != nil {
		return err
	}
	may := c.As.Grants.Has(MayRunJobs)
	v := monitoringui.Job{
		ID: strconv.FormatInt(l.ID, 10), Kind: l.Kind, State: stateBadge(c.Words, l.State), Facts: m.jobFacts(c.Words, l), Args: shown(l.Args),
		History: history(c.Words, l), Retry: may && Retry.fits(l) == nil, Cancel: may && Cancel.fits(l) == nil, Running: l.State == running,
		Progress: progress(c.Words, l),
	}
	if part {
		return c.Partial(monitoringui.JobNow(v))
	}
	return c.Page(web.Head{Title: l.Kind, Active: "/jobs"}, monitoringui.JobPage(v))
}

func (m *Module) jobFacts(w i18n.Words, l Listed) []ui.Fact {
	facts := []ui.Fact{
		{Label: w.T("monitoring.job_number"), Text: strconv.FormatInt(l.ID, 10)},
		{Label: w.T("monitoring.module"), Text: moduleName(w, ofModule(l.Kind))},
		{Label: w.T("monitoring.whose"), Text: m.whose(w, l.Store, l.Platform)},
	}
	if !l.Platform.IsZero() {
		facts = append(facts, ui.Fact{Label: w.T("monitoring.platform"), Text: m.platformName(l.Platform)})
	}
	if !l.Store.IsZero() {
		facts = append(facts, ui.Fact{Label: w.T("monitoring.store"), Text: l.Store.String()})
	}
	facts = append(facts, ui.Fact{Label: w.T("monitoring.attempts"), Text: attempts(l)}, ui.Fact{Label: w.T("monitoring.when"), Text: m.when(w, l)})
	for _, j := range m.need.Jobs() {
		if j.Kind() == l.Kind && j.Every() > 0 {
			facts = append(facts, ui.Fact{Label: w.T("monitoring.runs"), Text: w.T("monitoring.every", "time", lasting(w, j.Every()))})
		}
	}
	return facts
}

// history is what became of a job, newest first.
func history(w i18n.Words, l Listed) []ui.Event {
	out := []ui.Event{{Title: w.T("monitoring.was_enqueued"), Detail: w.DateTime(l.Created)}}
	for _, f := range l.Failures {
		out = append(out, ui.Event{Title: f.Error, Detail: w.T("monitoring.attempt_n", "n", f.Attempt) + " · " + w.DateTime(f.At), Tone: ui.Bad})
	}
	switch {
	case l.State == running:
		out = append(out, ui.Event{Title: w.T("monitoring.state_running"), Detail: w.T("monitoring.attempt_n", "n", l.Attempt) + " · " + w.DateTime(l.Began), Tone: ui.Info})
	case l.State == completed:
		out = append(out, ui.Event{Title: w.T("monitoring.state_completed"), Detail: w.T("monitoring.attempt_n", "n", l.Attempt) + " · " + w.DateTime(l.Ended), Tone: ui.OK})
	case l.State.Over():
		out = append(out, ui.Event{Title: w.T("monitoring.state_" + string(l.State)), Detail: w.DateTime(l.Ended)})
	default:
		out = append(out, ui.Event{Title: w.T("monitoring.state_" + string(l.State)), Detail: w.DateTime(l.Due), Next: true})
	}
	slices.Reverse(out)
	return out
}

func (m *Module) actOnJob(c adminCtx, a Act) error {
	id, err := jobID(c)
	if err != nil {
		return err
	}
	err = m.Do(c.Context(), reachOf(c), c.Actor(), a, id)
	if err == nil {
		c.Flash("ok", "monitoring.done_"+string(a))
	} else if e := fault.As(err); e.Kind == fault.Conflict {
		c.Flash("bad", e.Code)
	} else {
		return err
	}
	return c.Redirect("/jobs/" + c.Param("job"))
}

// actOnJobs does to the chosen jobs what a button of the list says.
func (m *Module) actOnJobs(c adminCtx) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	a := Act(f.Raw("act"))
	if a != Retry && a != Cancel {
		return errUnknown
	}
	var ids []int64
	for _, text := range f.All("id") {
		if id, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64); err == nil {
			ids = append(ids, id)
		}
	}
	n, err := m.DoAll(c.Context(), reachOf(c), c.Actor(), a, ids[:min(len(ids), mostChosen)])
	if err != nil {
		return err
	}
	if n == 0 {
		c.Flash("info", "monitoring.nothing_done")
	} else {
		c.LeaveFlash(web.Flash{Kind: "ok", Key: "monitoring.many_" + string(a), N: n})
	}
	return goBack(c, "/jobs", f.Raw("back"))
}

// mostChosen is how many rows one form may name: a page has no more.
const mostChosen = 100

func (m *Module) kindsPage(c adminCtx) error {
	counted, err := m.Census(c.Context(), reachOf(c))
	if err != nil {
		return err
	}
	w, total := c.Words, 0
	by := map[string]map[State]int{}
	for _, n := range counted {
		if by[n.Kind] == nil {
			by[n.Kind] = map[State]int{}
		}
		by[n.Kind][n.State] += n.N
		total += n.N
	}
	v := monitoringui.Kinds{}
	if total >= mostCounted {
		v.Most = w.Number(mostCounted)
	}
	for _, k := range m.kinds(by) {
		n := by[k.name]
		row := monitoringui.KindRow{
			Kind: k.name, Module: moduleName(w, ofModule(k.name)), Runs: w.T("monitoring.runs_when_needed"), Trouble: n[discarded] > 0,
			Waiting: count(w, n[available]+n[scheduled]), Running: count(w, n[running]), Failing: count(w, n[retryable]),
			Given: count(w, n[discarded]), Finished: count(w, n[completed]),
		}
		if k.every > 0 {
			row.Runs = w.T("monitoring.every", "time", lasting(w, k.every))
		}
		v.Rows = append(v.Rows, row)
	}
	return c.Page(web.Head{Title: w.T("monitoring.jobs"), Active: "/jobs"}, monitoringui.KindsPage(v))
}

// count leaves empty what is nothing, so that the rest stands out.
func count(w i18n.Words, n int) string {
	if n == 0 {
		return "–"
	}
	return w.Number(n)
}
