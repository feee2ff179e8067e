package inventory

import "orion/kit/fault"

// MaxQuantity is the largest quantity of one variant in one act.
const MaxQuantity = 1_000_000

var (
	errQuantity     = fault.New(fault.Invalid, "inventory.bad_quantity").With("max", int64(MaxQuantity))
	errTwice        = fault.New(fault.Conflict, "inventory.already_reserved")
	errNotHeld      = fault.New(fault.Rule, "inventory.not_held")
	errNotOnHand    = fault.New(fault.Rule, "inventory.not_on_hand")
	errNotShipped   = fault.New(fault.Rule, "inventory.not_shipped")
	errNotKept      = fault.New(fault.NotFound, "inventory.not_kept")
	errBelow        = fault.New(fault.Rule, "inventory.below_reserved")
	errUntracked    = fault.New(fault.Rule, "inventory.untracked")
	errNoLocation   = fault.New(fault.NotFound, "inventory.no_location")
	errStockThere   = fault.New(fault.Rule, "inventory.location_in_use")
	errLastLocation = fault.New(fault.Rule, "inventory.last_location")
	errMoved        = fault.New(fault.Conflict, "inventory.moved_meanwhile")
	errGuard        = fault.New(fault.Conflict, "inventory.changed_meanwhile")
	errAdjustment   = fault.New(fault.Invalid, "inventory.invalid_adjustment")
	errLocation     = fault.New(fault.Invalid, "inventory.invalid_location")
	errPolicy       = fault.New(fault.Invalid, "inventory.invalid_policy")
	errTransfer     = fault.New(fault.Invalid, "inventory.invalid_transfer")
)
