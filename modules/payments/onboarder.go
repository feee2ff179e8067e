package payments

import (
	"context"
	"time"

	"orion/kit/tenant"
)

// Onboarder is a gateway at which a platform has an account, its umbrella, under which it
// opens accounts for its stores: their owners tell the gateway who they are on its own
// pages, and no keys change hands. What a store takes is its own from the first moment,
// and the platform keeps its fee.
type Onboarder interface {
	// Umbrella names the account of a store's platform; empty when it has none, or the
	// store takes payments with keys of its own.
	Umbrella(in tenant.Store) string
	// OpenAccount opens an account. The same key never opens two.
	OpenAccount(ctx context.Context, in tenant.Store, o Opening) (Standing, error)
	// Account tells how an account stands; without the gateway's name it is looked for by
	// its key.
	Account(ctx context.Context, in tenant.Store, ref Ref) (Standing, error)
	// Invite makes an address, Redirect, at which the account's owner goes on. It can be
	// used once, and soon.
	Invite(ctx context.Context, in tenant.Store, i Invitation) (Snapshot, error)
}

// Sorter is a gateway that tells of all accounts under a platform's at one address.
type Sorter interface {
	// Named is which account a message is about. It proves nothing; empty is none.
	Named(body []byte) string
}

// Opening asks a gateway for an account.
type Opening struct {
	Ref
	Country string // in which the store is at home: ISO 3166-1, "LU"
}

// Invitation is for whom an address is made, and to which path of the store's staff it
// leads back.
type Invitation struct {
	External string // the gateway's name of the account
	Back     string
}

// Standing is how an account stands at the gateway.
type Standing struct {
	// Outcome is Succeeded when the gateway says how it stands; else it is Unknown,
	// Declined when none is opened, or Elsewhere when there is none of that name that the
	// platform may speak for, and the rest says nothing.
	Outcome  Outcome
	Problem  string // of one that is not opened: the gateway's code
	External string
	Told     bool      // its owner has told all that the gateway asks for at first
	Charges  bool      // it can be paid
	Payouts  bool      // what it has is paid out
	Wanted   int64     // how many things the gateway wants to know yet
	WantedBy time.Time // until when; zero is no time
	Stopped  string    // the gateway's code of why it takes nothing; empty when it does
}
