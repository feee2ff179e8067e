package paytest

import "slices"

// Move is why money moved.
type Move string

// The moves.
const (
	Authorise Move = "authorise" // held on the card
	Capture   Move = "capture"   // taken
	Release   Move = "release"   // let go
	GiveBack  Move = "refund"

	TakeFee   Move = "application_fee" // to the account above
	ReturnFee Move = "fee_refund"

	Withdraw  Move = "dispute"          // taken back by the card's bank
	Reinstate Move = "dispute_reversal" // and given again
)

// Entry is a line of the gateway's own ledger, against which ours is held.
type Entry struct {
	Move     Move
	Intent   string
	Amount   int64
	Currency string
	Metadata map[string]string // of the intent
}

// book writes a line; the books are locked.
func (s *Stripe) book(a *account, i *Intent, m Move, amount int64) {
	a.ledger = append(a.ledger, Entry{m, i.ID, amount, i.Currency, i.Metadata})
}

// Ledger is what happened to an account's money, the oldest first. An account under
// another is named by its identifier instead of a secret, here and below.
func (s *Stripe) Ledger(secret string) []Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tick()
	return slices.Clone(s.of(secret).ledger)
}

// Intents are an account's intents, the oldest first.
func (s *Stripe) Intents(secret string) []Intent {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Intent
	for _, i := range s.of(secret).intents {
		out = append(out, *i)
	}
	return out
}

// of finds an account; the books are locked. An unknown one has nothing.
func (s *Stripe) of(secret string) *account {
	for _, a := range s.accounts {
		if secret != "" && (a.Secret == secret || a.id == secret) {
			return a
		}
	}
	return &account{}
}
