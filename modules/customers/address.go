package customers

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/id"
	"orion/kit/tenant"
	"orion/modules/customers/customersapi"
)

// AddressID names a saved address.
type AddressID = id.ID[addressKind]

type addressKind struct{}

// Prefix of address identifiers.
func (addressKind) Prefix() string { return "adr" }

const (
	maxAddresses = 20
	maxLine      = 200
)

// Saved is an address that a customer keeps for the next order. As long as
// there is one, exactly one is the default.
type Saved struct {
	ID AddressID `json:"id"`
	customersapi.Address
	Default bool `json:"default"`
}

func tidyAddress(a customersapi.Address) customersapi.Address {
	for _, s := range []*string{&a.Name, &a.Company, &a.Line1, &a.Line2, &a.Postal, &a.City, &a.Phone} {
		*s = clip(*s, maxLine)
	}
	a.Country = strings.ToUpper(clip(a.Country, 2))
	return a
}

func checkAddress(a customersapi.Address) error {
	bad := errAddress
	for _, f := range []struct{ name, value string }{
		{"name", a.Name}, {"line1", a.Line1}, {"postal", a.Postal}, {"city", a.City},
	} {
		if f.value == "" {
			bad = bad.Field(f.name, "form.required")
		}
	}
	if !isCountry(a.Country) {
		bad = bad.Field("country", "form.choose")
	}
	return bad.OrNil()
}

func isCountry(code string) bool {
	r, err := language.ParseRegion(code)
	return err == nil && len(code) == 2 && r.IsCountry()
}

// SavedAddresses are those of a customer, the default first.
func (m *Module) SavedAddresses(ctx context.Context, in tenant.Store, id auth.CustomerID) ([]Saved, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) ([]Saved, error) { return addressesOf(ctx, tx, id) })
}

// SaveAddress adds an address, or changes the one that it names. The first one
// becomes the default.
func (m *Module) SaveAddress(ctx context.Context, in tenant.Store, owner auth.CustomerID, a Saved) (Saved, error) {
	a.Address = tidyAddress(a.Address)
	if err := checkAddress(a.Address); err != nil {
		return a, err
	}
	return db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (Saved, error) {
		all, err := addressesOf(ctx, tx, owner)
		if err != nil {
			return a, err
		}
		wanted := a.Default || len(all) == 0
		if a.ID.IsZero() {
			if len(all) >= maxAddresses {
				return a, errTooMany.With("max", maxAddresses)
			}
			a.ID, a.Default = db.NewID[addressKind](tx), false
			err = insertAddress(ctx, tx, owner, a)
		} else {
			at := slices.IndexFunc(all, func(s Saved) bool { return s.ID == a.ID })
			if at < 0 {
				return a, errUnknown
			}
			wanted = wanted || all[at].Default
			err = updateAddress(ctx, tx, owner, a)
		}
		if err != nil || !wanted {
			return a, err
		}
		a.Default = true
		return a, moveDefault(ctx, tx, owner, a.ID)
	})
}

// PreferAddress makes an address the default.
func (m *Module) PreferAddress(ctx context.Context, in tenant.Store, owner auth.CustomerID, a AddressID) error {
	return m.withAddress(ctx, in, owner, a, func(tx tx, _ []Saved) error { return moveDefault(ctx, tx, owner, a) })
}

// RemoveAddress removes an address. When it was the default, the oldest that is
// left becomes it.
func (m *Module) RemoveAddress(ctx context.Context, in tenant.Store, owner auth.CustomerID, a AddressID) error {
	return m.withAddress(ctx, in, owner, a, func(tx tx, all []Saved) error {
		if err := deleteAddress(ctx, tx, owner, a); err != nil {
			return err
		}
		if !all[0].Default || all[0].ID != a || len(all) == 1 {
			return nil
		}
		return moveDefault(ctx, tx, owner, all[1].ID)
	})
}

// withAddress runs fn if the customer has the address.
func (m *Module) withAddress(ctx context.Context, in tenant.Store, owner auth.CustomerID, a AddressID, fn func(tx, []Saved) error) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		all, err := addressesOf(ctx, tx, owner)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(s Saved) bool { return s.ID == a }) {
			return errUnknown
		}
		return fn(tx, all)
	})
}
