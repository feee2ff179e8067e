// Package tenancyapi is what other modules may ask of tenancy.
package tenancyapi

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
)

// Code is the module's code.
const Code = "tenancy"

// Entry is one line of the audit log: who did what to which thing.
type Entry struct {
	Actor  auth.Actor
	Action string // a permission or event code, such as orders.ship
	Target string // the thing's public identifier
	Title  string // how people call it, such as "Order 1048"
	Before any    // stored as JSON; never secrets
	After  any
}

// Audit writes down what staff do, in the transaction that does it.
type Audit interface {
	Record(ctx context.Context, tx *db.Tx[tenant.Store], e Entry) error
}
