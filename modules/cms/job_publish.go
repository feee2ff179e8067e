package cms

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/job"
	"orion/kit/tenant"
)

// duePage is a page that is to be published at a time.
type duePage struct {
	Page PageID    `json:"page"`
	At   time.Time `json:"at"`
	Post bool      `json:"post,omitempty"` // it is a post
}

func (m *Module) publishJob() job.Kind[duePage] {
	return job.Define("cms.publish_page", func(ctx context.Context, r job.Run, a duePage) error {
		if a.Post {
			return m.Posts.publishDue(ctx, r.Store, a.Page, a.At)
		}
		if !r.Store.ID().IsZero() {
			return m.Stores.publishDue(ctx, r.Store, a.Page, a.At)
		}
		return m.Platforms.publishDue(ctx, r.Platform, a.Page, a.At)
	})
}

// whenDue has a page published at its time.
func whenDue[S tenant.Scope](q *job.Queue, k job.Kind[duePage]) func(ctx context.Context, tx *db.Tx[S], p Page) error {
	return func(ctx context.Context, tx *db.Tx[S], p Page) error {
		return job.Enqueue(ctx, q, tx, k, duePage{Page: p.ID, At: p.Due, Post: p.Tier == Posted}, job.When{At: p.Due})
	}
}
