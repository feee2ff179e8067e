package payments

import (
	"context"
	"errors"
	"io"

	"orion/kit/db"
	"orion/kit/job"
	"orion/kit/tenant"
	"orion/kit/web"
)

// platformRoutes are where gateways tell of the accounts that a platform opened for its
// stores: one address for all of them.
func (m *Module) platformRoutes(x *web.Mux[web.Platform]) {
	if m.onboards() {
		x.Post("/hooks/{gateway}", web.Public, m.postPlatformHook)
	}
}

func (m *Module) postPlatformHook(c *web.Ctx[web.Platform]) error {
	body, err := io.ReadAll(io.LimitReader(c.R.Body, largestMessage+1))
	if err != nil {
		return errRefused
	}
	return m.receiveAbove(c.Context(), c.As.In, c.Param("gateway"), Message{Body: body, Header: c.R.Header.Get})
}

// hookOf is the path at which a gateway tells of a store's account: that of its platform
// where it is under it.
func (m *Module) hookOf(in tenant.Store, gateway string) string {
	if far, ok := m.onboarder(gateway); ok && far.Umbrella(in) != "" {
		return "/hooks/" + gateway
	}
	return m.HookPath(in, gateway)
}

// receiveAbove takes a message that came to a platform's address. Which store is meant
// says the gateway's name of its account, and that only chooses whose secrets have to
// prove the message: it is believed once it is signed with the platform's, and only of
// the account that the store has under it.
func (m *Module) receiveAbove(ctx context.Context, p tenant.Platform, gateway string, msg Message) error {
	g, _ := m.gateway(gateway)
	l, listens := g.(Listener)
	far, ok := m.onboarder(gateway)
	if !ok || !listens {
		return errNoListener
	}
	if len(msg.Body) > largestMessage {
		return errRefused
	}
	external := far.Named(msg.Body)
	if external == "" {
		return errRefused
	}
	store, err := db.Read(ctx, m.need.Kit.DB, m.need.System, func(tx *db.Tx[tenant.System]) (tenant.StoreID, error) {
		return storeOfAccount(ctx, tx, gateway, external)
	})
	if err != nil {
		return err
	}
	in, ok := m.need.Scope(p, store)
	if !ok {
		return errRefused
	}
	return m.take(ctx, in, l, gateway, msg)
}

// toldOfAccount has the gateway asked how the store's account stands.
func (m *Module) toldOfAccount(ctx context.Context, in tenant.Store, gateway string) error {
	far, ok := m.onboarder(gateway)
	if !ok {
		return nil
	}
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		a, err := accountUnder(ctx, tx, gateway, far.Umbrella(in))
		if errors.Is(err, db.ErrNoRow) {
			return nil
		}
		if err != nil {
			return err
		}
		return job.Enqueue(ctx, m.need.Kit.Jobs, tx, m.look, accountJob{Account: a.ID})
	})
}
