package customers

import (
	"context"
	"fmt"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
)

// audience is that of customers' sessions; those of staff open nothing here.
const audience = "storefront"

// person is a customer as memory knows them.
type person struct {
	store    tenant.StoreID
	customer auth.CustomerID
}

// Credentials are what somebody signs in with.
type Credentials struct {
	Email    string
	Password string
}

// SignIn starts a session and gives its token. A wrong password, an unknown
// address, a guest and a blocked customer get the same answer after the same
// work.
func (m *Module) SignIn(ctx context.Context, in tenant.Store, given Credentials) (string, error) {
	c, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Customer, error) {
		c, _, err := findByEmail(ctx, tx, given.Email)
		return c, err
	})
	if err != nil {
		return "", err
	}
	hash := c.hash
	if !c.mayEnter() {
		hash = ""
	}
	if !auth.Verify(ctx, given.Password, hash) {
		return "", errSignIn
	}
	return m.start(ctx, in, c.ID)
}

func (m *Module) start(ctx context.Context, in tenant.Store, id auth.CustomerID) (string, error) {
	token, err := m.need.Kit.Sessions.Start(ctx, auth.Session{Audience: audience, Realm: int64(in.ID()), Subject: int64(id)})
	if err != nil {
		return "", fmt.Errorf("start a session: %w", err)
	}
	return token, nil
}

// SignOut ends the session of a token.
func (m *Module) SignOut(ctx context.Context, token string) error {
	if token == "" {
		return nil
	}
	return m.need.Kit.Sessions.End(ctx, token)
}

// signOutEverywhere ends all sessions of a customer, as after a new password.
func (m *Module) signOutEverywhere(ctx context.Context, in tenant.Store, id auth.CustomerID) error {
	m.forget(in, id)
	return m.need.Kit.Sessions.EndAll(ctx, int64(id))
}

// Identify tells whose session a token is. It is asked at every page, so it
// answers from memory; what changed on another node shows within seconds.
func (m *Module) Identify(ctx context.Context, in tenant.Store, token string) (auth.Customer, bool) {
	s, ok := m.need.Kit.Sessions.Find(ctx, audience, int64(in.ID()), token)
	if !ok {
		return auth.Customer{}, false
	}
	who := person{in.ID(), auth.CustomerID(s.Subject)}
	if c, ok := m.signed.GetIfPresent(who); ok {
		return c, true
	}
	found, err := m.Customer(ctx, in, who.customer)
	if err != nil || !found.mayEnter() {
		return auth.Customer{}, false
	}
	c := auth.Customer{ID: found.ID, Name: found.Name, Email: found.Email}
	m.signed.Set(who, c)
	return c, true
}

func (m *Module) forget(in tenant.Store, id auth.CustomerID) {
	m.signed.Invalidate(person{in.ID(), id})
}
