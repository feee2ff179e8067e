// Package job runs work later: enqueued in the transaction that causes it, in
// the scope of its store, retried when it fails, on both databases.
package job

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
)

// Run is what a job's work is told besides its arguments. The scope in which
// the job was enqueued is minted again, the other three are zero and open
// nothing.
type Run struct {
	Store    tenant.Store
	Merchant tenant.Merchant
	Platform tenant.Platform
	System   tenant.System
	Attempt  int // 1 at first
}

// Job is a kind of work that the program knows.
type Job struct {
	kind    string
	timeout time.Duration
	tries   int
	first   bool
	every   time.Duration // periodic when positive
	due     *db.Stmt[tenant.System]
	each    func(context.Context, tenant.Store) error
	work    func(context.Context, Run, []byte) error
}

// Kind is the job's name, module.verb_noun.
func (j Job) Kind() string { return j.kind }

// Module is the code of the module that the job belongs to.
func (j Job) Module() string {
	m, _, _ := strings.Cut(j.kind, ".")
	return strings.ReplaceAll(m, "_", "-")
}

// Every is the interval of a periodic job, and zero for others.
func (j Job) Every() time.Duration { return j.every }

// Timeout bounds one attempt.
func (j Job) Timeout() time.Duration { return j.timeout }

// Tries is how often it is tried at most.
func (j Job) Tries() int { return j.tries }

// Sweeps tells that it works for one store after the other.
func (j Job) Sweeps() bool { return j.each != nil }

// Kind is a job whose arguments are an A.
type Kind[A any] struct{ job Job }

// Job is the kind for a module's definition.
func (k Kind[A]) Job() Job { return k.job }

// Option changes how a job runs.
type Option func(*Job)

// Timeout bounds one attempt; the default is a minute.
func Timeout(d time.Duration) Option { return func(j *Job) { j.timeout = d } }

// Tries bounds the attempts; the default is 12, which is about two days.
func Tries(n int) Option { return func(j *Job) { j.tries = n } }

// First has it run before the other jobs of whoever enqueues it: for what is short, and
// what others wait for.
func First() Option { return func(j *Job) { j.first = true } }

const (
	defaultTimeout = time.Minute
	defaultTries   = 12
)

// Define makes a kind of job. work may run more than once for the same
// arguments, so its effect must be safe to repeat.
func Define[A any](kind string, work func(ctx context.Context, r Run, a A) error, opts ...Option) Kind[A] {
	return Kind[A]{job: make1(kind, opts, func(ctx context.Context, r Run, raw []byte) error {
		var a A
		if err := json.Unmarshal(raw, &a); err != nil {
			return fmt.Errorf("read the arguments of %s: %w", kind, err)
		}
		return work(ctx, r, a)
	})}
}

// Periodic makes a job of the system that runs on one node when the program
// starts and every so often after that. It is not retried before its next turn.
func Periodic(kind string, every time.Duration, work func(ctx context.Context, r Run) error, opts ...Option) Job {
	j := make1(kind, opts, func(ctx context.Context, r Run, _ []byte) error { return work(ctx, r) })
	j.every, j.tries = every, 1
	return j
}

// Sweep makes a job that asks every so often which stores have something due
// and works on each in its scope. due is a statement with "-- scope: sweep"
// that answers with one column, store_id, and may use :now. A store that fails
// stops no other, and is asked for again next time.
func Sweep(kind string, every time.Duration, due *db.Stmt[tenant.System], each func(ctx context.Context, in tenant.Store) error, opts ...Option) Job {
	j := make1(kind, opts, nil)
	j.every, j.tries, j.due, j.each = every, 1, due, each
	return j
}

func make1(kind string, opts []Option, work func(context.Context, Run, []byte) error) Job {
	j := Job{kind: kind, timeout: defaultTimeout, tries: defaultTries, work: work}
	for _, o := range opts {
		o(&j)
	}
	return j
}
