package tenancy

import (
	"context"

	"orion/kit/module"
	"orion/kit/tenant"
)

// The features whose limits are how many people may be on a store's staff,
// besides the merchant's owner, and how many stores a merchant may have.
const (
	Members = "tenancy.members"
	Stores  = "tenancy.stores"
)

// roomForMember refuses more staff than a store's plan has room for. Who hires
// where no platform is known, the operator, is not refused.
func (c *Change) roomForMember(ctx context.Context, at where) error {
	if at.platform.IsZero() {
		return nil
	}
	g := module.Growth{Holder: module.Holder{Platform: at.platform, Merchant: at.merchant, Store: at.store}, Code: Members, By: 1}
	return module.Room(ctx, c.m.features, c.tx, g, func(ctx context.Context) (int64, error) { return staffCount(ctx, c.tx, at.store) })
}

// roomToReturn is roomForMember for somebody who was taken off the staff.
func (m *Module) roomToReturn(ctx context.Context, tx storeTx) error {
	g := module.Growth{Holder: module.HolderOf(tx.Scope()), Code: Members, By: 1}
	return module.Room(ctx, m.features, tx, g, func(ctx context.Context) (int64, error) { return ownStaffCount(ctx, tx) })
}

// roomForStore refuses more stores than a merchant's plan has room for.
func (c *Change) roomForStore(ctx context.Context, of tenant.MerchantID, on tenant.PlatformID) error {
	g := module.Growth{Holder: module.Holder{Platform: on, Merchant: of}, Code: Stores, By: 1}
	return module.Room(ctx, c.m.features, c.tx, g, func(ctx context.Context) (int64, error) { return storeCount(ctx, c.tx, of) })
}
