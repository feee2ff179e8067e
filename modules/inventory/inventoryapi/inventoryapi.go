// Package inventoryapi is what other modules may ask of the stock.
package inventoryapi

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

// Code is the module's code.
const Code = "inventory"

// ErrShort is the answer when there is not enough of something. Its argument
// "short" lists the variants with what is left, as []Shortage.
var ErrShort = fault.New(fault.Conflict, "inventory.short")

// Line is a quantity of one variant.
type Line struct {
	Variant  catalogapi.VariantID `json:"variant"`
	Quantity int64                `json:"quantity"`
}

// Shortage tells what is left of a variant that was asked for.
type Shortage struct {
	Variant catalogapi.VariantID `json:"variant"`
	Wanted  int64                `json:"wanted"`
	Left    int64                `json:"left"`
}

// Cause says on whose behalf stock moves, and is written on every movement.
// There is at most one open reservation per cause.
type Cause struct {
	Kind string // "order"
	ID   int64
	Name string // the number that people know, such as 1048
}

// Reservation holds goods for a cause.
type Reservation struct {
	Cause Cause
	Lines []Line
	Until time.Time // when the hold ends by itself; zero holds until released
}

// Stock holds and moves goods, always in the caller's transaction, so that
// either everything happens or nothing.
type Stock interface {
	// Reserve holds all lines or none; ErrShort tells what is missing. It locks
	// the goods until the transaction ends, so call it late.
	Reserve(ctx context.Context, tx *db.Tx[tenant.Store], r Reservation) error
	// Keep makes a hold permanent, after payment. It tells false when the hold
	// had already ended, so that the caller can reserve anew.
	Keep(ctx context.Context, tx *db.Tx[tenant.Store], c Cause) (bool, error)
	// Release gives back what a cause still holds. Releasing twice is harmless.
	Release(ctx context.Context, tx *db.Tx[tenant.Store], c Cause) error
	// Ship takes held goods out of the house.
	Ship(ctx context.Context, tx *db.Tx[tenant.Store], c Cause, lines []Line) error
}

// Returns takes shipped goods back.
type Returns interface {
	// Restock puts goods back on the shelf that they were shipped from.
	Restock(ctx context.Context, tx *db.Tx[tenant.Store], c Cause, lines []Line) error
}

// Available answers how much can be sold now.
type Available interface {
	// Available maps variants to what can be sold now, limited backorders
	// included; variants that never run out, and those that may be backordered
	// without limit, are missing from it.
	Available(ctx context.Context, tx *db.Tx[tenant.Store], ids []catalogapi.VariantID) (map[catalogapi.VariantID]int64, error)
	// Glance is Available for pages, up to two seconds old; nothing is sold by it.
	Glance(ctx context.Context, tx *db.Tx[tenant.Store], ids []catalogapi.VariantID) (map[catalogapi.VariantID]int64, error)
}

// Expired is told when a hold ended by itself and its goods are free again.
type Expired struct {
	Kind string `json:"kind"`
	ID   int64  `json:"id"`
}

// EventName implements event.Payload.
func (Expired) EventName() string { return "inventory.reservation_expired.v1" }

// EventEntity implements event.Payload.
func (e Expired) EventEntity() int64 { return e.ID }
