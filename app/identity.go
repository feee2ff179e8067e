package app

import (
	"context"
	"net/http"

	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/tenancy"
)

var (
	errNoHost      = fault.New(fault.NotFound, "app.no_host")
	errMaintenance = fault.New(fault.Unavailable, "app.maintenance").With("retry_after", backSoon)
	errClosed      = fault.New(fault.Unavailable, "app.closed")
)

// backSoon is in how many seconds programs may look again at a store that is
// being worked on.
const backSoon = 3600

// resolve finds where a request arrived and mints the scopes of the place.
func (a *App) resolve(r *http.Request) (web.Place, error) {
	f, ok := a.modules.tenancy.Resolve(r.Host, r.URL.Path)
	if !ok {
		return web.Place{Path: r.URL.Path}, errNoHost
	}
	p := web.Place{
		Platform: a.platform(f.Platform), Shop: f.Shop, ShopBase: f.ShopBase, StaffBase: f.StaffBase,
		Audience: f.Audience, Path: f.Path, API: f.API || isSpec(f.Path),
	}
	if f.Shop == nil {
		return p, nil
	}
	p.In = a.scope(f.Shop)
	if f.Gone {
		return p, errClosed
	}
	if f.Audience == web.StorefrontPages {
		switch f.Shop.Status {
		case web.StatusMaintenance:
			return p, errMaintenance
		case web.StatusClosed:
			return p, errClosed
		}
	}
	return p, nil
}

func isSpec(path string) bool { return path == "/openapi.json" || path == "/openapi.yaml" }

func (a *App) platform(p *tenancy.Platform) web.Platform {
	return web.Platform{In: a.gate.Platform(p.ID), Code: p.Code, Name: p.Name}
}

// identity finds out who asks, by the modules that know.
func (a *App) identity() web.Identity {
	t := a.modules.tenancy
	return web.Identity{
		Customer: a.modules.customers.Identify,
		Staff:    t.SignedStaff,
		Admin:    t.SignedAdmin,
		Merchant: func(ctx context.Context, p tenant.Platform, token string) (web.Merchant, bool) {
			o, ok := t.SignedOwner(ctx, p, token)
			if !ok {
				return web.Merchant{}, false
			}
			return web.Merchant{In: a.gate.Merchant(o.Merchant, p.ID()), Name: o.Name, User: o.User, Grants: o.Grants}, true
		},
		Bearer: a.bearer,
	}
}

func (a *App) bearer(ctx context.Context, token string) (web.Bearer, bool) {
	b, ok := a.modules.tenancy.Bearer(ctx, token)
	if !ok {
		return web.Bearer{}, false
	}
	out := web.Bearer{}
	switch b.Audience {
	case web.StorePages:
		out.Platform = web.Platform{In: a.gate.Platform(b.Shop.Platform), Code: b.Shop.PlatformCode, Name: b.Shop.PlatformName}
		out.Store = &web.Store{In: a.scope(b.Shop), Shop: b.Shop, User: b.User, Grants: b.Grants}
	case web.AdminPages:
		out.Admin = &web.Admin{In: a.gate.System(), User: b.User, Grants: b.Grants}
	}
	return out, true
}
