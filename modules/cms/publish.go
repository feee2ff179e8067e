package cms

import (
	"context"
	"errors"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/letters"
	"orion/modules/tenancy/tenancyapi"
)

// touch notes that the draft was changed.
func (p *Page) touch(now time.Time, by auth.Actor) {
	p.Revision, p.Edited, p.Editor = p.Revision+1, now, author(by)
}

// author is how a page names who wrote it.
func author(by auth.Actor) string { return letters.Clip(by.Name, maxAuthor) }

// Publish shows the draft to readers, as a version of its own. seen is the
// revision that whoever publishes had before them.
func (s *Shelf[S]) Publish(ctx context.Context, in S, id PageID, seen int64, by auth.Actor) error {
	return s.change(ctx, in, id, func(tx *db.Tx[S], p *Page) error {
		if p.Revision != seen {
			return ErrChanged
		}
		return s.publish(ctx, tx, p, by)
	})
}

func (s *Shelf[S]) publish(ctx context.Context, tx *db.Tx[S], p *Page, by auth.Actor) error {
	if p.State() == Published {
		return errSame
	}
	if err := s.finished(p.Sections); err != nil {
		return err
	}
	before := noteOf(*p)
	p.Sections = kept(p.Sections)
	p.Versions++
	v := Version{Number: p.Versions, Content: p.Content, Author: author(by), At: tx.Now()}
	if err := insertVersion(ctx, tx, s.sql, p.ID, v); err != nil {
		return err
	}
	p.Live, p.Shown, p.Due, p.DueBy = v.Number, p.Revision, time.Time{}, ""
	if p.ShownIn = p.Category; p.First.IsZero() {
		p.First = v.At
	}
	s.changed(tx)
	return s.note(ctx, tx, *p, tenancyapi.Entry{Actor: by, Action: s.act("published"), Before: before, After: noteOf(*p)})
}

// Hide takes a page from readers; nothing of it is lost.
func (s *Shelf[S]) Hide(ctx context.Context, in S, id PageID, by auth.Actor) error {
	return s.change(ctx, in, id, func(tx *db.Tx[S], p *Page) error {
		if p.Live == 0 {
			return errHidden
		}
		before := noteOf(*p)
		p.Live, p.Shown = 0, 0
		s.changed(tx)
		return s.note(ctx, tx, *p, tenancyapi.Entry{Actor: by, Action: s.act("hidden"), Before: before, After: noteOf(*p)})
	})
}

type dueNote struct {
	Due time.Time `json:"due"`
}

// Schedule has the draft published at a time, as it is by then. The zero time
// takes that back.
func (s *Shelf[S]) Schedule(ctx context.Context, in S, id PageID, at time.Time, by auth.Actor) error {
	return s.change(ctx, in, id, func(tx *db.Tx[S], p *Page) error {
		if !at.IsZero() && !at.After(tx.Now()) {
			return errInvalid.Field("due", "cms.in_the_past")
		}
		before := dueNote{p.Due}
		p.Due, p.DueBy = at.Truncate(time.Second), author(by)
		if at.IsZero() {
			p.Due, p.DueBy = at, ""
		} else if err := s.due(ctx, tx, *p); err != nil {
			return err
		}
		return s.note(ctx, tx, *p, tenancyapi.Entry{Actor: by, Action: s.act("scheduled"), Before: before, After: dueNote{p.Due}})
	})
}

// publishDue publishes a page that was to be published at a time, unless somebody
// deleted it, thought better of it, or has published it since.
func (s *Shelf[S]) publishDue(ctx context.Context, in S, id PageID, at time.Time) error {
	err := s.change(ctx, in, id, func(tx *db.Tx[S], p *Page) error {
		if !p.Due.Equal(at) || at.After(tx.Now()) {
			return nil
		}
		by := auth.SystemActor
		by.Name = p.DueBy
		err := s.publish(ctx, tx, p, by)
		if errors.Is(err, errSame) {
			p.Due, p.DueBy = time.Time{}, ""
			return nil
		}
		if errors.Is(err, errUnfinished) { // the time stays as it was, so that staff see that it passed
			return nil
		}
		return err
	})
	if errors.Is(err, errUnknown) {
		return nil
	}
	return err
}

// Restore makes the draft say what a version said.
func (s *Shelf[S]) Restore(ctx context.Context, in S, id PageID, n int64, by auth.Actor) error {
	return s.change(ctx, in, id, func(tx *db.Tx[S], p *Page) error {
		v, err := findVersion(ctx, tx, s.sql, id, n)
		if err != nil {
			return err
		}
		if p.same(v.Content) {
			return nil
		}
		before := noteOf(*p)
		p.Content = v.Content
		p.touch(tx.Now(), by)
		return s.note(ctx, tx, *p, tenancyapi.Entry{Actor: by, Action: s.act("restored"), Before: before, After: noteOf(*p)})
	})
}

// Versions are what a page said before a number, the latest first, without what it
// said; 0 is from the latest.
func (s *Shelf[S]) Versions(ctx context.Context, in S, id PageID, before int64, limit int) ([]Version, error) {
	if before <= 0 {
		before = 1 << 62
	}
	return db.Read(ctx, s.kit.DB, in, func(tx *db.Tx[S]) ([]Version, error) { return versionsOf(ctx, tx, s.sql, id, span{before, limit}) })
}

// Version is what a page said when it was published for the nth time.
func (s *Shelf[S]) Version(ctx context.Context, in S, id PageID, n int64) (Version, error) {
	return db.Read(ctx, s.kit.DB, in, func(tx *db.Tx[S]) (Version, error) { return findVersion(ctx, tx, s.sql, id, n) })
}
