package certify

import (
	"fmt"
	"sync"
	"time"
)

// answerWithin is how long a shopper may wait for an answer, whatever the gateway does.
const answerWithin = 10 * time.Second

// Answers are how long shoppers waited for them. It is safe for concurrent use; nil
// remembers nothing.
type Answers struct {
	within time.Duration
	mu     sync.Mutex
	n      int
	late   []string
}

// NewAnswers remembers those that took longer than that.
func NewAnswers(within time.Duration) *Answers { return &Answers{within: within} }

func (a *Answers) add(what string, took time.Duration) {
	if a == nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.n++
	if took > a.within {
		a.late = append(a.late, fmt.Sprintf("a shopper waited %s for %s", took.Round(time.Millisecond), what))
	}
}

// Late are those that came too late.
func (a *Answers) Late() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.late
}

// Count is how many there were.
func (a *Answers) Count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.n
}
