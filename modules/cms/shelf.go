package cms

import (
	"context"
	"strconv"
	"strings"

	"github.com/maypok86/otter/v2"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/module"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// Shelf keeps pages: those of a store, or those of a platform. What can be done
// with a page is the same on both.
type Shelf[S tenant.Scope] struct {
	kit    module.Kit
	sql    *statements[S]
	noun   string // of what it keeps, in the audit log
	most   int64  // that an owner has
	full   error  // the answer to who makes one more
	record func(ctx context.Context, tx *db.Tx[S], e tenancyapi.Entry) error
	due    func(ctx context.Context, tx *db.Tx[S], p Page) error          // has a page published when it is due
	moved  func(ctx context.Context, tx *db.Tx[S], from, to string) error // hears of addresses that change; nil does not care
	fill   func(ctx context.Context, in S, all []part) error              // looks up what sections only name; nil has nothing to
	fits   func(ctx context.Context, tx *db.Tx[S], w Writing) error       // whether what somebody wrote names what there is; nil is always
	links  memory
	kinds  *kinds
	live   *otter.Cache[liveKey, live]
	last   *otter.Cache[liveKey, live]
}

// Query is what staff want to see of the pages, by address.
type Query struct {
	page.Request
	Tier Tier // empty is all
}

// List gives pages without what they say: one statement.
func (s *Shelf[S]) List(ctx context.Context, in S, q Query) (page.Page[Page], error) {
	return db.Read(ctx, s.kit.DB, in, func(tx *db.Tx[S]) (page.Page[Page], error) { return listPages(ctx, tx, s.sql, q) })
}

// Page reads a page: one statement.
func (s *Shelf[S]) Page(ctx context.Context, in S, id PageID) (Page, error) {
	return db.Read(ctx, s.kit.DB, in, func(tx *db.Tx[S]) (Page, error) { return findPage(ctx, tx, s.sql, id) })
}

// Writing is what somebody wrote.
type Writing struct {
	Tier Tier // of a page that is new
	Home bool // the page is the home page
	Slug string
	Content
	Lang i18n.Lang // that must have a title
	Seen int64     // the revision that the writer had before them; of a new page 0
	By   auth.Actor
}

func (w Writing) normal() (Writing, error) {
	w.Content = w.Content.normal()
	if w.Home {
		w.Slug, w.Header, w.Footer, w.Legal, w.Place = HomeSlug, false, false, false, 0
		return w, w.checkTexts(errInvalid, w.Lang).OrNil()
	}
	if w.Slug = strings.ToLower(strings.TrimSpace(w.Slug)); w.Slug == "" {
		w.Slug = slugOf(w.Title.In(w.Lang))
	}
	return w, w.check(w.Slug, w.Lang).OrNil()
}

// Create begins a page, which nobody reads before it is published.
func (s *Shelf[S]) Create(ctx context.Context, in S, w Writing) (PageID, error) {
	w, err := w.normal()
	if err != nil {
		return 0, err
	}
	id, err := db.Write(ctx, s.kit.DB, in, func(tx *db.Tx[S]) (PageID, error) {
		if err := db.Alone(ctx, tx, "cms."+s.noun+"s."+strconv.FormatInt(ownerOf(in), 10)); err != nil {
			return 0, err
		}
		n, err := countPages(ctx, tx, s.sql)
		if err != nil {
			return 0, err
		}
		if n >= s.most {
			return 0, s.full
		}
		if err := s.named(ctx, tx, w); err != nil {
			return 0, err
		}
		p := Page{ID: PageID(tx.NewID()), Tier: w.Tier, Slug: w.Slug, Content: w.Content, Revision: 1, Edited: tx.Now(), Editor: author(w.By)}
		if err := insertPage(ctx, tx, s.sql, p); err != nil {
			return 0, err
		}
		return p.ID, s.note(ctx, tx, p, tenancyapi.Entry{Actor: w.By, Action: s.act("created"), After: noteOf(p)})
	})
	return id, taken(err)
}

// taken says beside the field that another page has the address.
func taken(err error) error {
	if db.IsUnique(err) {
		return errInvalid.Field("slug", "form.taken").Because(err)
	}
	return err
}

// Save keeps what was written as the page's draft. Who did not see what is stored
// gets ErrChanged, and nothing is stored.
func (s *Shelf[S]) Save(ctx context.Context, in S, id PageID, w Writing) error {
	w, err := w.normal()
	if err != nil {
		return err
	}
	return taken(s.change(ctx, in, id, func(tx *db.Tx[S], p *Page) error {
		if p.Revision != w.Seen || p.IsHome() != w.Home {
			return ErrChanged
		}
		w.Sections = p.Sections // are changed one by one
		if p.same(w.Content) && p.Slug == w.Slug {
			return nil
		}
		if err := s.named(ctx, tx, w); err != nil {
			return err
		}
		before := noteOf(*p)
		if p.Slug != w.Slug {
			s.changed(tx) // the address is no part of what is published
			if s.moved != nil && p.Live > 0 {
				if err := s.moved(ctx, tx, pathOf(*p), pathOf(Page{Tier: p.Tier, Slug: w.Slug})); err != nil {
					return err
				}
			}
		}
		p.Slug, p.Content = w.Slug, w.Content
		p.touch(tx.Now(), w.By)
		return s.note(ctx, tx, *p, tenancyapi.Entry{Actor: w.By, Action: s.act("edited"), Before: before, After: noteOf(*p)})
	}))
}

// Delete removes a page with all its versions. In a store, what the platform has
// at its address is read again.
func (s *Shelf[S]) Delete(ctx context.Context, in S, id PageID, by auth.Actor) error {
	return db.Do(ctx, s.kit.DB, in, func(tx *db.Tx[S]) error {
		p, err := holdPage(ctx, tx, s.sql, id)
		if err != nil {
			return err
		}
		if err := deletePage(ctx, tx, s.sql, id); err != nil {
			return err
		}
		s.changed(tx)
		return s.note(ctx, tx, p, tenancyapi.Entry{Actor: by, Action: s.act("deleted"), Before: noteOf(p)})
	})
}

// change lets fn change a page that nobody else changes meanwhile.
func (s *Shelf[S]) change(ctx context.Context, in S, id PageID, fn func(tx *db.Tx[S], p *Page) error) error {
	return db.Do(ctx, s.kit.DB, in, func(tx *db.Tx[S]) error {
		p, err := holdPage(ctx, tx, s.sql, id)
		if err != nil {
			return err
		}
		if err := fn(tx, &p); err != nil {
			return err
		}
		return updatePage(ctx, tx, s.sql, p)
	})
}

// pageNote is what the audit log has of a page; what it says stands in its versions.
type pageNote struct {
	Slug    string   `json:"slug"`
	Titles  []string `json:"titles"`
	Version int64    `json:"version"`
}

func noteOf(p Page) pageNote {
	n := pageNote{Slug: p.Slug, Version: p.Live}
	for _, l := range i18n.Langs {
		if t := p.Title[l]; t != "" {
			n.Titles = append(n.Titles, t)
		}
	}
	return n
}

func (s *Shelf[S]) note(ctx context.Context, tx *db.Tx[S], p Page, e tenancyapi.Entry) error {
	e.Target, e.Title = p.ID.String(), p.Title.In(i18n.En)
	return s.record(ctx, tx, e)
}

// act is what the audit log calls something that was done.
func (s *Shelf[S]) act(done string) string { return "cms." + s.noun + "_" + done }

func (s *Shelf[S]) named(ctx context.Context, tx *db.Tx[S], w Writing) error {
	if s.fits == nil {
		return nil
	}
	return s.fits(ctx, tx, w)
}

func yes(b bool) string { return strconv.FormatBool(b) }

func number(n int64) string { return strconv.FormatInt(n, 10) }
