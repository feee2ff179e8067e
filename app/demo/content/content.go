// Package content is what the demo shop consists of: platforms, merchants,
// stores, categories, products, and the people who work and buy there. The words
// and prices stand in data/*.json; everything that follows from them by rule
// (variants, SKUs, barcodes, stock and bins) is worked out while loading, so that
// two loads are equal.
package content

import (
	"orion/kit/i18n"
)

// Demo is the whole content, in a stable order.
type Demo struct {
	Platforms []Platform `json:"platforms"`
	Merchants []Merchant `json:"merchants"`
	Locations []Location `json:"locations"`
	Stores    []Store    `json:"stores"`
	Staff     []Staff    `json:"-"`
	Customers []Customer `json:"-"`
	// Tags are the names of tags by code.
	Tags map[string]i18n.Text `json:"-"`
	// Reviews are what customers think of whatever they bought.
	Reviews Reviews `json:"-"`
	// Letters are what shoppers write in the contact form.
	Letters []Letter `json:"-"`
	// Pages are what platforms and stores say beside their products.
	Pages []Page `json:"-"`
	Homes []Home
	Blog  Blog    `json:"-"`
	Menus []Menus `json:"-"`
}

// Page is a page that people wrote: of every platform's site, a default of its
// stores, or one store's own.
type Page struct {
	Tier           string    `json:"tier"` // site, default or store
	Store          string    `json:"store"`
	Slug           string    `json:"slug"`
	Title          i18n.Text `json:"title"`
	Body           i18n.Text `json:"body"` // HTML
	SEODescription i18n.Text `json:"seo_description"`
	Header         bool      `json:"header"`
	Footer         bool      `json:"footer"`
	Legal          bool      `json:"legal"`
	Place          int64     `json:"place"`
}

// Home is the home page of a store, by sections.
type Home struct {
	Store    string    `json:"store"`
	Sections []Section `json:"sections"`
}

// Section is one of them. Pictures in it are keys of drawn ones.
type Section struct {
	Kind  string         `json:"kind"`
	Value map[string]any `json:"value"`
}

// Blog is what stores write in their blogs.
type Blog struct {
	Categories []BlogCategory `json:"categories"`
	Posts      []Post         `json:"posts"`
}

// BlogCategory is one in which posts of a store stand.
type BlogCategory struct {
	Store string    `json:"store"`
	Slug  string    `json:"slug"`
	Name  i18n.Text `json:"name"`
}

// Post is a post of a store, published some days ago.
type Post struct {
	Store    string    `json:"store"`
	Slug     string    `json:"slug"`
	Category string    `json:"category"` // its address, or none
	Days     int       `json:"days"`
	Byline   string    `json:"byline"`
	Cover    string    `json:"cover"` // key of a drawn picture
	Alt      i18n.Text `json:"alt"`
	Title    i18n.Text `json:"title"`
	Summary  i18n.Text `json:"summary"`
	Body     i18n.Text `json:"body"` // HTML
}

// Menus are the menus and the announcement that a store arranged, behind what its
// menus begin with.
type Menus struct {
	Store  string      `json:"store"`
	Below  []string    `json:"below"` // entries of the header, by number, that go below the one before them
	Footer []MenuEntry `json:"footer"`
	Bar    Bar         `json:"bar"`
}

// MenuEntry leads to a page or category by its address.
type MenuEntry struct {
	Kind  string    `json:"kind"`
	To    string    `json:"to"`
	Label i18n.Text `json:"label"`
	Sub   bool      `json:"sub"`
}

// Bar is an announcement.
type Bar struct {
	Text i18n.Text `json:"text"`
	To   string    `json:"to"`
	Tone string    `json:"tone"`
}

// Letter is what a shopper writes to a store, and the answer if there is one.
type Letter struct {
	Store   string    `json:"store"`
	Days    int       `json:"days"` // ago
	Lang    i18n.Lang `json:"lang"`
	Name    string    `json:"name"`
	Email   string    `json:"email"`
	Subject string    `json:"subject"`
	Body    string    `json:"body"`
	Answer  string    `json:"answer"`
	Close   bool      `json:"close"`
}

// Reviews are opinions that fit any product, and answers of a shop to them.
type Reviews struct {
	Opinions []Opinion             `json:"opinions"`
	Answers  map[i18n.Lang]Answers `json:"answers"`
}

// Opinion is one review.
type Opinion struct {
	Lang  i18n.Lang `json:"lang"`
	Stars int64     `json:"stars"`
	Title string    `json:"title"`
	Body  string    `json:"body"`
}

// Answers are what a shop says to those who are pleased, and to those who are not.
type Answers struct {
	Good []string `json:"good"`
	Poor []string `json:"poor"`
}

// In are the opinions in a language.
func (r Reviews) In(l i18n.Lang) []Opinion {
	var out []Opinion
	for _, o := range r.Opinions {
		if o.Lang == l {
			out = append(out, o)
		}
	}
	return out
}

// Platform is one of the marketplaces. Picture names its mark in package pictures.
type Platform struct {
	Code    string      `json:"code"`
	Name    string      `json:"name"`
	Tagline i18n.Text   `json:"tagline"`
	Lang    i18n.Lang   `json:"lang"`
	Langs   []i18n.Lang `json:"langs"`
	Picture string      `json:"picture"`
}

// Merchant is a company that owns stores. Its numbers are well formed and invented.
type Merchant struct {
	Code     string    `json:"code"`
	Name     string    `json:"name"`
	Platform string    `json:"platform"`
	VAT      string    `json:"vat"`
	RCS      string    `json:"rcs"`
	IBAN     string    `json:"iban"`
	Email    string    `json:"email"`
	Phone    string    `json:"phone"`
	Lang     i18n.Lang `json:"lang"`
	Address  Address   `json:"address"`
}

// Address is a postal address; Street includes the number.
type Address struct {
	Street  string `json:"street"`
	Zip     string `json:"zip"`
	City    string `json:"city"`
	Country string `json:"country"`
}

// Location is a place that keeps stock. Bins is the prefix of its shelf codes.
type Location struct {
	Code    string    `json:"code"`
	Kind    string    `json:"kind"` // "warehouse" or "shop"
	Name    i18n.Text `json:"name"`
	Bins    string    `json:"bins"`
	Address Address   `json:"address"`
}

// Store is a shop with its words, categories and products. Platforms has the one
// of its merchant first. Logo and Hero are keys in package pictures.
type Store struct {
	Code         string      `json:"code"`
	Name         string      `json:"name"`
	Merchant     string      `json:"merchant"`
	Platforms    []string    `json:"platforms"`
	Lang         i18n.Lang   `json:"lang"`
	Langs        []i18n.Lang `json:"langs"`
	Currency     string      `json:"currency"`
	Theme        string      `json:"theme"` // "linen", "harbour", "ink" or "play"
	SKU          string      `json:"sku"`   // prefix of its SKUs
	GTIN         int         `json:"gtin"`  // its digit within the in-store barcodes
	Email        string      `json:"email"`
	Phone        string      `json:"phone"`
	Address      Address     `json:"address"`
	Tagline      i18n.Text   `json:"tagline"`
	Headline     i18n.Text   `json:"hero"`
	Lead         i18n.Text   `json:"lead"`
	Announcement i18n.Text   `json:"announcement"`
	About        i18n.Text   `json:"about"`
	Logo         string      `json:"-"`
	Hero         string      `json:"-"`
	Categories   []Category  `json:"-"`
	Products     []Product   `json:"-"`
}

// Category is a node of a store's tree, which is two levels deep.
type Category struct {
	Slug     string     `json:"slug"`
	Name     i18n.Text  `json:"name"`
	Children []Category `json:"children"`
}

// Staff is a user of the program. Role is "super-admin", "platform-admin",
// "merchant-owner" or "store-member"; the latter three have the matching code
// filled, and a store member also a StoreRole: "manager", "staff", "support" or
// "viewer".
type Staff struct {
	Name      string    `json:"name"`
	Email     string    `json:"email"`
	Role      string    `json:"role"`
	Platform  string    `json:"platform"`
	Merchant  string    `json:"merchant"`
	Store     string    `json:"store"`
	StoreRole string    `json:"store_role"`
	Lang      i18n.Lang `json:"lang"`
}

// Customer is somebody who buys.
type Customer struct {
	First   string    `json:"first"`
	Last    string    `json:"last"`
	Email   string    `json:"email"`
	Phone   string    `json:"phone"`
	Lang    i18n.Lang `json:"lang"`
	Address Address   `json:"address"`
}

// Name is first and last name.
func (c Customer) Name() string { return c.First + " " + c.Last }

// Store is the store with the code, or false.
func (d Demo) Store(code string) (Store, bool) {
	for _, s := range d.Stores {
		if s.Code == code {
			return s, true
		}
	}
	return Store{}, false
}
