package payments

import (
	"context"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/id"
	"orion/kit/money"
	"orion/kit/tenant"
)

// MethodID names a saved method.
type MethodID = id.ID[methodKind]

type (
	methodKind struct{}
	payerKind  struct{}
)

// Prefix of the identifiers of saved methods.
func (methodKind) Prefix() string { return "psm" }

// Prefix of the identifiers of those for whom methods are saved.
func (payerKind) Prefix() string { return "ppy" }

var (
	errNoCard   = fault.New(fault.NotFound, "payments.no_card")
	errNoSaving = fault.New(fault.Rule, "payments.no_saving")
	errNotKept  = fault.New(fault.Rule, "payments.not_kept")
	errTooMany  = fault.New(fault.Rule, "payments.too_many_cards")
)

// mostSaved is how many methods a customer may keep and begin.
const mostSaved = 20

// savedStatus is where a saved method stands.
type savedStatus string

const (
	methodAsked   savedStatus = "asked"   // its owner is entering it
	methodSaved   savedStatus = "saved"   // it can be used
	methodRemoved savedStatus = "removed" // never to be used again; the gateway is told until it has heard
)

// saved is a method that a gateway remembers for a customer.
type saved struct {
	ID       MethodID
	Customer auth.CustomerID // zero once they are forgotten
	Gateway  string
	Vault    string // of the gateway: in which account
	Key      string // stored before the gateway is called
	Setup    string // the gateway's name of how it was saved without a payment
	External string // the gateway's name of the method
	Look
	Status    savedStatus
	AgreedAt  time.Time // when its owner agreed
	Checks    int64
	CheckAt   time.Time // when the gateway is asked next; zero is never
	CreatedAt time.Time
}

// payer is for whom a gateway saves methods.
type payer struct {
	ID        id.ID[payerKind]
	Customer  auth.CustomerID
	Gateway   string
	Vault     string
	Key       string
	External  string // empty until the gateway has answered
	CreatedAt time.Time
}

// again is when the gateway is asked next: it has to hear of it, however long it takes.
func (v saved) again(now time.Time) time.Time {
	return now.Add(min(firstCheck<<min(v.Checks, 10), lastCheck))
}

func (v saved) ref() Ref { return Ref{Key: v.Key, External: v.External, At: v.CreatedAt} }

// setup names how it was saved without a payment.
func (v saved) setup() Ref { return Ref{Key: v.Key, External: v.Setup, At: v.CreatedAt} }

// Card is a saved method as its owner and staff see it.
type Card struct {
	ID      MethodID
	Gateway string
	Look
	AgreedAt time.Time
	Ended    bool // its date is over
	Usable   bool // the account in which it is saved is the one that is used now
}

func (m *Module) card(in tenant.Store, v saved, now time.Time) Card {
	c := Card{ID: v.ID, Gateway: v.Gateway, Look: v.Look, AgreedAt: v.AgreedAt}
	if v.ExpYear > 0 { // until the last day of its month, everywhere
		c.Ended = !now.Before(time.Date(int(v.ExpYear), time.Month(v.ExpMonth)+1, 2, 0, 0, 0, 0, time.UTC))
	}
	s, ok := m.saver(v.Gateway)
	c.Usable = ok && !c.Ended && v.Vault == s.Vault(in)
	return c
}

// saver is a gateway that can save methods.
func (m *Module) saver(code string) (Saver, bool) {
	g, _ := m.gateway(code)
	s, ok := g.(Saver)
	return s, ok
}

// saves tells whether any gateway can save methods.
func (m *Module) saves() bool {
	for _, g := range m.gateways {
		if _, ok := g.(Saver); ok {
			return true
		}
	}
	return false
}

// collector is the gateway with which methods can be saved in a store without a payment.
func (m *Module) collector(in tenant.Store) (code string, vault string) {
	for _, g := range m.gateways {
		s, saves := g.(Saver)
		if _, ok := g.(Collector); ok && saves && s.Vault(in) != "" && m.settings.Of(in).offers(g.Descriptor().Code, money.Amount{}) {
			return g.Descriptor().Code, s.Vault(in)
		}
	}
	return "", ""
}

// Cards are what a customer has saved, the newest first.
func (m *Module) Cards(ctx context.Context, in tenant.Store, who auth.CustomerID) ([]Card, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) ([]Card, error) { return m.cards(ctx, tx, who) })
}

func (m *Module) cards(ctx context.Context, tx tx, who auth.CustomerID) ([]Card, error) {
	all, err := methodsOf(ctx, tx, who)
	out := make([]Card, 0, len(all))
	for _, v := range all {
		out = append(out, m.card(tx.Scope(), v, tx.Now()))
	}
	return out, err
}

// enrolled is a customer by the gateway's name for them. Nobody learns it but us.
func (m *Module) enrolled(ctx context.Context, in tenant.Store, p payer) (payer, error) {
	p, err := db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (payer, error) { return ensurePayer(ctx, tx, p) })
	if err != nil || p.External != "" {
		return p, err
	}
	far, ok := m.saver(p.Gateway)
	if !ok {
		return p, errNoSaving
	}
	s := m.call(ctx, in, question{p.Gateway, "enrol", func(ctx context.Context) (Snapshot, error) {
		return far.Enrol(ctx, in, Ref{Key: p.Key, At: p.CreatedAt})
	}})
	if s.Outcome != Succeeded || s.External == "" {
		return p, errNoAnswer
	}
	p.External = s.External
	return db.Write(context.WithoutCancel(ctx), m.need.Kit.DB, in, func(tx tx) (payer, error) {
		if err := namePayer(ctx, tx, p); err != nil {
			return p, err
		}
		return ensurePayer(ctx, tx, p) // the name that was first
	})
}
