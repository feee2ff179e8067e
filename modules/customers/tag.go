package customers

import (
	"context"
	"slices"
	"strings"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

const (
	maxTag  = 30
	maxTags = 20
)

var errTags = fault.New(fault.Invalid, "customers.invalid_tags")

type tagNote struct {
	Tags []string `json:"tags"`
}

// tidyTags are words in lower case, each once, in order.
func tidyTags(tags []string) ([]string, error) {
	var out []string
	for _, t := range tags {
		t = strings.ToLower(strings.Join(strings.Fields(clip(strings.ReplaceAll(t, ",", " "), maxTag+1)), " "))
		if t == "" {
			continue
		}
		if err := checkText(errTags, "tags", t, maxTag).OrNil(); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	slices.Sort(out)
	if out = slices.Compact(out); len(out) > maxTags {
		return nil, errTags.Field("tags", "customers.too_many_tags", "max", maxTags)
	}
	return out, nil
}

// Tag gives a customer these tags instead of those before.
func (m *Module) Tag(ctx context.Context, in tenant.Store, by auth.Actor, id auth.CustomerID, tags []string) error {
	tags, err := tidyTags(tags)
	if err != nil {
		return err
	}
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		c, err := present(ctx, tx, id)
		if err != nil || slices.Equal(c.Tags, tags) {
			return err
		}
		if err := retag(ctx, tx, c, tags); err != nil {
			return err
		}
		return m.need.Audit.Record(ctx, tx, tenancyapi.Entry{
			Actor: by, Action: Edit.Code, Target: id.String(), Title: c.Title(), Before: tagNote{c.Tags}, After: tagNote{tags},
		})
	})
}

// retag gives a customer other tags, and counts them.
func retag(ctx context.Context, tx tx, c Customer, tags []string) error {
	if err := setTags(ctx, tx, c.ID, tags); err != nil {
		return err
	}
	for _, change := range []struct {
		of, but []string
		by      int64
	}{{tags, c.Tags, 1}, {c.Tags, tags, -1}} {
		for _, t := range change.of {
			if slices.Contains(change.but, t) {
				continue
			}
			if err := countTag(ctx, tx, t, change.by); err != nil {
				return err
			}
		}
	}
	return nil
}
