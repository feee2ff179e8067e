package cms

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"time"

	"orion/kit/auth"
	"orion/kit/blob"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/module"
	"orion/kit/picture"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// The folders of stored files. Pictures and drawings are served as they are in
// theirs, documents only as downloads.
const (
	drawnFolder    = "library"
	documentFolder = "documents"
)

// RoomFeature is how many megabytes of files a plan lets a store keep.
const RoomFeature = "cms.media"

// MediaUpload is a file that somebody sends.
type MediaUpload struct {
	Name   string // as it calls itself; its end is not believed
	Folder string
	By     auth.Actor
}

// ReceiveMedia keeps a file. The same content is kept once: who sends it again gets
// the file that there is, also one that was deleted lately, which had tells.
func (m *Module) ReceiveMedia(ctx context.Context, in tenant.Store, u MediaUpload, r io.ReadSeeker) (f Media, had bool, err error) {
	f = Media{Folder: folderName(u.Folder), Alt: i18n.Text{}, FocusX: 50, FocusY: 50, Author: author(u.By)}
	if err := checkFolder(errMediaInvalid, f.Folder).OrNil(); err != nil {
		return Media{}, false, err
	}
	j, err := m.judgeContent(ctx, in, &f, r)
	if err == nil {
		err = m.storeContent(ctx, in, &f, content{j, r})
	}
	if err != nil {
		return Media{}, false, err
	}
	f.Name = mediaName(u.Name, f.Ext())
	fresh := f
	err = m.patiently(ctx, in, func(tx mediaTx) error {
		if err := m.roomFor(ctx, tx, fresh.Bytes); err != nil {
			return err
		}
		if err := staying(ctx, tx, fresh); err != nil {
			return err
		}
		f = fresh
		same, err := findMediaByUpload(ctx, tx, f.Upload)
		if err == nil {
			f, had = same, true
			return m.comeBack(ctx, tx, &f, u)
		}
		if !errors.Is(err, errMediaUnknown) {
			return err
		}
		f.ID, f.Changed, had = MediaID(tx.NewID()), tx.Now(), false
		if err := insertMedia(ctx, tx, f); err != nil {
			return err
		}
		if err := m.order(ctx, tx, f); err != nil {
			return err
		}
		return m.noteMedia(ctx, tx, f, tenancyapi.Entry{Actor: u.By, Action: "cms.media_added", After: mediaNote(f)})
	})
	return f, had, m.settled(ctx, in, fresh, content{j, r}, err)
}

// comeBack undeletes a file whose content is sent again. A picture that could not be
// drawn is tried again.
func (m *Module) comeBack(ctx context.Context, tx mediaTx, f *Media, u MediaUpload) error {
	again := f.Kind == Picture && f.Failed != ""
	if f.Deleted.IsZero() && !again {
		return nil
	}
	if again {
		f.Failed, f.Wanted = "", f.Wanted+1
	}
	f.Changed, f.Author = tx.Now(), author(u.By)
	action := "cms.media_edited"
	if !f.Deleted.IsZero() {
		f.Deleted, f.Folder, action = time.Time{}, folderName(u.Folder), "cms.media_restored"
	}
	if err := updateMedia(ctx, tx, *f); err != nil {
		return err
	}
	if err := m.order(ctx, tx, *f); err != nil {
		return err
	}
	return m.noteMedia(ctx, tx, *f, tenancyapi.Entry{Actor: u.By, Action: action, After: mediaNote(*f)})
}

// content is what somebody sends, once it is judged.
type content struct {
	judged
	from io.ReadSeeker
}

// judgeContent tells what somebody sends and whether there is room for it, before
// anything is stored. The room is looked at again when it is taken.
func (m *Module) judgeContent(ctx context.Context, in tenant.Store, f *Media, r io.ReadSeeker) (judged, error) {
	j, err := judgeMedia(r)
	if err != nil {
		return j, err
	}
	f.Kind = j.kind
	if f.Bytes, err = r.Seek(0, io.SeekEnd); err != nil {
		return j, fmt.Errorf("read the file: %w", err)
	}
	used, err := db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) (int64, error) { return mediaBytes(ctx, tx) })
	if err != nil {
		return j, err
	}
	return j, m.fits(in, used+f.Bytes)
}

// storeContent stores what somebody sends.
func (m *Module) storeContent(ctx context.Context, in tenant.Store, f *Media, c content) (err error) {
	owner := "media " + in.ID().String()
	switch c.kind {
	case Picture:
		f.Wanted = f.Shown + 1
		f.Upload, err = m.need.Kit.Pictures.Receive(ctx, owner, c.from)
		return err
	case Drawing:
		f.Bytes = int64(len(c.clean.Content))
		if f.Upload, err = m.keepFile(ctx, owner, drawnFolder, c.ext, bytes.NewReader(c.clean.Content)); err != nil {
			return err
		}
		f.Drawn = picture.Ready{Key: f.Upload, Width: c.clean.Width, Height: c.clean.Height}
		return nil
	}
	f.Upload, err = m.keepFile(ctx, owner, documentFolder, c.ext, c.from)
	return err
}

// settled ends the sending of a content which was stored before its transaction. What
// was not taken is thrown away. What was taken is stored again where the same content,
// sent and thrown away earlier, was removed in between; from now on it counts as used.
func (m *Module) settled(ctx context.Context, in tenant.Store, fresh Media, c content, err error) error {
	ctx = context.WithoutCancel(ctx)
	if err != nil {
		return errors.Join(err, db.Do(ctx, m.need.Kit.DB, in, func(tx mediaTx) error {
			if used, err := wasteUsed(ctx, tx, fresh); err != nil || used {
				return err
			}
			return throwAway(ctx, tx, fresh)
		}))
	}
	if there, err := blob.Has(ctx, m.need.Kit.Blobs, fresh.Upload); err != nil || there {
		return err
	}
	return m.storeContent(ctx, in, &fresh, c)
}

// keepFile stores a file under a key of its content and owner, so that each store
// may throw away its own.
func (m *Module) keepFile(ctx context.Context, owner, folder, ext string, r io.ReadSeeker) (string, error) {
	sum := sha256.New()
	_, _ = io.WriteString(sum, owner+"\n") // a hash takes everything
	_, err := r.Seek(0, io.SeekStart)
	if err == nil {
		_, err = io.Copy(sum, r)
	}
	if err == nil {
		_, err = r.Seek(0, io.SeekStart)
	}
	if err != nil {
		return "", fmt.Errorf("read the file: %w", err)
	}
	key := blob.Named(folder, ext, sum.Sum(nil))
	return key, m.need.Kit.Blobs.Put(ctx, key, r)
}

// roomFor refuses what a store has no room for. Everybody who adds to the same
// library waits until the transaction ends.
func (m *Module) roomFor(ctx context.Context, tx mediaTx, size int64) error {
	if err := db.Alone(ctx, tx, "cms.media."+tx.Scope().ID().String()); err != nil {
		return err
	}
	have, err := mediaBytes(ctx, tx)
	if err != nil {
		return err
	}
	return m.fits(tx.Scope(), have+size)
}

func (m *Module) fits(in tenant.Store, size int64) error {
	if room := m.MediaRoom(in); size > room {
		return errMediaFull.With("limit", room>>20)
	}
	return nil
}

// MediaRoom is how many bytes of files a store may keep.
func (m *Module) MediaRoom(in tenant.Store) int64 {
	if f := m.need.Kit.Features; f != nil {
		if mb := f.Limit(module.HolderOf(in), RoomFeature); mb != module.Unlimited {
			return min(mb<<20, mediaRoom)
		}
	}
	return mediaRoom
}
