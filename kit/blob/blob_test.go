package blob_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"orion/kit/blob"
)

func stores(t *testing.T) map[string]blob.Store {
	t.Helper()
	dir, err := blob.OpenDir(filepath.Join(t.TempDir(), "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = dir.Close() })
	return map[string]blob.Store{"dir": dir, "memory": &blob.Memory{}}
}

func TestStore(t *testing.T) {
	t.Parallel()
	for name, s := range stores(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			key := blob.Key("products", "svg", []byte("<svg/>"))
			if _, _, err := s.Open(ctx, key); !errors.Is(err, blob.ErrNotFound) {
				t.Errorf("open a missing file: %v", err)
			}
			for _, content := range []string{"<svg/>", "again"} {
				if err := s.Put(ctx, key, strings.NewReader(content)); err != nil {
					t.Fatal(err)
				}
				f, info, err := s.Open(ctx, key)
				if err != nil {
					t.Fatal(err)
				}
				got, err := io.ReadAll(f)
				if err != nil || string(got) != content || info.Size != int64(len(content)) || info.Type != "image/svg+xml" {
					t.Errorf("read %q, %+v, %v", got, info, err)
				}
				if err := f.Close(); err != nil {
					t.Error(err)
				}
			}
			if err := errors.Join(s.Delete(ctx, key), s.Delete(ctx, key)); err != nil {
				t.Error(err)
			}
			if _, _, err := s.Open(ctx, key); !errors.Is(err, blob.ErrNotFound) {
				t.Errorf("open a deleted file: %v", err)
			}
		})
	}
}

func TestPutLeavesNothingHalf(t *testing.T) {
	t.Parallel()
	for name, s := range stores(t) {
		broken := io.MultiReader(strings.NewReader("half"), iotest.ErrReader(io.ErrUnexpectedEOF))
		if err := s.Put(t.Context(), "products/a.png", broken); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%s: put a broken stream: %v", name, err)
		}
		if _, _, err := s.Open(t.Context(), "products/a.png"); !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("%s: half a file is there: %v", name, err)
		}
	}
}

func TestDirStaysInside(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	if err := os.WriteFile(filepath.Join(base, "secret.png"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir, err := blob.OpenDir(filepath.Join(base, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = dir.Close() })
	if err := os.Symlink(filepath.Join(base, "secret.png"), filepath.Join(base, "blobs", "link.png")); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"", ".", "..", "../secret.png", "/secret.png", "a/../../secret.png", "a//b", ".incoming/x", "A.png", "a\x00b", "link.png"} {
		if f, _, err := dir.Open(t.Context(), key); err == nil {
			_ = f.Close()
			t.Errorf("open %q found a file", key)
		}
	}
}

func TestKey(t *testing.T) {
	t.Parallel()
	a, b := blob.Key("products", ".webp", []byte("a")), blob.Key("products", "webp", []byte("b"))
	if a == b || !blob.Valid(a) || !strings.HasSuffix(a, ".webp") || a != blob.Key("products", "webp", []byte("a")) {
		t.Errorf("keys %s and %s", a, b)
	}
}
