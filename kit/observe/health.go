package observe

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Status is how well something is.
type Status string

// The statuses, best first. Degraded still serves: something optional is away.
const (
	Healthy   Status = "healthy"
	Degraded  Status = "degraded"
	Unhealthy Status = "unhealthy"
)

// worse returns the worse of two; an unknown status is as bad as can be.
func (s Status) worse(other Status) Status {
	order := []Status{Healthy, Degraded, Unhealthy}
	at := func(s Status) int {
		if i := slices.Index(order, s); i >= 0 {
			return i
		}
		return len(order) - 1
	}
	return order[max(at(s), at(other))]
}

// Result is what a check found.
type Result struct {
	Status Status
	Detail string // for operators; never shown to visitors
}

// OK is the result of a check that found nothing wrong.
func OK() Result { return Result{Status: Healthy} }

// Check looks after one thing.
type Check struct {
	Name    string
	Run     func(context.Context) Result
	Timeout time.Duration // 0 is two seconds
}

const defaultTimeout = 2 * time.Second

// Outcome is the result of a check in a report.
type Outcome struct {
	Name string
	Result
	Took time.Duration
}

// Report is the health of the whole program: the worst of its checks.
type Report struct {
	Status Status
	Checks []Outcome // by name
	At     time.Time // by the machine's clock
}

// Health runs the checks of the program. The zero value has none and is healthy.
type Health struct {
	mu       sync.RWMutex
	checks   []*probe
	draining atomic.Bool
	latest   atomic.Pointer[Report]
}

// Add registers checks. It may be called while others ask.
func (h *Health) Add(checks ...Check) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range checks {
		if c.Timeout == 0 {
			c.Timeout = defaultTimeout
		}
		h.checks = append(h.checks, &probe{Check: c})
	}
	slices.SortStableFunc(h.checks, func(a, b *probe) int { return strings.Compare(a.Name, b.Name) })
}

// Drain says that this node is about to stop: it is no longer ready for new
// requests, but answers those that still come.
func (h *Health) Drain() { h.draining.Store(true) }

// Draining reports whether Drain was called.
func (h *Health) Draining() bool { return h.draining.Load() }

// Report runs all checks at once. It takes as long as the slowest, at most as
// long as its timeout.
func (h *Health) Report(ctx context.Context) Report {
	h.mu.RLock()
	checks := slices.Clone(h.checks)
	h.mu.RUnlock()

	report := Report{Status: Healthy, Checks: make([]Outcome, len(checks)), At: time.Now()}
	var all sync.WaitGroup
	for i, p := range checks {
		all.Go(func() { report.Checks[i] = p.outcome(ctx) })
	}
	all.Wait()
	for _, o := range report.Checks {
		report.Status = report.Status.worse(o.Status)
	}
	return report
}

// Watch makes a report now and every so often until ctx ends, so that Latest has
// one without waiting, and tells changed of each check whose status is another
// than the time before.
func (h *Health) Watch(ctx context.Context, every time.Duration, changed func(before Status, now Outcome)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	known := map[string]Status{}
	for {
		report := h.Report(ctx)
		if ctx.Err() != nil {
			return
		}
		h.latest.Store(&report)
		for _, o := range report.Checks {
			before, ok := known[o.Name]
			if known[o.Name] = o.Status; before != o.Status && (ok || o.Status != Healthy) {
				changed(before, o)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Latest is the last report that Watch made; the zero Report before the first.
func (h *Health) Latest() Report {
	if r := h.latest.Load(); r != nil {
		return *r
	}
	return Report{}
}

// probe runs one check. Askers that come while it runs share that run: a check
// that hangs costs one goroutine, however often it is asked for.
type probe struct {
	Check
	mu      sync.Mutex
	current *run
}

type run struct {
	done    chan struct{} // closed when outcome is set
	outcome Outcome
}

func (p *probe) outcome(ctx context.Context) Outcome {
	start := time.Now()
	r := p.join(ctx)
	limit := time.NewTimer(p.Timeout)
	defer limit.Stop()
	select {
	case <-r.done:
		return r.outcome
	case <-limit.C:
		detail := fmt.Sprintf("no answer within %v", p.Timeout)
		return Outcome{Name: p.Name, Result: Result{Status: Unhealthy, Detail: detail}, Took: time.Since(start)}
	}
}

// join returns the run in progress or starts one, which an asker who leaves does
// not cancel for the others.
func (p *probe) join(ctx context.Context) *run {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.current != nil {
		return p.current
	}
	r := &run{done: make(chan struct{})}
	p.current = r
	go func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.Timeout)
		defer cancel()
		start := time.Now()
		r.outcome = Outcome{Name: p.Name, Result: p.try(ctx), Took: time.Since(start)}
		p.mu.Lock()
		p.current = nil
		p.mu.Unlock()
		close(r.done)
	}()
	return r
}

// try runs the check; one that panics is unhealthy and takes nothing with it.
func (p *probe) try(ctx context.Context) (result Result) {
	defer func() {
		if thrown := recover(); thrown != nil {
			result = Result{Status: Unhealthy, Detail: fmt.Sprintf("panic: %v", thrown)}
		}
	}()
	return p.Run(ctx)
}
