package cms

import (
	"context"
	"slices"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// FittingKind is one of the things that stand around all pages of a store.
type FittingKind string

// The fittings.
const (
	HeaderMenu FittingKind = "header"
	FooterMenu FittingKind = "footer"
	TheBar     FittingKind = "bar"
)

// Fitting is a menu, or the announcement bar, as it is being made.
type Fitting struct {
	Kind FittingKind
	Styling
}

var (
	errNoFitting  = fault.New(fault.NotFound, "cms.fitting_unknown")
	errFittingBad = fault.New(fault.Rule, "cms.fitting_unreadable")
	errNotBegun   = fault.New(fault.Rule, "cms.fitting_not_begun")
)

// fittingOf is the kind of that code.
func fittingOf(code string) (FittingKind, error) {
	switch k := FittingKind(code); k {
	case HeaderMenu, FooterMenu, TheBar:
		return k, nil
	}
	return "", errNoFitting
}

// clean checks what is stored of a kind, and gives it as shoppers are to see it.
func (k FittingKind) clean(text string) (string, error) {
	if k == TheBar {
		b, err := readBar(text)
		if err == nil {
			err = b.ready()
		}
		return text, err
	}
	m, err := readMenu(k, text)
	if err != nil {
		return "", err
	}
	m.Items = slices.DeleteFunc(m.Items, func(i MenuItem) bool { return i.Gone })
	return m.text(), nil
}

// Fitting reads a menu, or the bar, as it is being made: one statement.
func (m *Module) Fitting(ctx context.Context, in tenant.Store, kind FittingKind) (Fitting, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) (Fitting, error) { return findFitting(ctx, tx, kind) })
}

// fittingAct is what somebody does to a fitting.
type fittingAct struct {
	kind   FittingKind
	by     auth.Actor
	action string // of the audit log
}

// refit lets fn change a fitting that nobody else changes meanwhile.
func (m *Module) refit(ctx context.Context, in tenant.Store, a fittingAct, fn func(tx mediaTx, f *Fitting) error) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx mediaTx) error {
		if err := db.Alone(ctx, tx, "cms.fitting."+in.ID().String()+"."+string(a.kind)); err != nil {
			return err
		}
		f, err := findFitting(ctx, tx, a.kind)
		if err != nil {
			return err
		}
		was := f
		if err := fn(tx, &f); err != nil || f == was {
			return err
		}
		if was.Live != f.Live {
			tx.AfterCommit(func() { m.fitted.forget(in) })
		}
		if err := keepFitting(ctx, tx, f, was.Revision == 0); err != nil {
			return err
		}
		return m.need.Audit.Record(ctx, tx, tenancyapi.Entry{
			Actor: a.by, Action: "cms." + a.action, Target: string(a.kind), Title: m.fittingTitle(a.kind),
			Before: fittingNote{was.Revision, was.Live}, After: fittingNote{f.Revision, f.Live},
		})
	})
}

// fittingNote is what the audit log has of a fitting; what it says stands in its versions.
type fittingNote struct {
	Revision int64 `json:"revision"`
	Version  int64 `json:"version"`
}

// fittingMade is what somebody made of a fitting.
type fittingMade struct {
	text string // as it is stored
	seen int64  // the revision that they had before them, 0 is none yet
}

// saveFitting keeps the draft of a fitting. Who did not see what is stored gets
// ErrChanged, and nothing is stored.
func (m *Module) saveFitting(ctx context.Context, in tenant.Store, a fittingAct, made fittingMade) error {
	return m.refit(ctx, in, a, func(tx mediaTx, f *Fitting) error {
		if f.Revision != made.seen {
			return ErrChanged
		}
		if f.Text != made.text {
			f.touch(made.text, tx.Now(), a.by)
		}
		return nil
	})
}

// PublishFitting shows a draft to shoppers, as a version of its own, if all of it can
// be shown. seen is the revision that whoever publishes had before them.
func (m *Module) PublishFitting(ctx context.Context, in tenant.Store, kind FittingKind, seen int64, by auth.Actor) error {
	return m.refit(ctx, in, fittingAct{kind, by, "fitting_published"}, func(tx mediaTx, f *Fitting) error {
		if f.Revision != seen || seen == 0 {
			return ErrChanged
		}
		if f.State() == Published {
			return errSame
		}
		text, err := kind.clean(f.Text)
		if err != nil {
			return err
		}
		f.Versions++
		if err := insertFittingVersion(ctx, tx, kind, DesignVersion{Number: f.Versions, Text: text, Author: author(by), At: tx.Now()}); err != nil {
			return err
		}
		f.Text, f.Live, f.Shown = text, f.Versions, f.Revision
		return nil
	})
}

// HideFitting shows to shoppers again what a store has that arranged nothing; the
// draft stays.
func (m *Module) HideFitting(ctx context.Context, in tenant.Store, kind FittingKind, by auth.Actor) error {
	return m.refit(ctx, in, fittingAct{kind, by, "fitting_hidden"}, func(_ mediaTx, f *Fitting) error {
		if f.Live == 0 {
			return errHidden
		}
		f.Live, f.Shown = 0, 0
		return nil
	})
}

// RestoreFitting makes the draft what a version was.
func (m *Module) RestoreFitting(ctx context.Context, in tenant.Store, kind FittingKind, n int64, by auth.Actor) error {
	return m.refit(ctx, in, fittingAct{kind, by, "fitting_restored"}, func(tx mediaTx, f *Fitting) error {
		v, err := findFittingVersion(ctx, tx, kind, n)
		if err != nil {
			return err
		}
		if _, err := kind.clean(v.Text); err != nil || v.Text == f.Text {
			return err
		}
		f.touch(v.Text, tx.Now(), by)
		return nil
	})
}

// FittingVersions are those that were published before a number, the latest first,
// without what they are; 0 is from the latest.
func (m *Module) FittingVersions(ctx context.Context, in tenant.Store, kind FittingKind, before int64) ([]DesignVersion, error) {
	if before <= 0 {
		before = 1 << 62
	}
	return db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) ([]DesignVersion, error) {
		return fittingVersions(ctx, tx, kind, span{before, versionRows + 1})
	})
}

// FittingVersion is what was published for the nth time.
func (m *Module) FittingVersion(ctx context.Context, in tenant.Store, kind FittingKind, n int64) (DesignVersion, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx mediaTx) (DesignVersion, error) { return findFittingVersion(ctx, tx, kind, n) })
}

// fittingTitle is what lists call a fitting.
func (m *Module) fittingTitle(kind FittingKind) string {
	return m.need.Kit.Bundle.In(i18n.En).T("cms.fitting_" + string(kind))
}

const (
	// menusPath is where staff of a store arrange what stands around its pages.
	menusPath = "/menus"

	fittingPurpose = "cms.fitting"
)

// PreviewFittings is what addresses of a storefront have behind "?around=" so that its
// pages have the drafts of menus and bar, for a week and whoever was given it.
func (m *Module) PreviewFittings(in tenant.Store) string {
	return m.need.Kit.Sign.Sign(fittingPurpose, ownerOf(in), 0, previewAge)
}
