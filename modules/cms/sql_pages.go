package cms

import (
	"context"
	"errors"
	"maps"

	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
)

// statements are those over the pages of stores, or over those of platforms.
type statements[S tenant.Scope] struct {
	insert, hold, find, count, update, deleteVersions, remove, addVersion, version, versions, links, body *db.Stmt[S]
	list                                                                                                  *db.ListStmt[S]
}

var (
	storeStatements    = loadStatements[tenant.Store]("")
	platformStatements = loadStatements[tenant.Platform]("platform_")
	postStatements     = loadStatements[tenant.Store]("post_")
)

func loadStatements[S tenant.Scope](of string) *statements[S] {
	must := func(name string) *db.Stmt[S] { return db.Must[S](files, of+name) }
	return &statements[S]{
		insert: must("insert_page"), hold: must("hold_page"), find: must("find_page"), count: must("count_pages"), update: must("update_page"),
		deleteVersions: must("delete_versions"), remove: must("delete_page"), addVersion: must("insert_version"), version: must("find_version"),
		versions: must("list_versions"), links: must("live_links"), body: must("live_body"), list: db.MustList[S](files, of+"list_pages"),
	}
}

func insertPage[S tenant.Scope](ctx context.Context, tx *db.Tx[S], s *statements[S], p Page) error {
	args := db.Args{"id": p.ID, "slug": p.Slug, "head": db.JSON(p.Head), "body": db.JSON(p.Body), "sections": db.JSON(listed(p.Sections)), "editor": p.Editor, "now": p.Edited}
	args["tier"], args["words"], args["category"] = p.Tier, p.words(), p.Category
	return exec(ctx, tx, s.insert, args)
}

// exec runs a statement with those of the values that it takes: a post has no sections,
// and a page no cover.
func exec[S tenant.Scope](ctx context.Context, tx *db.Tx[S], s *db.Stmt[S], args db.Args) error {
	maps.DeleteFunc(args, func(name string, _ any) bool { return !s.Takes(name) })
	_, err := db.Exec(ctx, tx, s, args)
	return err
}

// holdPage reads a page that nobody else changes before the transaction ends.
func holdPage[S tenant.Scope](ctx context.Context, tx *db.Tx[S], s *statements[S], id PageID) (Page, error) {
	if _, err := db.Exec(ctx, tx, s.hold, db.Args{"id": id}); err != nil {
		return Page{}, err
	}
	return findPage(ctx, tx, s, id)
}

func findPage[S tenant.Scope](ctx context.Context, tx *db.Tx[S], s *statements[S], id PageID) (Page, error) {
	p, err := db.One(ctx, tx, s.find, db.Args{"id": id}, scanPage)
	return p, known(err)
}

// known turns the answer that there is no row into that there is no page.
func known(err error) error {
	if errors.Is(err, db.ErrNoRow) {
		return errUnknown
	}
	return err
}

// allPages are all pages of an owner without what they say, of which there are maxPages at
// most.
func allPages[S tenant.Scope](ctx context.Context, tx *db.Tx[S], s *statements[S]) ([]Page, error) {
	return db.List(ctx, tx, s.list, db.Filter{Order: []string{"slug"}, Limit: maxPages}, scanPage)
}

func listPages[S tenant.Scope](ctx context.Context, tx *db.Tx[S], s *statements[S], q Query) (page.Page[Page], error) {
	var where []db.Cond
	if q.Tier != "" && q.Tier != Own {
		where = append(where, db.Eq("tier", q.Tier))
	}
	if q.After != "" {
		var slug string
		if err := page.Decode(q.After, &slug); err != nil {
			return page.Page[Page]{}, err
		}
		where = append(where, db.Gt("slug", slug))
	}
	rows, err := db.List(ctx, tx, s.list, db.Filter{Where: where, Order: []string{"slug"}, Limit: q.Fetch()}, scanPage)
	return page.Of(rows, q.Rows(), func(p Page) []any { return []any{p.Slug} }), err
}

func countPages[S tenant.Scope](ctx context.Context, tx *db.Tx[S], s *statements[S]) (int64, error) {
	return db.One(ctx, tx, s.count, nil, func(r db.Row) (n int64, err error) { return n, r.Scan(&n) })
}

func updatePage[S tenant.Scope](ctx context.Context, tx *db.Tx[S], s *statements[S], p Page) error {
	return exec(ctx, tx, s.update, db.Args{
		"id": p.ID, "slug": p.Slug, "head": db.JSON(p.Head), "body": db.JSON(p.Body), "sections": db.JSON(listed(p.Sections)), "revision": p.Revision, "edited_at": p.Edited, "editor": p.Editor,
		"versions": p.Versions, "live": p.Live, "live_revision": p.Shown, "due_at": p.Due, "due_by": p.DueBy,
		"words": p.words(), "category": p.Category, "shown_in": p.ShownIn, "first_at": p.First,
	})
}

func deletePage[S tenant.Scope](ctx context.Context, tx *db.Tx[S], s *statements[S], id PageID) error {
	if _, err := db.Exec(ctx, tx, s.deleteVersions, db.Args{"id": id}); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, s.remove, db.Args{"id": id})
	return err
}

func insertVersion[S tenant.Scope](ctx context.Context, tx *db.Tx[S], s *statements[S], id PageID, v Version) error {
	return exec(ctx, tx, s.addVersion, db.Args{
		"id": id, "number": v.Number, "head": db.JSON(v.Head), "body": db.JSON(v.Body), "sections": db.JSON(listed(v.Sections)), "author": v.Author, "now": v.At,
	})
}

func findVersion[S tenant.Scope](ctx context.Context, tx *db.Tx[S], s *statements[S], id PageID, n int64) (Version, error) {
	v, err := db.One(ctx, tx, s.version, db.Args{"id": id, "number": n}, scanVersion)
	return v, known(err)
}

// span are the versions below a number, at most so many.
type span struct {
	before int64
	limit  int
}

// versionsOf are versions of a page, the latest first, without what they say.
func versionsOf[S tenant.Scope](ctx context.Context, tx *db.Tx[S], s *statements[S], id PageID, of span) ([]Version, error) {
	return db.All(ctx, tx, s.versions, db.Args{"id": id, "before": of.before, "limit": of.limit}, scanVersion)
}

func liveLinks[S tenant.Scope](ctx context.Context, tx *db.Tx[S], s *statements[S]) ([]Link, error) {
	return db.All(ctx, tx, s.links, nil, func(r db.Row) (l Link, err error) {
		return l, r.Scan(&l.ID, &l.Tier, &l.Slug, db.JSON(&l.Head), db.Time(&l.Changed))
	})
}

// liveBody is what is read of a page, but for its head.
func liveBody[S tenant.Scope](ctx context.Context, tx *db.Tx[S], s *statements[S], id PageID) (Content, error) {
	c, err := db.One(ctx, tx, s.body, db.Args{"id": id}, func(r db.Row) (c Content, err error) { return c, r.Scan(db.JSON(&c.Body), db.JSON(&c.Sections)) })
	return c, known(err)
}

// listed are sections as a list, where there are none, too.
func listed(all []Section) []Section {
	if all == nil {
		return []Section{}
	}
	return all
}

func scanPage(r db.Row) (p Page, err error) {
	return p, r.Scan(&p.ID, &p.Tier, &p.Slug, db.JSON(&p.Head), db.JSON(&p.Body), db.JSON(&p.Sections), &p.Revision, db.Time(&p.Edited), &p.Editor, &p.Versions, &p.Live, &p.Shown,
		db.Time(&p.Due), &p.DueBy, db.Time(&p.First), &p.ShownIn)
}

func scanVersion(r db.Row) (v Version, err error) {
	return v, r.Scan(&v.Number, db.JSON(&v.Head), db.JSON(&v.Body), db.JSON(&v.Sections), &v.Author, db.Time(&v.At))
}
