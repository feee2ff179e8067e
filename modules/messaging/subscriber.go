package messaging

import (
	"time"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/id"
)

// SubscriberID names who wants a store's newsletter.
type SubscriberID = id.ID[subscriberKind]

type subscriberKind struct{}

// Prefix of subscribers' identifiers.
func (subscriberKind) Prefix() string { return "sub" }

// Step is how far a subscription is.
type Step string

// The steps of a subscription. Only who followed the link of the mail is active.
const (
	Asked  Step = "asked"
	Active Step = "active"
	Left   Step = "left"
)

// Steps are all of them, in the order of the tabs.
var Steps = []Step{Active, Asked, Left}

var (
	errNoSubscriber = fault.New(fault.NotFound, "messaging.no_subscriber")
	errNoNewsletter = fault.New(fault.NotFound, "messaging.no_newsletter")
	errStale        = fault.New(fault.NotFound, "messaging.subscription_stale")
)

const (
	subscribePurpose = "messaging.subscribe"
	leavePurpose     = "messaging.leave"
	// confirmAge is how long the link of the first mail works, and an address is
	// kept that nobody confirms; leftAge is how long a consent can be proved after
	// its end. The statement stores_with_forgotten_subscribers has the same times.
	confirmAge = 7 * 24 * time.Hour
	leftAge    = 3 * 365 * 24 * time.Hour
	// again is the time in which a repeated wish sends no second mail.
	again = 10 * time.Minute
)

// Subscriber is an address that wants a store's newsletter, or wanted it.
type Subscriber struct {
	ID      SubscriberID
	Email   string
	Lang    i18n.Lang
	Step    Step
	Mailed  time.Time // when the last link to confirm was sent
	Changed time.Time
}

// Evidence is one thing that somebody said about the newsletter.
type Evidence struct {
	Subscriber SubscriberID
	Act        string    // "asked", "confirmed" or "left"
	Wording    string    // that they read when they did
	Lang       i18n.Lang // of the wording
	Source     string    // where: "footer", "page", "link", "mail"
	At         time.Time
}
