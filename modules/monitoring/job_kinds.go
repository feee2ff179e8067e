package monitoring

import (
	"slices"
	"strings"
	"time"

	"orion/kit/job"
	"orion/kit/tenant"
)

// Listed is a job as the queue lists it.
type Listed = job.Listed

// State is where a job stands.
type State = job.State

// What pages ask of a job's state.
const (
	available   = job.Available
	running     = job.Running
	scheduled   = job.Scheduled
	retryable   = job.Retryable
	discarded   = job.Discarded
	completed   = job.Completed
	mostCounted = job.MostCounted
)

// states are all of them, those that need somebody first.
var states = job.States

// has tells whether a platform is within reach.
func (r Reach) has(p tenant.PlatformID) bool { return r == nil || slices.Contains(r, p) }

// kind is a kind of job: one that the program knows, or that is in the queue from
// another version of it.
type kind struct {
	name  string
	every time.Duration
}

func (m *Module) kinds(queued map[string]map[State]int) []kind {
	var out []kind
	for _, j := range m.need.Jobs() {
		out = append(out, kind{j.Kind(), j.Every()})
	}
	for name := range queued {
		if !slices.ContainsFunc(out, func(k kind) bool { return k.name == name }) {
			out = append(out, kind{name: name})
		}
	}
	slices.SortFunc(out, func(a, b kind) int { return strings.Compare(a.name, b.name) })
	return out
}
