package payments

import (
	"context"

	"orion/kit/i18n"
	"orion/kit/tenant"
)

// Saver is a gateway that can remember what somebody pays with, for their next
// purchase. What it remembers stays with it: we get a name for it, and how it looks.
type Saver interface {
	// Vault names the account in which methods are saved now; those of another cannot
	// be used. It is empty when nothing can be saved.
	Vault(in tenant.Store) string
	// Enrol makes somebody known for whom methods are saved. External is their name.
	Enrol(ctx context.Context, in tenant.Store, ref Ref) (Snapshot, error)
	// Keep has the gateway remember what a request is going to be paid with, or not. It
	// tells how the request stands.
	Keep(ctx context.Context, in tenant.Store, ref Ref, k Keeping) (Snapshot, error)
	// Drop has the gateway forget a method. It can be asked any number of times.
	Drop(ctx context.Context, in tenant.Store, ref Ref) (Snapshot, error)
}

// Reuser is a gateway that takes a request's money with a method that it remembers,
// while the payer is there: a bank may still ask them.
type Reuser interface {
	Reuse(ctx context.Context, in tenant.Store, ref Ref, r Reuse) (Snapshot, error)
}

// Collector is a gateway that remembers a method without a payment, by its form.
type Collector interface {
	// Collect begins. The same key never begins twice.
	Collect(ctx context.Context, in tenant.Store, c Collection) (Snapshot, error)
	// Collected tells how it stands, and how its form is shown; Saved is what it ended with.
	Collected(ctx context.Context, in tenant.Store, ref Ref) (Form, error)
	// Abandon ends what nobody goes on with; Saved says that it was too late.
	Abandon(ctx context.Context, in tenant.Store, ref Ref) (Snapshot, error)
}

// Keeping says for whom a method is saved; nobody saves it not.
type Keeping struct {
	Payer string
	// Where the payer comes back to from a page of the gateway's own, as in the Request.
	Return, Back string
	Lang         i18n.Lang
}

// Reuse names what a request is paid with.
type Reuse struct {
	Key    string // names this try for ever
	Payer  string // for whom the method is saved
	Method string
	Return string // path to which a bank leads back that asks on a page of its own
	Back   string // path to which it leads who does not want to
	Lang   i18n.Lang
}

// Collection asks a gateway for a method of somebody's.
type Collection struct {
	Ref
	Payer string
}

// SavedMethod is a method that a gateway remembers.
type SavedMethod struct {
	External string // the gateway's name of it; empty while it is still being saved, which is asked about again
	Look
}

// Look is how somebody tells one of their methods from another. There is no more to
// know: a card's number never comes to us.
type Look struct {
	Brand       string // "visa"; of what is no card its kind, such as "link" or "paypal"
	Account     string // of what is no card: whose it is, masked, such as "a…@example.org"
	Last4       string
	ExpMonth    int64 // zero when it does not end
	ExpYear     int64
	Fingerprint string // the same for the same card; the gateway's own
}
