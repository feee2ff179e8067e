package paymentsui

import (
	"net/url"
	"time"

	"orion/kit/money"
	"orion/kit/ui"
)

// Differences is the page on which our books are held against those of gateways.
type Differences struct {
	Base        string
	Closed      bool   // those that are over are shown
	Compare     string // where a comparison is asked for; empty for who may not
	Gateways    []ui.Option
	Rows        []Difference
	First, Next string
	Compared    []Comparison // the newest first
	Running     bool         // one of them
}

// With is the list from behind a cursor on.
func (v Differences) With(after string) string {
	q := url.Values{}
	if v.Closed {
		q.Set("status", "closed")
	}
	if after != "" {
		q.Set("after", after)
	}
	if len(q) == 0 {
		return v.Base
	}
	return v.Base + "?" + q.Encode()
}

// Difference is money that a gateway has otherwise than we do.
type Difference struct {
	ID, Kind  string
	Gateway   string // in words
	External  string
	Payment   string // path of its page; empty when there is none
	Reference string
	Ours      money.Amount
	Theirs    money.Amount
	Open      bool
	Owner     string
	Note      string
	ClosedBy  string
	FoundAt   time.Time
	SeenAt    time.Time
	ClosedAt  time.Time
}

// DifferenceDetail is one with what can be done about it.
type DifferenceDetail struct {
	Difference
	Base     string
	MayClose bool
	MayBook  bool
	State    ui.Form // of the form that was sent and is wrong
}

// Comparison is one time that books were compared.
type Comparison struct {
	Gateway  string // in words
	From, To time.Time
	Status   string
	Actor    string
	At       time.Time

	Matched, Mended, Other, Different, Unknown int64
}
