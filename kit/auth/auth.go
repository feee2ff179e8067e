// Package auth says who somebody is and what they may do: users and customers,
// roles and permissions, passwords, sessions, API tokens and signed links.
package auth

import (
	"embed"
	"io/fs"
	"time"

	"orion/kit/i18n"
	"orion/kit/id"
)

//go:embed sql migrations
var files embed.FS

// Files has the package's statements and migrations, under the line "auth".
var Files fs.FS = files

// UserID names a user: somebody who works on a platform, for a merchant or in a
// store.
type UserID = id.ID[userKind]

// CustomerID names a customer of one store.
type CustomerID = id.ID[customerKind]

type (
	userKind     struct{}
	customerKind struct{}
)

// Prefix of user identifiers.
func (userKind) Prefix() string { return "usr" }

// Prefix of customer identifiers.
func (customerKind) Prefix() string { return "cus" }

// Role is what kind of user somebody is.
type Role string

// The four roles.
const (
	SuperAdmin    Role = "super_admin"    // everything, everywhere
	PlatformAdmin Role = "platform_admin" // the platforms that were assigned
	MerchantOwner Role = "merchant_owner" // the merchant and all its stores
	StoreMember   Role = "store_member"   // stores, with a role in each
)

// Valid tells that the role is one of the four.
func (r Role) Valid() bool {
	switch r {
	case SuperAdmin, PlatformAdmin, MerchantOwner, StoreMember:
		return true
	}
	return false
}

// User is a signed-in user. The zero User is nobody.
type User struct {
	ID    UserID
	Name  string
	Email string
	Role  Role
	Lang  i18n.Lang // preferred; empty is the audience's

	Behind     UserID // the user who sits there in their place; zero is nobody else
	BehindName string
	Until      time.Time // until when; zero where nobody does
}

// Customer is a signed-in customer. The zero Customer is a guest.
type Customer struct {
	ID    CustomerID
	Name  string
	Email string
}
