package blob

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
)

// Memory is a Store for tests. The zero value is empty.
type Memory struct {
	mu    sync.Mutex
	files map[string][]byte
}

// Put implements Store.
func (m *Memory) Put(_ context.Context, key string, r io.Reader) error {
	if !Valid(key) {
		return ErrNotFound
	}
	content, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("store %s: %w", key, err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.files == nil {
		m.files = map[string][]byte{}
	}
	m.files[key] = content
	return nil
}

// Open implements Store.
func (m *Memory) Open(_ context.Context, key string) (io.ReadSeekCloser, Info, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	content, ok := m.files[key]
	if !ok {
		return nil, Info{}, ErrNotFound
	}
	return nopCloser{bytes.NewReader(content)}, Info{Size: int64(len(content)), Type: TypeOf(key)}, nil
}

// Delete implements Store.
func (m *Memory) Delete(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.files, key)
	return nil
}

type nopCloser struct{ io.ReadSeeker }

func (nopCloser) Close() error { return nil }

// Walk implements Walker.
func (m *Memory) Walk(_ context.Context, fn func(key string) error) error {
	m.mu.Lock()
	keys := slices.Sorted(maps.Keys(m.files))
	m.mu.Unlock()
	for _, key := range keys {
		if err := fn(key); err != nil {
			return err
		}
	}
	return nil
}
