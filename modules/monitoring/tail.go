package monitoring

import (
	"bytes"
	"context"
	"sync/atomic"
	"time"
)

// Tail takes the lines of the program's log, as JSON, for the page of logs. It
// never makes who logs wait: what does not fit any more is counted and dropped.
type Tail struct {
	lines   chan []byte
	pending atomic.Int64 // bytes in lines
	dropped atomic.Int64
}

const (
	mostLines   = 4096
	mostPending = 4 << 20
)

// NewTail takes lines from now on; they are kept once Watch runs.
func NewTail() *Tail { return &Tail{lines: make(chan []byte, mostLines)} }

// Write takes one line; it is never refused.
func (t *Tail) Write(line []byte) (int, error) {
	size := int64(len(line))
	if t.pending.Add(size) > mostPending {
		t.drop(size)
		return len(line), nil
	}
	select {
	case t.lines <- bytes.Clone(line):
	default:
		t.drop(size)
	}
	return len(line), nil
}

func (t *Tail) drop(size int64) {
	t.pending.Add(-size)
	t.dropped.Add(1)
}

// Dropped is how many lines were dropped since the start.
func (t *Tail) Dropped() int64 { return t.dropped.Load() }

// take are the lines that came, at most so many.
func (t *Tail) take(most int) (out [][]byte) {
	for len(out) < most {
		select {
		case line := <-t.lines:
			t.pending.Add(-int64(len(line)))
			out = append(out, line)
		default:
			return out
		}
	}
	return out
}

const (
	keepEvery = time.Second
	keepMost  = 200 // lines a second; more are dropped once the buffer is full
)

// Watch keeps the lines that come until ctx ends.
func (m *Module) Watch(ctx context.Context) {
	tick := time.NewTicker(keepEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			// An error would be logged, and come back as a line that cannot be kept: it is counted.
			_ = m.keep(ctx)
		}
	}
}

// rest keeps the lines that came by the end of the program; what cannot be kept
// then is on standard error.
func (m *Module) rest(ctx context.Context) error {
	_ = m.keep(ctx)
	return nil
}

// keep stores the lines that came, and a line of how many were dropped.
func (m *Module) keep(ctx context.Context) error {
	t := m.need.Tail
	if t == nil {
		return nil
	}
	raw := t.take(keepMost)
	lines := make([]Line, 0, len(raw)+1)
	for _, text := range raw {
		if l, ok := m.read(text); ok {
			lines = append(lines, l)
		}
	}
	if n := t.dropped.Load(); n > m.told.Load() {
		lines = append(lines, droppedLine(m.db.Clock().Now(), n-m.told.Swap(n)))
	}
	if len(lines) == 0 {
		return nil
	}
	if err := m.storeLines(ctx, lines); err != nil {
		t.dropped.Add(int64(len(lines)))
		return err
	}
	return nil
}
