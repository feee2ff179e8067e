package payments

import (
	"time"

	"orion/kit/fault"
	"orion/kit/money"
)

// Account is a side of a posting.
type Account string

// The accounts. What payers gave stands negative on Payer.
const (
	Payer Account = "payer" // the outside
	Kept  Account = "held"  // authorised and not captured
	Store Account = "store" // the store's money
)

// PostingKind says why money moved.
type PostingKind string

// The kinds of posting.
const (
	Authorise PostingKind = "authorise"
	Capture   PostingKind = "capture"
	Void      PostingKind = "void"
	GiveBack  PostingKind = "refund"
)

var (
	// ErrTooMuch is the answer to giving back more than was taken.
	ErrTooMuch = fault.New(fault.Rule, "payments.refund_too_much")
	errAmount  = fault.New(fault.Invalid, "payments.bad_amount")
	errLedger  = fault.New(fault.Internal, "payments.ledger_broken")
)

// posting moves an amount from one account to another: two entries that sum to
// zero by construction.
type posting struct {
	Kind     PostingKind
	From, To Account
	Minor    int64
}

// Entry is one side of a posting in the ledger. Entries are never changed.
type Entry struct {
	Posting int64
	Kind    PostingKind
	Account Account
	Amount  money.Amount
	Note    string
	Actor   string
	At      time.Time
}

// totals are what the ledger says about a payment, in minor units.
type totals struct {
	Authorised int64
	Captured   int64
	Refunded   int64
	Aside      int64 // reserved by refunds under way
}

// refundable is what can still be given back.
func (t totals) refundable() int64 { return t.Captured - t.Refunded - t.Aside }

// valid holds the ledger's promises; the table's CHECK repeats them.
func (t totals) valid() bool {
	return t.Captured >= 0 && t.Authorised >= t.Captured && t.Refunded >= 0 && t.Aside >= 0 && t.Refunded+t.Aside <= t.Captured
}

// authorise books that an amount is held for us.
func (t *totals) authorise(minor int64) (posting, error) {
	if minor <= 0 {
		return posting{}, errAmount
	}
	t.Authorised += minor
	return posting{Authorise, Payer, Kept, minor}, t.check()
}

// capture books that a held amount became ours.
func (t *totals) capture(minor int64) (posting, error) {
	if minor <= 0 || minor > t.Authorised-t.Captured {
		return posting{}, errAmount
	}
	t.Captured += minor
	return posting{Capture, Kept, Store, minor}, t.check()
}

// void books that what is held and was not captured is let go.
func (t *totals) void() (posting, error) {
	minor := t.Authorised - t.Captured
	if minor <= 0 {
		return posting{}, errAmount
	}
	t.Authorised -= minor
	return posting{Void, Kept, Payer, minor}, t.check()
}

// setAside reserves an amount for a refund before the gateway is asked.
func (t *totals) setAside(minor int64) error {
	switch {
	case minor <= 0:
		return errAmount
	case minor > t.refundable():
		return ErrTooMuch
	}
	t.Aside += minor
	return t.check()
}

// putBack ends a refund that did not happen.
func (t *totals) putBack(minor int64) error {
	if minor <= 0 || minor > t.Aside {
		return errAmount
	}
	t.Aside -= minor
	return t.check()
}

// refund books that an amount which was set aside went back to the payer.
func (t *totals) refund(minor int64) (posting, error) {
	if err := t.putBack(minor); err != nil {
		return posting{}, err
	}
	t.Refunded += minor
	return posting{GiveBack, Store, Payer, minor}, t.check()
}

// takeBack books that an amount which was given back did not arrive.
func (t *totals) takeBack(minor int64) (posting, error) {
	if minor <= 0 || minor > t.Refunded {
		return posting{}, errAmount
	}
	t.Refunded -= minor
	return posting{GiveBack, Payer, Store, minor}, t.check()
}

func (t *totals) check() error {
	if !t.valid() {
		return errLedger
	}
	return nil
}
