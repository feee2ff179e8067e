package module

import (
	"context"
	"fmt"
	"math"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/tenant"
)

// Feature is something that a subscription tier may grant or limit. It is called
// "features." plus its code; what is said where a limit is reached is its code
// plus "_full", with {limit}.
type Feature struct {
	Code    string // module.noun
	Limited bool   // has a number, such as products or members
}

// Holder is whose plan is asked: a merchant on a platform, in one of its stores
// where something is limited per store. The zero Holder is the operator, who has
// everything.
type Holder struct {
	Platform tenant.PlatformID
	Merchant tenant.MerchantID
	Store    tenant.StoreID
}

// HolderOf is whose plan a store has.
func HolderOf(in tenant.Store) Holder { return Holder{in.Platform(), in.Merchant(), in.ID()} }

// Unlimited is the limit of what has none.
const Unlimited = math.MaxInt64

// Plans tells what subscriptions grant.
type Plans interface {
	// Grant tells whether a plan has a feature, and how much of one that is
	// limited. It is asked with requests, so it answers from memory.
	Grant(h Holder, code string) (limit int64, ok bool)
}

// Features is the one place where it is decided what a plan allows. The nil
// Features allows everything, without limit.
type Features struct{ plans Plans }

// NewFeatures asks plans; nil grants everything.
func NewFeatures(p Plans) *Features { return &Features{p} }

// Limit is how much of a feature a plan has: 0 without it, Unlimited without a limit.
func (f *Features) Limit(h Holder, code string) int64 {
	if f == nil || f.plans == nil || h.Merchant.IsZero() {
		return Unlimited
	}
	limit, ok := f.plans.Grant(h, code)
	if !ok {
		return 0
	}
	return limit
}

// Has tells whether a plan has a feature.
func (f *Features) Has(h Holder, code string) bool { return f.Limit(h, code) > 0 }

// Growth is that somebody gets more of a limited feature.
type Growth struct {
	Holder Holder
	Code   string // of the feature
	By     int64
}

// Room refuses growth beyond the plan's limit. Where there is one, count tells
// how much there is already, and everybody who grows waits until the
// transaction ends, so that two at once do not both take the last place.
func Room[S tenant.Scope](ctx context.Context, f *Features, tx *db.Tx[S], g Growth, count func(context.Context) (int64, error)) error {
	limit := f.Limit(g.Holder, g.Code)
	if limit == Unlimited || g.By <= 0 {
		return nil
	}
	if err := db.Alone(ctx, tx, fmt.Sprint(g.Code, "/", g.Holder)); err != nil {
		return err
	}
	have, err := count(ctx)
	if err != nil {
		return fmt.Errorf("count %s: %w", g.Code, err)
	}
	if have+g.By > limit {
		return fault.New(fault.Rule, FullCode(g.Code)).With("limit", limit)
	}
	return nil
}

// FullCode is the code of the fault that a plan has no room for more of a feature.
func FullCode(feature string) string { return feature + "_full" }
