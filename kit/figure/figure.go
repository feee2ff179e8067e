// Package figure lets a module keep whole numbers of things that another module
// lets people edit many at once, such as the stock of products in their sheet.
// Who has the sheet declares a slot of keepers; who has numbers fills it.
package figure

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
)

// Reader is a member of staff in front of a sheet.
type Reader struct {
	In     tenant.Store
	Grants auth.Grants
	Words  i18n.Words
}

// Column is a number that every thing may have.
type Column struct {
	Code  string // unique among all keepers: a public identifier
	Label string
}

// Change is one number that somebody typed over another: of a part, such as a
// variant, of a whole, such as a product. Where a thing has no parts they are the same.
type Change[Whole, Part comparable] struct {
	Whole Whole  `json:"whole"`
	Part  Part   `json:"part"`
	Code  string `json:"code"` // of the column
	From  int64  `json:"from"` // what they had before them
	To    int64  `json:"to"`
}

// Refusal tells why a change was not made.
type Refusal[Whole, Part comparable] struct {
	Change[Whole, Part]
	Why *fault.Error
}

// Keeper keeps such numbers. What its reader may not change it does not have.
type Keeper[Whole, Part comparable] interface {
	// Columns are the numbers that it keeps.
	Columns() []Column
	// Read gives the numbers by code; a part without one is missing.
	Read(ctx context.Context, tx *db.Tx[tenant.Store], parts []Part) (map[Part]map[string]int64, error)
	// Set makes the changes, in the caller's transaction and in few statements.
	// Of a whole it makes all or none: it tells the ones that it refused, because
	// the number is another by now or cannot be what was typed.
	Set(ctx context.Context, tx *db.Tx[tenant.Store], by auth.Actor, changes []Change[Whole, Part]) ([]Refusal[Whole, Part], error)
}
