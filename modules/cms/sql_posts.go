package cms

import (
	"context"
	"strings"
	"time"

	"orion/kit/db"
	"orion/kit/letters"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/cms/mediaapi"
)

var (
	sqlPostsAfter         = db.Must[tenant.Store](files, "posts_after")
	sqlShownPost          = db.Must[tenant.Store](files, "shown_post")
	sqlShownPosts         = db.MustList[tenant.Store](files, "list_shown_posts")
	sqlPostsBeside        = db.Must[tenant.Store](files, "posts_beside")
	sqlPostsWithText      = db.Must[tenant.Store](files, "posts_with_text")
	sqlPostCategories     = db.Must[tenant.Store](files, "post_categories")
	sqlInsertPostCategory = db.Must[tenant.Store](files, "insert_post_category")
	sqlUpdatePostCategory = db.Must[tenant.Store](files, "update_post_category")
	sqlDeletePostCategory = db.Must[tenant.Store](files, "delete_post_category")
)

// postsTx is a transaction of a store.
type postsTx = *db.Tx[tenant.Store]

func listPosts(ctx context.Context, tx postsTx, q PostQuery) (page.Page[Page], error) {
	var where []db.Cond
	switch q.State {
	case PostsDrafted:
		where = append(where, db.Eq("live", 0))
	case PostsShown:
		where = append(where, db.Gt("live", 0))
	case PostsScheduled:
		where = append(where, db.Gt("due_at", 0))
	}
	if !q.Category.IsZero() {
		where = append(where, db.Eq("category_id", q.Category))
	}
	terms := strings.Fields(letters.Fold(q.Search))
	for _, term := range terms[:min(len(terms), maxTerms)] {
		where = append(where, db.Has("words", term))
	}
	if q.After != "" {
		var before PageID
		if err := page.Decode(q.After, &before); err != nil {
			return page.Page[Page]{}, err
		}
		where = append(where, db.Lt("id", before))
	}
	rows, err := db.List(ctx, tx, postStatements.list, db.Filter{Where: where, Order: []string{"id DESC"}, Limit: q.Fetch()}, scanPage)
	return page.Of(rows, q.Rows(), func(p Page) []any { return []any{p.ID} }), err
}

func shownPost(ctx context.Context, tx postsTx, slug string) (Post, error) {
	p, err := db.One(ctx, tx, sqlShownPost, db.Args{"slug": slug}, scanPost)
	return p, known(err)
}

func shownPosts(ctx context.Context, tx postsTx, q ShownQuery) (page.Page[Post], error) {
	var where []db.Cond
	if !q.Category.IsZero() {
		where = append(where, db.Eq("p.shown_in", q.Category))
	}
	if q.After != "" {
		var at time.Time
		var id PageID
		if err := page.Decode(q.After, &at, &id); err != nil {
			return page.Page[Post]{}, err
		}
		where = append(where, db.After(true, []string{"p.first_at", "p.id"}, []any{at, id}))
	}
	rows, err := db.List(ctx, tx, sqlShownPosts, db.Filter{Where: where, Order: []string{"p.first_at DESC", "p.id DESC"}, Limit: q.Fetch()}, scanPost)
	return page.Of(rows, q.Rows(), func(p Post) []any { return []any{p.First, p.ID} }), err
}

func scanPost(r db.Row) (p Post, err error) {
	p.Tier = Posted
	return p, r.Scan(&p.ID, &p.Slug, db.JSON(&p.Head), db.Time(&p.Changed), db.Time(&p.First), &p.Category, db.JSON(&p.Body))
}

// postsBeside are the posts that were published just before and just after one.
func postsBeside(ctx context.Context, tx postsTx, of Post) (before, after *Link, err error) {
	_, err = db.All(ctx, tx, sqlPostsBeside, db.Args{"at": of.First, "id": of.ID}, func(r db.Row) (int64, error) {
		l := &Link{Tier: Posted}
		var older int64
		err := r.Scan(&l.Slug, db.JSON(&l.Head), &older)
		if older == 1 {
			before = l
		} else {
			after = l
		}
		return older, err
	})
	return before, after, err
}

// postsWith are the posts that name a file in their texts or as their cover.
func postsWith(ctx context.Context, tx postsTx, text string) ([]mediaapi.Use, error) {
	return db.All(ctx, tx, sqlPostsWithText, db.Args{"like": "%" + text + "%"}, func(r db.Row) (u mediaapi.Use, err error) {
		var p Page
		err = r.Scan(&p.ID, db.JSON(&p.Head))
		return mediaapi.Use{Title: p.titles(), Path: blogPath + "/" + p.ID.String()}, err
	})
}

func postCategories(ctx context.Context, tx postsTx) ([]Category, error) {
	return db.All(ctx, tx, sqlPostCategories, nil, func(r db.Row) (c Category, err error) {
		return c, r.Scan(&c.ID, &c.Slug, db.JSON(&c.Name), &c.Place, &c.Revision, &c.Shown, &c.Posts)
	})
}

func insertPostCategory(ctx context.Context, tx postsTx, c Category) error {
	_, err := db.Exec(ctx, tx, sqlInsertPostCategory, db.Args{"id": c.ID, "slug": c.Slug, "name": db.JSON(c.Name), "place": c.Place})
	return err
}

// updatePostCategory changes a category that nobody changed since c.Revision.
func updatePostCategory(ctx context.Context, tx postsTx, c Category) error {
	n, err := db.Exec(ctx, tx, sqlUpdatePostCategory, db.Args{"id": c.ID, "slug": c.Slug, "name": db.JSON(c.Name), "place": c.Place, "seen": c.Revision})
	if err == nil && n == 0 {
		return ErrChanged
	}
	return err
}

func deletePostCategory(ctx context.Context, tx postsTx, id CategoryID) error {
	_, err := db.Exec(ctx, tx, sqlDeletePostCategory, db.Args{"id": id})
	return err
}
