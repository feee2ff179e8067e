package blob_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"orion/kit/blob"
)

func put(t *testing.T, s blob.Store, key, content string) {
	t.Helper()
	if err := s.Put(t.Context(), key, strings.NewReader(content)); err != nil {
		t.Fatal(err)
	}
}

func has(t *testing.T, s blob.Store, key, want string) {
	t.Helper()
	f, _, err := s.Open(t.Context(), key)
	if want == "" {
		if !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("%s is there: %v", key, err)
		}
		return
	}
	if err != nil {
		t.Errorf("%s: %v", key, err)
		return
	}
	defer f.Close()
	if got, err := io.ReadAll(f); err != nil || string(got) != want {
		t.Errorf("%s says %q, %v, want %q", key, got, err, want)
	}
}

func TestPair(t *testing.T) {
	t.Parallel()
	first, second := &blob.Memory{}, &blob.Memory{}
	p := blob.Pair{First: first, Second: second}
	put(t, second, "a/old", "old")
	put(t, second, "a/both", "1")
	put(t, p, "a/both", "2")
	put(t, p, "a/new", "new")
	has(t, p, "a/old", "old")
	has(t, p, "a/both", "2")
	has(t, second, "a/new", "")
	for _, key := range []string{"a/old", "a/both", "a/new", "a/none"} {
		if err := p.Delete(t.Context(), key); err != nil {
			t.Error(err)
		}
		has(t, p, key, "")
	}
}

// faulty fails now and then, before or after it did what was asked.
type faulty struct {
	blob.Walker
	left int
}

var errFault = errors.New("cut off")

func (f *faulty) fail() error {
	if f.left--; f.left < 0 {
		return errFault
	}
	return nil
}

func (f *faulty) Put(ctx context.Context, key string, r io.Reader) error {
	if err := f.fail(); err != nil {
		return err
	}
	return errors.Join(f.Walker.Put(ctx, key, r), f.fail())
}

func (f *faulty) Delete(ctx context.Context, key string) error {
	if err := f.fail(); err != nil {
		return err
	}
	return errors.Join(f.Walker.Delete(ctx, key), f.fail())
}

// A move that ends at any point loses nothing, and goes on from there.
func TestMoveCutOffAnywhere(t *testing.T) {
	t.Parallel()
	for left := range 40 {
		from, to := &blob.Memory{}, &blob.Memory{}
		var keys []string
		for i := range 7 {
			key := fmt.Sprintf("a/%d", i)
			put(t, from, key, key)
			keys = append(keys, key)
		}
		put(t, to, "a/3", "a/3")
		readers := blob.Pair{First: to, Second: from}
		f, g := &faulty{from, left}, &faulty{to, left}
		_, err := blob.Move(t.Context(), f, g, func(blob.Moved) {})
		for _, key := range keys {
			has(t, readers, key, key)
		}
		if err != nil && !errors.Is(err, errFault) {
			t.Fatal(err)
		}
		if _, err := blob.Move(t.Context(), from, to, func(blob.Moved) {}); err != nil {
			t.Fatal(err)
		}
		for _, key := range keys {
			has(t, to, key, key)
			has(t, from, key, "")
		}
	}
}

// erasing deletes a file through the pair once it was copied.
type erasing struct {
	*blob.Memory
	erase func()
}

func (e *erasing) Put(ctx context.Context, key string, r io.Reader) error {
	err := e.Memory.Put(ctx, key, r)
	e.erase()
	return err
}

func TestDeletedWhileItMoves(t *testing.T) {
	t.Parallel()
	from, to := &blob.Memory{}, &erasing{Memory: &blob.Memory{}}
	put(t, from, "a/b", "x")
	to.erase = func() {
		if err := (blob.Pair{First: to.Memory, Second: from}).Delete(t.Context(), "a/b"); err != nil {
			t.Error(err)
		}
	}
	if m, err := blob.Move(t.Context(), from, to, func(blob.Moved) {}); err != nil && !errors.Is(err, blob.ErrNotFound) || m.Files > 1 {
		t.Errorf("moved %+v, %v", m, err)
	}
	has(t, to, "a/b", "")
	has(t, from, "a/b", "")
}

// A file that is stored again while it is copied is kept.
func TestStoredWhileItMoves(t *testing.T) {
	t.Parallel()
	from, to := &blob.Memory{}, &erasing{Memory: &blob.Memory{}}
	put(t, from, "a/b", "x")
	to.erase = func() { put(t, blob.Pair{First: to.Memory, Second: from}, "a/b", "x") }
	if m, err := blob.Move(t.Context(), from, to, func(blob.Moved) {}); err != nil || m.Files != 1 {
		t.Errorf("moved %+v, %v", m, err)
	}
	has(t, to, "a/b", "x")
	has(t, from, "a/b", "")
}

// late deletes a file through the pair once the move has seen that it is still there.
type late struct {
	*blob.Memory
	opened int
	erase  func()
}

func (l *late) Open(ctx context.Context, key string) (io.ReadSeekCloser, blob.Info, error) {
	f, info, err := l.Memory.Open(ctx, key)
	if l.opened++; l.opened == 2 {
		l.erase()
	}
	return f, info, err
}

// A file that is deleted just after it was copied does not end the move of others.
func TestDeletedOnceItMoved(t *testing.T) {
	t.Parallel()
	from, to := &late{Memory: &blob.Memory{}}, &blob.Memory{}
	put(t, from, "a/b", "x")
	from.erase = func() {
		if err := (blob.Pair{First: to, Second: from.Memory}).Delete(t.Context(), "a/b"); err != nil {
			t.Error(err)
		}
	}
	if m, err := blob.Move(t.Context(), from, to, func(blob.Moved) {}); err != nil || m.Files != 0 {
		t.Errorf("moved %+v, %v", m, err)
	}
	has(t, to, "a/b", "")
	has(t, from.Memory, "a/b", "")
}

func TestDirIsWalked(t *testing.T) {
	t.Parallel()
	d, err := blob.OpenDir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for _, key := range []string{"a/b/c.jpg", "a-b/x.png", "z"} {
		if err := d.Put(t.Context(), key, bytes.NewReader([]byte(key))); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	if err := d.Walk(t.Context(), func(key string) error {
		got = append(got, key)
		return d.Delete(t.Context(), key)
	}); err != nil || len(got) != 3 {
		t.Errorf("it has %v, %v", got, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	put(t, d, "z", "z")
	if err := d.Walk(ctx, func(string) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("it goes on: %v", err)
	}
}
