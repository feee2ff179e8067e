package cms

import (
	"context"
	"time"

	"github.com/maypok86/otter/v2"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// redirectsKept bounds the memory for redirects, which are some 200 bytes each.
const redirectsKept = 1000

func newRedirectsMemory() *otter.Cache[linksKey, *redirects] {
	return otter.Must(&otter.Options[linksKey, *redirects]{MaximumSize: redirectsKept, ExpiryCalculator: otter.ExpiryWriting[linksKey, *redirects](linksAge)})
}

// redirects are those of a store, mostly from memory.
func (m *Module) redirects(ctx context.Context, in tenant.Store) (*redirects, error) {
	owner := ownerOf(in)
	key := linksKey{owner, m.Stores.links.gen(owner).Load()}
	if have, ok := m.moved.GetIfPresent(key); ok {
		return have, nil
	}
	all, err := db.Read(ctx, m.need.Kit.DB, in, func(tx textsTx) ([]Redirect, error) { return allRedirects(ctx, tx) })
	if err != nil {
		return nil, err
	}
	out := newRedirects(all)
	m.moved.Set(key, out)
	return out, nil
}

// Redirects are a page of a store's redirects, the latest first: one statement.
func (m *Module) Redirects(ctx context.Context, in tenant.Store, q page.Request, search string) (page.Page[Redirect], error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx textsTx) (page.Page[Redirect], error) { return listRedirects(ctx, tx, q, search) })
}

// Redirect leads from an address to another one from now on.
func (m *Module) Redirect(ctx context.Context, in tenant.Store, r Redirect, by auth.Actor) error {
	_, err := m.RedirectAll(ctx, in, []Redirect{r}, by)
	return err
}

// RedirectAll adds redirects, all or none. The first that is wrong is told by its number.
func (m *Module) RedirectAll(ctx context.Context, in tenant.Store, all []Redirect, by auth.Actor) (wrong int, err error) {
	return wrong, db.Do(ctx, m.need.Kit.DB, in, func(tx textsTx) error {
		if err := db.Alone(ctx, tx, "cms.redirects."+number(ownerOf(in))); err != nil {
			return err
		}
		have, err := allRedirects(ctx, tx)
		if err != nil {
			return err
		}
		known := newRedirects(have)
		for i, r := range all {
			wrong = i
			if r, err = known.take(r); err != nil {
				return err
			}
			r.ID, r.By = RedirectID(tx.NewID()), author(by)
			if err := insertRedirect(ctx, tx, r); err != nil {
				return err
			}
			if err := m.noteRedirect(ctx, tx, r, tenancyapi.Entry{Actor: by, Action: "cms.redirect_added", After: redirectNote{r.Path, r.Target, r.Code}}); err != nil {
				return err
			}
		}
		m.Stores.changed(tx)
		return nil
	})
}

// take checks a redirect against itself and those that there are, and adds it to them.
func (r *redirects) take(d Redirect) (Redirect, error) {
	d = d.normal()
	if err := d.check().OrNil(); err != nil {
		return d, err
	}
	if len(r.all) >= maxRedirects {
		return d, errRedirectFull
	}
	if bad := r.fits(d); bad != nil {
		return d, bad
	}
	r.exact[d.Path] = len(r.all)
	r.all = append(r.all, d)
	return d, nil
}

// redirectNote is what the audit log has of a redirect.
type redirectNote struct {
	Path   string `json:"path"`
	Target string `json:"target"`
	Code   int    `json:"code"`
}

func (m *Module) noteRedirect(ctx context.Context, tx textsTx, r Redirect, e tenancyapi.Entry) error {
	if m.need.Audit == nil {
		return nil
	}
	e.Target, e.Title = r.ID.String(), r.Path
	return m.need.Audit.Record(ctx, tx, e)
}

// DropRedirect takes a redirect away.
func (m *Module) DropRedirect(ctx context.Context, in tenant.Store, id RedirectID, by auth.Actor) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx textsTx) error {
		r, err := findRedirect(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := deleteRedirect(ctx, tx, id); err != nil {
			return err
		}
		m.Stores.changed(tx)
		return m.noteRedirect(ctx, tx, r, tenancyapi.Entry{Actor: by, Action: "cms.redirect_dropped", Before: redirectNote{r.Path, r.Target, r.Code}})
	})
}

// pageMoved leads from the old address of a page to its new one, and has those that
// led to the old one lead there at once.
func (m *Module) pageMoved(ctx context.Context, tx textsTx, from, to string) error {
	if err := deleteRedirectFrom(ctx, tx, to); err != nil {
		return err
	}
	if err := deleteRedirectFrom(ctx, tx, from); err != nil {
		return err
	}
	if err := turnRedirects(ctx, tx, from, to); err != nil {
		return err
	}
	return insertRedirect(ctx, tx, Redirect{ID: RedirectID(tx.NewID()), Path: from, Target: to, Code: MovedForGood})
}

// Lead tells where an address of a store that nothing answers leads to; 0 is nowhere.
// It takes at most one statement, and counts in memory.
func (m *Module) Lead(ctx context.Context, in tenant.Store, path string) (to string, code int, err error) {
	all, err := m.redirects(ctx, in)
	if err != nil {
		return "", 0, err
	}
	r, ok := all.at(path)
	if !ok {
		return "", 0, nil
	}
	m.hits.add(in, r.ID, m.need.Kit.Clock.Now())
	return r.to(path), r.Code, nil
}

// flushEvery is how long hits are counted before they are written down.
const flushEvery = 30 * time.Second
