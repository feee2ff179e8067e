package tenancy

import (
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/tenant"
)

// Platform is what every node knows about a platform.
type Platform struct {
	ID      tenant.PlatformID
	Code    string
	Name    string
	Tagline i18n.Text
	Lang    i18n.Lang
	Picture string // picture key
	gone    bool   // it was deleted
}

// Texts are what a store says about itself, in its languages.
type Texts struct {
	Tagline      i18n.Text `json:"tagline,omitempty"`
	Hero         i18n.Text `json:"hero,omitempty"`
	HeroText     i18n.Text `json:"hero_text,omitempty"`
	About        i18n.Text `json:"about,omitempty"`
	Announcement i18n.Text `json:"announcement,omitempty"`
}

// Profile is what a store's own staff may change about it.
type Profile struct {
	Name      string      `json:"name"`
	Texts     Texts       `json:"texts"`
	Lang      i18n.Lang   `json:"lang"`
	Langs     []i18n.Lang `json:"langs"`      // what shoppers may choose, Lang among them
	StaffLang i18n.Lang   `json:"staff_lang"` // of staff without a wish of their own
	Country   string      `json:"country"`    // ISO 3166-1 alpha-2
	Email     string      `json:"email"`
	Phone     string      `json:"phone"`
	Address   []string    `json:"address"`
	Theme     string      `json:"theme"`      // key of a preset
	Logo      string      `json:"logo"`       // as kit/picture reads it
	HeroImage string      `json:"hero_image"` // the same
	Status    string      `json:"status"`     // open, maintenance or closed
}

// Store is what every node knows about a store.
type Store struct {
	ID           tenant.StoreID
	Merchant     tenant.MerchantID
	MerchantName string
	Code         string
	Currency     money.Currency
	Profile
	gone bool // it was deleted
}

// member says that a store can be reached through a platform.
type member struct {
	store     tenant.StoreID
	platform  tenant.PlatformID
	subdomain string // instead of the store's code, or empty
}

// domainFact is a verified domain; store or merchant, or neither for a platform's.
type domainFact struct {
	domain   string
	store    tenant.StoreID
	merchant tenant.MerchantID
	platform tenant.PlatformID
	primary  bool
}

type moduleFact struct {
	platform tenant.PlatformID
	module   string
	enabled  bool
}

type merchantFact struct {
	id   tenant.MerchantID
	name string
}

// facts is the whole directory as it stands in the database.
type facts struct {
	version   int64
	platforms []Platform
	merchants []merchantFact
	stores    []Store
	members   []member
	domains   []domainFact
	modules   []moduleFact
}
