package customersapi

import (
	"context"
	"io"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/slot"
	"orion/kit/tenant"
)

// Viewed is the customer whose page is shown.
type Viewed struct {
	In       tenant.Store
	Customer auth.CustomerID
	Grants   auth.Grants // of the staff who look; nothing on the customer's own pages
	Lang     i18n.Lang   // of who looks
}

// Section is a part of a page, as kit/ui draws them.
type Section interface {
	Render(ctx context.Context, w io.Writer) error
}

// Happening is something that a customer did, or that was done for them.
type Happening struct {
	At   time.Time
	Key  string // translation key of what happened
	Args []any  // pairs of placeholder and value
	Of   string // number or name of what it happened to
	Path string // of that, inside the store's staff pages
}

// Link is an entry in the menu of the customer's account; the zero value is none.
type Link struct {
	Label string // translation key
	Path  string // inside the storefront, such as /account/orders
}

// Accounts lets modules draw pages that belong to a customer's account.
type Accounts interface {
	// Menu is the menu of the account, with the entry of a path marked.
	Menu(ctx context.Context, v Viewed, path string) Section
}

// Part is what a module knows about a customer, for the file that customers
// may ask for.
type Part struct {
	Name string // of the JSON field
	Data any
}

// Erased is somebody who is forgotten, while it is still known who it was.
type Erased struct {
	Customer auth.CustomerID
	Email    string
}

// Eraser removes what a module keeps about somebody. It works in the transaction
// in which they are forgotten: when one cannot, nothing is erased. A fault says
// why it cannot be yet.
type Eraser func(ctx context.Context, tx *db.Tx[tenant.Store], who Erased) error

// Where other modules add to a customer's pages.
var (
	// Account is filled with sections of the customer's own first page.
	Account = slot.Define[Viewed, Section]("customers.account")
	// AccountMenu is filled with links in the customer's own menu.
	AccountMenu = slot.Define[Viewed, Link]("customers.account_menu")
	// Detail is filled with sections of the page that staff see.
	Detail = slot.Define[Viewed, Section]("customers.detail")
	// Timeline is filled with what happened lately, for the page that staff see.
	Timeline = slot.Define[Viewed, []Happening]("customers.timeline")
	// Export is filled with what a module keeps about a customer.
	Export = slot.Define[Viewed, Part]("customers.export")
	// Erase is filled with what erases a module's part. Modules that are switched
	// off are asked as well: what they kept is still there.
	Erase = slot.Define[tenant.Store, Eraser]("customers.erase")
)
