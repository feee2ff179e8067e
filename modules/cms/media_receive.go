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
	if err := m.keepContent(ctx, in, &f, r); err != nil {
		return Media{}, false, err
	}
	f.Name = mediaName(u.Name, f.Ext())
	err = db.Do(ctx, m.need.Kit.DB, in, func(tx mediaTx) error {
		if err := m.roomFor(ctx, tx, f.Bytes); err != nil {
			return err
		}
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
	return f, had, err
}

// comeBack undeletes a file whose content is sent again.
func (m *Module) comeBack(ctx context.Context, tx mediaTx, f *Media, u MediaUpload) error {
	if f.Deleted.IsZero() {
		return nil
	}
	f.Deleted, f.Folder, f.Changed, f.Author = time.Time{}, folderName(u.Folder), tx.Now(), author(u.By)
	if err := updateMedia(ctx, tx, *f); err != nil {
		return err
	}
	return m.noteMedia(ctx, tx, *f, tenancyapi.Entry{Actor: u.By, Action: "cms.media_restored", After: mediaNote(*f)})
}

// keepContent judges and stores what somebody sends.
func (m *Module) keepContent(ctx context.Context, in tenant.Store, f *Media, r io.ReadSeeker) error {
	j, err := judgeMedia(r)
	if err != nil {
		return err
	}
	f.Kind = j.kind
	if f.Bytes, err = r.Seek(0, io.SeekEnd); err != nil {
		return fmt.Errorf("read the file: %w", err)
	}
	used, err := db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) (int64, error) { return mediaBytes(ctx, tx) })
	if err != nil {
		return err
	}
	if err := m.fits(in, used+f.Bytes); err != nil { // before it is stored; roomFor looks again
		return err
	}
	owner := "media " + in.ID().String()
	switch j.kind {
	case Picture:
		f.Wanted = f.Shown + 1
		f.Upload, err = m.need.Kit.Pictures.Receive(ctx, owner, r)
		return err
	case Drawing:
		f.Bytes = int64(len(j.clean.Content))
		if f.Upload, err = m.keepFile(ctx, owner, drawnFolder, j.ext, bytes.NewReader(j.clean.Content)); err != nil {
			return err
		}
		f.Drawn = picture.Ready{Key: f.Upload, Width: j.clean.Width, Height: j.clean.Height}
		return nil
	}
	f.Upload, err = m.keepFile(ctx, owner, documentFolder, j.ext, r)
	return err
}

// keepFile stores a file under a key of its content and owner, so that each store
// may throw away its own.
func (m *Module) keepFile(ctx context.Context, owner, folder, ext string, r io.ReadSeeker) (string, error) {
	sum := sha256.New()
	_, _ = io.WriteString(sum, owner+"\n") // a hash takes everything
	for _, into := range []io.Writer{sum, nil} {
		if _, err := r.Seek(0, io.SeekStart); err != nil {
			return "", fmt.Errorf("read the file: %w", err)
		}
		if into == nil {
			break
		}
		if _, err := io.Copy(into, r); err != nil {
			return "", fmt.Errorf("read the file: %w", err)
		}
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
