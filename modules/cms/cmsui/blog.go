package cmsui

import (
	"context"
	"io"

	"orion/kit/i18n"
	"orion/kit/ui"
)

// Post is what the editor of a post has beside that of a page.
type Post struct {
	Summary    i18n.Text
	Cover      Input
	Byline     string
	Category   string
	Categories []ui.Option
}

// Posts is the staff's list of posts.
type Posts struct {
	May        bool // may write
	Categories []ui.Option
	Rows       []Row
	Seen       string // address of the blog, empty while there is none
	ui.Paging
}

// Categories are those of a blog, with the form for a new one, or for one that is
// changed.
type Categories struct {
	May, MayDelete bool
	Langs          []i18n.Lang
	State          ui.Form
	Edited         *CategoryForm // instead of the list
	New            CategoryForm
	Rows           []CategoryRow
}

// CategoryForm is what is written of a category.
type CategoryForm struct {
	ID, Title, Slug, Place, Revision string
	Name                             i18n.Text
	Conflicted                       bool
	Conflict                         []ui.Change
}

// CategoryRow is a category in the list.
type CategoryRow struct {
	ID, Title, Path, Posts, Seen string
}

// blogTabs are the pages about the blog.
func blogTabs(ctx context.Context, on string) []ui.Tab {
	return []ui.Tab{
		{Label: t(ctx, "cms.posts"), Href: "/blog", Active: on == "posts"},
		{Label: t(ctx, "cms.categories"), Href: "/blog-categories", Active: on == "categories"},
	}
}

// texts are those of the editor that stand at its beginning.
func (v Editor) texts(ctx context.Context) []ui.Translated {
	out := []ui.Translated{{Label: t(ctx, "cms.title"), Field: v.text(ctx, "title", v.Title, 200)}}
	if v.Post != nil {
		out = append(out, ui.Translated{Label: t(ctx, "cms.summary"), Lines: 2, Field: v.text(ctx, "summary", v.Post.Summary, 500)})
	}
	return append(out, ui.Translated{Label: t(ctx, "cms.body"), Rich: true, Field: v.text(ctx, "body", v.Body, 0)})
}

// kind is how words about a post end, beside those about a page.
func (v Editor) kind() string {
	if v.Post != nil {
		return "_post"
	}
	return ""
}

// name is a field of the name of a category in a language.
func (f CategoryForm) name(ctx context.Context, v Categories) func(l i18n.Lang) ui.Field {
	return func(l i18n.Lang) ui.Field {
		out := v.State.Field(ctx, "name_"+string(l), "cms.category_name", f.Name[l]).Limit(100)
		if l == v.Langs[0] {
			out = out.Must()
		}
		return out
	}
}

// Blog is a page of a blog as readers see it.
type Blog struct {
	Title, Sub string
	All        string // what leads to all posts, where only some are shown
	Categories []BlogLink
	Feed       string
	Cards      []PostCard
	Pager      ui.Pager
}

// BlogLink is a link among others of its kind.
type BlogLink struct {
	Label, Href string
	Active      bool
}

// PostCard is a post among others.
type PostCard struct {
	Title, Lang, Summary, Href string // Lang is that of the title, where it is not the reader's
	Date, Stamp                string // in words, and as browsers have it
	Category                   BlogLink
	Image                      ui.Image
}

// Article is a post as readers see it.
type Article struct {
	PostCard
	Body, BodyLang string // clean HTML, and its language where it is not the reader's
	Byline         string
	Preview        bool
	Before, After  BlogLink
}

// LatestPosts is the section of a home page with the latest posts.
type LatestPosts struct {
	ID, Title, More string
	Cards           []PostCard
}

// The widths at which covers stand on a page.
const (
	CardSizes  = "(max-width: 640px) 100vw, 400px"
	CoverSizes = "(max-width: 1100px) 100vw, 1040px"
)

// Render draws the section.
func (v LatestPosts) Render(ctx context.Context, w io.Writer) error { return v.html().Render(ctx, w) }
