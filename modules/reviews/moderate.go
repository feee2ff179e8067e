package reviews

import (
	"context"
	"errors"
	"strings"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/letters"
	"orion/kit/tenant"
	"orion/modules/reviews/reviewsapi"
	"orion/modules/tenancy/tenancyapi"
)

// Decide shows reviews or hides them, and tells how many it changed. What the
// store does not have is passed over: of many, some may be gone meanwhile.
func (m *Module) Decide(ctx context.Context, in tenant.Store, ids []reviewsapi.ReviewID, to State, by auth.Actor) (int, error) {
	if to != Approved && to != Hidden {
		return 0, errUnknown
	}
	return db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (int, error) {
		n := 0
		for _, id := range ids {
			r, err := hold(ctx, tx, id)
			if errors.Is(err, errUnknown) {
				continue
			}
			if err != nil {
				return 0, err
			}
			if r.State == to {
				continue
			}
			n++
			if err := m.decide(ctx, tx, r, to, by); err != nil {
				return 0, err
			}
		}
		return n, nil
	})
}

func (m *Module) decide(ctx context.Context, tx tx, r Review, to State, by auth.Actor) error {
	before := r
	r.State = to
	if err := updateReview(ctx, tx, r); err != nil {
		return err
	}
	if err := m.moved(ctx, tx, before, r); err != nil {
		return err
	}
	return m.need.Audit.Record(ctx, tx, tenancyapi.Entry{
		Actor: by, Action: MayModerate.Code, Target: r.ID.String(), Title: r.Title,
		Before: stateNote{before.State}, After: stateNote{to},
	})
}

type stateNote struct {
	State State `json:"state"`
}

// Answer puts the store's public answer below a review; an empty one takes it away.
func (m *Module) Answer(ctx context.Context, in tenant.Store, id reviewsapi.ReviewID, text string, by auth.Actor) error {
	text = letters.Clip(strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")), maxReply)
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		r, err := hold(ctx, tx, id)
		if err != nil || r.Reply == text {
			return err
		}
		before := r.Reply
		if r.Reply, r.RepliedAt = text, tx.Now(); text == "" {
			r.RepliedAt = time.Time{}
		}
		if err := updateReview(ctx, tx, r); err != nil {
			return err
		}
		return m.need.Audit.Record(ctx, tx, tenancyapi.Entry{
			Actor: by, Action: MayModerate.Code, Target: r.ID.String(), Title: r.Title, Before: replyNote{before}, After: replyNote{text},
		})
	})
}

type replyNote struct {
	Reply string `json:"reply"`
}
