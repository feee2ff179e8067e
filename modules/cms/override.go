package cms

import (
	"context"
	"errors"
	"slices"
	"time"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/tenant"
)

// Override begins a store's own page at the address of one that its platform has
// for all stores, with what that one says. Readers see it once it is published.
func (m *Module) Override(ctx context.Context, at At, slug string, lang i18n.Lang, by auth.Actor) (PageID, error) {
	shared, err := m.Platforms.Links(ctx, at.Platform)
	if err != nil {
		return 0, err
	}
	i := slices.IndexFunc(shared, func(l Link) bool { return l.Tier == Default && l.Slug == slug })
	if i < 0 {
		return 0, errUnknown
	}
	r, err := m.Platforms.read(ctx, at.Platform, shared[i])
	if err != nil {
		return 0, err
	}
	w := Writing{Tier: Own, Home: slug == HomeSlug, Slug: slug, Content: Content{Head: r.Head, Body: r.Body, Sections: r.Sections}, Lang: lang, By: by}
	if w.Title = tidy(w.Title, line); w.Title[lang] == "" { // the platform does not speak the store's language
		w.Title[lang] = w.Title.In(lang)
	}
	return m.Stores.Create(ctx, at.Store, w)
}

// StartHome begins a store's own home page with what its readers see there now.
func (m *Module) StartHome(ctx context.Context, at At, lang i18n.Lang, by auth.Actor) (PageID, error) {
	id, err := m.Override(ctx, at, HomeSlug, lang, by)
	if !errors.Is(err, errUnknown) {
		return id, err
	}
	return m.Stores.Create(ctx, at.Store, Writing{
		Tier: Own, Home: true, Content: Content{Head: Head{Title: m.homeTitle()}, Sections: m.kinds.home(at.Store.Platform())}, Lang: lang, By: by,
	})
}

// StartDefaultHome begins the home page that a platform has for all of its stores, with
// what a store has there that made none.
func (m *Module) StartDefaultHome(ctx context.Context, in tenant.Platform, lang i18n.Lang, by auth.Actor) (PageID, error) {
	return m.Platforms.Create(ctx, in, Writing{
		Tier: Default, Home: true, Content: Content{Head: Head{Title: m.homeTitle()}, Sections: m.kinds.home(in.ID())}, Lang: lang, By: by,
	})
}

// homeTitle is what lists call a home page.
func (m *Module) homeTitle() i18n.Text {
	out := i18n.Text{}
	for _, l := range i18n.Langs {
		out[l] = m.need.Kit.Bundle.In(l).T("cms.section_home")
	}
	return out
}

const (
	previewPurpose = "cms.preview"
	previewAge     = 7 * 24 * time.Hour
)

// Preview is the signed part of the address at which the draft of a page is read
// for a week, by whoever was given it.
func (s *Shelf[S]) Preview(in S, id PageID) string {
	return s.kit.Sign.Sign(previewPurpose, ownerOf(in), int64(id), previewAge)
}

// Previewed is the page whose draft a signed address shows: one statement.
func (s *Shelf[S]) Previewed(ctx context.Context, in S, token string) (Page, error) {
	n, err := s.kit.Sign.Open(previewPurpose, ownerOf(in), token)
	if err != nil {
		return Page{}, err
	}
	return s.Page(ctx, in, PageID(n))
}
