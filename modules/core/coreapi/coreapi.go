// Package coreapi has the slots of the pages that belong to no single module:
// the dashboards, the global search, and the first steps of a new store.
// Modules fill them; core reads them.
package coreapi

import (
	"context"
	"time"

	"github.com/a-h/templ"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/slot"
	"orion/kit/tenant"
)

// Code is the module's code.
const Code = "core"

// StoreReader is a member of a store's staff who looks at a page. A filler
// leaves out what the reader may not see.
type StoreReader struct {
	In       tenant.Store
	Currency money.Currency
	Shop     string // prefix of the storefront's paths; a Link leaves the staff's pages with "~" + Shop + "/"
	User     auth.User
	Grants   auth.Grants
	Words    i18n.Words
}

// MerchantReader is a merchant's owner who looks at a page.
type MerchantReader struct {
	In     tenant.Merchant
	User   auth.User
	Grants auth.Grants
	Words  i18n.Words
}

// AdminReader is somebody of the operator who looks at a page.
type AdminReader struct {
	In        tenant.System
	Platforms []tenant.PlatformID // nil is all
	User      auth.User
	Grants    auth.Grants
	Words     i18n.Words
}

// Stat is a number of a dashboard.
type Stat struct {
	Label string
	Value string    // as it is to be read: "1.284,50 €"
	Trend string    // against the period before: "+18 %", or empty
	Good  bool      // the trend is welcome
	Spark []float64 // the shape of the last days, or nil
	Link  string    // path of the list behind the number
}

// Figures keep what happened hour by hour, for dashboards.
type Figures interface {
	// Tell adds to a figure; what is taken back has negative numbers and the time
	// of what it takes back.
	Tell(ctx context.Context, tx *db.Tx[tenant.Store], f Figure) error
}

// Figure is something that happened at a time, so often, for so much.
type Figure struct {
	Name   string // one of those below
	At     time.Time
	N      int64
	Amount money.Amount // zero when it is no money
}

// The figures that dashboards show.
const (
	Sold     = "sold"     // orders placed and not cancelled
	Returned = "returned" // money given back
)

// Task is something that waits for somebody.
type Task struct {
	Label string // with its number: "4 orders to ship"
	Link  string // path of the list behind it, or empty
	Icon  string // of kit/ui/icon
	Bad   bool   // something went wrong
}

// Widget is a card of a dashboard.
type Widget struct {
	Title string
	Link  string // path of the list behind it, or empty
	Body  templ.Component
	Wide  bool // takes the main column
	Flush bool // the body goes to the edges: a table
}

// Step is something that a new store still has to do.
type Step struct {
	Title string
	Text  string
	Link  string // path of the page where it is done
	Label string // of the link
	Done  bool
	// Other is another page where it can be done, with the words of its link.
	Other, OtherLabel string
}

// Result is something that a search found.
type Result struct {
	Kind  string // in words: "Order"
	Title string
	Sub   string
	Link  string // path inside the audience
	Icon  string // of kit/ui/icon
}

// Search is what somebody searches for.
type Search[R StoreReader | MerchantReader | AdminReader] struct {
	Reader R
	Query  string // at least two characters
	Limit  int    // results that one filler gives at most
}

// The slots of a store's staff.
var (
	StoreStats   = slot.Define[StoreReader, []Stat]("core.store_stats")
	StoreTasks   = slot.Define[StoreReader, []Task]("core.store_tasks")
	StoreWidgets = slot.Define[StoreReader, []Widget]("core.store_widgets")
	StoreSteps   = slot.Define[StoreReader, []Step]("core.store_steps")
	StoreResults = slot.Define[Search[StoreReader], []Result]("core.store_results")
)

// The slots of a merchant.
var (
	MerchantStats   = slot.Define[MerchantReader, []Stat]("core.merchant_stats")
	MerchantWidgets = slot.Define[MerchantReader, []Widget]("core.merchant_widgets")
	MerchantResults = slot.Define[Search[MerchantReader], []Result]("core.merchant_results")
)

// The slots of the operator.
var (
	AdminTasks   = slot.Define[AdminReader, []Task]("core.admin_tasks")
	AdminStats   = slot.Define[AdminReader, []Stat]("core.admin_stats")
	AdminWidgets = slot.Define[AdminReader, []Widget]("core.admin_widgets")
	AdminResults = slot.Define[Search[AdminReader], []Result]("core.admin_results")
)
