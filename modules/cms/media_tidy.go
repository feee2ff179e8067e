package cms

import (
	"context"
	"errors"
	"time"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/tenant"
)

// lostAfter is after how long a picture that was never drawn is asked for again.
const lostAfter = 15 * time.Minute

// TidyMedia has pictures drawn whose job was lost, forgets files of a store that were
// deleted a day ago, and removes what no page shows any more. A deleted file that
// something shows again comes back.
func (m *Module) TidyMedia(ctx context.Context, in tenant.Store) error {
	now := m.need.Kit.Clock.Now()
	err := db.Do(ctx, m.need.Kit.DB, in, func(tx mediaTx) error {
		lost, err := lostMedia(ctx, tx, now.Add(-lostAfter))
		for i := 0; err == nil && i < len(lost); i++ {
			err = m.order(ctx, tx, lost[i])
		}
		return err
	})
	if err != nil {
		return err
	}
	gone, err := db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) ([]Media, error) { return deletedMedia(ctx, tx, now.Add(-mediaKeptFor)) })
	if err != nil {
		return err
	}
	for _, f := range gone {
		if err := m.forgetMedia(ctx, in, f.ID); err != nil {
			return err
		}
	}
	return m.emptyWaste(ctx, in, now.Add(-mediaWasteKept))
}

// forgetMedia removes a deleted file for good.
func (m *Module) forgetMedia(ctx context.Context, in tenant.Store, id MediaID) error {
	uses, err := m.MediaUses(ctx, in, id)
	if err != nil {
		return err
	}
	return db.Do(ctx, m.need.Kit.DB, in, func(tx mediaTx) error {
		f, err := holdMedia(ctx, tx, id)
		if errors.Is(err, errMediaUnknown) || err == nil && f.Deleted.IsZero() {
			return nil // somebody was faster
		}
		if err != nil {
			return err
		}
		if len(uses) > 0 {
			f.Deleted = time.Time{}
			return updateMedia(ctx, tx, f)
		}
		if err := deleteMedia(ctx, tx, id); err != nil {
			return err
		}
		return throwAway(ctx, tx, f)
	})
}

// emptyWaste removes stored files, which are elsewhere perhaps and take their time. It
// is noted first that they go: nobody takes the same content into use until they are
// gone. The note of them goes last, so that a run that was cut off is repeated.
func (m *Module) emptyWaste(ctx context.Context, in tenant.Store, before time.Time) error {
	waste, err := db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) ([]Media, error) { return oldWaste(ctx, tx, before) })
	if err != nil {
		return err
	}
	for _, w := range waste {
		used, err := db.Write(ctx, m.need.Kit.DB, in, func(tx mediaTx) (bool, error) {
			if err := db.Alone(ctx, tx, "cms.media."+in.ID().String()); err != nil {
				return false, err
			}
			used, err := wasteUsed(ctx, tx, w)
			if err != nil || used {
				return used, err
			}
			return false, wasteGoes(ctx, tx, w.ID)
		})
		if err == nil && !used {
			err = m.removeFiles(ctx, w)
		}
		if err == nil {
			err = db.Do(ctx, m.need.Kit.DB, in, func(tx mediaTx) error { return deleteWaste(ctx, tx, w.ID) })
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// goingFor is how long files may take to go; a run that was cut off holds nobody up for longer.
const goingFor = 5 * time.Minute

// errMediaGoing says that the same content is being removed at this moment.
var errMediaGoing = fault.New(fault.Unavailable, "cms.media_going")

// staying refuses what has the files of something that is being removed.
func staying(ctx context.Context, tx mediaTx, f Media) error {
	going, err := wasteGoing(ctx, tx, f, tx.Now().Add(-goingFor))
	if err == nil && going {
		err = errMediaGoing
	}
	return err
}

// patiently writes once nothing that it needs is being removed any more.
func (m *Module) patiently(ctx context.Context, in tenant.Store, fn func(tx mediaTx) error) error {
	wait, cancel := context.WithTimeout(ctx, pictureWait)
	defer cancel()
	for {
		err := db.Do(ctx, m.need.Kit.DB, in, fn)
		if !errors.Is(err, errMediaGoing) {
			return err
		}
		select {
		case <-wait.Done():
			return err
		case <-time.After(pictureAgain):
		}
	}
}

func (m *Module) removeFiles(ctx context.Context, w Media) error {
	ctx, cancel := context.WithTimeout(ctx, goingFor/2)
	defer cancel()
	err := errors.Join(m.need.Kit.Pictures.Remove(ctx, w.Whole), m.need.Kit.Pictures.Remove(ctx, w.Drawn))
	if w.Upload != "" {
		err = errors.Join(err, m.need.Kit.Blobs.Delete(ctx, w.Upload))
	}
	return err
}
