package cms

import (
	"context"
	"errors"
	"io"
	"time"
	"unicode/utf8"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/picture"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

var (
	errMediaChanged = fault.New(fault.Conflict, "cms.media_changed")
	errMediaOther   = fault.New(fault.Invalid, "cms.media_other")
	errMediaThere   = fault.New(fault.Invalid, "cms.media_there")
)

// MediaEdit is what staff say about a file.
type MediaEdit struct {
	Name, Folder   string
	Alt            i18n.Text
	FocusX, FocusY int64
	Cut            picture.Cut
	Seen           time.Time // when what they had before them was changed last
	By             auth.Actor
}

func (e MediaEdit) check() *fault.Error {
	bad := checkFolder(errMediaInvalid, e.Folder)
	if utf8.RuneCountInString(e.Name) > maxMediaName {
		bad = bad.Field("name", "form.too_long", "max", maxMediaName)
	}
	for _, l := range i18n.Langs {
		bad = short(bad, "alt_"+string(l), e.Alt[l], maxAlt)
	}
	if !e.Cut.Valid() {
		bad = bad.Field("width", "cms.media_bad_cut")
	}
	for name, n := range map[string]int64{"focus_x": e.FocusX, "focus_y": e.FocusY} {
		if n < 0 || n > 100 {
			bad = bad.Field(name, "form.too_large", "max", 100)
		}
	}
	return bad
}

// EditMedia changes what is said about a file, and what of a picture is shown. The
// picture as it was stays in use until it is drawn anew; one that could not be drawn is
// tried again.
func (m *Module) EditMedia(ctx context.Context, in tenant.Store, id MediaID, e MediaEdit) error {
	e.Folder, e.Alt, e.Name = folderName(e.Folder), tidy(e.Alt, line), line(e.Name)
	if err := e.check().OrNil(); err != nil {
		return err
	}
	return m.changeMedia(ctx, in, id, func(tx mediaTx, f *Media) (string, error) {
		if !f.Changed.Equal(e.Seen) {
			return "", errMediaChanged
		}
		f.Name, f.Folder, f.Alt, f.FocusX, f.FocusY = mediaName(e.Name, f.Ext()), e.Folder, e.Alt, e.FocusX, e.FocusY
		if f.Kind == Picture && (e.Cut != f.Cut || f.Failed != "") {
			f.Cut, f.Failed, f.Wanted = e.Cut, "", f.Wanted+1
		}
		f.Changed, f.Author = tx.Now(), author(e.By)
		return "cms.media_edited", m.order(ctx, tx, *f)
	}, e.By)
}

// ReplaceMedia puts another content in the place of a file's, whose address stays. The
// earlier one stays in use until a new picture is drawn.
func (m *Module) ReplaceMedia(ctx context.Context, in tenant.Store, id MediaID, u MediaUpload, r io.ReadSeeker) error {
	fresh := Media{}
	j, err := m.judgeContent(ctx, in, &fresh, r)
	if err != nil {
		return err
	}
	if f, err := m.Media(ctx, in, id); err != nil {
		return err
	} else if err := f.takes(fresh); err != nil {
		return err
	}
	if err := m.storeContent(ctx, in, &fresh, content{j, r}); err != nil {
		return err
	}
	err = m.changeMedia(ctx, in, id, func(tx mediaTx, f *Media) (string, error) {
		if f.Upload == fresh.Upload {
			return "", nil
		}
		if err := f.takes(fresh); err != nil {
			return "", err
		}
		if err := m.roomFor(ctx, tx, fresh.Bytes); err != nil {
			return "", err
		}
		if err := staying(ctx, tx, fresh); err != nil {
			return "", err
		}
		switch same, err := findMediaByUpload(ctx, tx, fresh.Upload); {
		case err == nil:
			return "", errMediaThere.With("name", same.Name)
		case !errors.Is(err, errMediaUnknown):
			return "", err
		}
		if err := throwAway(ctx, tx, f.replaced(fresh)); err != nil {
			return "", err
		}
		f.Changed, f.Author = tx.Now(), author(u.By)
		return "cms.media_replaced", m.order(ctx, tx, *f)
	}, u.By)
	return m.settled(ctx, in, fresh, content{j, r}, err)
}

// takes refuses another content that pages cannot show in the place of the file's.
func (f Media) takes(fresh Media) error {
	if shown(f.Kind) != shown(fresh.Kind) || !shown(f.Kind) && f.Kind != fresh.Kind {
		return errMediaOther
	}
	return nil
}

// shown tells that files of a kind are shown as pictures.
func shown(k MediaKind) bool { return k == Picture || k == Drawing }

// replaced gives the file another content, and tells what is of no use any more. What
// is shown of it stays until a new picture is drawn.
func (f *Media) replaced(by Media) (waste Media) {
	waste = Media{Upload: f.Upload, Bytes: f.Bytes, Whole: f.Whole}
	if by.Kind == Picture {
		if f.Upload == f.Drawn.Key {
			waste.Upload = ""
		}
		if f.Whole.Key == f.Drawn.Key {
			waste.Whole = picture.Ready{}
		}
	} else {
		waste.Drawn, f.Drawn, f.Shown = f.Drawn, by.Drawn, f.Wanted
	}
	f.Kind, f.Upload, f.Bytes, f.Whole, f.Failed = by.Kind, by.Upload, by.Bytes, picture.Ready{}, ""
	f.Name, f.Cut, f.FocusX, f.FocusY = mediaName(f.Name, by.Ext()), picture.Cut{}, 50, 50
	if by.Kind == Picture {
		f.Wanted++
	}
	return waste
}

// DeleteMedia takes a file away that nothing shows. It comes back for a day.
func (m *Module) DeleteMedia(ctx context.Context, in tenant.Store, id MediaID, by auth.Actor) error {
	uses, err := m.MediaUses(ctx, in, id)
	if err != nil {
		return err
	}
	if len(uses) > 0 {
		return errMediaUsed
	}
	return m.changeMedia(ctx, in, id, func(tx mediaTx, f *Media) (string, error) {
		f.Deleted = tx.Now()
		return "cms.media_deleted", nil
	}, by)
}

// RestoreMedia takes a deletion back.
func (m *Module) RestoreMedia(ctx context.Context, in tenant.Store, id MediaID, by auth.Actor) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx mediaTx) error {
		f, err := holdMedia(ctx, tx, id)
		if err != nil || f.Deleted.IsZero() {
			return err
		}
		f.Deleted = time.Time{}
		if err := updateMedia(ctx, tx, f); err != nil {
			return err
		}
		m.picturesChanged(tx, f)
		return m.noteMedia(ctx, tx, f, tenancyapi.Entry{Actor: by, Action: "cms.media_restored", After: mediaNote(f)})
	})
}

// changeMedia lets fn change a file that nobody else changes meanwhile. It is written
// to the audit log as what fn says, or left as it was when that is nothing.
func (m *Module) changeMedia(ctx context.Context, in tenant.Store, id MediaID, fn func(tx mediaTx, f *Media) (string, error), by auth.Actor) error {
	return m.patiently(ctx, in, func(tx mediaTx) error {
		f, err := holdMedia(ctx, tx, id)
		if err == nil && !f.Deleted.IsZero() {
			err = errMediaUnknown
		}
		if err != nil {
			return err
		}
		before := mediaNote(f)
		action, err := fn(tx, &f)
		if err != nil || action == "" {
			return err
		}
		if err := updateMedia(ctx, tx, f); err != nil {
			return err
		}
		m.picturesChanged(tx, f)
		return m.noteMedia(ctx, tx, f, tenancyapi.Entry{Actor: by, Action: action, Before: before, After: mediaNote(f)})
	})
}
