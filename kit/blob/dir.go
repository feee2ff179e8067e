package blob

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
)

// Dir is a Store over a folder that no key can lead out of.
type Dir struct{ root *os.Root }

// incoming holds files that are not whole yet. No valid key begins with a dot,
// so none can name them.
const incoming = ".incoming"

// OpenDir opens the folder, and makes it when it is missing.
func OpenDir(folder string) (*Dir, error) {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return nil, fmt.Errorf("make the folder of files: %w", err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("open the folder of files: %w", err)
	}
	if err := root.MkdirAll(incoming, 0o750); err != nil {
		return nil, errors.Join(fmt.Errorf("make the folder of files: %w", err), root.Close())
	}
	return &Dir{root: root}, nil
}

// Close gives the folder back.
func (d *Dir) Close() error { return d.root.Close() }

// Put implements Store. The file is on the disk when it returns.
func (d *Dir) Put(ctx context.Context, key string, r io.Reader) error {
	if !Valid(key) {
		return ErrNotFound
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("store %s: %w", key, err)
	}
	name := path.Join(incoming, rand.Text())
	if err := d.write(name, r); err != nil {
		_ = d.root.Remove(name)
		return fmt.Errorf("store %s: %w", key, err)
	}
	if err := d.root.MkdirAll(path.Dir(key), 0o750); err != nil {
		_ = d.root.Remove(name)
		return fmt.Errorf("store %s: %w", key, err)
	}
	if err := d.root.Rename(name, key); err != nil {
		_ = d.root.Remove(name)
		return fmt.Errorf("store %s: %w", key, err)
	}
	return nil
}

func (d *Dir) write(name string, r io.Reader) error {
	f, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640)
	if err != nil {
		return err
	}
	if _, err := io.Copy(f, r); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := f.Sync(); err != nil {
		return errors.Join(err, f.Close())
	}
	return f.Close()
}

// Open implements Store.
func (d *Dir) Open(_ context.Context, key string) (io.ReadSeekCloser, Info, error) {
	if !Valid(key) {
		return nil, Info{}, ErrNotFound
	}
	f, err := d.root.Open(key)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, Info{}, ErrNotFound
	}
	if err != nil {
		return nil, Info{}, fmt.Errorf("open %s: %w", key, err)
	}
	stat, err := f.Stat()
	if err != nil {
		return nil, Info{}, errors.Join(fmt.Errorf("open %s: %w", key, err), f.Close())
	}
	if stat.IsDir() {
		_ = f.Close()
		return nil, Info{}, ErrNotFound
	}
	return f, Info{Size: stat.Size(), Time: stat.ModTime().UTC(), Type: TypeOf(key)}, nil
}

// Delete implements Store.
func (d *Dir) Delete(_ context.Context, key string) error {
	if !Valid(key) {
		return nil
	}
	if err := d.root.Remove(key); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete %s: %w", key, err)
	}
	return nil
}

// Walk implements Walker.
func (d *Dir) Walk(ctx context.Context, fn func(key string) error) error {
	return fs.WalkDir(d.root.FS(), ".", func(key string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return fmt.Errorf("list the files: %w", err)
		case ctx.Err() != nil:
			return fmt.Errorf("list the files: %w", ctx.Err())
		case e.IsDir() && key == incoming:
			return fs.SkipDir
		case e.IsDir() || !Valid(key):
			return nil
		}
		return fn(key)
	})
}
