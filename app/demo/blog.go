package demo

import (
	"context"
	"fmt"
	"time"

	"orion/app/demo/content"
	"orion/modules/cms"
	"orion/modules/cms/cmsapi"
)

// blog makes the categories of blogs, and plans when posts are published.
func (f *filling) blog(ctx context.Context) error {
	f.topics = map[string]cms.CategoryID{}
	for i, c := range f.demo.Blog.Categories {
		at := f.stores[c.Store]
		id, err := f.Pages.KeepCategory(ctx, at.in, cms.CategoryWriting{Slug: c.Slug, Name: c.Name, Place: int64(i), Lang: at.shop.Lang, By: clerk})
		if err != nil {
			return fmt.Errorf("category %s of %s: %w", c.Slug, c.Store, err)
		}
		f.topics[c.Store+"/"+c.Slug] = id
	}
	for _, p := range f.demo.Blog.Posts {
		f.letters = append(f.letters, letter{f.Now.Add(-time.Duration(p.Days) * 24 * time.Hour), func(ctx context.Context) error {
			at := f.stores[p.Store]
			return publish(ctx, f.Pages.Posts, at.in, f.posting(p))
		}})
	}
	return nil
}

func (f *filling) posting(p content.Post) cms.Writing {
	return cms.Writing{Tier: cms.Posted, Slug: p.Slug, Lang: f.stores[p.Store].shop.Lang, By: clerk, Content: cms.Content{
		Head: cms.Head{Title: p.Title, PostHead: cms.PostHead{
			Summary: p.Summary, Byline: p.Byline, Category: f.topics[p.Store+"/"+p.Category], Cover: cmsapi.Picture{Image: f.picture(p.Cover).Text(), Alt: p.Alt},
		}},
		Body: p.Body,
	}}
}

// menus arranges the menus and the announcement of stores.
func (f *filling) menus(ctx context.Context) error {
	for _, m := range f.demo.Menus {
		at := cms.At{Platform: f.site(f.stores[m.Store].in), Store: f.stores[m.Store].in}
		if err := f.header(ctx, at, m.Below); err != nil {
			return fmt.Errorf("header of %s: %w", m.Store, err)
		}
		if err := f.menu(ctx, at, cms.FooterMenu, m.Store, m.Footer); err != nil {
			return fmt.Errorf("footer of %s: %w", m.Store, err)
		}
		bar := cms.BarWriting{Bar: cms.Bar{Text: m.Bar.Text, To: m.Bar.To, Tone: m.Bar.Tone}, By: clerk}
		if err := f.Pages.SaveBar(ctx, at.Store, bar); err != nil {
			return fmt.Errorf("announcement of %s: %w", m.Store, err)
		}
		if err := f.arranged(ctx, at, cms.TheBar); err != nil {
			return err
		}
	}
	return nil
}

// header begins the menu at the head with what a store has, and puts some entries below
// others.
func (f *filling) header(ctx context.Context, at cms.At, below []string) error {
	if err := f.Pages.BeginMenu(ctx, at, cms.HeaderMenu, 0, clerk); err != nil {
		return err
	}
	for _, item := range below {
		if err := f.Pages.MoveItem(ctx, at.Store, cms.HeaderMenu, cms.ItemMove{Item: item, Way: "in", By: clerk}); err != nil {
			return fmt.Errorf("entry %s: %w", item, err)
		}
	}
	return f.arranged(ctx, at, cms.HeaderMenu)
}

// menu begins a menu with what a store has, and puts entries behind it.
func (f *filling) menu(ctx context.Context, at cms.At, kind cms.FittingKind, of string, entries []content.MenuEntry) error {
	if err := f.Pages.BeginMenu(ctx, at, kind, 0, clerk); err != nil {
		return err
	}
	for _, e := range entries {
		if id, ok := f.topics[of+"/"+e.To]; ok && e.Kind != "page" {
			e.To = id.String()
		}
		w := cms.ItemWriting{MenuItem: cms.MenuItem{Kind: e.Kind, To: e.To, Label: e.Label, Sub: e.Sub}, Lang: f.stores[of].shop.Lang, By: clerk}
		if err := f.Pages.WriteItem(ctx, at, kind, w); err != nil {
			return fmt.Errorf("entry %s %s: %w", e.Kind, e.To, err)
		}
	}
	return f.arranged(ctx, at, kind)
}

// arranged publishes a menu or an announcement.
func (f *filling) arranged(ctx context.Context, at cms.At, kind cms.FittingKind) error {
	have, err := f.Pages.Fitting(ctx, at.Store, kind)
	if err != nil {
		return err
	}
	return f.Pages.PublishFitting(ctx, at.Store, kind, have.Revision, clerk)
}
