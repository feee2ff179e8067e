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

// maxNotes is how many an inspection keeps; further ones are counted.
const maxNotes = 500

// Inspection is what one request did, for those who build the program. Nil keeps nothing.
type Inspection struct {
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

type inspectionKey struct{}

// WithInspection is a context under which an inspection is kept.
func WithInspection(ctx context.Context) (context.Context, *Inspection) {
	t := &Inspection{}
	return context.WithValue(ctx, inspectionKey{}, t), t
}

// InspectionOf is the inspection that is kept under a context, or nil.
func InspectionOf(ctx context.Context) *Inspection {
	t, _ := ctx.Value(inspectionKey{}).(*Inspection)
	return t
}

// Note keeps what happened.
func (t *Inspection) Note(n Note) {
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
func (t *Inspection) Answer(a Answered) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.said = a
}

// Read gives all that was kept, and how many notes were not.
func (t *Inspection) Read() (Answered, []Note, int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.said, t.notes, t.more
}
