package monitoring

import (
	"context"
	"strings"

	"orion/modules/core/coreapi"
)

// tasks tell on the operator's dashboard of jobs that gave up and of limits that
// were passed, and lead to them.
func (m *Module) tasks(ctx context.Context, r coreapi.AdminReader) ([]coreapi.Task, error) {
	if !r.Grants.Has(MayViewJobs) {
		return nil, nil
	}
	n, err := m.queue.Failed(ctx, r.Platforms)
	if err != nil {
		return nil, err
	}
	var out []coreapi.Task
	if n > 0 {
		out = append(out, coreapi.Task{Label: r.Words.N("monitoring.failed_jobs", n), Icon: "triangle-alert", Bad: true, Link: "/jobs?state=discarded"})
	}
	if !r.Grants.Has(MayViewSystem) {
		return out, nil
	}
	all, err := m.Latest(ctx)
	if err != nil {
		return nil, err
	}
	var beyond []string
	bad := false
	for _, c := range all {
		if l := c.Level(); l != OK {
			beyond = append(beyond, measureName(r.Words, c.Measure))
			bad = bad || l == Critical
		}
	}
	if len(beyond) > 0 {
		label := r.Words.N("monitoring.capacity_task", len(beyond), "what", strings.Join(beyond, ", "))
		out = append(out, coreapi.Task{Label: label, Icon: "database", Bad: bad, Link: "/capacity"})
	}
	return out, nil
}
