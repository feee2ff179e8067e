package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"orion/app/demo/content"
	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/cms"
)

// clerk writes the pages of platforms and stores.
var clerk = auth.Actor{Kind: "user", Name: "Claire Weber"}

// pages are what platforms and stores say beside their products.
func (f *filling) pages(ctx context.Context) error {
	for _, p := range f.demo.Pages {
		if p.Tier == string(cms.Own) {
			at := f.stores[p.Store]
			if err := publish(ctx, f.Pages.Stores, at.in, f.writing(p, at.shop.Lang)); err != nil {
				return fmt.Errorf("page %s of %s: %w", p.Slug, p.Store, err)
			}
			continue
		}
		for _, site := range f.Pages.Sites() {
			if err := publish(ctx, f.Pages.Platforms, site.In, f.writing(p, site.Lang)); err != nil {
				return fmt.Errorf("page %s of %s: %w", p.Slug, site.Code, err)
			}
		}
	}
	for _, h := range f.demo.Homes {
		if err := f.home(ctx, h); err != nil {
			return fmt.Errorf("home page of %s: %w", h.Store, err)
		}
	}
	f.told("pages")
	return nil
}

// home publishes the home page of a store.
func (f *filling) home(ctx context.Context, h content.Home) error {
	at := f.stores[h.Store]
	sections := make([]cms.Section, len(h.Sections))
	for i, s := range h.Sections {
		text, err := json.Marshal(f.drawn(s.Value))
		if err != nil {
			return fmt.Errorf("section %d: %w", i+1, err)
		}
		sections[i] = cms.Section{ID: strconv.Itoa(i + 1), Kind: s.Kind, Value: text}
	}
	sections, err := f.Pages.CheckSections(sections, at.shop.Lang)
	if err != nil {
		return err
	}
	id, err := f.Pages.StartHome(ctx, cms.At{Platform: f.site(at.in), Store: at.in}, at.shop.Lang, clerk)
	if err != nil {
		return err
	}
	rev, err := f.Pages.Stores.Compose(ctx, at.in, id, cms.Composing{Seen: 1, By: clerk, Do: func([]cms.Section) ([]cms.Section, error) { return sections, nil }})
	if err != nil {
		return err
	}
	return f.Pages.Stores.Publish(ctx, at.in, id, rev, clerk)
}

// site is the platform of a store.
func (f *filling) site(in tenant.Store) tenant.Platform {
	for _, p := range f.Pages.Sites() {
		if p.In.ID() == in.Platform() {
			return p.In
		}
	}
	return tenant.Platform{}
}

// drawn is what stands in a section, with its pictures.
func (f *filling) drawn(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = f.drawn(v[i])
		}
	case map[string]any:
		for name, of := range v {
			if key, ok := of.(string); ok && name == "image" {
				v[name] = f.picture(key).Text()
			} else {
				v[name] = f.drawn(of)
			}
		}
	}
	return v
}

func (f *filling) writing(p content.Page, lang i18n.Lang) cms.Writing {
	return cms.Writing{Tier: cms.Tier(p.Tier), Slug: p.Slug, Lang: lang, By: clerk, Content: cms.Content{
		Head: cms.Head{Title: p.Title, SEODescription: p.SEODescription, Header: p.Header, Footer: p.Footer, Legal: p.Legal, Place: p.Place},
		Body: p.Body,
	}}
}

func publish[S tenant.Scope](ctx context.Context, s *cms.Shelf[S], in S, w cms.Writing) error {
	id, err := s.Create(ctx, in, w)
	if err != nil {
		return err
	}
	return s.Publish(ctx, in, id, 1, w.By)
}
