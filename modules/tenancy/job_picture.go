package tenancy

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"orion/kit/blob"
	"orion/kit/fault"
	"orion/kit/job"
	"orion/kit/picture"
)

// pictureArgs name a picture that was sent for a place.
type pictureArgs struct {
	Slot   Slot   `json:"slot"`
	Upload string `json:"upload"`
}

const pictureTries = 5

func (m *Module) pictureJob() job.Kind[pictureArgs] {
	return job.Define("tenancy.prepare_picture", m.workPicture, job.Timeout(time.Minute), job.Tries(pictureTries))
}

func (m *Module) preparePicture(ctx context.Context, tx storeTx, s Slot, upload string) error {
	return job.Enqueue(ctx, m.jobs, tx, m.preparing, pictureArgs{s, upload})
}

// workPicture draws a picture and puts it to use. A run that was cut off is
// simply repeated: what it stores has keys that name the content.
func (m *Module) workPicture(ctx context.Context, r job.Run, a pictureArgs) error {
	waiting, err := m.SentPictures(ctx, r.Store)
	if err != nil || waiting[a.Slot] != (Sent{Upload: a.Upload}) {
		return err
	}
	done := Sent{Upload: a.Upload}
	ready, err := m.pictures.Prepare(ctx, a.Upload, plans[a.Slot])
	switch {
	case errors.Is(err, picture.ErrBusy):
		return job.Later(time.Duration(300+rand.IntN(700)) * time.Millisecond)
	case err == nil:
	case fault.As(err).Kind == fault.Invalid:
		done.Failed, err = fault.As(err).Code, nil
	case errors.Is(err, blob.ErrNotFound), r.Attempt >= pictureTries:
		done.Failed = "tenancy.picture_failed"
	default:
		return err // tried again
	}
	return errors.Join(err, m.prepared(ctx, r.Store, a.Slot, done, ready))
}
