package payments

import (
	"cmp"
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

// AccountID names an account that a platform opened for a store.
type AccountID = id.ID[accountKind]

type accountKind struct{}

// Prefix of the identifiers of accounts.
func (accountKind) Prefix() string { return "pac" }

var (
	errNoUmbrella = fault.New(fault.Rule, "payments.no_umbrella")
	errNotOpened  = fault.New(fault.Rule, "payments.account_not_opened")
)

// accountStatus is where an account stands.
type accountStatus string

const (
	accountAsked   accountStatus = "asked"   // the gateway is asked for it
	accountBegun   accountStatus = "begun"   // its owner has to tell the gateway more
	accountChecked accountStatus = "checked" // the gateway looks at what it was told
	accountActive  accountStatus = "active"  // it can be paid
	accountLeft    accountStatus = "left"    // the platform may not speak for it any more
)

// opened is an account that a platform opened for a store.
type opened struct {
	ID        AccountID
	Gateway   string
	Umbrella  string // the platform's, under which it is
	Key       string // stored before the gateway is called
	External  string // the gateway's name of it; empty until it has answered
	Status    accountStatus
	Payouts   bool
	Wanted    int64
	WantedBy  time.Time
	Stopped   string
	Checks    int64
	CheckAt   time.Time // when the gateway is asked next; zero is when it tells, or somebody asks
	CreatedAt time.Time
}

func (a opened) ref() Ref { return Ref{Key: a.Key, External: a.External, At: a.CreatedAt} }

// learn is the account once the gateway has said how it stands. While something is to
// happen at the gateway it is asked now and then, should its messages be lost.
func (a *opened) learn(s Standing, now time.Time) {
	a.Checks++
	wait := min(firstCheck<<min(a.Checks, 10), lastCheck)
	switch s.Outcome {
	case Succeeded:
		a.External, a.Payouts, a.Wanted, a.WantedBy, a.Stopped = s.External, s.Payouts, s.Wanted, s.WantedBy, s.Stopped
		a.CheckAt = now.Add(lastCheck)
		switch {
		case s.Charges:
			a.Status, a.CheckAt, a.Checks = accountActive, time.Time{}, 0
		case !s.Told || s.Wanted > 0:
			a.Status = accountBegun
		default:
			a.Status = accountChecked
		}
	case Declined:
		a.CheckAt, a.Stopped = time.Time{}, cmp.Or(s.Problem, "declined")
	case Elsewhere:
		switch {
		case a.External != "":
			a.Status, a.CheckAt = accountLeft, time.Time{}
		case now.Sub(a.CreatedAt) > early: // it never arrived: it is opened when somebody asks again
			a.CheckAt = time.Time{}
		default:
			a.CheckAt = now.Add(wait)
		}
	default:
		a.CheckAt = now.Add(wait)
	}
}

// onboarder is the gateway of that code, if stores can have accounts under a platform's.
func (m *Module) onboarder(gateway string) (Onboarder, bool) {
	g, _ := m.gateway(gateway)
	o, ok := g.(Onboarder)
	return o, ok && m.need.Keep != nil
}

// onboards tells whether any gateway has accounts under a platform's.
func (m *Module) onboards() bool {
	for _, g := range m.gateways {
		if _, ok := m.onboarder(g.Descriptor().Code); ok {
			return true
		}
	}
	return false
}

// accountOf is the store's account under its platform's; false is none.
func (m *Module) accountOf(ctx context.Context, in tenant.Store, gateway string) (opened, bool, error) {
	far, ok := m.onboarder(gateway)
	if !ok {
		return opened{}, false, nil
	}
	umbrella := far.Umbrella(in)
	if umbrella == "" {
		return opened{}, false, nil
	}
	a, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (opened, error) { return accountUnder(ctx, tx, gateway, umbrella) })
	if errors.Is(err, db.ErrNoRow) {
		return opened{}, false, nil
	}
	return a, err == nil, err
}

// Founder is who opens an account for a store.
type Founder struct {
	Actor   auth.Actor
	Country string // in which the store is at home
}

// OpenAccount opens an account for a store under its platform's, once: who asks again
// gets the same. That it was asked for is stored first, with the key of it.
func (m *Module) OpenAccount(ctx context.Context, in tenant.Store, gateway string, by Founder) (AccountID, error) {
	far, ok := m.onboarder(gateway)
	if !ok {
		return 0, errNoListener
	}
	umbrella := far.Umbrella(in)
	if umbrella == "" {
		return 0, errNoUmbrella
	}
	a, err := db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (opened, error) {
		a, err := accountUnder(ctx, tx, gateway, umbrella)
		if err != nil && !errors.Is(err, db.ErrNoRow) || err == nil && a.Status != accountLeft {
			return a, err
		}
		a = opened{ID: db.NewID[accountKind](tx), Gateway: gateway, Umbrella: umbrella, Status: accountAsked, CheckAt: tx.Now().Add(firstCheck)}
		a.Key = keyPrefix + a.ID.String()
		if err := insertAccount(ctx, tx, a); err != nil {
			return a, err
		}
		e := tenancyapi.Entry{Actor: by.Actor, Action: "payments.open_account", Target: gateway, Title: gateway}
		if err := m.need.Audit.Record(ctx, tx, e); err != nil {
			return a, err
		}
		return accountUnder(ctx, tx, gateway, umbrella) // that of whoever was quicker
	})
	if err != nil || a.External != "" {
		return a.ID, err
	}
	s := m.askStanding(ctx, in, a, func(ctx context.Context) (Standing, error) {
		return far.OpenAccount(ctx, in, Opening{Ref: a.ref(), Country: by.Country})
	})
	if err := m.settleAccount(context.WithoutCancel(ctx), in, a.ID, s); err != nil {
		return a.ID, err
	}
	switch s.Outcome {
	case Succeeded:
		return a.ID, nil
	case Declined:
		return a.ID, errNotOpened
	}
	return a.ID, errNoAnswer
}

// InviteOwner is an address at the gateway at which the owner of an account goes on.
func (m *Module) InviteOwner(ctx context.Context, in tenant.Store, number AccountID, back string) (string, error) {
	a, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (opened, error) { return findAccount(ctx, tx, number) })
	if err != nil {
		return "", err
	}
	far, ok := m.onboarder(a.Gateway)
	if !ok || a.External == "" || far.Umbrella(in) != a.Umbrella {
		return "", errNoUmbrella
	}
	s := m.call(ctx, in, question{a.Gateway, "invite", func(ctx context.Context) (Snapshot, error) {
		return far.Invite(ctx, in, Invitation{External: a.External, Back: back})
	}})
	if s.Outcome != Succeeded || s.Redirect == "" {
		return "", errNoAnswer
	}
	return s.Redirect, nil
}

// LookAtAccount asks the gateway how an account stands, and writes it down. Nothing is
// asked while the store's platform has another account.
func (m *Module) LookAtAccount(ctx context.Context, in tenant.Store, number AccountID) error {
	a, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (opened, error) { return findAccount(ctx, tx, number) })
	if err != nil {
		return err
	}
	s := Standing{Outcome: Unknown}
	if far, ok := m.onboarder(a.Gateway); ok && far.Umbrella(in) == a.Umbrella {
		s = m.askStanding(ctx, in, a, func(ctx context.Context) (Standing, error) {
			return far.Account(ctx, in, a.ref())
		})
	}
	if err := m.settleAccount(context.WithoutCancel(ctx), in, number, s); err != nil {
		return err
	}
	if s.Outcome == Unknown {
		return errNoAnswer
	}
	return nil
}

// lookSometime is LookAtAccount for whom no answer is none yet: when it is asked again is
// written down.
func (m *Module) lookSometime(ctx context.Context, in tenant.Store, number AccountID) error {
	if err := m.LookAtAccount(ctx, in, number); !errors.Is(err, errNoAnswer) {
		return err
	}
	return nil
}

func (m *Module) askStanding(ctx context.Context, in tenant.Store, a opened, ask func(context.Context) (Standing, error)) Standing {
	var said Standing
	s := m.call(ctx, in, question{a.Gateway, "account", func(ctx context.Context) (Snapshot, error) {
		answer, err := ask(ctx)
		said = answer
		return Snapshot{Outcome: answer.Outcome}, err
	}})
	if s.Outcome == Unknown {
		return Standing{Outcome: Unknown}
	}
	return said
}

// settleAccount writes down how an account stands, and keeps in memory what pages and
// calls need of it.
func (m *Module) settleAccount(ctx context.Context, in tenant.Store, number AccountID, s Standing) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		return m.need.Keep(ctx, tx, accountsName, func() (any, error) {
			a, err := findAccount(ctx, tx, number)
			if err != nil {
				return nil, err
			}
			if s.Outcome == Succeeded && a.External != "" && a.External != s.External {
				return nil, errGuard
			}
			a.learn(s, tx.Now())
			if err := updateAccount(ctx, tx, a); err != nil {
				return nil, err
			}
			all, err := allAccounts(ctx, tx)
			kept := keptAccounts{}
			for _, a := range all {
				if a.External != "" && a.Status != accountLeft {
					kept.All = append(kept.All, keptAccount{a.Gateway, a.Umbrella, a.External, a.Status == accountActive})
				}
			}
			return kept, err
		})
	})
}

// accountsName is under which name what is kept in memory stands.
const accountsName = "payments.accounts"

// keptAccounts are a store's accounts, as every node has them in memory.
type keptAccounts struct {
	All []keptAccount `json:"all"`
}

type keptAccount struct {
	Gateway  string `json:"gateway"`
	Umbrella string `json:"umbrella"`
	External string `json:"external"`
	Active   bool   `json:"active"`
}

// under is the store's account under a platform's, from memory.
func (m *Module) under(in tenant.Store, gateway, umbrella string) (keptAccount, bool) {
	for _, a := range m.accounts.Of(in).All {
		if umbrella != "" && a.Gateway == gateway && a.Umbrella == umbrella {
			return a, true
		}
	}
	return keptAccount{}, false
}
