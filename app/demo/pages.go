package demo

import (
	"context"
	"fmt"

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
	f.told("pages")
	return nil
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
