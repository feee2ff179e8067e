package catalog

import (
	"context"
	"errors"
	"time"

	"orion/kit/db"
	"orion/kit/job"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

const (
	// uploadKept is how long a picture is kept that was sent and that no product has.
	uploadKept = 24 * time.Hour
	// imagesPage is of how many products the pictures are looked through at a time.
	imagesPage = 500
)

func (m *Module) uploadsJob() job.Job {
	return job.Sweep("catalog.tidy_uploads", time.Hour, sqlOldUploadStores, m.TidyUploads)
}

// TidyUploads throws away pictures that staff of a store sent more than a day
// ago and that no product has: the form was never saved, or the picture was
// taken away again. What was drawn from them stays, since orders and mails show
// it. Those that products have are asked for again a day later.
func (m *Module) TidyUploads(ctx context.Context, in tenant.Store) error {
	before := m.need.Kit.Clock.Now().Add(-uploadKept)
	old, err := db.Read(ctx, m.db, in, func(tx tx) ([]string, error) { return oldUploads(ctx, tx, before) })
	if err != nil || len(old) == 0 {
		return err
	}
	used, err := m.usedUploads(ctx, in)
	if err != nil {
		return err
	}
	var unused []string
	err = db.Do(ctx, m.db, in, func(tx tx) error {
		unused = nil
		for _, u := range old {
			if used[u] {
				if err := noteUpload(ctx, tx, u); err != nil {
					return err
				}
				continue
			}
			gone, err := forgetUpload(ctx, tx, u, before)
			if err != nil {
				return err
			}
			if gone {
				unused = append(unused, u)
			}
		}
		return nil
	})
	// The files go after the commit; one that a crash leaves behind is found
	// when somebody sends the same again.
	for _, u := range unused {
		err = errors.Join(err, m.need.Kit.Pictures.Discard(ctx, u))
	}
	return err
}

// usedUploads are those that products have.
func (m *Module) usedUploads(ctx context.Context, in tenant.Store) (map[string]bool, error) {
	used := map[string]bool{}
	var after catalogapi.ProductID
	for {
		ps, err := db.Read(ctx, m.db, in, func(tx tx) ([]Product, error) { return imagesOf(ctx, tx, after) })
		if err != nil {
			return nil, err
		}
		for _, p := range ps {
			after = p.ID
			for _, img := range p.Images {
				used[img.Upload] = true
			}
		}
		if len(ps) < imagesPage {
			return used, nil
		}
	}
}
