package app

import (
	"bytes"
	"sync"
)

// listened is a log that can be read while it is written.
type listened struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *listened) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *listened) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}
