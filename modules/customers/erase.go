package customers

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/modules/customers/customersapi"
	"orion/modules/tenancy/tenancyapi"
)

// Leave erases a customer who asks for it and knows the password. A mail tells
// of it, and everything that was signed in is signed out.
func (m *Module) Leave(ctx context.Context, in tenant.Store, id auth.CustomerID, password string, h Letterhead) error {
	c, err := m.Customer(ctx, in, id)
	if err != nil {
		return err
	}
	if !auth.Verify(ctx, password, c.hash) {
		return errPassword.Field("password", "customers.wrong_password")
	}
	by := auth.Actor{Kind: "customer", ID: id.String()}
	return m.erase(ctx, in, by, id, func(ctx context.Context, tx tx, c Customer) error { return m.farewell(ctx, tx, h, c) })
}

// Erase is Leave for somebody who asked in a letter or never had an account. The
// log has who did it and a number, not a name.
func (m *Module) Erase(ctx context.Context, in tenant.Store, by auth.Actor, id auth.CustomerID) error {
	return m.erase(ctx, in, by, id, func(ctx context.Context, tx tx, c Customer) error {
		return m.need.Audit.Record(ctx, tx, tenancyapi.Entry{Actor: by, Action: Erasing.Code, Target: id.String(), Title: c.Label()})
	})
}

// erase forgets a customer: with what all modules and the audit log keep, or not at
// all.
func (m *Module) erase(ctx context.Context, in tenant.Store, by auth.Actor, id auth.CustomerID, note func(context.Context, tx, Customer) error) error {
	erasers := slot.Collect(ctx, m.need.Kit.Slots, customersapi.Erase, in, nil)
	err := db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		c, err := present(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, erase := range erasers {
			if err := erase(ctx, tx, customersapi.Erased{Customer: id, Email: c.Email}); err != nil {
				return err
			}
		}
		if err := m.need.Forget.Forget(ctx, tx, tenancyapi.Entry{Actor: by, Target: id.String()}); err != nil {
			return err
		}
		if err := note(ctx, tx, c); err != nil {
			return err
		}
		return forgetWho(ctx, tx, c)
	})
	if err != nil {
		return err
	}
	return m.signOutEverywhere(ctx, in, id)
}

// forgetWho removes what this module keeps about somebody; what was bought stays
// in the totals.
func forgetWho(ctx context.Context, tx tx, c Customer) error {
	if err := retag(ctx, tx, c, nil); err != nil {
		return err
	}
	if err := deleteAddresses(ctx, tx, c.ID); err != nil {
		return err
	}
	if err := deleteNotes(ctx, tx, c.ID); err != nil {
		return err
	}
	if err := deleteRegistrations(ctx, tx, c.Email); err != nil {
		return err
	}
	done, err := eraseCustomer(ctx, tx, c.ID)
	if err == nil && !done {
		return errErased // somebody else was quicker
	}
	return err
}
