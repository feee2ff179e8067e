package cms

import (
	"context"
	"strings"

	"orion/kit/db"
	"orion/kit/letters"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/core/coreapi"
)

// results finds a store's pages and posts by their titles in the reader's language and
// posts also by what else staff find them by: two statements.
func (m *Module) results(ctx context.Context, s coreapi.Search[coreapi.StoreReader]) ([]coreapi.Result, error) {
	r, w := s.Reader, s.Reader.Words
	if !r.Grants.Has(MayView) {
		return nil, nil
	}
	return db.Read(ctx, m.need.Kit.DB, r.In, func(tx *db.Tx[tenant.Store]) (out []coreapi.Result, err error) {
		pages, err := listPages(ctx, tx, m.Stores.sql, Query{Request: page.Request{Limit: maxPages}})
		if err != nil {
			return nil, err
		}
		for _, p := range pages.Items {
			if len(out) < s.Limit && titled(p.Title.In(w.Lang()), s.Query) {
				out = append(out, coreapi.Result{Kind: w.T("cms.found_page"), Title: p.Title.In(w.Lang()), Sub: pathOf(p), Link: rowOf(w, p, "").Href, Icon: "file-text"})
			}
		}
		posts, err := listPosts(ctx, tx, PostQuery{Request: page.Request{Limit: s.Limit}, Search: s.Query})
		for _, p := range posts.Items {
			out = append(out, coreapi.Result{Kind: w.T("cms.found_post"), Title: p.Title.In(w.Lang()), Sub: postPath(p.Slug), Link: blogPath + "/" + p.ID.String(), Icon: "newspaper"})
		}
		return out, err
	})
}

// titled tells whether all words of a search are in a title.
func titled(title, search string) bool {
	title = letters.Fold(title)
	for _, term := range strings.Fields(letters.Fold(search)) {
		if !strings.Contains(title, term) {
			return false
		}
	}
	return true
}
