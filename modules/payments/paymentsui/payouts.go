package paymentsui

import (
	"net/url"
	"time"

	"orion/kit/money"
)

// Payouts is the page of what a gateway pays out to a store's bank.
type Payouts struct {
	Base        string
	Gateway     string // in words; empty when the store has no account that pays out
	Silent      bool   // the gateway did not answer
	Connections string // where accounts are connected; empty for who may not
	Available   []money.Amount
	Pending     []money.Amount
	Rows        []Payout
	First, Next string
}

// With is the list from behind a payout on.
func (v Payouts) With(after string) string {
	return v.Base + "?" + url.Values{"after": {after}}.Encode()
}

// Payout is an amount that goes to a store's bank.
type Payout struct {
	ID, Href string
	Status   string
	Amount   money.Amount
	MadeAt   time.Time
	Arrives  time.Time
	Reason   string // of one that failed, the gateway's word
}

// PayoutDetail is one with what it is made of.
type PayoutDetail struct {
	Payout
	Base        string
	Gateway     string // in words
	Lines       []PayoutLine
	First, Next string
}

// With is what it is made of from behind a line on.
func (v PayoutDetail) With(after string) string {
	return v.Href + "?" + url.Values{"after": {after}}.Encode()
}

// PayoutLine is a part of a payout.
type PayoutLine struct {
	Kind, What string
	Payment    string // path of its page; empty when it is none of ours
	Reference  string
	Gross      money.Amount
	Fee        money.Amount
	Net        money.Amount
	At         time.Time
}
