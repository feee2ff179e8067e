package customersapi

import (
	"context"
	"io"

	"orion/kit/auth"
	"orion/kit/slot"
	"orion/kit/tenant"
)

// Viewed is the customer whose page is shown.
type Viewed struct {
	In       tenant.Store
	Customer auth.CustomerID
	Grants   auth.Grants // of the staff who look; nothing on the customer's own pages
}

// Section is a part of a page; what is drawn with kit/ui is one.
type Section interface {
	Render(ctx context.Context, w io.Writer) error
}

// Link is an entry in the menu of the customer's account.
type Link struct {
	Label string // translation key
	Path  string // inside the storefront, such as /account/orders
}

// Part is what a module knows about a customer, for the file that customers
// may ask for.
type Part struct {
	Name string // of the JSON field
	Data any
}

// Where other modules add to a customer's pages.
var (
	// Account is filled with sections of the customer's own first page.
	Account = slot.Define[Viewed, Section]("customers.account")
	// AccountMenu is filled with links in the customer's own menu.
	AccountMenu = slot.Define[Viewed, Link]("customers.account_menu")
	// Detail is filled with sections of the page that staff see.
	Detail = slot.Define[Viewed, Section]("customers.detail")
	// Export is filled with what a module keeps about a customer.
	Export = slot.Define[Viewed, Part]("customers.export")
)
