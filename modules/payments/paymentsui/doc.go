// Package paymentsui are the pages of payments: typed components over the views
// that the module fills.
package paymentsui

import (
	"net/url"
	"strconv"
	"time"

	"orion/kit/money"
	"orion/kit/ui"
)

// Wait is the page on which a payer waits for the gateway.
type Wait struct {
	Reference string
	Amount    money.Amount
	Back      string // path to go on to without waiting
}

// Test is the test gateway's own page.
type Test struct {
	Action    string // where the choice is posted to
	Reference string
	Amount    money.Amount
	Challenge bool // approve or refuse; else the outcomes
}

// Form is the page with a gateway's form.
type Form struct {
	Script, Key, Account, Secret string // of the gateway
	Test                         bool   // no money moves
	Lang                         string
	Return                       string // whole path to which the gateway leads back
	Back                         string // path to go back to without paying
	Reference                    string
	Amount                       money.Amount
	Problem                      string // why the try before failed
	Asks                         bool   // the bank asks about the saved card
	Other                        string // where another card is entered instead, then
	Save, Use                    string // where the wish to save it, and the choice of a saved one, are sent; empty when they cannot be
	Cards                        []Card // saved ones
}

// Row is a payment in the list.
type Row struct {
	ID        string
	Reference string
	Email     string
	Method    string // in words
	Status    string
	Amount    money.Amount
	Captured  money.Amount
	Refunded  money.Amount
	Disputed  money.Amount // claimed by the payer's bank
	Lost      money.Amount // taken back by it
	At        time.Time
}

// List is the list of payments with what it is filtered by.
type List struct {
	Text, Status, Method string
	Methods              []ui.Option
	Differences          string // where the books are compared; empty when none can be
	Disputes             string // where disputes are listed; empty when there can be none
	Rows                 []Row
	First                string
	Next                 string
}

// Attempt is one try to pay.
type Attempt struct {
	Number  int64
	Gateway string // in words
	Status  string
	Reason  string
	Ref     string
	At      time.Time
	NextAt  time.Time
}

// Refund is an amount that goes or went back.
type Refund struct {
	Amount  money.Amount
	Status  string
	Reason  string
	Problem string
	Actor   string
	At      time.Time
}

// Entry is a line of the ledger.
type Entry struct {
	Kind    string
	Account string
	Amount  money.Amount
	Note    string
	Actor   string
	At      time.Time
}

// Detail is a payment with everything that was done to it.
type Detail struct {
	Row
	Refundable money.Amount
	Attempts   []Attempt
	Refunds    []Refund
	Disputes   []Dispute
	Entries    []Entry
	MaySettle  bool
	MayCheck   bool
	MayCapture bool
	MayRefund  bool
	State      ui.Form // of the form that was sent and is wrong
	Wrong      string  // which: "settle" or "refund"
}

// Connections are a store's accounts at gateways.
type Connections struct {
	Settings    string // where the keys are entered
	Events      string // where what they told is listed; empty when none tells
	Differences string // where the books are compared; empty when none can be
	All         []Connection
}

// Connection is one account.
type Connection struct {
	Code, Name string
	Mode       string // "test", "live", or nothing without keys
	Hook       string // address at which the gateway tells
	Events     []string
	Check      string // where the check is sent
	Findings   []Finding
	Account    *Account // under the platform's; nil where there can be none
}

// Finding is what a check found, and how it is mended.
type Finding struct{ Grade, Title, Text string }

func (v Connection) state() string {
	if v.Mode == "" {
		return "none"
	}
	return v.Mode
}

func (v Connection) tone() ui.Tone {
	return map[string]ui.Tone{"live": ui.OK, "test": ui.Warn}[v.Mode]
}

func (f Finding) tone() ui.Tone {
	return map[string]ui.Tone{"fine": ui.OK, "doubt": ui.Warn, "wrong": ui.Bad}[f.Grade]
}

// Events is the list of what gateways told, with what it is filtered by.
type Events struct {
	Base, Back   string // of the list, and of the page above
	Text, Status string
	Rows         []Event
	First, Next  string
}

// Event is something that a gateway told of.
type Event struct {
	ID, Event, Kind, Charge, Status string
	Payment, Reference              string // empty when it is about none of ours
	At                              time.Time
}

// With is the address of the list with one parameter changed; an empty value
// takes it away.
func (v Events) With(name, value string) string {
	q := url.Values{}
	for k, s := range map[string]string{"q": v.Text, "status": v.Status, name: value} {
		if k != "" && s != "" {
			q.Set(k, s)
		}
	}
	if name != "" && value == "" {
		q.Del(name)
	}
	if len(q) == 0 {
		return v.Base
	}
	return v.Base + "?" + q.Encode()
}

func (v Events) keep() map[string]string {
	if v.Status == "" {
		return nil
	}
	return map[string]string{"status": v.Status}
}

func (v Events) clear() string {
	if v.Text == "" {
		return ""
	}
	return v.With("q", "")
}

// Path is the address of the list with its filters.
func (v List) Path() string { return v.With("", "") }

// With is the address of the list with one parameter changed; an empty value
// takes it away.
func (v List) With(name, value string) string {
	q := url.Values{}
	for k, s := range map[string]string{"q": v.Text, "status": v.Status, "method": v.Method} {
		if s != "" {
			q.Set(k, s)
		}
	}
	switch {
	case name != "" && value == "":
		q.Del(name)
	case name != "":
		q.Set(name, value)
	}
	if len(q) == 0 {
		return "/payments"
	}
	return "/payments?" + q.Encode()
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

func (v List) keep() map[string]string {
	out := map[string]string{}
	if v.Status != "" {
		out["status"] = v.Status
	}
	if v.Method != "" {
		out["method"] = v.Method
	}
	return out
}

func (v List) clear() string {
	if v.Text == "" && v.Method == "" {
		return ""
	}
	return List{Status: v.Status}.Path()
}

// state is the form that was sent, for the form that it was, and fresh for others.
func (v Detail) state(which string) ui.Form {
	if v.Wrong == which {
		return v.State
	}
	return ui.Form{}
}

var tones = map[string]ui.Tone{
	"open": ui.Neutral, "pending": ui.Warn, "authorised": ui.Info, "captured": ui.OK, "succeeded": ui.OK, "failed": ui.Bad,
	"cancelled": ui.Neutral, "partially_refunded": ui.Info, "refunded": ui.Info, "sent": ui.Warn, "unknown": ui.Warn,
	"requires_action": ui.Warn, "mismatch": ui.Bad, "declined": ui.Bad, "waiting": ui.Warn, "done": ui.OK, "foreign": ui.Neutral,
}

// Tone is the colour of a status.
func Tone(status string) ui.Tone { return tones[status] }

// Leave is the page that leads on to a gateway's own page.
type Leave struct {
	Title     string
	Service   string // in words
	To        string // address of the gateway's page
	Back      string // path to go back to without paying
	Reference string
	Amount    money.Amount
	Problem   string // why the try before failed
	Save, Use string // where the wish to save an account, and the choice of a saved one, are sent; empty when nothing can be saved
	Cards     []Card // saved accounts
}

// use and leave are which way stands out: a saved account, unless one has just failed.
func (v Leave) use() ui.Kind {
	if v.Problem == "" {
		return ui.Primary
	}
	return ui.Plain
}

func (v Leave) leave() ui.Kind {
	if len(v.Cards) > 0 && v.Problem == "" {
		return ui.Plain
	}
	return ui.Primary
}
