package tenancy

import (
	"context"

	"orion/kit/auth"
	"orion/kit/tenant"
	"orion/kit/web"
)

// SignedStaff is whose session a token of the store's pages is, and what they may do.
func (m *Module) SignedStaff(ctx context.Context, in tenant.Store, token string) (auth.User, auth.Grants, bool) {
	s, ok := m.sessions.Find(ctx, storeAudience, int64(in.ID()), token)
	if !ok {
		return auth.User{}, auth.Grants{}, false
	}
	u, g, ok := m.mayWork(ctx, in, auth.UserID(s.Subject))
	ok = ok && m.behind(ctx, &u, s)
	return u, g, ok
}

// Owner is a merchant's owner, as plain facts: the program mints the scope.
type Owner struct {
	Merchant tenant.MerchantID
	Name     string // of the merchant
	User     auth.User
	Grants   auth.Grants
}

// SignedOwner is whose session a token of the merchant pages is.
func (m *Module) SignedOwner(ctx context.Context, p tenant.Platform, token string) (Owner, bool) {
	s, ok := m.sessions.Find(ctx, merchantAudience, int64(p.ID()), token)
	if !ok {
		return Owner{}, false
	}
	u, err := m.User(ctx, auth.UserID(s.Subject))
	if err != nil || !u.Active || u.Role != auth.MerchantOwner {
		return Owner{}, false
	}
	f, err := m.ownedMerchant(ctx, u.ID)
	if err != nil {
		return Owner{}, false
	}
	o := Owner{Merchant: f.id, Name: f.name, User: u.user(), Grants: auth.Everything()}
	ok = m.behind(ctx, &o.User, s)
	return o, ok
}

// SignedAdmin is whose session a token of the operator's pages is.
func (m *Module) SignedAdmin(ctx context.Context, token string) (web.Admin, bool) {
	s, ok := m.sessions.Find(ctx, adminAudience, 0, token)
	if !ok {
		return web.Admin{}, false
	}
	u, err := m.User(ctx, auth.UserID(s.Subject))
	if err != nil || !u.Active {
		return web.Admin{}, false
	}
	as := web.Admin{In: m.system, User: u.user()}
	if !m.behind(ctx, &as.User, s) {
		return web.Admin{}, false
	}
	switch u.Role {
	case auth.SuperAdmin:
		as.Grants = auth.Everything()
		return as, true
	case auth.PlatformAdmin:
		as.Grants = m.platformAdminGrants()
		as.Platforms, err = m.PlatformsOf(ctx, u.ID)
		if as.Platforms == nil {
			as.Platforms = []tenant.PlatformID{}
		}
		return as, err == nil
	}
	return web.Admin{}, false
}

// platformAdminGrants are all permissions but those that reach beyond the
// platforms that somebody was given.
func (m *Module) platformAdminGrants() auth.Grants {
	var codes []string
	for _, p := range m.permissions() {
		if p.Reach != auth.Everywhere {
			codes = append(codes, p.Code)
		}
	}
	return auth.Granted(codes...)
}

// Bearer is what an API token opens, as plain facts: the program mints the
// scope of the shop.
type Bearer struct {
	Audience web.AudienceName
	Shop     *web.Shop // of the store's tokens
	User     auth.User // stands for the token
	Grants   auth.Grants
}

// Bearer tells what an API token opens. Tokens are the store's or the operator's.
func (m *Module) Bearer(ctx context.Context, token string) (Bearer, bool) {
	t, ok := m.tokens.Find(ctx, token)
	if !ok {
		return Bearer{}, false
	}
	b := Bearer{
		Audience: web.AudienceName(t.Audience), Grants: t.Grants(),
		User: auth.User{ID: auth.UserID(t.ID), Name: t.Name},
	}
	switch b.Audience {
	case web.StorePages:
		b.Shop = m.FirstShop(tenant.StoreID(t.Realm))
		return b, b.Shop != nil
	case web.AdminPages:
		return b, true
	}
	return Bearer{}, false
}
