package customers

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/id"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// SegmentID names a segment.
type SegmentID = id.ID[segmentKind]

type segmentKind struct{}

// Prefix of segment identifiers.
func (segmentKind) Prefix() string { return "seg" }

// Segment is a filter that staff saved under a name. Who belongs to it is found
// out when somebody looks, so it is never out of date.
type Segment struct {
	ID    SegmentID
	Name  string
	Rules Filter
}

const (
	maxSegment  = 40
	maxSegments = 50
)

var (
	errSegment      = fault.New(fault.Invalid, "customers.invalid_segment")
	errSegments     = fault.New(fault.Rule, "customers.too_many_segments")
	errSegmentGone  = fault.New(fault.NotFound, "customers.unknown_segment")
	errSegmentEmpty = fault.New(fault.Invalid, "customers.segment_of_all")
)

// SaveSegment keeps a filter under a name; a name that is taken gets the new
// rules.
func (m *Module) SaveSegment(ctx context.Context, in tenant.Store, by auth.Actor, name string, rules Filter) (Segment, error) {
	s := Segment{Name: clip(name, maxSegment+1), Rules: rules.tidy()}
	bad := checkText(errSegment, "name", s.Name, maxSegment)
	if s.Name == "" {
		bad = bad.Field("name", "form.required")
	}
	if err := bad.OrNil(); err != nil {
		return s, err
	}
	if s.Rules == (Filter{}) {
		return s, errSegmentEmpty
	}
	return s, db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		have, err := segments(ctx, tx)
		if err != nil {
			return err
		}
		s.ID = db.NewID[segmentKind](tx)
		note := tenancyapi.Entry{Actor: by, Action: Edit.Code, Target: s.ID.String(), Title: s.Name, After: s.Rules}
		for _, h := range have {
			if h.Name == s.Name {
				s.ID, note.Target, note.Before = h.ID, h.ID.String(), h.Rules
			}
		}
		if note.Before == nil && len(have) >= maxSegments {
			return errSegments.With("max", maxSegments)
		}
		if err := insertSegment(ctx, tx, s); err != nil {
			return err
		}
		return m.need.Audit.Record(ctx, tx, note)
	})
}

// RemoveSegment forgets a segment; the customers stay.
func (m *Module) RemoveSegment(ctx context.Context, in tenant.Store, by auth.Actor, id SegmentID) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		have, err := segments(ctx, tx)
		if err != nil {
			return err
		}
		for _, h := range have {
			if h.ID != id {
				continue
			}
			if err := deleteSegment(ctx, tx, id); err != nil {
				return err
			}
			return m.need.Audit.Record(ctx, tx, tenancyapi.Entry{Actor: by, Action: Edit.Code, Target: id.String(), Title: h.Name, Before: h.Rules})
		}
		return errSegmentGone
	})
}
