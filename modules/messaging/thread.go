package messaging

import (
	"strings"
	"time"
	"unicode/utf8"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/id"
	"orion/modules/messaging/messagingapi"
)

// State is whose turn it is in a conversation.
type State string

// The states of a conversation. What a shopper writes makes it open, an answer
// makes it answered; staff close it and open it again.
const (
	Open     State = "open"
	Answered State = "answered"
	Closed   State = "closed"
)

// States are all of them, in the order of the tabs.
var States = []State{Open, Answered, Closed}

var (
	errUnknown = fault.New(fault.NotFound, "messaging.unknown")
	errInvalid = fault.New(fault.Invalid, "messaging.invalid")
	errFull    = fault.New(fault.Rule, "messaging.full")
)

const (
	maxName     = 120
	maxEmail    = 254
	maxSubject  = 160
	maxOrder    = 40
	maxBody     = 5000
	excerptSize = 140
	// maxMessages is how long a conversation can get.
	maxMessages = 200
)

// MessageID names a message of a conversation.
type MessageID = id.ID[messageKind]

type messageKind struct{}

// Prefix of messages' identifiers.
func (messageKind) Prefix() string { return "msg" }

// Thread is a conversation between the store and one shopper.
type Thread struct {
	ID       messagingapi.ThreadID
	Customer auth.CustomerID // zero when nobody was signed in
	Name     string
	Email    string
	Lang     i18n.Lang // that the shopper reads
	Subject  string
	Order    string // the number of an order, as they typed it
	State    State
	Unread   bool
	Latest   MessageID
	Excerpt  string // how the latest message begins
	Messages int64
	Created  time.Time
	Changed  time.Time // when the latest message came
}

// Message is what one side wrote.
type Message struct {
	ID     MessageID
	Store  bool // staff wrote it
	Author string
	Body   string
	At     time.Time
}

// Note is what a shopper writes to a store.
type Note struct {
	Ticket   Ticket
	Customer auth.CustomerID
	Name     string
	Email    string
	Lang     i18n.Lang
	Subject  string
	Order    string
	Body     string
}

func (n Note) tidy() Note {
	n.Name, n.Email, n.Subject, n.Order = line(n.Name), line(n.Email), line(n.Subject), line(n.Order)
	n.Body = text(n.Body)
	return n
}

func (n Note) check() error {
	bad := errInvalid
	bad = needs(bad, "name", n.Name, maxName)
	bad = needs(bad, "email", n.Email, maxEmail)
	bad = needs(bad, "subject", n.Subject, maxSubject)
	if utf8.RuneCountInString(n.Order) > maxOrder {
		bad = bad.Field("order", "form.too_long", "max", maxOrder)
	}
	return needs(bad, "body", n.Body, maxBody).OrNil()
}

func needs(bad *fault.Error, field, value string, limit int) *fault.Error {
	switch {
	case value == "":
		return bad.Field(field, "form.required")
	case utf8.RuneCountInString(value) > limit:
		return bad.Field(field, "form.too_long", "max", limit)
	}
	return bad
}

// line is a text in one line, as the headers of mails take it.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// text is a text of several lines, which end alike wherever it was typed.
func text(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

// excerpt is how a text begins.
func excerpt(s string) string {
	s = line(s)
	if utf8.RuneCountInString(s) <= excerptSize {
		return s
	}
	return string([]rune(s)[:excerptSize-1]) + "…"
}

// emailKey is an address as it is compared.
func emailKey(s string) string { return strings.ToLower(s) }

// add is the conversation with one message more.
func (t *Thread) add(msg Message) {
	t.Latest, t.Excerpt, t.Changed = msg.ID, excerpt(msg.Body), msg.At
	t.Messages++
	t.Unread, t.State = !msg.Store, Open
	if msg.Store {
		t.State = Answered
	}
}
