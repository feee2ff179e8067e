// Package messagingui draws the pages of messaging: the form on the storefront,
// the inbox, and a conversation from both sides.
package messagingui

import (
	"context"

	"orion/kit/ui"
)

func t(ctx context.Context, key string, kv ...any) string { return ui.Words(ctx).T(key, kv...) }

// Contact is the page with the form.
type Contact struct {
	Shop, ShopEmail, ShopPhone string
	Address                    []string
	Name, Email                string // of who is signed in
	Order, Subject             string // from the link that led here
	Ticket                     string
	State                      ui.Form
}

// Sent says that a message arrived.
type Sent struct{ Shop string }

// Said is one message.
type Said struct {
	Author string
	Store  bool // the store wrote it
	Body   string
	At     string
}

// Linked is a conversation as the shopper sees it.
type Linked struct {
	Path    string
	Subject string
	Said    []Said
	Closed  bool
	Full    bool // nothing can be added
	Ticket  string
	State   ui.Form
}

// Inbox is the staff's list.
type Inbox struct {
	Tabs   []ui.Tab
	Filter ui.FilterBar
	Rows   []Row
	First  string
	Next   string
	Fresh  bool // there has never been one
	Done   bool // none waits for an answer
}

// Row is a conversation in the staff's list.
type Row struct {
	ID, Name, Email, Subject, Excerpt, State, At string
	Unread                                       bool
}

// Talk is a conversation as staff see it.
type Talk struct {
	Row
	Said     []Said
	Lang     string
	LangName string
	Customer string // path of the customer's page, empty for who was not signed in
	Order    string
	Orders   string // path of the search for it
	Begun    string
	May      bool // may answer
	Full     bool
	Ticket   string
	Form     ui.Form
}

var tones = map[string]ui.Tone{"open": ui.Warn, "answered": ui.OK}

func stateBadge(ctx context.Context, state string) ui.Badge {
	return ui.Badge{Label: t(ctx, "messaging.state_"+state), Tone: tones[state]}
}
