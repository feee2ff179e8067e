package payments

import (
	"context"
	"errors"

	"orion/kit/db"
	"orion/kit/tenant"
)

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
// the account that the store has under it. Anybody can send there, so what is refused
// writes nothing.
func (m *Module) receiveAbove(ctx context.Context, p tenant.Platform, gateway string, msg Message) error {
	g, _ := m.gateway(gateway)
	l, listens := g.(Listener)
	sorter, sorts := g.(Sorter)
	if _, ok := m.onboarder(gateway); !ok || !listens || !sorts {
		return errNoListener
	}
	external := sorter.Named(msg.Body)
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
	err = m.take(ctx, in, l, gateway, msg)
	if why, ok := errors.AsType[Refusal](err); ok {
		m.need.Kit.Log.WarnContext(ctx, "a message at the platform's address was refused", "gateway", gateway, "reason", string(why))
		return errRefused
	}
	return err
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
		return m.lookSoon(ctx, tx, a.ID)
	})
}
