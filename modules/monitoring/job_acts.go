package monitoring

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/job"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

var (
	errRuns  = fault.New(fault.Conflict, "monitoring.job_runs")
	errDue   = fault.New(fault.Conflict, "monitoring.job_is_due")
	errOver  = fault.New(fault.Conflict, "monitoring.job_is_over")
	errTaken = fault.New(fault.Conflict, "monitoring.job_taken")
)

// Reach is how far somebody of the operator sees: some platforms, or with nil
// all, and what concerns none.
type Reach []tenant.PlatformID

// JobFilter chooses jobs of a list.
type JobFilter struct {
	Query    string // in the kind, or an identifier
	State    job.State
	Kind     string
	Module   string
	Platform tenant.PlatformID
	page.Request
}

// Jobs are those within reach, the newest first.
func (m *Module) Jobs(ctx context.Context, r Reach, f JobFilter) (page.Page[job.Listed], error) {
	s := job.Search{Query: f.Query, Kind: f.Kind, Module: f.Module, Platforms: r, Limit: f.Fetch()}
	if f.State != "" {
		s.States = []job.State{f.State}
	}
	if !f.Platform.IsZero() {
		if !r.has(f.Platform) {
			return page.Page[job.Listed]{}, nil
		}
		s.Platforms = []tenant.PlatformID{f.Platform}
	}
	if f.After != "" {
		if err := page.Decode(f.After, &s.Before); err != nil {
			return page.Page[job.Listed]{}, err
		}
	}
	found, err := m.queue.List(ctx, s)
	return page.Of(found, f.Limit, func(l job.Listed) []any { return []any{l.ID} }), err
}

// Job is one job within reach.
func (m *Module) Job(ctx context.Context, r Reach, id int64) (job.Listed, error) {
	return m.queue.Find(ctx, id, r)
}

// Census counts the jobs within reach.
func (m *Module) Census(ctx context.Context, r Reach) ([]job.Counted, error) {
	return m.queue.Census(ctx, r)
}

// Act is what somebody does to jobs.
type Act string

// The acts.
const (
	Retry  Act = "retry"  // makes it due now, with an attempt more where it had none left
	Cancel Act = "cancel" // takes it out of the queue; one that runs ends its attempt and is not tried again
)

// fits tells why an act makes no sense for a job.
func (a Act) fits(l job.Listed) error {
	switch {
	case a == Retry && l.State == job.Running:
		return errRuns
	case a == Retry && l.State == job.Available:
		return errDue
	case a == Cancel && l.State.Over():
		return errOver
	}
	return nil
}

// Do does something to a job.
func (m *Module) Do(ctx context.Context, r Reach, by auth.Actor, a Act, id int64) error {
	l, err := m.Job(ctx, r, id)
	if err == nil {
		err = a.fits(l)
	}
	if err == nil {
		err = m.do(ctx, a, id)
	}
	if err != nil {
		return err
	}
	return m.record(ctx, l.Platform, tenancyapi.Entry{Actor: by, Action: a.action(), Target: target(id), Title: l.Kind})
}

// DoAll does the same to each of some jobs for which it makes sense, and tells to
// how many.
func (m *Module) DoAll(ctx context.Context, r Reach, by auth.Actor, a Act, ids []int64) (n int, err error) {
	for _, id := range ids {
		err := m.Do(ctx, r, by, a, id)
		if err == nil {
			n++
		} else if kind := fault.As(err).Kind; kind != fault.Conflict && kind != fault.NotFound { // somebody was faster
			return n, err
		}
	}
	return n, nil
}

func (m *Module) do(ctx context.Context, a Act, id int64) error {
	if a == Cancel {
		return m.queue.Cancel(ctx, id)
	}
	err := m.queue.Retry(ctx, id)
	if errors.Is(err, job.ErrTaken) {
		return errTaken
	}
	return err
}

// action is what the audit log calls an act.
func (a Act) action() string {
	if a == Cancel {
		return "monitoring.job_cancelled"
	}
	return "monitoring.job_retried"
}

func target(id int64) string { return "job:" + strconv.FormatInt(id, 10) }

// record writes down what somebody did, after it was done: the queue has its own
// way to the database.
func (m *Module) record(ctx context.Context, p tenant.PlatformID, e tenancyapi.Entry) error {
	return db.Do(ctx, m.db, m.need.System, func(tx *db.Tx[tenant.System]) error {
		return m.need.Ledger.RecordAt(ctx, tx, tenancyapi.At{Platform: p}, e)
	})
}

// ofModule is the code of the module that a kind of job belongs to.
func ofModule(kind string) string {
	code, _, _ := strings.Cut(kind, ".")
	return strings.ReplaceAll(code, "_", "-")
}
