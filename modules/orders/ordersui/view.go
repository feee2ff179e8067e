// Package ordersui draws the pages of the module orders: cart, checkout and
// order for shoppers, list, detail and delivery for the staff, and mails.
package ordersui

import (
	"strconv"
	"time"

	"github.com/a-h/templ"

	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/ui"
	"orion/modules/orders/ordersapi"
)

// CartItem is a line of the cart.
type CartItem struct {
	Variant   string
	Href      string
	Title     string
	Options   string
	Image     string
	Quantity  int
	Min, Max  int
	Step      int
	UnitPrice string // "12,00 €/kg", where the law wants it
	Unit      money.Amount
	Was       money.Amount // the price when it was put in, where it has changed
	Total     money.Amount
	Notice    string // what has changed, in words
	Buyable   bool
	Supply    string   // that few are left, or that it has to come in first
	Rules     []string // how many may be bought, what one costs
}

// Cart is the cart page.
type Cart struct {
	Items []CartItem
	Goods money.Amount
	Ready bool // everything can be bought as it stands

	Free    bool         // delivery costs nothing
	Missing money.Amount // for that; zero when no method has a threshold
	Arrives string       // when everything would be there, in words; empty when that is not promised
}

// Address is what a form of an address holds.
type Address struct {
	Name, Company, Line1, Line2, Postal, City, Country string
}

// Lines are the address as it is written on a parcel.
func (a Address) Lines() []string {
	return []string{a.Name, a.Company, a.Line1, a.Line2, a.Postal + " " + a.City, a.Country}
}

// Checkout is the checkout page.
type Checkout struct {
	State     ui.Form
	Email     string
	Name      string
	Phone     string
	Terms     bool
	Marketing bool
	SignedIn  bool
	Address   Address
	Billing   Address
	OtherBill bool // the invoice goes to another address
	Countries []ui.Option
	Physical  bool // something has to be delivered
	Delivery  string
	Choices   []ui.Option
	Payment   string
	Methods   []ui.Option
	Note      string
	TermsHref string
	Key       string // names this wish to buy
	Seen      string // the total that is shown, for comparing
	Sums      Sums
	Items     []CartItem
}

// Sums is the foot of a cart or order.
type Sums struct {
	Lines []ui.TraceLine
	Trace []ui.TraceLine
}

// Line is a line of an order.
type Line struct {
	ID       string
	Href     string
	Title    string
	Detail   string // options and SKU
	Image    string
	Quantity int
	Open     int // still to be shipped
	Returned int
	Unit     money.Amount
	Total    money.Amount
	Digital  bool
}

// Parcel is a parcel that has left.
type Parcel struct {
	Title    string
	Tracking string
	URL      string
	At       string
}

// Order is an order as its buyer sees it.
type Order struct {
	Number       string
	Title        string // "Thank you, Léa" or "Order 1048"
	Text         string // where it stands, in a sentence
	Badges       []ui.Badge
	PayAction    string // posts here to pay or try again; empty when nothing is to pay
	Instructions string // for the payer
	Lines        []Line
	Sums         Sums
	Delivery     Address
	Carrier      string
	Pickup       bool
	Billing      Address
	Payment      string
	Note         string
	Parcels      []Parcel
	Story        []ui.Event
	Steps        []ui.Step // how far it is; none when it ended
	Arrives      string    // when, in words
	Again        string    // posts here to buy the same once more
	Cancel       string    // posts here to end it; empty when it is too late for that
	Ask          string    // page to write to the store; empty where nobody can
	Stop, Return string    // the same, about ending it or sending something back; empty where that does not apply
}

// Row is an order in a list.
type Row struct {
	Href   string
	ID     string
	Number string
	Name   string
	At     string
	Placed time.Time
	Now    time.Time
	Pieces int64
	Total  money.Amount
	Status ordersapi.Status
	Badges []ui.Badge
	Goes   string // how it is delivered
}

// History is the orders of a customer.
type History struct {
	Menu templ.Component // of the account; nil for guests
	Rows []Row
	Next string
}

// StatusTone is the colour of a status.
func StatusTone(s ordersapi.Status) ui.Tone {
	switch s {
	case ordersapi.Pending:
		return ui.Neutral
	case ordersapi.Processing, ordersapi.PartiallyShipped:
		return ui.Warn
	case ordersapi.Shipped:
		return ui.Info
	case ordersapi.Delivered:
		return ui.OK
	}
	return ui.Bad
}

// lowest keeps a field for a quantity usable while less is left than wanted.
func lowest(i CartItem) int { return max(min(i.Min, i.Quantity), 1) }

func itoa(n int) string { return strconv.Itoa(n) }

// List is the staff's page of orders.
type List struct {
	Sub    string
	Stats  []ui.Stat
	Tabs   []ui.Tab
	Filter ui.FilterBar
	Rows   []Row
	First  string
	Next   string
	Fresh  bool   // the store has no orders at all
	Bulk   string // the list's parameters, for the acts on many: "?view=to_ship"
	May    bool   // ship
	MaySet bool   // how goods are delivered
}

// Detail is the staff's page of one order.
type Detail struct {
	ID         string
	Number     string
	Sub        string
	Badges     []ui.Badge
	Currency   string
	Lines      []Line
	ToShip     int
	Sums       Sums
	Payment    []ui.Fact
	Customer   []ui.Fact
	Delivery   Address
	Billing    Address
	Pickup     bool
	Carrier    string
	Note       string
	Link       string // the buyer's page
	Story      []ui.Event
	Parcels    []Parcel
	Refundable money.Amount
	State      ui.Form
	Open       string // dialog that is open from the start, after an error

	List         string // address of the list that it was opened from
	From         string // the list's parameters: "?view=to_ship"
	Newer, Older string // addresses of the orders beside it in that list

	CanShip, CanPack, CanDeliver, CanCancel, CanRefund, CanNote bool
}

func (d Detail) path(verb string) string { return "/orders/" + d.ID + "/" + verb + d.From }

// Methods is the staff's page of ways to deliver.
type Methods struct {
	Rows []MethodRow
	May  bool
}

// MethodRow is a way to deliver in the list.
type MethodRow struct {
	ID      string
	Name    string
	Where   string
	Price   string
	Active  bool
	Pickup  bool
	Promise string
}

// Method is the form of a way to deliver.
type Method struct {
	ID       string // empty for a new one
	State    ui.Form
	Title    string
	Currency string
	Langs    []i18n.Lang // of the store, its own first
	Names    i18n.Text
	Promises i18n.Text
	Pickup   bool
	Ready    string // after how many working days it can be collected; empty is not said
	Active   bool
	Position int64
	Zones    []Zone
	// Countries are those to choose from.
	Countries []ui.Option
}

// Zone is a zone as the form has it; postcodes are typed with commas.
type Zone struct {
	Countries []string
	Postcodes string
	ByWeight  bool
	Rates     []Rate // the first holds from the start
	FreeFrom  string
	MaxGrams  string
	DaysFrom  string
	DaysTo    string
}

// Rate is a price that holds from a total or weight on, as it is typed.
type Rate struct{ From, Price string }
