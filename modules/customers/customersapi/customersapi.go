// Package customersapi is what other modules may ask about customers.
package customersapi

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
)

// Code is the module's code.
const Code = "customers"

// Address is a postal address.
type Address struct {
	Name    string `json:"name"`
	Company string `json:"company,omitempty"`
	Line1   string `json:"line1"`
	Line2   string `json:"line2,omitempty"`
	Postal  string `json:"postal_code"`
	City    string `json:"city"`
	Country string `json:"country"` // ISO 3166-1 alpha-2
	Phone   string `json:"phone,omitempty"`
}

// Profile is a customer as orders know them.
type Profile struct {
	ID     auth.CustomerID
	Number string
	Email  string
	Name   string
	Lang   i18n.Lang
	Guest  bool // never registered
}

// Guest is somebody who buys without an account.
type Guest struct {
	Email   string
	Name    string
	Phone   string
	Lang    i18n.Lang
	Consent bool // agreed to marketing mail
}

// Customers finds and makes customers.
type Customers interface {
	Profile(ctx context.Context, tx *db.Tx[tenant.Store], id auth.CustomerID) (Profile, error)
	// Ensure finds the customer with the guest's e-mail or makes an inactive one.
	Ensure(ctx context.Context, tx *db.Tx[tenant.Store], g Guest) (auth.CustomerID, error)
	// Addresses are the saved ones, the default first.
	Addresses(ctx context.Context, tx *db.Tx[tenant.Store], id auth.CustomerID) ([]Address, error)
	// Bought adds an order to the customer's totals. A negative amount is money
	// that was given back: it lowers what was spent, and the order still counts.
	Bought(ctx context.Context, tx *db.Tx[tenant.Store], id auth.CustomerID, minor int64) error
}

// Registered is told when somebody made an account.
type Registered struct {
	Customer auth.CustomerID `json:"customer"`
}

// EventName implements event.Payload.
func (Registered) EventName() string { return "customers.registered.v1" }

// EventEntity implements event.Payload.
func (e Registered) EventEntity() int64 { return int64(e.Customer) }
