package blob

import (
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
	if has, err := holds(ctx, to, key, -1); err != nil {
		return 0, err
	} else if !has { // else it was stored there since, or the last move ended here
		if err := to.Put(ctx, key, file); err != nil {
			return 0, err
		}
		switch has, err := holds(ctx, from, key, -1); {
		case err != nil:
			return 0, err
		case !has: // deleted while it was copied
			if err := to.Delete(ctx, key); err != nil {
				return 0, err
			}
			return 0, ErrNotFound
		}
		if err := arrived(ctx, from, to, key, info.Size); err != nil {
			return 0, err
		}
	}
	return info.Size, from.Delete(ctx, key)
}

// arrived fails unless a file that was copied is whole where it moves to. One that
// neither has any more was deleted meanwhile.
func arrived(ctx context.Context, from, to Store, key string, size int64) error {
	has, err := holds(ctx, to, key, size)
	if err != nil || has {
		return err
	}
	if has, err := holds(ctx, from, key, -1); err != nil {
		return err
	} else if has {
		return errors.New("it did not arrive whole")
	}
	if has, err := holds(ctx, to, key, -1); err != nil {
		return err
	} else if has {
		return errors.New("it did not arrive whole")
	}
	return ErrNotFound
}

// holds tells whether a store has a file, of a size if that is not negative.
func holds(ctx context.Context, s Store, key string, size int64) (bool, error) {
	file, info, err := s.Open(ctx, key)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return size < 0 || info.Size == size, file.Close()
}
