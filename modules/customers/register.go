package customers

import (
	"context"
	"fmt"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/customers/customersapi"
)

var errRegistration = fault.New(fault.Invalid, "customers.invalid_registration")

const (
	confirmPurpose = "customers.confirm"
	confirmAge     = 24 * time.Hour
)

// Registration is what somebody says who wants an account.
type Registration struct {
	Email   string
	Name    string
	Consent bool // to marketing mail
}

func (r Registration) check() error {
	return checkEmail(checkName(errRegistration, r.Name), r.Email).OrNil()
}

// Register sends a mail to the address. Who can read it goes on to choose a
// password; who has an account already is told so there. The answer is the
// same in all cases, so nobody learns who buys here.
func (m *Module) Register(ctx context.Context, in tenant.Store, r Registration, h Letterhead) error {
	r.Email, r.Name = clip(r.Email, maxEmail+1), clip(r.Name, maxName+1)
	if err := r.check(); err != nil {
		return err
	}
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		c, found, err := findByEmail(ctx, tx, r.Email)
		switch {
		case err != nil:
			return err
		case found && c.Status == Blocked:
			return nil
		case found && c.mayEnter():
			return m.alreadyThere(ctx, tx, h, c)
		}
		return m.invite(ctx, tx, r, h)
	})
}

// invite replaces an older registration with the address, unless it is so
// young that its mail is still on the way.
func (m *Module) invite(ctx context.Context, tx tx, r Registration, h Letterhead) error {
	before, err := registrationOf(ctx, tx, r.Email)
	if err != nil {
		return err
	}
	if !before.ID.IsZero() && tx.Now().Sub(before.Created) < once {
		return nil
	}
	if err := deleteRegistrations(ctx, tx, r.Email); err != nil {
		return err
	}
	made := registration{ID: db.NewID[registrationKind](tx), Email: r.Email, Name: r.Name, Lang: known(h.Lang), Consent: r.Consent}
	if err := insertRegistration(ctx, tx, made); err != nil {
		return err
	}
	return m.confirmation(ctx, tx, h, made)
}

// Invited is the address that a link to make an account was sent to.
func (m *Module) Invited(ctx context.Context, in tenant.Store, token string) (string, error) {
	rid, err := m.need.Kit.Sign.Open(confirmPurpose, int64(in.ID()), token)
	if err != nil {
		return "", err
	}
	r, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (registration, error) {
		return findRegistration(ctx, tx, registrationID(rid))
	})
	return r.Email, err
}

// Confirm makes the account of who followed the link, and signs them in. What
// was bought as a guest with the same address belongs to it from now on: the
// link proves that the mailbox is theirs, and only its reader knows the
// password.
func (m *Module) Confirm(ctx context.Context, in tenant.Store, token, password string) (string, error) {
	rid, err := m.need.Kit.Sign.Open(confirmPurpose, int64(in.ID()), token)
	if err != nil {
		return "", err
	}
	hash, err := auth.Hash(ctx, password)
	if err != nil {
		return "", err
	}
	id, err := db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (auth.CustomerID, error) {
		r, err := findRegistration(ctx, tx, registrationID(rid))
		if err != nil {
			return 0, err
		}
		if err := deleteRegistrations(ctx, tx, r.Email); err != nil {
			return 0, err
		}
		return m.open(ctx, tx, r, hash)
	})
	if err != nil {
		return "", err
	}
	return m.start(ctx, in, id)
}

// open makes an account, of the guest with the address if there is one.
func (m *Module) open(ctx context.Context, tx tx, r registration, hash string) (auth.CustomerID, error) {
	c, found, err := findByEmail(ctx, tx, r.Email)
	if err != nil {
		return 0, err
	}
	if found && c.Status != Guest {
		return 0, errLink
	}
	if found {
		c.Name, c.Lang = r.Name, r.Lang
		c.decide(c.Consent || r.Consent, tx.Now())
		if err := updateProfile(ctx, tx, c); err != nil {
			return 0, err
		}
		if err := setPassword(ctx, tx, c.ID, hash); err != nil {
			return 0, err
		}
		return c.ID, m.tellRegistered(ctx, tx, c.ID)
	}
	c = Customer{
		ID: auth.CustomerID(tx.NewID()), Email: r.Email, Name: r.Name, Lang: r.Lang, Status: Active,
		Created: tx.Now(), Registered: tx.Now(), hash: hash, version: 1,
	}
	c.decide(r.Consent, tx.Now())
	fresh, err := insertCustomer(ctx, tx, &c)
	if err != nil {
		return 0, err
	}
	if !fresh { // a guest with the address bought something just now
		return m.open(ctx, tx, r, hash)
	}
	return c.ID, m.tellRegistered(ctx, tx, c.ID)
}

func (m *Module) tellRegistered(ctx context.Context, tx tx, id auth.CustomerID) error {
	return m.need.Kit.Events.Publish(ctx, tx, customersapi.Registered{Customer: id})
}

// Account is a customer with an account, as an import or the demo brings one.
type Account struct {
	Email     string
	Name      string
	Phone     string
	Lang      i18n.Lang
	Password  string // empty makes a guest, unless there is a hash
	Hash      string // of auth.Hash, for who hashed the password already
	Consent   bool
	Created   time.Time // zero is now
	Addresses []customersapi.Address
}

// Add makes a customer without a mail, for who brings customers along. Nobody
// is told. An address that is known is a fault on the field "email".
func (m *Module) Add(ctx context.Context, in tenant.Store, a Account) (auth.CustomerID, error) {
	hash := a.Hash
	if a.Password != "" {
		var err error
		if hash, err = auth.Hash(ctx, a.Password); err != nil {
			return 0, err
		}
	}
	bad := checkEmail(checkName(errRegistration, clip(a.Name, maxName+1)), a.Email)
	if err := checkText(bad, "phone", a.Phone, maxPhone).OrNil(); err != nil {
		return 0, err
	}
	return db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (auth.CustomerID, error) {
		c := Customer{
			ID: auth.CustomerID(tx.NewID()), Email: a.Email, Name: clip(a.Name, maxName), Phone: a.Phone, Lang: known(a.Lang),
			Status: Guest, Created: a.Created, hash: hash,
		}
		if c.Created.IsZero() {
			c.Created = tx.Now()
		}
		if hash != "" {
			c.Status, c.Registered, c.version = Active, c.Created, 1
		}
		c.decide(a.Consent, c.Created)
		fresh, err := insertCustomer(ctx, tx, &c)
		if err != nil {
			return 0, err
		}
		if !fresh {
			return 0, errRegistration.Field("email", "form.taken")
		}
		for i, address := range a.Addresses {
			s := Saved{ID: db.NewID[addressKind](tx), Address: tidyAddress(address), Default: i == 0}
			if err := insertAddress(ctx, tx, c.ID, s); err != nil {
				return 0, fmt.Errorf("add an address: %w", err)
			}
		}
		return c.ID, nil
	})
}
