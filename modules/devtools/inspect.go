package devtools

import (
	"slices"
	"sync"
	"time"

	"orion/kit/observe"
)

// Request is what a request did.
type Request struct {
	N      int // counts up from the start of this node
	At     time.Time
	Method string
	Path   string // with the names of its query
	Took   time.Duration
	observe.Answered
	Notes []observe.Note
	More  int // notes that were not kept
}

// Count is how many notes of a kind there are, and how long they took together.
func (r Request) Count(kind string) (n int, took time.Duration) {
	for _, note := range r.Notes {
		if note.Kind == kind {
			n, took = n+1, took+note.Took
		}
	}
	return n, took
}

// keptRequests is how many requests a node remembers.
const keptRequests = 200

// requests are the last ones of this node, the newest last.
type requests struct {
	mu   sync.Mutex
	n    int
	kept []Request
}

// Saw remembers a request that was answered just now.
func (m *Module) Saw(r Request) {
	s := &m.seen
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	r.N = s.n
	if len(s.kept) == keptRequests {
		s.kept = slices.Delete(s.kept, 0, 1)
	}
	s.kept = append(s.kept, r)
}

// Requests are those that this node remembers, newest first.
func (m *Module) Requests() []Request {
	s := &m.seen
	s.mu.Lock()
	defer s.mu.Unlock()
	out := slices.Clone(s.kept)
	slices.Reverse(out)
	return out
}
