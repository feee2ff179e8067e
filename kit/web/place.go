package web

import (
	"context"
	"net/http"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/tenant"
)

// Place is where a request arrived, after host and path were resolved.
type Place struct {
	Platform  Platform
	In        tenant.Store // minted when the place is a store's
	Shop      *Shop        // nil on platform hosts
	ShopBase  string       // prefix of storefront links: "" on the store's host
	StaffBase string       // prefix of staff links: "/store" on the store's host
	Audience  AudienceName
	Path      string // what is left of the path inside the audience, or of the API
	API       bool
}

// Identity finds out who asks. Each function gives false for tokens that are
// unknown, expired, revoked, or somebody else's.
type Identity struct {
	Customer func(ctx context.Context, in tenant.Store, token string) (auth.Customer, bool)
	Staff    func(ctx context.Context, in tenant.Store, token string) (auth.User, auth.Grants, bool)
	Merchant func(ctx context.Context, p tenant.Platform, token string) (Merchant, bool)
	Admin    func(ctx context.Context, token string) (Admin, bool)
	// Bearer resolves an API token; its place replaces the host's.
	Bearer func(ctx context.Context, token string) (Bearer, bool)
}

// Bearer is what an API token opens.
type Bearer struct {
	Store    *Store    // for the store's API
	Merchant *Merchant // for the merchant's API
	Admin    *Admin    // for the operator's API
	Platform Platform
}

// Head is what the frame of a page needs to know besides its body.
type Head struct {
	Title       string
	Description string
	Canonical   string  // path inside the storefront; empty is the current one
	Image       Picture // shown where the page is shared; the store's when empty
	Offer       Offer   // what the page sells
	NoIndex     bool    // not for search engines
	JSONLD      []any
	Article     bool   // it is a text with a date, such as a post of a blog
	Feed        string // path of the feed with what it shows
	Active      string // path of the menu item that the page belongs to
	Body        string // a name for the page's layout, for frames that know several
}

// Picture is a picture of a page for those who share it.
type Picture struct {
	Path          string // absolute, with the prefix of the storefront
	Width, Height int    // 0 when unknown
	Alt           string
}

// Offer is what a page sells, for those who share it.
type Offer struct {
	Price   money.Amount // the lowest, with VAT; without a currency the page sells nothing
	InStock bool
}

// Options are the parts of a site that the program brings.
type Options struct {
	Resolve  func(r *http.Request) (Place, error)
	Identify Identity
	Frames   Frames
	Bundle   *i18n.Bundle
	Enabled  func(p tenant.PlatformID, module string) bool
	Granted  func(by Subscriber, feature string) bool // what plans have; nil is everything
	// Lost answers shoppers whom nothing else answered, if it can; nil never does.
	Lost    func(c *Ctx[Storefront]) (answered bool, err error)
	Observe func(context.Context, Seen) // after each request; nil is none
	Errors  ErrorLog
	Proxies Proxies // who is believed about whom they speak for; none when empty
	Version string
}

// ErrorLog is told about requests that failed for a reason of ours.
type ErrorLog func(ctx context.Context, msg string, args ...any)

// Frames draw the page around a body, one per audience, and the error pages.
type Frames struct {
	Platform   Frame[Platform]
	Admin      Frame[Admin]
	Merchant   Frame[Merchant]
	Store      Frame[Store]
	Storefront Frame[Storefront]
	// Error draws the body of an error page; it stands in the audience's frame.
	Error ErrorBody
}
