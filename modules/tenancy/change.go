package tenancy

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/id"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// Change is one transaction of the operator over the directory and its people.
// Its methods are the operator's use cases; several of them in one Change
// happen together or not at all.
type Change struct {
	m       *Module
	tx      systemTx
	by      auth.Actor
	touched bool
}

// Change runs fn in a transaction. Every method that fn calls writes down who
// did what; when the directory changed, this node knows it when Change returns
// and the others within a second. fn may run more than once, so it must have
// no other effects.
func (m *Module) Change(ctx context.Context, by auth.Actor, fn func(ctx context.Context, c *Change) error) error {
	touched := false
	err := db.Do(ctx, m.db, m.system, func(tx systemTx) error {
		c := &Change{m: m, tx: tx, by: by}
		if err := fn(ctx, c); err != nil {
			return err
		}
		if touched = c.touched; touched {
			return touchDirectory(ctx, tx)
		}
		return nil
	})
	if err == nil {
		m.places.InvalidateAll() // people change rarely
	}
	if err == nil && touched {
		m.changed(ctx)
	}
	return err
}

// where says whose audit log an entry belongs to; zero is nobody's.
type where struct {
	store    tenant.StoreID
	merchant tenant.MerchantID
	platform tenant.PlatformID
}

func (c *Change) record(ctx context.Context, at where, e tenancyapi.Entry) error {
	e.Actor = c.by
	c.tx.AfterCommit(c.m.noted)
	return insertAuditFor(ctx, c.tx, at, e)
}

// byUser is the user who acts, or zero for the program itself.
func (c *Change) byUser() auth.UserID { return userOf(c.by) }

func userOf(a auth.Actor) auth.UserID {
	if a.Kind != "user" {
		return 0
	}
	u, err := parseUser(a.ID)
	if err != nil {
		return 0
	}
	return u
}

func parseUser(s string) (u auth.UserID, err error) {
	err = u.UnmarshalText([]byte(s))
	return u, err
}

type roleKind struct{}

// Prefix of role identifiers.
func (roleKind) Prefix() string { return "rol" }

// RoleID names a role of a store's staff.
type RoleID = id.ID[roleKind]

type entryKind struct{}

// Prefix of audit entries.
func (entryKind) Prefix() string { return "aud" }

// EntryID names an entry of the audit log.
type EntryID = id.ID[entryKind]
