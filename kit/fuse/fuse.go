// Package fuse keeps callers from waiting for somebody who does not answer: after
// a few calls in a row without an answer nobody calls for a while, and then one
// tries for all.
package fuse

import (
	"sync"
	"time"

	"orion/kit/clock"
)

// Options say when a fuse blows. Zero values stand for the defaults.
type Options struct {
	Misses int           // in a row; 0 is 5
	Rest   time.Duration // before one may try again; 0 is 30 s
}

// Box holds a fuse for each of those who are called. It remembers only who does
// not answer, in this process, and is safe for concurrent use.
type Box[K comparable] struct {
	clock  clock.Clock
	misses int
	rest   time.Duration

	mu    sync.Mutex
	blown map[K]*state
}

type state struct {
	misses int
	until  time.Time
	trying bool
}

// New makes a box in which all fuses are whole.
func New[K comparable](c clock.Clock, o Options) *Box[K] {
	b := &Box[K]{clock: c, misses: o.Misses, rest: o.Rest, blown: map[K]*state{}}
	if b.misses == 0 {
		b.misses = 5
	}
	if b.rest == 0 {
		b.rest = 30 * time.Second
	}
	return b
}

// Enter tells whether somebody may be called now. Who is let in must Leave or
// Withdraw.
func (b *Box[K]) Enter(who K) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	s, ok := b.blown[who]
	if !ok || s.misses < b.misses {
		return true
	}
	if s.trying || b.clock.Now().Before(s.until) {
		return false
	}
	s.trying = true
	return true
}

// Whole tells whether the last call was answered, or nobody called yet.
func (b *Box[K]) Whole(who K) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	s, ok := b.blown[who]
	return !ok || s.misses == 0
}

// Leave tells how a call went. One answer makes the fuse whole.
func (b *Box[K]) Leave(who K, answered bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if answered {
		delete(b.blown, who)
		return
	}
	s, ok := b.blown[who]
	if !ok {
		s = &state{}
		b.blown[who] = s
	}
	s.misses++
	s.trying = false
	if s.misses >= b.misses {
		s.until = b.clock.Now().Add(b.rest)
	}
}

// Withdraw ends a call that the caller broke off, which tells nothing of who was
// called.
func (b *Box[K]) Withdraw(who K) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if s, ok := b.blown[who]; ok {
		s.trying = false
	}
}
