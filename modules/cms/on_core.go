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

// pageResults finds a store's pages by their titles in the reader's language: one
// statement, which reads all titles.
func (m *Module) pageResults(ctx context.Context, s coreapi.Search[coreapi.StoreReader]) ([]coreapi.Result, error) {
	r, w := s.Reader, s.Reader.Words
	if !r.Grants.Has(MayView) {
		return nil, nil
	}
	all, err := db.Read(ctx, m.need.Kit.DB, r.In, func(tx *db.Tx[tenant.Store]) ([]Page, error) { return allPages(ctx, tx, m.Stores.sql) })
	var out []coreapi.Result
	for _, p := range all {
		if row := rowOf(w, p, ""); len(out) < s.Limit && titled(row.Title, s.Query) {
			out = append(out, coreapi.Result{Kind: w.T("cms.found_page"), Title: row.Title, Sub: row.Path, Link: row.Href, Icon: "file-text"})
		}
	}
	return out, err
}

// postResults finds a store's posts by what staff find them by: one statement.
func (m *Module) postResults(ctx context.Context, s coreapi.Search[coreapi.StoreReader]) ([]coreapi.Result, error) {
	r, w := s.Reader, s.Reader.Words
	if !r.Grants.Has(MayView) {
		return nil, nil
	}
	found, err := m.PostList(ctx, r.In, PostQuery{Request: page.Request{Limit: s.Limit}, Search: s.Query})
	out := make([]coreapi.Result, len(found.Items))
	for i, p := range found.Items {
		out[i] = coreapi.Result{Kind: w.T("cms.found_post"), Title: p.Title.In(w.Lang()), Sub: postPath(p.Slug), Link: blogPath + "/" + p.ID.String(), Icon: "newspaper"}
	}
	return out, err
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
