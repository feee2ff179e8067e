package app

import (
	"context"
	"path/filepath"

	"orion/kit/blob"
	"orion/kit/blob/s3"
	"orion/kit/config"
)

// storage is where files are: in the data folder, and in a bucket where there is one.
type storage struct {
	folder *blob.Dir
	bucket *s3.Bucket // nil is none
	first  string     // where new ones go
}

func openStorage(ctx context.Context, conf config.Config) (storage, error) {
	out := storage{first: conf.Storage}
	if conf.S3.Bucket != "" {
		var err error
		o := s3.Options{Endpoint: conf.S3.Endpoint, Region: conf.S3.Region, Bucket: conf.S3.Bucket, Key: conf.S3.Key, Secret: string(conf.S3.Secret)}
		if out.bucket, err = s3.Open(ctx, o); err != nil {
			return out, err
		}
	}
	var err error
	out.folder, err = blob.OpenDir(filepath.Join(conf.Data, "blobs"))
	return out, err
}

// both is where files are read and stored. Those that have not moved yet are read
// where they are.
func (s storage) both() blob.Store {
	switch {
	case s.bucket == nil:
		return s.folder
	case s.first == "s3":
		return blob.Pair{First: s.bucket, Second: s.folder}
	}
	return blob.Pair{First: s.folder, Second: s.bucket}
}

// way is how files move to where new ones are stored.
func (s storage) way() (from blob.Walker, to blob.Store) {
	if s.first == "s3" {
		return s.folder, s.bucket
	}
	return s.bucket, s.folder
}
