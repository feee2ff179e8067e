package payments

import (
	"context"
	"errors"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/id"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// Listener is a gateway that tells by itself when something changed.
type Listener interface {
	// Verify proves that a message comes from the store's account at the gateway,
	// and reads it. It asks nobody for more than the certificate that signs; the error
	// is a Refusal, or that nobody could tell: then the gateway has to send it again.
	Verify(ctx context.Context, in tenant.Store, m Message) (Notice, error)
}

// Message is what somebody sent to the address at which a gateway tells.
type Message struct {
	Body   []byte // as it came
	Header func(name string) string
	At     time.Time
}

// Notice is what a message that was verified is about. More is not believed: how
// things stand is asked of the gateway.
type Notice struct {
	Event  string // the gateway's name of the event
	Kind   string // "payment_intent.succeeded"
	Charge string // the gateway's name of the request; empty when it is about none

	Dispute string // the gateway's name of the dispute of it; empty when it is about none
	Account string // the gateway's name of the account, when it is about how that stands
}

// Refusal is why a message is not taken.
type Refusal string

// The refusals.
const (
	BadSignature Refusal = "signature" // it was not signed by the gateway, or changed on its way
	BadTime      Refusal = "time"      // too old, or from the future
	BadAccount   Refusal = "account"   // about another account, or test where live is meant
	BadForm      Refusal = "form"      // signed, and not readable
	TooLarge     Refusal = "size"
)

// Error implements error.
func (r Refusal) Error() string { return "refused for its " + string(r) }

// largestMessage is how much of a message is read.
const largestMessage = 1 << 20

var (
	errNoListener = fault.New(fault.NotFound, "payments.unknown_method")
	errRefused    = fault.New(fault.Rule, "payments.message_refused")
	errNoAnswer   = fault.New(fault.Upstream, "payments.no_answer")
)

// EventID names an event that a gateway told of.
type EventID = id.ID[eventKind]

type eventKind struct{}

// Prefix of event identifiers.
func (eventKind) Prefix() string { return "pev" }

// eventStatus is where an event stands.
type eventStatus string

const (
	eventWaiting eventStatus = "waiting" // the gateway is going to be asked
	eventDone    eventStatus = "done"
	eventForeign eventStatus = "foreign" // about something that we did not ask for
)

// told is an event that a gateway told of.
type told struct {
	ID      EventID
	Gateway string
	Notice
	Status     eventStatus
	ReceivedAt time.Time
}

// hookPurpose keeps the addresses of gateways apart from other signed links.
const hookPurpose = "payments.hook"

// HookPath is the path, among the store's own pages, at which a gateway tells a
// store. Only we can make it, so that strangers do not even reach the signature.
func (m *Module) HookPath(in tenant.Store, gateway string) string {
	return "/hooks/" + gateway + "/" + m.need.Kit.Sign.Sign(hookPurpose+"."+gateway, int64(in.ID()), 0, 0)
}

// listener finds the gateway that an address names.
func (m *Module) listener(in tenant.Store, gateway, token string) (Listener, error) {
	g, _ := m.gateway(gateway)
	l, ok := g.(Listener)
	if !ok {
		return nil, errNoListener
	}
	if _, err := m.need.Kit.Sign.Open(hookPurpose+"."+gateway, int64(in.ID()), token); err != nil {
		return nil, errNoListener
	}
	return l, nil
}

// listens tells whether any gateway tells by itself.
func (m *Module) listens() bool {
	for _, g := range m.gateways {
		if _, ok := g.(Listener); ok {
			return true
		}
	}
	return false
}

// hook is the address that a message came to.
type hook struct{ gateway, token string }

// receive takes a message: verified, stored once per event, and answered. A job
// does the rest, so that the gateway does not wait for itself.
func (m *Module) receive(ctx context.Context, in tenant.Store, h hook, msg Message) error {
	l, err := m.listener(in, h.gateway, h.token)
	if err != nil {
		return err
	}
	err = m.take(ctx, in, l, h.gateway, msg)
	if why, ok := errors.AsType[Refusal](err); ok {
		return m.refuse(ctx, in, h.gateway, why)
	}
	return err
}

// take is receive for a store of which it is known that it may be meant; the error of a
// message that is not taken is its Refusal.
func (m *Module) take(ctx context.Context, in tenant.Store, l Listener, gateway string, msg Message) (err error) {
	msg.At = m.need.Kit.Clock.Now()
	var n Notice
	if len(msg.Body) > largestMessage {
		err = TooLarge
	} else {
		n, err = l.Verify(ctx, in, msg)
	}
	if err != nil {
		return err
	}
	if n.Account != "" {
		return m.toldOfAccount(ctx, in, gateway)
	}
	if n.Charge == "" && n.Dispute == "" {
		return nil // the account is used for other things too
	}
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		e := told{ID: db.NewID[eventKind](tx), Gateway: gateway, Notice: n, Status: eventWaiting}
		fresh, err := insertEvent(ctx, tx, e)
		if err != nil || !fresh {
			return err
		}
		return m.heedSoon(ctx, tx, e.ID)
	})
}

// refuse writes down that a message was not taken, and nothing of what it said.
func (m *Module) refuse(ctx context.Context, in tenant.Store, gateway string, why Refusal) error {
	err := db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		return m.need.Audit.Record(ctx, tx, tenancyapi.Entry{
			Actor: auth.SystemActor, Action: "payments.refuse_message", Target: gateway, Title: gateway, After: map[string]string{"reason": string(why)},
		})
	})
	if err != nil {
		return err
	}
	return errRefused
}
