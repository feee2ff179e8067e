package cms

import (
	"context"
	"slices"
	"strings"
	"time"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/letters"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/cms/cmsapi"
)

var (
	errPostsFull = fault.New(fault.Rule, "cms.posts_full")
	errNoBlog    = fault.New(fault.NotFound, "cms.no_blog")
)

const (
	maxSummary = 500
	maxByline  = 100
)

// blogPath is where the blog of a store is, for its readers and its staff.
const blogPath = "/blog"

func postPath(slug string) string { return blogPath + "/" + slug }

// PostHead is what is said of a post beside what is said of any page.
type PostHead struct {
	Summary  i18n.Text      `json:"summary,omitempty"`
	Cover    cmsapi.Picture `json:"cover,omitzero"`
	Byline   string         `json:"byline,omitempty"` // who wrote it, as readers see it
	Category CategoryID     `json:"category,omitempty"`
}

func (h PostHead) normal() PostHead {
	h.Byline = line(h.Byline)
	if h.Summary != nil {
		h.Summary = tidy(h.Summary, line)
	}
	if h.Cover.Alt != nil {
		h.Cover.Alt = tidy(h.Cover.Alt, line)
	}
	return h
}

func (h PostHead) check(bad *fault.Error) *fault.Error {
	bad = short(bad, "byline", h.Byline, maxByline)
	for _, l := range i18n.Langs {
		bad = short(bad, "summary_"+string(l), h.Summary[l], maxSummary)
		bad = short(bad, "cover_alt_"+string(l), h.Cover.Alt[l], maxTitle)
	}
	return bad
}

// words are what staff find a post by.
func (p Page) words() string {
	said := []string{p.Byline, p.Slug}
	for _, l := range i18n.Langs {
		said = append(said, p.Title[l])
	}
	words := []rune(letters.Fold(strings.Join(said, " ")))
	return string(words[:min(len(words), maxWords)])
}

// maxWords is how much of a post staff find it by.
const maxWords = 1000

// coverKey and categoryKey are the words of what is stored by an identifier, for which
// whoever shows a difference has a name.
const (
	coverKey    = "cms.post_cover"
	categoryKey = "cms.post_category"
)

// postDifferences are how what is said of two states of a post differs, but for the
// summary.
func postDifferences(a, b PostHead) []Difference {
	var out []Difference
	if x, y := a.Cover.File+a.Cover.Image, b.Cover.File+b.Cover.Image; x != y {
		out = append(out, Difference{Key: coverKey, Before: x, After: y})
	}
	out = append(out, textDifferences("cms.post_cover_alt", a.Cover.Alt, b.Cover.Alt)...)
	if a.Byline != b.Byline {
		out = append(out, Difference{Key: "cms.post_byline", Before: a.Byline, After: b.Byline})
	}
	if a.Category != b.Category {
		out = append(out, Difference{Key: categoryKey, Before: nameOfID(a.Category), After: nameOfID(b.Category)})
	}
	return out
}

func nameOfID(id CategoryID) string {
	if id.IsZero() {
		return ""
	}
	return id.String()
}

// postFits tells whether a post names a category that there is, and a picture of the
// library that can be shown.
func (m *Module) postFits(ctx context.Context, tx *db.Tx[tenant.Store], w Writing) error {
	bad := errInvalid
	if !w.Category.IsZero() {
		all, err := postCategories(ctx, tx)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(c Category) bool { return c.ID == w.Category }) {
			bad = bad.Field("category", "cms.category_gone")
		}
	}
	if w.Cover.File != "" {
		var files []Media
		id, err := parseMedia(w.Cover.File)
		if err == nil {
			if files, err = mediaByIDs(ctx, tx, []MediaID{id}); err != nil {
				return err
			}
		}
		if len(files) == 0 || !shown(files[0].Kind) {
			bad = bad.Field("cover", "cms.section_picture_gone")
		}
	}
	return bad.OrNil()
}

// PostState is which posts staff want to see.
type PostState string

// The states to choose from; empty is all.
const (
	PostsDrafted   PostState = "draft"
	PostsShown     PostState = "published"
	PostsScheduled PostState = "scheduled"
)

// PostQuery is what staff want to see of a blog, the latest begun first.
type PostQuery struct {
	page.Request
	Search   string
	State    PostState
	Category CategoryID
}

// PostList gives posts of a store without what they say: one statement.
func (m *Module) PostList(ctx context.Context, in tenant.Store, q PostQuery) (page.Page[Page], error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx *db.Tx[tenant.Store]) (page.Page[Page], error) { return listPosts(ctx, tx, q) })
}

// Post is a post as readers see it.
type Post struct {
	Link
	First time.Time // when it was published first
	Body  i18n.Text // of one that is read by itself
}

// ShownQuery is a span of the posts that readers see, the latest first.
type ShownQuery struct {
	page.Request
	Category CategoryID // zero is all
}

// ShownPosts are those that readers of a store see, without their texts: one statement.
func (m *Module) ShownPosts(ctx context.Context, in tenant.Store, q ShownQuery) (page.Page[Post], error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx *db.Tx[tenant.Store]) (page.Page[Post], error) { return shownPosts(ctx, tx, q) })
}

// ReadPost is the post at an address of a store with those before and after it: two
// statements.
func (m *Module) ReadPost(ctx context.Context, in tenant.Store, slug string) (Article, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx *db.Tx[tenant.Store]) (a Article, err error) {
		if a.Post, err = shownPost(ctx, tx, slug); err != nil {
			return a, err
		}
		a.Before, a.After, err = postsBeside(ctx, tx, a.Post)
		return a, err
	})
}

// Article is a post that is read by itself, with those that were published just before
// and just after it, as far as there are any.
type Article struct {
	Post
	Before, After *Link
}

// latest is how many posts a section shows at most.
const latest = 6

// HasBlog tells whether readers of a store find a blog: mostly from memory.
func (m *Module) HasBlog(ctx context.Context, in tenant.Store) (bool, error) {
	return remembered(m, m.blogs.there, in, func() (bool, error) {
		one, err := m.ShownPosts(ctx, in, ShownQuery{Request: page.Request{Limit: 1}})
		return len(one.Items) > 0, err
	})
}

// fillCovers says of covers that are in the store's library what the library has of
// them now: one statement, and none without such covers.
func (m *Module) fillCovers(ctx context.Context, in tenant.Store, all []Post) error {
	pictures := make([]*cmsapi.Picture, 0, len(all))
	for i := range all {
		if all[i].Cover.File != "" {
			pictures = append(pictures, &all[i].Cover)
		}
	}
	return m.fillFrom(ctx, in, pictures)
}

// BlogPlace is an address of a blog that search engines are told of.
type BlogPlace struct {
	Path    string
	Changed time.Time
}

// BlogPlaces are all addresses of a store's blog, none while it has no posts: mostly
// from memory.
func (m *Module) BlogPlaces(ctx context.Context, in tenant.Store) ([]BlogPlace, error) {
	links, err := m.Posts.Links(ctx, in)
	if err != nil || len(links) == 0 {
		return nil, err
	}
	categories, err := m.Categories(ctx, in)
	out := []BlogPlace{{Path: blogPath}}
	for _, c := range categories {
		if c.Shown > 0 {
			out = append(out, BlogPlace{Path: c.Path()})
		}
	}
	for _, l := range links {
		out = append(out, BlogPlace{l.Path(), l.Changed})
	}
	return out, err
}
