package monitoring

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Timed is something that this node did, and how long it took since it started.
type Timed struct {
	Module string
	Name   string // a statement, the pattern of a route, a kind of job
	About  string // besides: an audience; empty without
	Count  int64
	Failed int64 // -1 where nobody counts that
	Total  time.Duration
	P95    time.Duration // 0 where nobody knows
}

// Mean is how long it took on average.
func (t Timed) Mean() time.Duration {
	if t.Count == 0 {
		return 0
	}
	return t.Total / time.Duration(t.Count)
}

// What is timed.
const (
	Routes     = "routes"
	Statements = "statements"
	Work       = "jobs"
)

// mostTimed is how many of them a page shows.
const mostTimed = 100

// Slowest are those that took most, by "total", "mean", "p95" or "count".
func Slowest(all []Timed, by, query string) []Timed {
	if query != "" {
		all = slices.DeleteFunc(slices.Clone(all), func(t Timed) bool {
			return !strings.Contains(strings.ToLower(t.Module+" "+t.Name+" "+t.About), strings.ToLower(query))
		})
	}
	of := map[string]func(Timed) int64{
		"mean": func(t Timed) int64 { return int64(t.Mean()) }, "p95": func(t Timed) int64 { return int64(t.P95) }, "count": func(t Timed) int64 { return t.Count },
	}[by]
	if of == nil {
		of = func(t Timed) int64 { return int64(t.Total) }
	}
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b Timed) int {
		return cmp.Or(cmp.Compare(of(b), of(a)), cmp.Compare(a.Name, b.Name), cmp.Compare(a.About, b.About))
	})
	return all[:min(len(all), mostTimed)]
}
