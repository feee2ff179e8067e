package cms

import (
	"context"
	"slices"
	"strings"

	"github.com/maypok86/otter/v2"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/id"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

const maxCategories = 50

var (
	errNoCategory     = fault.New(fault.NotFound, "cms.category_unknown")
	errCategoriesFull = fault.New(fault.Rule, "cms.categories_full")
)

// CategoryID names a category of a blog.
type CategoryID = id.ID[postCategoryKind]

type postCategoryKind struct{}

// Prefix of categories' identifiers.
func (postCategoryKind) Prefix() string { return "pca" }

// Category is one of those in which the posts of a blog stand, each in one at most.
type Category struct {
	ID       CategoryID
	Slug     string
	Name     i18n.Text
	Place    int64
	Revision int64
	Posts    int64 // whose draft stands in it
	Shown    int64 // that readers find in it
}

// Path is the category's address.
func (c Category) Path() string { return blogPath + "/category/" + c.Slug }

// CategoryWriting is what somebody wrote of a category.
type CategoryWriting struct {
	ID    CategoryID // zero is a new one
	Slug  string     // empty is made of the name
	Name  i18n.Text
	Place int64
	Lang  i18n.Lang // that must have a name
	Seen  int64     // the revision that the writer had before them
	By    auth.Actor
}

func (w CategoryWriting) normal() (Category, error) {
	c := Category{ID: w.ID, Slug: strings.ToLower(strings.TrimSpace(w.Slug)), Name: tidy(w.Name, line), Place: w.Place, Revision: w.Seen}
	if c.Slug == "" {
		c.Slug = slugOf(c.Name.In(w.Lang))
	}
	bad := checkSlug(c.Slug)
	if c.Name[w.Lang] == "" {
		bad = bad.Field("name_"+string(w.Lang), "form.required")
	}
	for _, l := range i18n.Langs {
		bad = short(bad, "name_"+string(l), c.Name[l], maxByline)
	}
	if c.Place < 0 || c.Place > maxPlace {
		bad = bad.Field("place", "form.too_large", "max", maxPlace)
	}
	return c, bad.OrNil()
}

// blogs have the categories of the stores whose blogs are read.
type blogs struct {
	known *otter.Cache[linksKey, []Category]
	posts *otter.Cache[linksKey, []Post] // the latest ones
	there *otter.Cache[linksKey, bool]   // whether readers find any
}

// blogsKept bounds the memory for blogs, which are some 10 kB each.
const blogsKept = 2000

func newBlogs() blogs {
	return blogs{
		known: otter.Must(&otter.Options[linksKey, []Category]{MaximumSize: blogsKept, ExpiryCalculator: otter.ExpiryWriting[linksKey, []Category](linksAge)}),
		there: otter.Must(&otter.Options[linksKey, bool]{MaximumSize: linksKept, ExpiryCalculator: otter.ExpiryWriting[linksKey, bool](linksAge)}),
		posts: otter.Must(&otter.Options[linksKey, []Post]{MaximumSize: blogsKept, ExpiryCalculator: otter.ExpiryWriting[linksKey, []Post](linksAge)}),
	}
}

// Categories are those of a store's blog, in their order: mostly from memory. They are
// shared and must not be changed.
func (m *Module) Categories(ctx context.Context, in tenant.Store) ([]Category, error) {
	return remembered(m, m.blogs.known, in, func() ([]Category, error) {
		return db.Read(ctx, m.need.Kit.DB, in, func(tx postsTx) ([]Category, error) { return postCategories(ctx, tx) })
	})
}

// Latest are the latest posts of a store with their covers: mostly from memory. They
// are shared and must not be changed.
func (m *Module) Latest(ctx context.Context, in tenant.Store) ([]Post, error) {
	return remembered(m, m.blogs.posts, in, func() ([]Post, error) {
		found, err := m.ShownPosts(ctx, in, ShownQuery{Request: page.Request{Limit: latest}})
		if err != nil {
			return nil, err
		}
		return found.Items, m.fillCovers(ctx, in, found.Items)
	})
}

// remembered is what read gives, which is asked again once posts changed.
func remembered[T any](m *Module, in *otter.Cache[linksKey, T], of tenant.Store, read func() (T, error)) (T, error) {
	owner := ownerOf(of)
	key := linksKey{owner, m.Posts.links.gen(owner).Load()}
	if have, ok := in.GetIfPresent(key); ok {
		return have, nil
	}
	out, err := read()
	if err == nil {
		in.Set(key, out)
	}
	return out, err
}

func categoryOf(all []Category, id CategoryID) (Category, bool) {
	i := slices.IndexFunc(all, func(c Category) bool { return c.ID == id })
	if i < 0 {
		return Category{}, false
	}
	return all[i], true
}

// KeepCategory makes a category, or changes the one that it names.
func (m *Module) KeepCategory(ctx context.Context, in tenant.Store, w CategoryWriting) (CategoryID, error) {
	c, err := w.normal()
	if err != nil {
		return 0, err
	}
	err = taken(db.Do(ctx, m.need.Kit.DB, in, func(tx postsTx) error {
		if err := db.Alone(ctx, tx, "cms.categories."+number(ownerOf(in))); err != nil {
			return err
		}
		all, err := postCategories(ctx, tx)
		if err != nil {
			return err
		}
		m.Posts.changed(tx)
		if c.ID.IsZero() {
			if len(all) >= maxCategories {
				return errCategoriesFull
			}
			c.ID = CategoryID(tx.NewID())
			if err := insertPostCategory(ctx, tx, c); err != nil {
				return err
			}
			return m.noteCategory(ctx, tx, c, tenancyapi.Entry{Actor: w.By, Action: "cms.category_created", After: noteOfCategory(c)})
		}
		had, ok := categoryOf(all, c.ID)
		if !ok {
			return errNoCategory
		}
		if err := updatePostCategory(ctx, tx, c); err != nil {
			return err
		}
		if had.Slug != c.Slug && had.Shown > 0 {
			if err := m.pageMoved(ctx, tx, had.Path(), c.Path()); err != nil {
				return err
			}
		}
		return m.noteCategory(ctx, tx, c, tenancyapi.Entry{Actor: w.By, Action: "cms.category_edited", Before: noteOfCategory(had), After: noteOfCategory(c)})
	}))
	return c.ID, err
}

// DropCategory takes a category away. Its posts stay, and stand in none.
func (m *Module) DropCategory(ctx context.Context, in tenant.Store, id CategoryID, by auth.Actor) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx postsTx) error {
		all, err := postCategories(ctx, tx)
		if err != nil {
			return err
		}
		c, ok := categoryOf(all, id)
		if !ok {
			return errNoCategory
		}
		if err := deletePostCategory(ctx, tx, id); err != nil {
			return err
		}
		m.Posts.changed(tx)
		return m.noteCategory(ctx, tx, c, tenancyapi.Entry{Actor: by, Action: "cms.category_deleted", Before: noteOfCategory(c)})
	})
}

// categoryNote is what the audit log has of a category.
type categoryNote struct {
	Slug   string   `json:"slug"`
	Titles []string `json:"titles"`
}

func noteOfCategory(c Category) categoryNote {
	return categoryNote{c.Slug, noteOf(Page{Content: Content{Head: Head{Title: c.Name}}}).Titles}
}

func (m *Module) noteCategory(ctx context.Context, tx postsTx, c Category, e tenancyapi.Entry) error {
	if m.need.Audit == nil {
		return nil
	}
	e.Target, e.Title = c.ID.String(), c.Name.In(i18n.En)
	return m.need.Audit.Record(ctx, tx, e)
}
