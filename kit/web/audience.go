// Package web turns requests into calls of typed handlers. Who asks is a type:
// a handler of the storefront cannot be mounted among the staff's routes,
// because it does not compile.
package web

import (
	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/tenant"
)

// AudienceName names an audience in menus, sessions and addresses.
type AudienceName string

// The five audiences.
const (
	PlatformPages   AudienceName = "platform"
	AdminPages      AudienceName = "admin"
	MerchantPages   AudienceName = "merchant"
	StorePages      AudienceName = "store"
	StorefrontPages AudienceName = "storefront"
)

// Platform is a visitor of a platform's public pages.
type Platform struct {
	In         tenant.Platform
	Code, Name string
}

// Admin is a user of the operator.
type Admin struct {
	In        tenant.System
	User      auth.User
	Grants    auth.Grants
	Platforms []tenant.PlatformID // nil is all
}

// Merchant is a merchant's owner.
type Merchant struct {
	In     tenant.Merchant
	Name   string
	User   auth.User
	Grants auth.Grants
}

// Store is a member of a store's staff.
type Store struct {
	In     tenant.Store
	Shop   *Shop
	User   auth.User
	Grants auth.Grants
}

// Storefront is a shopper, perhaps a signed-in customer.
type Storefront struct {
	In       tenant.Store
	Shop     *Shop
	Customer auth.Customer // zero for guests
}

// Audience is any of the five.
type Audience interface {
	Platform | Admin | Merchant | Store | Storefront
}

func nameOf[A Audience]() AudienceName {
	var a A
	switch any(a).(type) {
	case Admin:
		return AdminPages
	case Merchant:
		return MerchantPages
	case Store:
		return StorePages
	case Storefront:
		return StorefrontPages
	}
	return PlatformPages
}

// access tells who the audience's user is and what they may do.
func access[A Audience](as A) (grants auth.Grants, signedIn bool) {
	switch v := any(as).(type) {
	case Admin:
		return v.Grants, !v.User.ID.IsZero()
	case Merchant:
		return v.Grants, !v.User.ID.IsZero()
	case Store:
		return v.Grants, !v.User.ID.IsZero()
	case Storefront:
		return grants, !v.Customer.ID.IsZero()
	}
	return grants, false
}

// Subscriber is whose plan a request is about: a merchant on a platform, and the
// store where there is one. The operator and visitors of platforms are nobody's.
type Subscriber struct {
	Platform tenant.PlatformID
	Merchant tenant.MerchantID
	Store    tenant.StoreID
}

func subscriber[A Audience](as A) Subscriber {
	switch v := any(as).(type) {
	case Merchant:
		return Subscriber{Platform: v.In.Platform(), Merchant: v.In.ID()}
	case Store:
		return Subscriber{v.In.Platform(), v.In.Merchant(), v.In.ID()}
	case Storefront:
		return Subscriber{v.In.Platform(), v.In.Merchant(), v.In.ID()}
	}
	return Subscriber{}
}

// Status is whether a store is open to shoppers.
type Status string

// The states of a store.
const (
	StatusOpen        Status = "open"
	StatusMaintenance Status = "maintenance"
	StatusClosed      Status = "closed"
)

// InLang is the address of a storefront's page in a language. The plain address
// is in the store's own language to who asks for none.
func (s *Shop) InLang(page string, l i18n.Lang) string {
	if l == s.Lang {
		return page
	}
	return page + "?" + LangParam + "=" + string(l)
}

// Shop is what pages know about a store without asking the database. It is
// shared between requests and must not be changed.
type Shop struct {
	ID           tenant.StoreID
	Merchant     tenant.MerchantID
	Platform     tenant.PlatformID
	PlatformCode string
	PlatformName string
	MerchantName string
	Code         string
	Name         string
	Tagline      i18n.Text
	Hero         i18n.Text
	HeroText     i18n.Text
	About        i18n.Text
	Announcement i18n.Text
	Currency     money.Currency
	Lang         i18n.Lang
	Langs        []i18n.Lang
	StaffLang    i18n.Lang
	Country      string // ISO 3166-1 alpha-2
	Email        string
	Phone        string
	Address      []string
	Theme        string // key of a preset of kit/ui
	Logo         string // as kit/picture reads it
	HeroImage    string // the same
	Status       Status
}
