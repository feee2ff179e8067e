package cms

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
)

// Link is a page that is read: everything about it but what it says.
type Link struct {
	ID   PageID
	Tier Tier
	Slug string
	Head
	Changed time.Time // when it was published
}

// Path is the page's address.
func (l Link) Path() string {
	switch {
	case l.Tier == Posted:
		return postPath(l.Slug)
	case l.Slug == HomeSlug:
		return "/"
	}
	return "/pages/" + l.Slug
}

const (
	// linksAge is how long another node may show links that changed on this one.
	linksAge = 10 * time.Second
	// linksKept bounds the memory for links, which are some 5 kB of a store.
	linksKept = 5000
)

// linksKey names the links of an owner as they are now; after a change it names
// others, so that a slow reader cannot keep old ones.
type linksKey struct {
	owner int64
	gen   uint64
}

// memory has the links of those whose pages are being read. Owners may share a
// counter of changes, which costs one of them a read from the database and no more.
type memory struct {
	known *otter.Cache[linksKey, []Link]
	gens  *[256]atomic.Uint64
}

func newMemory() memory {
	return memory{
		known: otter.Must(&otter.Options[linksKey, []Link]{MaximumSize: linksKept, ExpiryCalculator: otter.ExpiryWriting[linksKey, []Link](linksAge)}),
		gens:  &[256]atomic.Uint64{},
	}
}

func (m memory) gen(owner int64) *atomic.Uint64 { return &m.gens[uint64(owner)*0x9e3779b97f4a7c15>>56] }

// ownerOf is whose pages a scope has.
func ownerOf[S tenant.Scope](in S) int64 {
	b := tenant.Bind(in)
	return cmp.Or(b.Store, b.Platform)
}

// Links are the pages that are read, by place: mostly from memory. They are
// shared and must not be changed.
func (s *Shelf[S]) Links(ctx context.Context, in S) ([]Link, error) {
	owner := ownerOf(in)
	key := linksKey{owner, s.links.gen(owner).Load()}
	if l, ok := s.links.known.GetIfPresent(key); ok {
		return l, nil
	}
	l, err := db.Read(ctx, s.kit.DB, in, func(tx *db.Tx[S]) ([]Link, error) { return liveLinks(ctx, tx, s.sql) })
	if err != nil {
		return nil, err
	}
	for i := range l {
		l[i].Head = l[i].light()
	}
	slices.SortFunc(l, byPlace)
	s.links.known.Set(key, l)
	return l, nil
}

// light is a head as links need it: of a post, of which there may be many, no more than
// its name and where it stands.
func (l Link) light() Head {
	if l.Tier == Posted {
		return Head{Title: l.Title, PostHead: PostHead{Category: l.Category}}
	}
	return l.Head
}

func byPlace(a, b Link) int {
	return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.Slug, b.Slug))
}

func (s *Shelf[S]) forget(in S) { s.links.gen(ownerOf(in)).Add(1) }

// changed makes pages read the links anew once tx is committed.
func (s *Shelf[S]) changed(tx *db.Tx[S]) {
	in := tx.Scope()
	tx.AfterCommit(func() { s.forget(in) })
}

// At is a store as it is reached through a platform.
type At struct {
	Platform tenant.Platform
	Store    tenant.Store
}

// Links are the pages that are read in a store: its own, and those that its
// platform has for all stores at addresses where it has none. By place.
func (m *Module) Links(ctx context.Context, at At) ([]Link, error) {
	own, err := m.Stores.Links(ctx, at.Store)
	if err != nil {
		return nil, err
	}
	shared, err := m.Platforms.Links(ctx, at.Platform)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(own)
	for _, l := range shared {
		if l.Tier == Default && !slices.ContainsFunc(own, func(o Link) bool { return o.Slug == l.Slug }) {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, byPlace)
	return out, nil
}

// SiteLinks are the pages of a platform's own site that are read, by place.
func (m *Module) SiteLinks(ctx context.Context, in tenant.Platform) ([]Link, error) {
	all, err := m.Platforms.Links(ctx, in)
	return slices.DeleteFunc(slices.Clone(all), func(l Link) bool { return l.Tier != Site }), err
}

// Reading is a page with what it says.
type Reading struct {
	Link
	Body     i18n.Text
	Sections []Section
}

// Read gives the page at an address of a store: one statement, and none where
// there is no such page.
func (m *Module) Read(ctx context.Context, at At, slug string) (Reading, error) {
	return again(func() (Reading, error) {
		links, err := m.Links(ctx, at)
		if err != nil {
			return Reading{}, err
		}
		l, err := bySlug(links, slug)
		if err != nil {
			return Reading{}, err
		}
		if l.Tier == Own {
			return m.Stores.read(ctx, at.Store, l)
		}
		return m.Platforms.read(ctx, at.Platform, l)
	})
}

// ReadSite gives the page at an address of a platform's own site, as Read does.
func (m *Module) ReadSite(ctx context.Context, in tenant.Platform, slug string) (Reading, error) {
	return again(func() (Reading, error) {
		links, err := m.SiteLinks(ctx, in)
		if err != nil {
			return Reading{}, err
		}
		l, err := bySlug(links, slug)
		if err != nil {
			return Reading{}, err
		}
		return m.Platforms.read(ctx, in, l)
	})
}

// errGone says that a page was there when its links were read, and is no longer.
var errGone = errors.New("cms: the links are older than the pages")

// again reads a second time what another node changed since the links were read.
func again(read func() (Reading, error)) (Reading, error) {
	r, err := read()
	if errors.Is(err, errGone) {
		r, err = read()
	}
	if errors.Is(err, errGone) {
		return r, errUnknown
	}
	return r, err
}

func bySlug(links []Link, slug string) (Link, error) {
	i := slices.IndexFunc(links, func(l Link) bool { return l.Slug == slug })
	if i < 0 {
		return Link{}, errUnknown
	}
	return links[i], nil
}

func (s *Shelf[S]) read(ctx context.Context, in S, l Link) (Reading, error) {
	c, err := db.Read(ctx, s.kit.DB, in, func(tx *db.Tx[S]) (Content, error) { return liveBody(ctx, tx, s.sql, l.ID) })
	if errors.Is(err, errUnknown) {
		s.forget(in)
		err = errGone
	}
	return Reading{Link: l, Body: c.Body, Sections: c.Sections}, err
}
