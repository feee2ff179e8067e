package blob

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
)

// Walker is a Store that names what it has.
type Walker interface {
	Store
	// Walk calls fn with each key, in no order, until it fails. Files that come or
	// go meanwhile may be among them or not.
	Walk(ctx context.Context, fn func(key string) error) error
}

// Pair is a Store whose files move from Second to First, or may have. What is
// stored goes into First; what is not there is read from Second.
type Pair struct{ First, Second Store }

// Put implements Store. What Second has of the key stays there until Move comes to
// it: gone from there while it is copied, the file would seem to be deleted.
func (p Pair) Put(ctx context.Context, key string, r io.Reader) error {
	return p.First.Put(ctx, key, r)
}

// Open implements Store. A file that moves while it is looked for is found at its
// new place.
func (p Pair) Open(ctx context.Context, key string) (io.ReadSeekCloser, Info, error) {
	var err error
	for _, s := range []Store{p.First, p.Second, p.First} {
		var file io.ReadSeekCloser
		var info Info
		if file, info, err = s.Open(ctx, key); !errors.Is(err, ErrNotFound) {
			return file, info, err
		}
	}
	return nil, Info{}, err
}

// Delete implements Store. Second goes first: Move looks there again once it has
// copied a file.
func (p Pair) Delete(ctx context.Context, key string) error {
	return errors.Join(p.Second.Delete(ctx, key), p.First.Delete(ctx, key))
}

// Moved is how far a move is.
type Moved struct {
	Files int64 `json:"files"`
	Bytes int64 `json:"bytes"`
}

// Move moves all files of one store into another. Each is whole in the other before
// it is gone from the first, so that a Pair of them always finds it, and a move that
// was cut off at any point goes on where it was when it is begun again.
func Move(ctx context.Context, from Walker, to Store, told func(Moved)) (Moved, error) {
	var m Moved
	err := from.Walk(ctx, func(key string) error {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("move %s: %w", key, err)
		}
		n, err := moveOne(ctx, from, to, key)
		if errors.Is(err, ErrNotFound) {
			return nil // deleted meanwhile
		}
		if err != nil {
			return fmt.Errorf("move %s: %w", key, err)
		}
		m.Files, m.Bytes = m.Files+1, m.Bytes+n
		told(m)
		return nil
	})
	return m, err
}

func moveOne(ctx context.Context, from, to Store, key string) (int64, error) {
	file, info, err := from.Open(ctx, key)
	if err != nil {
		return 0, err
	}
	defer func() { _ = file.Close() }()
	has, err := Has(ctx, to, key)
	if err == nil && !has { // else it was stored there since, or the last move ended here
		if err = to.Put(ctx, key, file); err == nil {
			err = arrived(ctx, from, to, key, info.Size)
		}
	}
	if err != nil {
		return 0, err
	}
	return info.Size, from.Delete(ctx, key)
}

// arrived fails unless a file that was copied is whole where it moves to. One that
// was deleted while it was copied is deleted there, too.
func arrived(ctx context.Context, from, to Store, key string, size int64) error {
	has, err := Has(ctx, from, key)
	if err != nil {
		return err
	}
	if !has {
		return cmp.Or[error](to.Delete(ctx, key), ErrNotFound)
	}
	info, err := Stat(ctx, to, key)
	if err != nil && !errors.Is(err, ErrNotFound) || err == nil && info.Size == size {
		return err
	}
	if has, err := Has(ctx, from, key); err != nil || !has { // deleted in the meantime
		return cmp.Or[error](err, ErrNotFound)
	}
	return errors.New("it did not arrive whole")
}
