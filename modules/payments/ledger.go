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
	Payer Account = "payer"    // the outside
	Kept  Account = "held"     // authorised and not captured
	Store Account = "store"    // the store's money
	Claim Account = "disputed" // what a payer's bank claims, until it is decided
)

// PostingKind says why money moved.
type PostingKind string

// The kinds of posting.
const (
	Authorise PostingKind = "authorise"
	Capture   PostingKind = "capture"
	Void      PostingKind = "void"
	GiveBack  PostingKind = "refund"

	Dispute    PostingKind = "dispute"
	DisputeIn  PostingKind = "dispute_won"  // the claim is over, and the money the store's
	DisputeOut PostingKind = "dispute_lost" // the payer has it back
)

var (
	// ErrTooMuch is the answer to giving back more than was taken.
	ErrTooMuch = fault.New(fault.Rule, "payments.refund_too_much")
	// ErrDisputed is the answer to giving back what the payer's bank claims or has.
	ErrDisputed = fault.New(fault.Rule, "payments.refund_disputed")
	errAmount   = fault.New(fault.Invalid, "payments.bad_amount")
	errLedger   = fault.New(fault.Internal, "payments.ledger_broken")
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
	Disputed   int64 // claimed by the payer's bank
	Lost       int64 // taken back by it
}

// refundable is what can still be given back.
func (t totals) refundable() int64 {
	return t.Captured - t.Refunded - t.Aside - t.Disputed - t.Lost
}

// valid holds the ledger's promises; the table's CHECK repeats them.
func (t totals) valid() bool {
	return t.Captured >= 0 && t.Authorised >= t.Captured && t.Refunded >= 0 && t.Aside >= 0 && t.Disputed >= 0 && t.Lost >= 0 && t.refundable() >= 0
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
	case minor > t.refundable() && minor <= t.refundable()+t.Disputed+t.Lost:
		return ErrDisputed
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

// claim books that the payer's bank wants an amount back.
func (t *totals) claim(minor int64) (posting, error) {
	if minor <= 0 || minor > t.refundable() {
		return posting{}, errAmount
	}
	t.Disputed += minor
	return posting{Dispute, Store, Claim, minor}, t.check()
}

// win books that a claim is over, and lose that the bank got what it claims.
func (t *totals) win(minor int64) (posting, error) {
	if minor <= 0 || minor > t.Disputed {
		return posting{}, errAmount
	}
	t.Disputed -= minor
	return posting{DisputeIn, Claim, Store, minor}, t.check()
}

func (t *totals) lose(minor int64) (posting, error) {
	if minor <= 0 || minor > t.Disputed {
		return posting{}, errAmount
	}
	t.Disputed -= minor
	t.Lost += minor
	return posting{DisputeOut, Claim, Payer, minor}, t.check()
}

// winLate books that what was lost came back after all.
func (t *totals) winLate(minor int64) (posting, error) {
	if minor <= 0 || minor > t.Lost {
		return posting{}, errAmount
	}
	t.Lost -= minor
	return posting{DisputeIn, Payer, Store, minor}, t.check()
}

func (t *totals) check() error {
	if !t.valid() {
		return errLedger
	}
	return nil
}
