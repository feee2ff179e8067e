package cms

import (
	"context"
	"strings"

	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/cmsui"
	"orion/modules/cms/menusapi"
)

// blogTargets are what the menus of a store lead to in its blog.
func (m *Module) blogTargets() []slot.Filling {
	var out []slot.Filling
	for i, t := range []menusapi.Target{
		{Code: "blog", Icon: "newspaper", Choices: m.blogToLead, Find: m.blogLed, Begin: m.firstBlog},
		{Code: "post_category", Icon: "folder", Choices: m.postCategoriesToLead, Find: m.postCategoriesLed},
		{Code: "post", Icon: "file-text", Choices: m.postsToLead, Many: true, Find: m.postsLed},
	} {
		t.Module = cmsapi.Code
		out = append(out, menusapi.Targets.Fill(cmsapi.Code, 30+i, func(context.Context, struct{}) (menusapi.Target, error) { return t, nil }))
	}
	return out
}

// blogKey is how an entry names the blog of its store, which has one.
const blogKey = "all"

func (m *Module) blogTitle() i18n.Text {
	out := i18n.Text{}
	for _, l := range i18n.Langs {
		out[l] = m.need.Kit.Bundle.In(l).T("cms.blog_title")
	}
	return out
}

func (m *Module) blogToLead(_ context.Context, _ tenant.Store, a menusapi.Asked) ([]cmsapi.Option, error) {
	return []cmsapi.Option{{Value: blogKey, Label: m.blogTitle().In(a.Lang)}}, nil
}

func (m *Module) blogLed(ctx context.Context, in tenant.Store, _ []string) (map[string]menusapi.Place, error) {
	there, err := m.HasBlog(ctx, in)
	if err != nil {
		return nil, err
	}
	p := menusapi.Place{Path: blogPath, Title: m.blogTitle()}
	if !there {
		p.Why = whyDraft
	}
	return map[string]menusapi.Place{blogKey: p}, nil
}

func (m *Module) firstBlog(ctx context.Context, in tenant.Store) ([]string, error) {
	if there, err := m.HasBlog(ctx, in); err != nil || !there {
		return nil, err
	}
	return []string{blogKey}, nil
}

func (m *Module) postCategoriesToLead(ctx context.Context, in tenant.Store, a menusapi.Asked) ([]cmsapi.Option, error) {
	all, err := m.Categories(ctx, in)
	out := make([]cmsapi.Option, len(all))
	for i, c := range all {
		out[i] = cmsapi.Option{Value: c.ID.String(), Label: c.Name.In(a.Lang)}
	}
	return out, err
}

func (m *Module) postCategoriesLed(ctx context.Context, in tenant.Store, _ []string) (map[string]menusapi.Place, error) {
	all, err := m.Categories(ctx, in)
	out := map[string]menusapi.Place{}
	for _, c := range all {
		p := menusapi.Place{Path: c.Path(), Title: c.Name}
		if c.Shown == 0 {
			p.Why = whyDraft
		}
		out[c.ID.String()] = p
	}
	return out, err
}

// postsOffered is how many posts staff choose from at once.
const postsOffered = 20

// postsToLead are posts that somebody looks for, the latest begun first.
func (m *Module) postsToLead(ctx context.Context, in tenant.Store, a menusapi.Asked) ([]cmsapi.Option, error) {
	found, err := m.PostList(ctx, in, PostQuery{Request: page.Request{Limit: postsOffered}, Search: a.Text})
	out := make([]cmsapi.Option, len(found.Items))
	for i, p := range found.Items {
		out[i] = cmsapi.Option{Value: p.ID.String(), Label: p.Title.In(a.Lang)}
	}
	return out, err
}

func (m *Module) postsLed(ctx context.Context, in tenant.Store, keys []string) (map[string]menusapi.Place, error) {
	links, err := m.Posts.Links(ctx, in)
	out := map[string]menusapi.Place{}
	for _, key := range keys {
		for _, l := range links {
			if strings.EqualFold(l.ID.String(), key) {
				out[key] = menusapi.Place{Path: l.Path(), Title: l.Title}
			}
		}
	}
	return out, err
}

// latestPosts are what was published last in the blog.
type latestPosts struct {
	m     *Module
	Title i18n.Text `json:"title,omitempty"`
	Many  string    `json:"many,omitempty"`
}

// fewPosts and morePosts are how many to choose from; they fill rows.
const (
	fewPosts  = "3"
	morePosts = "6"
)

// Fields implements cmsapi.Section.
func (s *latestPosts) Fields() []cmsapi.Field {
	return []cmsapi.Field{title(&s.Title), {Name: "many", Key: "cms.section_f_posts_many", Shape: cmsapi.Pick, One: &s.Many, Options: []string{fewPosts, morePosts}}}
}

// Draw implements cmsapi.Section. A store without posts has nothing to show.
func (s *latestPosts) Draw(ctx context.Context, at cmsapi.Spot) (cmsapi.Drawing, error) {
	posts, err := s.m.Latest(ctx, at.In)
	if err != nil || len(posts) == 0 {
		return nil, err
	}
	categories, err := s.m.Categories(ctx, at.In)
	if err != nil {
		return nil, err
	}
	if s.Many != morePosts {
		posts = posts[:min(len(posts), latest/2)]
	}
	v := cmsui.LatestPosts{ID: at.ID, Title: said(at, s.Title), More: at.Words.T("cms.blog_all"), Cards: cardsOf(reader{at.Words, at.Base, at.Shop.Country}, posts, categories)}
	if v.Title == "" {
		v.Title = at.Words.T("cms.section_posts")
	}
	return v.Render, nil
}
