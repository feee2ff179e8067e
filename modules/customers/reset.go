package customers

import (
	"context"
	"strconv"
	"strings"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/id"
	"orion/kit/tenant"
)

const resetAge = time.Hour

// resetPurpose names the password that a link replaces, so that the link is
// spent as soon as there is another.
func resetPurpose(version int64) string { return "customers.reset." + strconv.FormatInt(version, 10) }

// resetToken says whose it is before what is signed, because the signature can
// only be checked with the customer's present version.
func (m *Module) resetToken(in tenant.Store, c Customer) string {
	return c.ID.String() + "." + m.need.Kit.Sign.Sign(resetPurpose(c.version), int64(in.ID()), int64(c.ID), resetAge)
}

// Forgot sends a link to choose a new password, if there is an account. A guest
// is sent one to make an account. The answer is always the same.
func (m *Module) Forgot(ctx context.Context, in tenant.Store, email string, h Letterhead) error {
	email = clip(email, maxEmail+1)
	if err := checkEmail(errRegistration, email).OrNil(); err != nil {
		return err
	}
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		c, found, err := findByEmail(ctx, tx, email)
		switch {
		case err != nil || !found || c.Status == Blocked:
			return err
		case c.Status == Guest:
			return m.invite(ctx, tx, Registration{Email: c.Email, Name: c.Name}, h)
		}
		return m.resetLetter(ctx, tx, h, c)
	})
}

// ResetFor is the customer whose password a link replaces.
func (m *Module) ResetFor(ctx context.Context, in tenant.Store, token string) (Customer, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Customer, error) { return m.opened(ctx, tx, token) })
}

func (m *Module) opened(ctx context.Context, tx tx, token string) (Customer, error) {
	name, signed, _ := strings.Cut(token, ".")
	cid, err := parseCustomer(name)
	if err != nil {
		return Customer{}, auth.ErrLink
	}
	c, err := findCustomer(ctx, tx, cid)
	if err != nil || !c.mayEnter() {
		return Customer{}, auth.ErrLink
	}
	if _, err := m.need.Kit.Sign.Open(resetPurpose(c.version), int64(tx.Scope().ID()), signed); err != nil {
		return Customer{}, err
	}
	return c, nil
}

// Reset gives the customer of a link another password, signs them out wherever
// they were, and in here.
func (m *Module) Reset(ctx context.Context, in tenant.Store, token, password string, h Letterhead) (string, error) {
	if _, err := m.ResetFor(ctx, in, token); err != nil {
		return "", err // before the work of hashing
	}
	hash, err := auth.Hash(ctx, password)
	if err != nil {
		return "", err
	}
	c, err := db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (Customer, error) {
		c, err := m.opened(ctx, tx, token)
		if err != nil {
			return c, err
		}
		return c, m.replacePassword(ctx, tx, c, hash, h)
	})
	if err != nil {
		return "", err
	}
	if err := m.signOutEverywhere(ctx, in, c.ID); err != nil {
		return "", err
	}
	return m.start(ctx, in, c.ID)
}

// PasswordChange is what a signed-in customer says who wants another password.
type PasswordChange struct {
	Old string
	New string
}

// ChangePassword replaces the password of a customer who knows it, and gives a
// new session in place of all that there were.
func (m *Module) ChangePassword(ctx context.Context, in tenant.Store, id auth.CustomerID, p PasswordChange, h Letterhead) (string, error) {
	c, err := m.Customer(ctx, in, id)
	if err != nil {
		return "", err
	}
	if !auth.Verify(ctx, p.Old, c.hash) {
		return "", errPassword.Field("old", "customers.wrong_password")
	}
	hash, err := auth.Hash(ctx, p.New)
	if err != nil {
		return "", err
	}
	if err := db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error { return m.replacePassword(ctx, tx, c, hash, h) }); err != nil {
		return "", err
	}
	if err := m.signOutEverywhere(ctx, in, id); err != nil {
		return "", err
	}
	return m.start(ctx, in, id)
}

func (m *Module) replacePassword(ctx context.Context, tx tx, c Customer, hash string, h Letterhead) error {
	if err := setPassword(ctx, tx, c.ID, hash); err != nil {
		return err
	}
	c.version++
	return m.changedLetter(ctx, tx, h, c)
}

func parseCustomer(s string) (auth.CustomerID, error) {
	var zero auth.CustomerID
	if err := zero.UnmarshalText([]byte(s)); err != nil || zero.IsZero() {
		return 0, errUnknown
	}
	return zero, nil
}

func parseAddress(s string) (AddressID, error) {
	a, err := id.Parse[addressKind](s)
	if err != nil || a.IsZero() {
		return 0, errUnknown
	}
	return a, nil
}
