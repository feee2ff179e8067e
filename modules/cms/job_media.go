package cms

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"orion/kit/blob"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/job"
	"orion/kit/picture"
	"orion/kit/tenant"
)

// drawing names a picture as it is wanted.
type drawing struct {
	Media  MediaID `json:"media"`
	Wanted int64   `json:"wanted"`
}

const drawTries = 5

func (m *Module) drawJob() job.Kind[drawing] {
	return job.Define("cms.draw_media", m.workDrawing, job.Timeout(time.Minute), job.Tries(drawTries))
}

// order has a picture drawn if it waits for that.
func (m *Module) order(ctx context.Context, tx mediaTx, f Media) error {
	if !f.Pending() {
		return nil
	}
	return job.Enqueue(ctx, m.need.Kit.Jobs, tx, m.drawing, drawing{f.ID, f.Wanted})
}

// drawings are a picture as it is served: all of it, and what is cut out.
type drawings struct{ whole, drawn picture.Ready }

// prepare draws a picture whole, once, and as it is cut.
func (m *Module) prepare(ctx context.Context, f Media) (d drawings, err error) {
	plan := picture.Plan{Folder: drawnFolder, Widths: []int{400, 800, 1600}, Sense: true}
	if d.whole = f.Whole; f.Whole.Key == "" {
		d.whole, err = m.need.Kit.Pictures.Prepare(ctx, f.Upload, plan)
	}
	if d.drawn = d.whole; err != nil || f.Cut == (picture.Cut{}) {
		return d, err
	}
	plan.Cut = f.Cut
	d.drawn, err = m.need.Kit.Pictures.Prepare(ctx, f.Upload, plan)
	return d, err
}

// workDrawing draws a picture and shows it. What was shown before stays until
// then. A run that was cut off is simply repeated: what it stores has keys that name
// the content and the cut.
func (m *Module) workDrawing(ctx context.Context, r job.Run, d drawing) error {
	f, err := db.Read(ctx, m.need.Kit.DB, r.Store, func(tx mediaTx) (Media, error) { return findMedia(ctx, tx, d.Media) })
	if errors.Is(err, errMediaUnknown) || err == nil && (!f.Pending() || f.Wanted != d.Wanted) {
		return nil
	}
	if err != nil {
		return err
	}
	ready, err := m.prepare(ctx, f)
	failed := ""
	switch {
	case errors.Is(err, picture.ErrBusy):
		return job.Later(time.Duration(300+rand.IntN(700)) * time.Millisecond)
	case err == nil:
	case fault.As(err).Kind == fault.Invalid:
		failed = fault.As(err).Code
	case errors.Is(err, blob.ErrNotFound), r.Attempt >= drawTries:
		failed = "cms.media_failed"
	default:
		return err // tried again
	}
	return m.drawn(ctx, r.Store, d, ready, failed)
}

// drawn shows what was drawn, or writes down why it cannot be.
func (m *Module) drawn(ctx context.Context, in tenant.Store, d drawing, ready drawings, failed string) error {
	taken := false
	err := m.patiently(ctx, in, func(tx mediaTx) error {
		taken = false
		// Nobody removes the same drawings while it is decided that they are shown.
		if err := db.Alone(ctx, tx, "cms.media."+in.ID().String()); err != nil {
			return err
		}
		if err := staying(ctx, tx, Media{Whole: ready.whole, Drawn: ready.drawn}); err != nil {
			return err
		}
		f, err := holdMedia(ctx, tx, d.Media)
		if errors.Is(err, errMediaUnknown) {
			return throwAway(ctx, tx, Media{Whole: ready.whole, Drawn: ready.drawn})
		}
		if err != nil {
			return err
		}
		unused := Media{Whole: ready.whole, Drawn: ready.drawn}.without(drawings{f.Whole, f.Drawn})
		if f.Wanted != d.Wanted || !f.Pending() {
			return throwAway(ctx, tx, unused) // another job draws it as it is wanted now
		}
		if failed != "" {
			if err := throwAway(ctx, tx, unused); err != nil {
				return err
			}
			f.Failed = failed
			return updateMedia(ctx, tx, f)
		}
		if err := throwAway(ctx, tx, f.without(ready)); err != nil {
			return err
		}
		taken, f.Whole, f.Drawn, f.Shown = true, ready.whole, ready.drawn, f.Wanted
		m.picturesChanged(tx, f)
		return updateMedia(ctx, tx, f)
	})
	if err != nil || !taken {
		return err
	}
	return m.drawAgain(ctx, in, d, ready)
}

// drawAgain has a picture drawn once more whose drawings, made and thrown away
// earlier, were removed before they counted as used.
func (m *Module) drawAgain(ctx context.Context, in tenant.Store, d drawing, ready drawings) error {
	for _, key := range []string{ready.whole.Key, ready.drawn.Key} {
		there, err := blob.Has(ctx, m.need.Kit.Blobs, key)
		if err != nil {
			return err
		}
		if there {
			continue
		}
		return db.Do(ctx, m.need.Kit.DB, in, func(tx mediaTx) error {
			f, err := holdMedia(ctx, tx, d.Media)
			if errors.Is(err, errMediaUnknown) || err == nil && f.Wanted != d.Wanted {
				return nil // it is drawn anew, or gone
			}
			if err != nil {
				return err
			}
			f.Whole, f.Wanted = picture.Ready{}, f.Wanted+1
			if err := updateMedia(ctx, tx, f); err != nil {
				return err
			}
			return m.order(ctx, tx, f)
		})
	}
	return nil
}

// without are the drawings of a file that are of no use beside others.
func (f Media) without(d drawings) Media {
	out := Media{}
	if f.Whole.Key != d.whole.Key && f.Whole.Key != d.drawn.Key {
		out.Whole = f.Whole
	}
	if f.Drawn.Key != d.whole.Key && f.Drawn.Key != d.drawn.Key && f.Drawn.Key != out.Whole.Key {
		out.Drawn = f.Drawn
	}
	return out
}
