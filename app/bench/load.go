package bench

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Task is one thing that a shopper or program does, over and over.
type Task struct {
	Name string
	// Do runs the i-th repetition as worker w.
	Do func(ctx context.Context, w, i int) error
	// Times is how often at the most; 0 runs for the whole time.
	Times int
	// Prepare makes ready what so many repetitions use up; Times is then that many.
	Prepare func(ctx context.Context, n int) error
	// Jobs tells that a repetition leaves work behind for later, which counts
	// until it is done.
	Jobs bool
	// Units is how many things one repetition does, such as rows; 0 is 1.
	Units int
}

// Result is what a task took.
type Result struct {
	Task     string        `json:"task"`
	Stores   int           `json:"stores"`
	Requests int           `json:"requests"`
	Failed   int           `json:"failed"`
	Rate     float64       `json:"per_second"`
	P50      time.Duration `json:"p50_ns"`
	P95      time.Duration `json:"p95_ns"`
	P99      time.Duration `json:"p99_ns"`
	CPU      time.Duration `json:"cpu_ns"`    // of the server, per unit
	DBCPU    time.Duration `json:"db_cpu_ns"` // of the database server, per unit
	// Bare is the CPU time of a page of 12 KB from a server that does nothing
	// else, just before and after: how fast the machine was.
	Bare  time.Duration `json:"bare_ns,omitempty"`
	Error string        `json:"error,omitempty"`
}

// meter reads the CPU time of what is measured.
type meter struct {
	cpu    func() (server, database time.Duration)
	settle func() // returns when nothing is left to do
}

// runTask repeats a task with some workers for a time and takes the CPU time of
// the server and the database before and after.
func runTask(ctx context.Context, t Task, workers int, d time.Duration, m meter) Result {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	var next, failed atomic.Int64
	var firstErr atomic.Pointer[string]
	took := make([][]time.Duration, workers)
	server0, db0 := m.cpu()
	start := time.Now()
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if t.Times > 0 && i >= t.Times {
					return
				}
				began := time.Now()
				err := t.Do(ctx, w, i)
				if err != nil {
					if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
						return // cut off by the end of the run
					}
					failed.Add(1)
					text := err.Error()
					firstErr.CompareAndSwap(nil, &text)
					continue
				}
				took[w] = append(took[w], time.Since(began))
			}
		})
	}
	wg.Wait()
	elapsed := time.Since(start)
	if t.Jobs {
		m.settle()
	}
	server1, db1 := m.cpu()
	all := slices.Concat(took...)
	slices.Sort(all)
	units := max(len(all), 1) * max(t.Units, 1)
	r := Result{
		Task: t.Name, Requests: len(all), Failed: int(failed.Load()),
		Rate: float64(len(all)*max(t.Units, 1)) / elapsed.Seconds(),
		P50:  percentile(all, 50), P95: percentile(all, 95), P99: percentile(all, 99),
		CPU: (server1 - server0) / time.Duration(units), DBCPU: (db1 - db0) / time.Duration(units),
	}
	if e := firstErr.Load(); e != nil {
		r.Error = *e
	}
	return r
}

func percentile(sorted []time.Duration, p int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)*p/100, len(sorted)-1)]
}

// Markdown is the results as a table.
func Markdown(rows []Result) string {
	out := "| what | stores | per second | p50 | p95 | p99 | CPU server | CPU database | times a bare page | failed |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n"
	for _, r := range rows {
		times := ""
		if r.Bare > 0 {
			times = fmt.Sprintf("%.0f", float64(r.CPU+r.DBCPU)/float64(r.Bare))
		}
		out += fmt.Sprintf("| %s | %d | %.0f | %s | %s | %s | %s | %s | %s | %d |\n",
			r.Task, r.Stores, r.Rate, ms(r.P50), ms(r.P95), ms(r.P99), ms(r.CPU), ms(r.DBCPU), times, r.Failed)
	}
	return out
}

func ms(d time.Duration) string {
	return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond))
}
