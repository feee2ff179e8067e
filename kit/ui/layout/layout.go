// Package layout has the five frames that pages stand in: Staff, Auth,
// Platform, Shop and Bare. A frame is a struct with everything it shows, drawn
// around its Body or its children.
package layout

import (
	"github.com/a-h/templ"

	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/ui"
	"orion/kit/ui/icon"
)

// Scheme is light, dark, or what the device likes.
type Scheme string

// The schemes.
const (
	System Scheme = ""
	Light  Scheme = "light"
	Dark   Scheme = "dark"
)

// Brand is who the page belongs to.
type Brand struct {
	Name string
	Sub  string // "OMS · store"
	Logo string // address of a picture, "" shows the program's mark
	Href string // "/" when empty
}

// Section is a group of entries of the menu.
type Section struct {
	Title string // "" for the first
	Items []Item
}

// Item is one entry of the menu.
type Item struct {
	Label  string
	Href   string
	Icon   icon.Icon
	Count  string // "12", "" shows nothing
	Active bool
	Items  []Item // below it, shown when it is active
}

// User is who is signed in.
type User struct {
	Name  string
	Email string
	Role  string // in words
	Items []ui.MenuItem
}

// Prefs is how the reader wants the page. Changes are posted to Action as
// "lang" or "scheme", with "back" as the address to return to.
type Prefs struct {
	Lang   i18n.Lang
	Langs  []i18n.Lang
	Scheme Scheme
	Action string // "" shows no choice
	Back   string
	// OneScheme tells that there is no choice between light and dark.
	OneScheme bool
}

// StaffPage is the frame of admin, merchant and store pages.
type StaffPage struct {
	Title   string
	Brand   Brand
	Switch  []ui.MenuItem // other platforms and stores
	Menu    []Section
	Search  string // path of the global search, "" shows none
	Query   string
	User    User
	SignOut string // posts here
	Notices string // path of the notifications, "" shows none
	Unread  int
	Help    string // address
	Acting  string // sentence while acting as somebody else
	StopAct string // posts here
	Prefs   Prefs
	Flashes []ui.Flash
	Head    templ.Component // further head elements
	Body    templ.Component // the children when nil
	Wide    bool            // uses the whole width
}

// AuthPage is the frame of signing in and what belongs to it.
type AuthPage struct {
	Title   string
	Sub     string
	Brand   Brand
	Prefs   Prefs
	Flashes []ui.Flash
	Foot    templ.Component // below the card
	Body    templ.Component // the children when nil
}

// PlatformPage is the frame of a platform's public site.
type PlatformPage struct {
	Meta    Meta
	Brand   Brand
	Nav     []Item
	Actions []ui.Button // at the right end: sign in, start
	Footer  []Section
	Legal   string

	LegalLinks []Item // beside it
	Theme      ui.Theme
	Prefs      Prefs
	Flashes    []ui.Flash
	Body       templ.Component // the children when nil
}

// Meta is what search engines and other sites see of a page.
type Meta struct {
	Title       string
	Description string
	Canonical   string
	NoIndex     bool
	Alternates  []Alternate
	Image       Picture
	Icon        string // in tabs of browsers, "" is the program's
	Offer       Offer
	SiteName    string
	Locale      string   // of Open Graph: "fr_LU"
	Locales     []string // the others in which the page is there
	JSONLD      []any    // marshalled into the page, schema.org objects
	Prev, Next  string   // addresses of the pages around
	Article     bool     // it is a text with a date
	Feed        string   // address of the feed with what it shows
}

// Picture is what is shown where a page is shared.
type Picture struct {
	Src           string // absolute address
	Width, Height int    // 0 when unknown
	Alt           string
}

// Offer is what a page sells; without a currency it is none.
type Offer struct {
	Price   money.Amount
	InStock bool
}

// Alternate is the same page in another language.
type Alternate struct {
	Lang string // "x-default" too
	Href string
}

// ShopPage is the frame of a storefront.
type ShopPage struct {
	Meta    Meta
	Shop    Shop
	Query   string // what is searched for
	Flashes []ui.Flash
	Plain   bool // checkout: header without navigation
	// Browsing tells that the page shows what is sold, which shop.css has all
	// styles for; every other page links till.css too.
	Browsing bool
	Prefs    Prefs
	Consent  ui.Consent // asks about cookies while there is something to decide
	Head     templ.Component
	Body     templ.Component // the children when nil
}

// Shop is what every page of a storefront shows.
type Shop struct {
	Name         string
	Logo         string // address of a picture, "" writes the name
	LogoWidth    int    // at its height of 32 pixels, 0 when unknown
	Theme        ui.Theme
	Rules        string // of the merchant, clean, for this page; see kit/css
	Announcement Announcement
	Nav          []Item // those with Items below them are names of lists
	Search       string // "/search", "" shows none
	Account      string // "/account", "" shows none
	Wishlist     string // "" shows none
	Hearts       ui.Hearts
	Cart         string // "/cart", "" shows none
	CartCount    int
	Drawer       bool // the cart slides in beside the page; not on the cart's own page
	Footer       []Section
	Signup       templ.Component // a form at the foot, nil shows none
	Legal        string          // last line
	LegalLinks   []Item          // in it
}

// Announcement is a sentence above every page; without a text there is none.
type Announcement struct {
	Text  string
	Href  string // "" leads nowhere
	Tone  string // "ink", "accent", "wash" or "sunk"; "" is as the look has it
	Close string // path that "mark" and "back" are posted to by who puts it away, "" keeps it
	Mark  string
	Back  string
}

// BarePage is a page without navigation: an error, a preview.
type BarePage struct {
	Title  string
	Lang   i18n.Lang
	Theme  *ui.Theme // the staff look when nil
	Scheme Scheme
	Body   templ.Component // the children when nil
}
