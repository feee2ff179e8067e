package cms

import (
	"cmp"
	"slices"
	"strings"

	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/picture"
	"orion/kit/rich"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/cms/cmsapi"
	"orion/modules/cms/cmsui"
)

// blogRows is how many posts a page of the blog has.
const blogRows = 12

// feedPath is where the feed of a blog is.
const feedPath = blogPath + "/feed.xml"

func (m *Module) readBlogRoutes(mux *web.Mux[web.Storefront]) {
	mux.Get(blogPath, web.Public, func(c shopper) error { return m.blogPage(c, Category{}) })
	mux.Get(blogPath+"/{slug}", web.Public, m.postPage)
	mux.Get(blogPath+"/category/{slug}", web.Public, m.blogCategoryPage)
	mux.Get(blogPath+"/preview/{token}", web.Public, m.postPreview)
	mux.Get(feedPath, web.Public, m.blogFeed)
}

func (m *Module) blogCategoryPage(c shopper) error {
	all, err := m.Categories(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(of Category) bool { return of.Slug == c.Param("slug") && of.Shown > 0 })
	if i < 0 {
		return errNoCategory
	}
	return m.blogPage(c, all[i])
}

// blogPage lists the posts of a store, or those in one of its categories: one
// statement, and one more where covers are in its library. There is none without posts.
func (m *Module) blogPage(c shopper, of Category) error {
	q := ShownQuery{Request: page.Request{After: c.Query("after"), Limit: blogRows}, Category: of.ID}
	found, err := m.ShownPosts(c.Context(), c.As.In, q)
	if err != nil {
		return err
	}
	if len(found.Items) == 0 {
		return errNoBlog
	}
	if err := m.fillCovers(c.Context(), c.As.In, found.Items); err != nil {
		return err
	}
	categories, err := m.Categories(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	l, path := c.Words.Lang(), blogPath
	v := cmsui.Blog{Title: c.Words.T("cms.blog_title"), Feed: feedOf(c.As.Shop, l), Cards: cardsOf(reader{c.Words, c.Base(), c.As.Shop.Country}, found.Items, categories)}
	if !of.ID.IsZero() {
		v.Title, v.All, path = of.Name.In(l), blogPath, of.Path()
	}
	for _, other := range categories {
		if other.Shown > 0 {
			v.Categories = append(v.Categories, cmsui.BlogLink{Label: other.Name.In(l), Href: other.Path(), Active: other.ID == of.ID})
		}
	}
	if q.After == "" {
		v.Cards[0].Image.Eager = true
	}
	v.Pager = ui.PagingOf(path, found.Next, c.Query).Pager()
	h := web.Head{Title: v.Title, Description: c.Words.T("cms.blog_about", "store", c.As.Shop.Name), Canonical: path, Feed: feedPath, NoIndex: q.After != "", Active: blogPath}
	return c.Page(h, cmsui.BlogPage(v))
}

// reader is who posts are drawn for.
type reader struct {
	words   i18n.Words
	base    string
	country string
}

// card is a post among others.
func (r reader) card(p Post, categories []Category) cmsui.PostCard {
	l, w := r.words.Lang(), r.words.Zone(i18n.ZoneOf(r.country))
	v := cmsui.PostCard{Title: p.Title.In(l), Lang: saidIn(p.Title, l), Summary: p.Summary.In(l), Href: p.Path(), Image: r.cover(p.Cover, cmsui.CardSizes)}
	if !p.First.IsZero() {
		v.Date, v.Stamp = w.LongDate(p.First), stamp(p.First)
	}
	if of, ok := categoryOf(categories, p.Category); ok && of.Shown > 0 {
		v.Category = cmsui.BlogLink{Label: of.Name.In(l), Href: of.Path()}
	}
	return v
}

func cardsOf(r reader, all []Post, categories []Category) []cmsui.PostCard {
	out := make([]cmsui.PostCard, len(all))
	for i, p := range all {
		out[i] = r.card(p, categories)
	}
	return out
}

func (r reader) cover(p cmsapi.Picture, sizes string) ui.Image {
	return shownPicture(cmsapi.Spot{Words: r.words, Base: r.base}, p, sizes)
}

// postPage is a post: two statements, and one more where pictures are in the library.
func (m *Module) postPage(c shopper) error {
	a, err := m.ReadPost(c.Context(), c.As.In, c.Param("slug"))
	if err != nil {
		return err
	}
	return m.showPost(c, a, false)
}

func (m *Module) postPreview(c shopper) error {
	p, err := m.Posts.Previewed(c.Context(), c.As.In, c.Param("token"))
	if err != nil {
		return err
	}
	c.Framed()
	return m.showPost(c, Article{Post: Post{Link: Link{ID: p.ID, Tier: Posted, Slug: p.Slug, Head: p.Head}, First: p.First, Body: p.Body}}, true)
}

// showPost draws a post; a draft is not for search engines.
func (m *Module) showPost(c shopper, a Article, preview bool) error {
	categories, err := m.Categories(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	if a.Body, err = m.withCover(c, a.Body, &a.Cover); err != nil {
		return err
	}
	l, r := c.Words.Lang(), reader{c.Words, c.Base(), c.As.Shop.Country}
	body := rich.Fill(a.Body.In(l), placesOf(c.As.Shop))
	v := cmsui.Article{PostCard: r.card(a.Post, categories), Body: body, BodyLang: saidIn(a.Body, l), Byline: a.Byline, Preview: preview}
	v.Image.Sizes, v.Image.Eager = cmsui.CoverSizes, true
	for _, at := range []struct {
		from *Link
		to   *cmsui.BlogLink
	}{{a.Before, &v.Before}, {a.After, &v.After}} {
		if at.from != nil {
			*at.to = cmsui.BlogLink{Label: at.from.Title.In(l), Href: at.from.Path()}
		}
	}
	h := web.Head{
		Title: cmp.Or(a.SEOTitle[l], v.Title), Description: cmp.Or(a.SEODescription.In(l), v.Summary, rich.Summary(body)), Canonical: a.Path(),
		NoIndex: preview, Article: true, Feed: feedPath, Active: blogPath,
	}
	if cover := picture.Read(a.Cover.Image); cover.Key != "" {
		h.Image = web.Picture{Path: c.ShopURL(picture.Path + cover.Key), Width: cover.Width, Height: cover.Height, Alt: v.Image.Alt}
	}
	if preview {
		h.Canonical, h.Feed = "", ""
	} else {
		h.JSONLD = []any{posting(c, a, h)}
	}
	return c.Page(h, cmsui.ArticlePage(v))
}

// posting is what search engines are told about a post, in the words of schema.org.
func posting(c shopper, a Article, h web.Head) map[string]any {
	out := map[string]any{
		"@context": "https://schema.org", "@type": "BlogPosting", "headline": a.Title.In(c.Words.Lang()), "description": h.Description, "inLanguage": string(c.Words.Lang()),
		"datePublished": stamp(a.First), "dateModified": stamp(a.Changed),
		"url": c.Address(a.Path()), "mainEntityOfPage": c.Address(a.Path()),
		"publisher": map[string]any{"@type": "Organization", "name": c.As.Shop.Name, "url": c.Address("/")},
	}
	if a.Byline != "" {
		out["author"] = map[string]any{"@type": "Person", "name": a.Byline}
	}
	if h.Image.Path != "" {
		out["image"] = strings.TrimSuffix(c.Origin(), c.Base()) + h.Image.Path
	}
	return out
}
