package cms

import (
	"context"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/cms/mediaapi"
	"orion/modules/tenancy/tenancyapi"
)

// Styling reads a store's design as it is being made: one statement.
func (m *Module) Styling(ctx context.Context, in tenant.Store) (Styling, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) (Styling, error) { return findDesign(ctx, tx) })
}

// restyle lets fn change a design that nobody else changes meanwhile.
func (m *Module) restyle(ctx context.Context, in tenant.Store, fn func(tx mediaTx, s *Styling) error) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx mediaTx) error {
		if err := db.Alone(ctx, tx, designKey(in)); err != nil {
			return err
		}
		s, err := findDesign(ctx, tx)
		if err != nil {
			return err
		}
		was := s
		if err := fn(tx, &s); err != nil || s == was {
			return err
		}
		return keepDesign(ctx, tx, s, was.Revision == 0)
	})
}

// Designing is a design that somebody made.
type Designing struct {
	Design
	Seen int64 // the revision that they had before them, 0 is none yet
	By   auth.Actor
}

// SaveDesign keeps a design as the draft. Who did not see what is stored gets
// ErrChanged, and nothing is stored.
func (m *Module) SaveDesign(ctx context.Context, in tenant.Store, w Designing) error {
	w.Design = w.normal()
	if err := w.check().OrNil(); err != nil {
		return err
	}
	text, err := w.text()
	if err != nil {
		return err
	}
	return m.restyle(ctx, in, func(tx mediaTx, s *Styling) error {
		if s.Revision != w.Seen {
			return ErrChanged
		}
		if s.Text == text {
			return nil
		}
		before := designNoteOf(*s)
		s.touch(text, tx.Now(), w.By)
		return m.noteDesign(ctx, tx, tenancyapi.Entry{Actor: w.By, Action: "cms.design_edited", Before: before, After: designNoteOf(*s)})
	})
}

// touch makes the draft something else.
func (s *Styling) touch(text string, now time.Time, by auth.Actor) {
	s.Text, s.Revision, s.Edited, s.Editor = text, s.Revision+1, now, author(by)
}

// PublishDesign shows the draft to shoppers, as a version of its own, if it can be
// read by all of them. seen is the revision that whoever publishes had before them.
func (m *Module) PublishDesign(ctx context.Context, in tenant.Store, seen int64, by auth.Actor) error {
	return m.restyle(ctx, in, func(tx mediaTx, s *Styling) error {
		if s.Revision != seen || seen == 0 {
			return ErrChanged
		}
		if s.State() == Published {
			return errSame
		}
		d, err := readDesign(s.Text)
		if err != nil {
			return err
		}
		if len(d.Faint()) > 0 {
			return errDesignFaint
		}
		before := designNoteOf(*s)
		s.Versions++
		if err := insertDesignVersion(ctx, tx, DesignVersion{Number: s.Versions, Text: s.Text, Author: author(by), At: tx.Now()}); err != nil {
			return err
		}
		s.Live, s.Shown = s.Versions, s.Revision
		return m.wear(ctx, tx, tenancyapi.Entry{Actor: by, Action: "cms.design_published", Before: before, After: designNoteOf(*s)})
	})
}

// RollBack shows a version to shoppers again. The draft stays as it is, so that
// nothing that somebody is making is lost.
func (m *Module) RollBack(ctx context.Context, in tenant.Store, n int64, by auth.Actor) error {
	return m.restyle(ctx, in, func(tx mediaTx, s *Styling) error {
		v, err := findDesignVersion(ctx, tx, n)
		if err != nil {
			return err
		}
		if _, err := readDesign(v.Text); err != nil {
			return err
		}
		if s.Live == n {
			return errSame
		}
		before := designNoteOf(*s)
		s.Live, s.Shown = n, 0
		if v.Text == s.Text {
			s.Shown = s.Revision
		}
		return m.wear(ctx, tx, tenancyapi.Entry{Actor: by, Action: "cms.design_rolled_back", Before: before, After: designNoteOf(*s)})
	})
}

// RestoreDesign makes the draft what a version was.
func (m *Module) RestoreDesign(ctx context.Context, in tenant.Store, n int64, by auth.Actor) error {
	return m.restyle(ctx, in, func(tx mediaTx, s *Styling) error {
		v, err := findDesignVersion(ctx, tx, n)
		if err != nil {
			return err
		}
		if _, err := readDesign(v.Text); err != nil || v.Text == s.Text {
			return err
		}
		before := designNoteOf(*s)
		s.touch(v.Text, tx.Now(), by)
		return m.noteDesign(ctx, tx, tenancyapi.Entry{Actor: by, Action: "cms.design_restored", Before: before, After: designNoteOf(*s)})
	})
}

// HideDesign shows the store's preset to shoppers again; nothing of the design is lost.
func (m *Module) HideDesign(ctx context.Context, in tenant.Store, by auth.Actor) error {
	return m.restyle(ctx, in, func(tx mediaTx, s *Styling) error {
		if s.Live == 0 {
			return errHidden
		}
		before := designNoteOf(*s)
		s.Live, s.Shown = 0, 0
		return m.wear(ctx, tx, tenancyapi.Entry{Actor: by, Action: "cms.design_hidden", Before: before, After: designNoteOf(*s)})
	})
}

// wear has pages read anew what shoppers see, once tx is committed.
func (m *Module) wear(ctx context.Context, tx mediaTx, e tenancyapi.Entry) error {
	in := tx.Scope()
	tx.AfterCommit(func() { m.worn.forget(in) })
	return m.noteDesign(ctx, tx, e)
}

// DesignVersions are the designs that were published before a number, the latest
// first, without what they are; 0 is from the latest.
func (m *Module) DesignVersions(ctx context.Context, in tenant.Store, before int64, limit int) ([]DesignVersion, error) {
	if before <= 0 {
		before = 1 << 62
	}
	return db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) ([]DesignVersion, error) { return designVersions(ctx, tx, span{before, limit}) })
}

// DesignVersion is the design that was published for the nth time.
func (m *Module) DesignVersion(ctx context.Context, in tenant.Store, n int64) (DesignVersion, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) (DesignVersion, error) { return findDesignVersion(ctx, tx, n) })
}

// designNote is what the audit log has of a design; what it is stands in its versions.
type designNote struct {
	Preset  string `json:"preset"`
	Version int64  `json:"version"`
}

func designNoteOf(s Styling) designNote {
	d, _ := readDesign(s.Text) // one that cannot be read has no preset
	return designNote{Preset: d.Preset, Version: s.Live}
}

func (m *Module) noteDesign(ctx context.Context, tx mediaTx, e tenancyapi.Entry) error {
	e.Title = m.designTitle()
	return m.need.Audit.Record(ctx, tx, e)
}

// usedInDesign tells that the store's design shows a file, as it is being made or read.
func (m *Module) usedInDesign(ctx context.Context, a mediaapi.Asked) ([]mediaapi.Use, error) {
	return db.Read(ctx, m.need.Kit.DB, a.In, func(tx mediaTx) ([]mediaapi.Use, error) {
		has, err := designHas(ctx, tx, a.File)
		if err != nil || !has {
			return nil, err
		}
		return []mediaapi.Use{{Title: m.designTitle(), Path: themePath}}, nil
	})
}

// designTitle is what lists call a store's design.
func (m *Module) designTitle() string {
	return m.need.Kit.Bundle.In(i18n.En).T("cms.design")
}

const (
	themePath = "/theme"

	designPurpose = "cms.design"
)

// PreviewDesign is what addresses of a storefront have behind "?design=" so that its
// pages look as in the draft, for a week and whoever was given it.
func (m *Module) PreviewDesign(in tenant.Store) string {
	return m.need.Kit.Sign.Sign(designPurpose, ownerOf(in), 0, previewAge)
}

// PicturesOf are those of a library that a query finds: one statement.
func (m *Module) PicturesOf(ctx context.Context, in tenant.Store, q MediaQuery) (page.Page[Media], error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) (page.Page[Media], error) { return listMedia(ctx, tx, q) })
}
