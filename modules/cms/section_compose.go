package cms

import (
	"context"
	"slices"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/modules/cms/cmsapi"
	"orion/modules/tenancy/tenancyapi"
)

// Composing is one change of a page's sections.
type Composing struct {
	Seen int64 // the revision that whoever changes them had before them
	By   auth.Actor
	Do   func(all []Section) ([]Section, error)
}

// Compose changes the sections of a page's draft, and gives its revision behind
// that. Who did not see what is stored gets ErrChanged, and nothing is stored.
func (s *Shelf[S]) Compose(ctx context.Context, in S, id PageID, c Composing) (revision int64, err error) {
	err = s.change(ctx, in, id, func(tx *db.Tx[S], p *Page) error {
		if p.Revision != c.Seen {
			return ErrChanged
		}
		all, err := c.Do(p.Sections)
		if err != nil {
			return err
		}
		all = room(all)
		if err := checkSections(all); err != nil {
			return err
		}
		revision = p.Revision
		if sameSections(all, p.Sections) {
			return nil
		}
		before := noteOf(*p)
		p.Sections = all
		p.touch(tx.Now(), c.By)
		revision = p.Revision
		return s.note(ctx, tx, *p, tenancyapi.Entry{Actor: c.By, Action: s.act("edited"), Before: before, After: noteOf(*p)})
	})
	return revision, err
}

// rewrite changes what a page's draft says, whatever its revision: what is written
// is compared with what is stored, one text at a time.
func (s *Shelf[S]) rewrite(ctx context.Context, in S, id PageID, by auth.Actor, fn func(p *Page) error) error {
	return s.change(ctx, in, id, func(tx *db.Tx[S], p *Page) error {
		before, had := noteOf(*p), p.Content
		had.Sections = slices.Clone(p.Sections)
		if err := fn(p); err != nil {
			return err
		}
		if err := checkSections(p.Sections); err != nil || p.same(had) {
			return err
		}
		p.touch(tx.Now(), by)
		return s.note(ctx, tx, *p, tenancyapi.Entry{Actor: by, Action: s.act("edited"), Before: before, After: noteOf(*p)})
	})
}

// finished tells whether all that readers would see can be shown.
func (s *Shelf[S]) finished(all []Section) error {
	for _, p := range s.kinds.parts(seenSections(all)) {
		if p.bad != nil || len(checkSection(p.value, "").Fields) > 0 {
			return errUnfinished
		}
	}
	return nil
}

// add puts a new section of a kind behind another one, or at the end, and
// gives its identifier.
func (k *kinds) add(kind, behind string, id *string) func(all []Section) ([]Section, error) {
	return func(all []Section) ([]Section, error) {
		of, ok := k.named(kind)
		if !ok {
			return nil, errNoKind
		}
		*id = freeID(all)
		return placeSection(all, Section{ID: *id, Kind: kind, Value: textOf(of.New())}, behind), nil
	}
}

// double puts a copy of a section behind it.
func double(id string, copied *string) func(all []Section) ([]Section, error) {
	return func(all []Section) ([]Section, error) {
		i, err := sectionAt(all, id)
		if err != nil {
			return nil, err
		}
		s := all[i]
		s.ID = freeID(all)
		*copied = s.ID
		return placeSection(all, s, id), nil
	}
}

// rewrite keeps what somebody wrote in a section.
func rewrite(id string, value cmsapi.Section) func(all []Section) ([]Section, error) {
	return func(all []Section) ([]Section, error) {
		return amend(all, id, func(s *Section) { s.Value = textOf(value) })
	}
}

// CheckSections tells what is wrong with sections that were not written in their
// editor, and makes them safe.
func (m *Module) CheckSections(all []Section, lang i18n.Lang) ([]Section, error) {
	out := make([]Section, len(all))
	for i, p := range m.kinds.parts(all) {
		if p.bad != nil {
			return nil, p.bad
		}
		tidySection(p.value)
		if err := checkSection(p.value, lang).OrNil(); err != nil {
			return nil, err
		}
		out[i] = all[i]
		out[i].Value = textOf(p.value)
	}
	return out, checkSections(out)
}
