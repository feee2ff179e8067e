package catalog

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"orion/kit/blob"
	"orion/kit/fault"
	"orion/kit/job"
	"orion/kit/picture"
	"orion/modules/catalog/catalogapi"
)

// pictureArgs name a picture of a product.
type pictureArgs struct {
	Product catalogapi.ProductID `json:"product"`
	Upload  string               `json:"upload"`
}

const pictureTries = 5

func (m *Module) pictureJob() job.Kind[pictureArgs] {
	return job.Define("catalog.prepare_picture", m.workPicture, job.Timeout(time.Minute), job.Tries(pictureTries))
}

// preparePictures lets the pending pictures of products be prepared. A picture
// that is saved twice meanwhile has two jobs, of which the later finds nothing
// to do; so none is ever forgotten.
func (m *Module) preparePictures(ctx context.Context, tx tx, ps []Product) error {
	var pending []pictureArgs
	for _, p := range ps {
		for _, img := range p.Images {
			if img.Pending() {
				pending = append(pending, pictureArgs{p.ID, img.Upload})
			}
		}
	}
	if len(pending) == 0 {
		return nil
	}
	return job.EnqueueAll(ctx, m.need.Kit.Jobs, tx, m.preparing, pending)
}

// workPicture draws a picture and puts it in place. What it stores before that
// has keys that name its content, so a run that was cut off is simply repeated.
func (m *Module) workPicture(ctx context.Context, r job.Run, a pictureArgs) error {
	if waits, err := m.pending(ctx, r.Store, a.Product, a.Upload); err != nil || !waits {
		return err
	}
	done := Image{Upload: a.Upload}
	ready, err := m.need.Kit.Pictures.Prepare(ctx, a.Upload, pictures)
	switch {
	case errors.Is(err, picture.ErrBusy):
		return job.Later(time.Duration(300+rand.IntN(700)) * time.Millisecond)
	case err == nil:
		done.Key, done.Width, done.Height, done.Widths, done.WebP = ready.Key, ready.Width, ready.Height, ready.Widths, true
	case fault.As(err).Kind == fault.Invalid:
		done.Failed, err = fault.As(err).Code, nil
	case errors.Is(err, blob.ErrNotFound), r.Attempt >= pictureTries:
		done.Failed = "catalog.picture_failed"
	default:
		return err // tried again
	}
	return errors.Join(err, m.prepared(ctx, r.Store, a.Product, done))
}
