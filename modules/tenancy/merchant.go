package tenancy

import (
	"context"
	"strings"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// MerchantEdit is what may change about a merchant.
type MerchantEdit struct {
	Name        string      `json:"name"`
	Owner       auth.UserID `json:"owner"` // zero is none yet
	Email       string      `json:"email"`
	Phone       string      `json:"phone"`
	VATNumber   string      `json:"vat_number"`
	TradeNumber string      `json:"trade_number"`
	IBAN        string      `json:"iban"`
	Country     string      `json:"country"` // ISO 3166-1 alpha-2; empty is LU
	Address     []string    `json:"address"`
	Active      bool        `json:"active"`
}

// NewMerchant is what creating a merchant needs.
type NewMerchant struct {
	MerchantEdit
	SignedWith tenant.PlatformID // where the contract was signed
}

// MerchantRow is a merchant as the operator and the owner see it.
type MerchantRow struct {
	MerchantEdit
	ID         tenant.MerchantID
	SignedWith tenant.PlatformID
	OwnerName  string
	OwnerEmail string
	Created    time.Time
}

func (e MerchantEdit) tidy() MerchantEdit {
	e.Name, e.Email = strings.TrimSpace(e.Name), strings.TrimSpace(e.Email)
	e.Country = strings.ToUpper(strings.TrimSpace(e.Country))
	if e.Country == "" {
		e.Country = "LU"
	}
	if e.Address == nil {
		e.Address = []string{}
	}
	return e
}

func (e MerchantEdit) check() error {
	check := errInvalid
	if e.Name == "" {
		check = check.Field("name", "form.required")
	}
	if !isCountry(e.Country) {
		check = check.Field("country", "tenancy.bad_country")
	}
	return check.OrNil()
}

func isCountry(s string) bool {
	return len(s) == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z'
}

// CreateMerchant adds a merchant.
func (c *Change) CreateMerchant(ctx context.Context, n NewMerchant) (tenant.MerchantID, error) {
	n.MerchantEdit = n.tidy()
	n.Active = true
	if err := n.check(); err != nil {
		return 0, err
	}
	if _, err := onePlatform(ctx, c.tx, n.SignedWith); err != nil {
		return 0, errInvalid.Field("platform", "form.choose")
	}
	if err := c.checkOwner(ctx, n.Owner); err != nil {
		return 0, err
	}
	id := tenant.MerchantID(c.tx.NewID())
	if err := insertMerchant(ctx, c.tx, id, n); err != nil {
		return 0, err
	}
	c.touched = true
	return id, c.record(ctx, where{merchant: id, platform: n.SignedWith}, tenancyapi.Entry{
		Action: "tenancy.merchant_created", Target: id.String(), Title: n.Name, After: n.MerchantEdit,
	})
}

// EditMerchant changes a merchant within reach.
func (c *Change) EditMerchant(ctx context.Context, r Reach, id tenant.MerchantID, e MerchantEdit) error {
	before, err := oneMerchant(ctx, c.tx, r, id)
	if err != nil {
		return err
	}
	e = e.tidy()
	if err := e.check(); err != nil {
		return err
	}
	if err := c.checkOwner(ctx, e.Owner); err != nil {
		return err
	}
	if err := updateMerchant(ctx, c.tx, id, e); err != nil {
		return err
	}
	c.touched = true
	return c.record(ctx, where{merchant: id, platform: before.SignedWith}, tenancyapi.Entry{
		Action: "tenancy.merchant_edited", Target: id.String(), Title: e.Name, Before: before.MerchantEdit, After: e,
	})
}

// checkOwner wants an owner's account, or none.
func (c *Change) checkOwner(ctx context.Context, owner auth.UserID) error {
	if owner.IsZero() {
		return nil
	}
	u, err := oneUser(ctx, c.tx, owner)
	if err != nil || u.Role != auth.MerchantOwner {
		return errInvalid.Field("owner_email", "tenancy.not_an_owner")
	}
	return nil
}

// MerchantFilter chooses merchants.
type MerchantFilter struct {
	Query string // part of the name or e-mail
	page.Request
}

// Merchants lists the merchants within reach, by name.
func (m *Module) Merchants(ctx context.Context, r Reach, f MerchantFilter) (page.Page[MerchantRow], error) {
	rows, err := db.Read(ctx, m.db, m.system, func(tx systemTx) ([]MerchantRow, error) { return listMerchants(ctx, tx, r, f) })
	if err != nil {
		return page.Page[MerchantRow]{}, err
	}
	return page.Of(rows, f.Rows(), func(m MerchantRow) []any { return []any{m.Name, int64(m.ID)} }), nil
}

// Merchant is a merchant within reach.
func (m *Module) Merchant(ctx context.Context, r Reach, id tenant.MerchantID) (MerchantRow, error) {
	return db.Read(ctx, m.db, m.system, func(tx systemTx) (MerchantRow, error) { return oneMerchant(ctx, tx, r, id) })
}
