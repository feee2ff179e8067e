package orders

import (
	"context"
	"time"

	"github.com/maypok86/otter/v2"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// Methods are all delivery methods of a store, in its order.
func (m *Module) Methods(ctx context.Context, in tenant.Store) ([]Method, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) ([]Method, error) { return findMethods(ctx, tx) })
}

const (
	methodsKept = 2000
	methodsAge  = 5 * time.Second // how long another node may still offer what staff changed here
)

func newMethodsCache() *otter.Cache[tenant.StoreID, []Method] {
	return otter.Must(&otter.Options[tenant.StoreID, []Method]{
		MaximumSize: methodsKept, ExpiryCalculator: otter.ExpiryWriting[tenant.StoreID, []Method](methodsAge),
	})
}

// knownMethods gives the methods to the steps of a checkout, mostly from memory;
// Place reads them anew. They are shared and must not be changed.
func (m *Module) knownMethods(ctx context.Context, tx tx) ([]Method, error) {
	store := tx.Scope().ID()
	if known, ok := m.methods.GetIfPresent(store); ok {
		return known, nil
	}
	all, err := findMethods(ctx, tx)
	if err == nil {
		m.methods.Set(store, all)
	}
	return all, err
}

// SaveMethod stores a delivery method, and makes one when it has no identifier.
func (m *Module) SaveMethod(ctx context.Context, in tenant.Store, d Method, by auth.Actor) (MethodID, error) {
	if err := d.check(); err != nil {
		return 0, err
	}
	return db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (MethodID, error) {
		var before any
		if d.ID.IsZero() {
			d.ID = db.NewID[methodKind](tx)
		} else {
			old, err := findMethod(ctx, tx, d.ID)
			if err != nil {
				return 0, err
			}
			before = old
		}
		if err := saveMethod(ctx, tx, d); err != nil {
			return 0, err
		}
		if err := m.keepPromises(ctx, tx); err != nil {
			return 0, err
		}
		return d.ID, m.auditMethod(ctx, tx, d, tenancyapi.Entry{Actor: by, Before: before, After: d})
	})
}

// DropMethod takes a delivery method away. Orders that were placed with it keep
// its name.
func (m *Module) DropMethod(ctx context.Context, in tenant.Store, mid MethodID, by auth.Actor) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		old, err := findMethod(ctx, tx, mid)
		if err != nil {
			return err
		}
		if err := deleteMethod(ctx, tx, mid); err != nil {
			return err
		}
		if err := m.keepPromises(ctx, tx); err != nil {
			return err
		}
		return m.auditMethod(ctx, tx, old, tenancyapi.Entry{Actor: by, Before: old})
	})
}

// auditMethod tells who changed a method, and makes checkouts read it anew.
func (m *Module) auditMethod(ctx context.Context, tx tx, d Method, e tenancyapi.Entry) error {
	store := tx.Scope().ID()
	tx.AfterCommit(func() { m.methods.Invalidate(store) })
	e.Action, e.Target, e.Title = MaySet.Code, d.ID.String(), d.Name.In(i18n.En)
	return m.need.Audit.Record(ctx, tx, e)
}

// Method is one delivery method.
func (m *Module) Method(ctx context.Context, in tenant.Store, mid MethodID) (Method, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Method, error) {
		return findMethod(ctx, tx, mid)
	})
}
