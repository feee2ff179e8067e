package customers

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

type statusNote struct {
	Status Status `json:"status"`
}

// Block keeps a customer from signing in, at once and everywhere. What they
// bought stays.
func (m *Module) Block(ctx context.Context, in tenant.Store, by auth.Actor, id auth.CustomerID) error {
	if err := m.stand(ctx, in, by, id, func(Customer) Status { return Blocked }); err != nil {
		return err
	}
	return m.signOutEverywhere(ctx, in, id)
}

// Unblock lets a customer in again; who never had an account is a guest again.
func (m *Module) Unblock(ctx context.Context, in tenant.Store, by auth.Actor, id auth.CustomerID) error {
	return m.stand(ctx, in, by, id, func(c Customer) Status {
		switch {
		case c.Status != Blocked:
			return c.Status
		case c.Registered.IsZero():
			return Guest
		}
		return Active
	})
}

func (m *Module) stand(ctx context.Context, in tenant.Store, by auth.Actor, id auth.CustomerID, next func(Customer) Status) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		c, err := present(ctx, tx, id)
		if err != nil {
			return err
		}
		to := next(c)
		if to == c.Status {
			return nil
		}
		if err := setStatus(ctx, tx, id, to); err != nil {
			return err
		}
		return m.need.Audit.Record(ctx, tx, tenancyapi.Entry{
			Actor: by, Action: Edit.Code, Target: id.String(), Title: c.Title(),
			Before: statusNote{c.Status}, After: statusNote{to},
		})
	})
}
