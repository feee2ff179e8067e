package customers

import (
	"context"

	"orion/kit/auth"
	"orion/modules/customers/customersapi"
)

// Profile implements customersapi.Customers.
func (m *Module) Profile(ctx context.Context, tx tx, id auth.CustomerID) (customersapi.Profile, error) {
	c, err := findCustomer(ctx, tx, id)
	return c.profile(), err
}

// Ensure implements customersapi.Customers. Who has an account is not changed
// by what somebody types who has not signed in; of a guest, a consent is kept.
func (m *Module) Ensure(ctx context.Context, tx tx, g customersapi.Guest) (auth.CustomerID, error) {
	g.Email, g.Name, g.Phone = clip(g.Email, maxEmail+1), clip(g.Name, maxName), clip(g.Phone, maxPhone)
	if err := checkEmail(errProfile, g.Email).OrNil(); err != nil {
		return 0, err
	}
	c, found, err := findByEmail(ctx, tx, g.Email)
	if err != nil {
		return 0, err
	}
	if found {
		if c.Status != Guest || !g.Consent || c.Consent {
			return c.ID, nil
		}
		c.decide(true, tx.Now())
		return c.ID, updateProfile(ctx, tx, c)
	}
	c = Customer{
		ID: auth.CustomerID(tx.NewID()), Email: g.Email, Name: g.Name, Phone: g.Phone, Lang: known(g.Lang),
		Status: Guest, Created: tx.Now(),
	}
	c.decide(g.Consent, tx.Now())
	fresh, err := insertCustomer(ctx, tx, &c)
	if err != nil || fresh {
		return c.ID, err
	}
	c, _, err = findByEmail(ctx, tx, g.Email)
	return c.ID, err
}

// Addresses implements customersapi.Customers.
func (m *Module) Addresses(ctx context.Context, tx tx, id auth.CustomerID) ([]customersapi.Address, error) {
	saved, err := addressesOf(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	out := make([]customersapi.Address, len(saved))
	for i, s := range saved {
		out[i] = s.Address
	}
	return out, nil
}

// Bought implements customersapi.Customers.
func (m *Module) Bought(ctx context.Context, tx tx, id auth.CustomerID, minor int64) error {
	var p purchase
	if p.minor = minor; minor >= 0 {
		p.orders, p.at = 1, tx.Now()
	}
	found, err := addPurchase(ctx, tx, id, p)
	if err == nil && !found {
		return errUnknown
	}
	return err
}
