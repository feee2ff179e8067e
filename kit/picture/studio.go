package picture

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"orion/kit/blob"
)

// uploads is the folder of what people sent, which is never served.
const uploads = "uploads"

// IsUpload tells that a key names what somebody sent, not a picture to be served.
func IsUpload(key string) bool { return strings.HasPrefix(key, uploads+"/") }

// edition is part of every key of a drawn picture. It changes with the way in
// which pictures are drawn, so that a key always names the same file.
const edition = "1"

// ErrBusy says that a picture is being drawn already; come again.
var ErrBusy = errors.New("another picture is being drawn")

// Studio receives pictures and draws them.
type Studio struct {
	blobs blob.Store
	busy  chan struct{} // a picture takes memory and a processor, so there is one at a time
}

// NewStudio draws from and into a store of files.
func NewStudio(blobs blob.Store) *Studio { return &Studio{blobs: blobs, busy: make(chan struct{}, 1)} }

// Receive judges a picture that somebody sends and keeps it, to be drawn later.
// It decodes nothing, and never holds the whole file. The same content of two
// owners is two uploads, so that each may discard its own; no owner is one too.
func (s *Studio) Receive(ctx context.Context, owner string, r io.ReadSeeker) (upload string, err error) {
	ext, err := judge(r)
	if err != nil {
		return "", err
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return "", fmt.Errorf("read the picture: %w", err)
	}
	sum := sha256.New()
	_, _ = io.WriteString(sum, owner) // a hash takes everything
	if _, err := io.Copy(sum, r); err != nil {
		return "", fmt.Errorf("read the picture: %w", err)
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return "", fmt.Errorf("read the picture: %w", err)
	}
	upload = blob.Named(uploads, ext, sum.Sum(nil))
	if err := s.blobs.Put(ctx, upload, r); err != nil {
		return "", err
	}
	return upload, nil
}

// Discard throws away a picture that was received. What was drawn from it stays.
func (s *Studio) Discard(ctx context.Context, upload string) error {
	if !IsUpload(upload) {
		return nil
	}
	return s.blobs.Delete(ctx, upload)
}

// Prepare draws a picture that was received and stores it to be served. What it
// stores depends on the picture and the plan alone, so that it may be repeated
// at any time. While another one is drawn it returns ErrBusy.
func (s *Studio) Prepare(ctx context.Context, upload string, p Plan) (Ready, error) {
	if !IsUpload(upload) {
		return Ready{}, blob.ErrNotFound
	}
	select {
	case s.busy <- struct{}{}:
		defer func() { <-s.busy }()
	default:
		return Ready{}, ErrBusy
	}
	file, _, err := s.blobs.Open(ctx, upload)
	if err != nil {
		return Ready{}, err
	}
	defer func() { _ = file.Close() }()
	d, err := drawApart(ctx, file, p)
	if err != nil {
		return Ready{}, err
	}
	sum, p := sha256.Sum256([]byte(edition+upload+p.mark())), d.plan(p)
	ready := Ready{Key: blob.Named(p.Folder, p.ext(), sum[:]), Width: d.Width, Height: d.Height, Widths: d.Widths, WebP: true}
	for _, f := range d.Files {
		key := ready.Key
		if f.Width != 0 {
			key = Copy(key, f.Width)
		}
		key = strings.TrimSuffix(key, path.Ext(key)) + "." + f.Ext
		if err := s.blobs.Put(ctx, key, bytes.NewReader(f.Content)); err != nil {
			return Ready{}, err
		}
	}
	return ready, nil
}

// Remove throws away a picture that was drawn, with all its copies.
func (s *Studio) Remove(ctx context.Context, r Ready) error {
	if r.Key == "" || IsUpload(r.Key) {
		return nil
	}
	keys := []string{r.Key}
	for _, w := range r.Widths {
		keys = append(keys, Copy(r.Key, w))
	}
	var errs []error
	for _, key := range keys {
		errs = append(errs, s.blobs.Delete(ctx, key))
		if r.WebP {
			errs = append(errs, s.blobs.Delete(ctx, WebP(key)))
		}
	}
	return errors.Join(errs...)
}
