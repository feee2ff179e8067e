package observe

import (
	"context"
	"sync"
	"time"
)

// Note is something that happened while a request was answered.
type Note struct {
	Kind   string // statement, event or job
	Name   string
	Took   time.Duration // of statements
	Failed bool
}

// maxNotes is how many a trace keeps; further ones are counted.
const maxNotes = 500

// Trace is what one request did, for those who build the program. Nil keeps nothing.
type Trace struct {
	mu    sync.Mutex
	notes []Note
	more  int
	said  Answered
}

// Answered is what is known of a request once it is answered.
type Answered struct {
	Request  string // its identifier in logs
	Route    string // with its module and method
	Audience string
	Platform string
	Status   int
}

type traceKey struct{}

// WithTrace is a context under which a trace is kept.
func WithTrace(ctx context.Context) (context.Context, *Trace) {
	t := &Trace{}
	return context.WithValue(ctx, traceKey{}, t), t
}

// TraceOf is the trace that is kept under a context, or nil.
func TraceOf(ctx context.Context) *Trace {
	t, _ := ctx.Value(traceKey{}).(*Trace)
	return t
}

// Note keeps what happened.
func (t *Trace) Note(n Note) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.notes) == maxNotes {
		t.more++
		return
	}
	t.notes = append(t.notes, n)
}

// Answer keeps what became of the request.
func (t *Trace) Answer(a Answered) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.said = a
}

// Read gives all that was kept, and how many notes were not.
func (t *Trace) Read() (Answered, []Note, int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.said, t.notes, t.more
}
