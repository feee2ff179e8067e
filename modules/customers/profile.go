package customers

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
)

// Details are what customers say about themselves.
type Details struct {
	Name    string
	Phone   string
	Lang    i18n.Lang
	Consent bool // to marketing mail
}

func (d Details) check() error {
	bad := checkText(checkName(errProfile, d.Name), "phone", d.Phone, maxPhone)
	if !d.Lang.Valid() {
		bad = bad.Field("lang", "form.choose")
	}
	return bad.OrNil()
}

// ChangeDetails keeps what a customer says. A changed mind about marketing
// mail is kept with its time.
func (m *Module) ChangeDetails(ctx context.Context, in tenant.Store, id auth.CustomerID, d Details) error {
	d.Name, d.Phone = clip(d.Name, maxName+1), clip(d.Phone, maxPhone+1)
	if err := d.check(); err != nil {
		return err
	}
	err := db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		c, err := present(ctx, tx, id)
		if err != nil {
			return err
		}
		c.Name, c.Phone, c.Lang = d.Name, d.Phone, d.Lang
		c.decide(d.Consent, tx.Now())
		return updateProfile(ctx, tx, c)
	})
	m.forget(in, id)
	return err
}
