package s3_test

import (
	"errors"
	"io"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"orion/kit/blob"
	"orion/kit/blob/s3"
)

func bucket(t *testing.T) *s3.Bucket {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket("orion"); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gofakes3.New(backend).Server())
	t.Cleanup(server.Close)
	b, err := s3.Open(t.Context(), s3.Options{Endpoint: server.URL, Region: "eu-west-1", Bucket: "orion", Key: "key", Secret: "secret"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s3.Open(t.Context(), s3.Options{Endpoint: server.URL, Region: "eu-west-1", Bucket: "another", Key: "key", Secret: "secret"}); err == nil {
		t.Error("a bucket that is not there is opened")
	}
	return b
}

func TestBucket(t *testing.T) {
	t.Parallel()
	b := bucket(t)
	const key = "library/ab/cd.webp"
	if _, _, err := b.Open(t.Context(), key); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("before it is stored: %v", err)
	}
	for _, r := range []io.Reader{strings.NewReader("one"), io.LimitReader(strings.NewReader("0123456789"), 10)} {
		if err := b.Put(t.Context(), key, r); err != nil {
			t.Fatal(err)
		}
	}
	f, info, err := b.Open(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if info.Size != 10 || info.Type != "image/webp" || info.Time.IsZero() {
		t.Errorf("info %+v", info)
	}
	if _, err := f.Seek(4, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if rest, err := io.ReadAll(f); err != nil || string(rest) != "456789" {
		t.Errorf("from the fourth it says %q, %v", rest, err)
	}
	if err := b.Put(t.Context(), "../x", strings.NewReader("x")); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("a key that is none: %v", err)
	}
	var keys []string
	if err := b.Walk(t.Context(), func(k string) error { keys = append(keys, k); return nil }); err != nil || strings.Join(keys, " ") != key {
		t.Errorf("it has %v, %v", keys, err)
	}
	for range 2 {
		if err := b.Delete(t.Context(), key); err != nil {
			t.Error(err)
		}
	}
	if _, _, err := b.Open(t.Context(), key); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("after it is deleted: %v", err)
	}
}

// Files move there and back while they are read.
func TestThereAndBack(t *testing.T) {
	t.Parallel()
	b, m := bucket(t), &blob.Memory{}
	for _, k := range []string{"a/1", "a/2", "b/3"} {
		if err := m.Put(t.Context(), k, strings.NewReader(k)); err != nil {
			t.Fatal(err)
		}
	}
	for _, way := range []blob.Pair{{First: b, Second: m}, {First: m, Second: b}} {
		got, err := blob.Move(t.Context(), way.Second.(blob.Walker), way.First, func(blob.Moved) {
			for _, k := range []string{"a/1", "a/2", "b/3"} {
				f, _, err := way.Open(t.Context(), k)
				if err != nil {
					t.Fatalf("%s is lost: %v", k, err)
				}
				_ = f.Close()
			}
		})
		if err != nil || got != (blob.Moved{Files: 3, Bytes: 9}) {
			t.Errorf("moved %+v, %v", got, err)
		}
	}
}
