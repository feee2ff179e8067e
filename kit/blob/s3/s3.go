// Package s3 keeps files in a bucket of a storage that speaks as Amazon's S3 does.
package s3

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"orion/kit/blob"
)

// Options say where the bucket is.
type Options struct {
	Endpoint string // https://s3.example.com
	Region   string // empty is found out
	Bucket   string // is there already
	Key      string
	Secret   string
}

// patience is how long the storage has to say that the bucket is there.
const patience = 10 * time.Second

// Bucket is a blob.Walker.
type Bucket struct {
	client *minio.Client
	name   string
}

// Open makes sure that the bucket is there.
func Open(ctx context.Context, o Options) (*Bucket, error) {
	u, err := url.Parse(o.Endpoint)
	if err != nil {
		return nil, fmt.Errorf("open the bucket %s: %w", o.Bucket, err)
	}
	client, err := minio.New(u.Host, &minio.Options{Creds: credentials.NewStaticV4(o.Key, o.Secret, ""), Secure: u.Scheme == "https", Region: o.Region})
	if err != nil {
		return nil, fmt.Errorf("open the bucket %s: %w", o.Bucket, err)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	there, err := client.BucketExists(ctx, o.Bucket)
	if err != nil {
		return nil, fmt.Errorf("open the bucket %s: %w", o.Bucket, err)
	}
	if !there {
		return nil, fmt.Errorf("open the bucket %s: there is none", o.Bucket)
	}
	return &Bucket{client, o.Bucket}, nil
}

// Put implements blob.Store.
func (b *Bucket) Put(ctx context.Context, key string, r io.Reader) error {
	if !blob.Valid(key) {
		return blob.ErrNotFound
	}
	err := sized(r, func(r io.Reader, size int64) error {
		_, err := b.client.PutObject(ctx, b.name, key, r, size, minio.PutObjectOptions{ContentType: blob.TypeOf(key)})
		return err
	})
	if err != nil {
		return fmt.Errorf("store %s: %w", key, err)
	}
	return nil
}

// sized tells how much r gives, which a bucket wants to know before. What cannot tell
// is kept in a file meanwhile.
func sized(r io.Reader, fn func(r io.Reader, size int64) error) (err error) {
	s, ok := r.(io.ReadSeeker)
	if !ok {
		file, err := os.CreateTemp("", "orion-s3-")
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, file.Close(), os.Remove(file.Name())) }()
		if _, err := io.Copy(file, r); err != nil {
			return err
		}
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		s = file
	}
	at, err := s.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	end, err := s.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if _, err := s.Seek(at, io.SeekStart); err != nil {
		return err
	}
	return fn(s, end-at)
}

// Open implements blob.Store.
func (b *Bucket) Open(ctx context.Context, key string) (io.ReadSeekCloser, blob.Info, error) {
	if !blob.Valid(key) {
		return nil, blob.Info{}, blob.ErrNotFound
	}
	object, err := b.client.GetObject(ctx, b.name, key, minio.GetObjectOptions{})
	if err != nil {
		return nil, blob.Info{}, fmt.Errorf("open %s: %w", key, err)
	}
	info, err := object.Stat()
	if err != nil {
		if missing(err) {
			return nil, blob.Info{}, errors.Join(blob.ErrNotFound, object.Close())
		}
		return nil, blob.Info{}, errors.Join(fmt.Errorf("open %s: %w", key, err), object.Close())
	}
	return object, blob.Info{Size: info.Size, Time: info.LastModified.UTC(), Type: blob.TypeOf(key)}, nil
}

func missing(err error) bool {
	answer := minio.ToErrorResponse(err)
	return answer.Code == minio.NoSuchKey || answer.StatusCode == http.StatusNotFound
}

// Delete implements blob.Store.
func (b *Bucket) Delete(ctx context.Context, key string) error {
	if !blob.Valid(key) {
		return nil
	}
	if err := b.client.RemoveObject(ctx, b.name, key, minio.RemoveObjectOptions{}); err != nil && !missing(err) {
		return fmt.Errorf("delete %s: %w", key, err)
	}
	return nil
}

// Walk implements blob.Walker.
func (b *Bucket) Walk(ctx context.Context, fn func(key string) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends the listing when fn fails
	for o := range b.client.ListObjects(ctx, b.name, minio.ListObjectsOptions{Recursive: true}) {
		if o.Err != nil {
			return fmt.Errorf("list the files: %w", o.Err)
		}
		if !blob.Valid(o.Key) {
			continue
		}
		if err := fn(o.Key); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("list the files: %w", err)
	}
	return nil
}
