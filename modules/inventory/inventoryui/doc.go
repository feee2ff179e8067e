// Package inventoryui are the pages of the stock: typed components over the
// views that the module fills.
package inventoryui

import (
	"strconv"
	"strings"
	"time"

	"orion/kit/ui"
)

// Query is what the stock list is filtered by, as in its address.
type Query struct {
	Text     string
	Location string
	Low      bool
	Out      bool     // nothing is on hand
	Columns  []string // chosen to be shown; none are the usual ones
}

// Row is a line of the stock list.
type Row struct {
	Variant      string
	Location     string
	LocationName string
	Bin          string
	Title        string // of the product, with the chosen options
	SKU          string
	OnHand       int64
	Reserved     int64
	Free         int64
	LowAt        int64
	Low          bool
}

// List is the stock list.
type List struct {
	Query     Query
	Views     ui.SavedViews
	Rows      []Row
	Locations []ui.Option
	First     string // address of the first page, empty when this is it
	Next      string // address of the next page, empty when this is the last
	MayAdjust bool
	HasPlaces bool     // the plan has the page of places
	Key       string   // of a form that changes by a number
	State     ui.Form  // of the form that was sent from this page and is wrong
	Wrong     string   // which: "receive", "bulk" or the row's
	Chosen    []string // rows for which "bulk" was sent
}

// Movement is a line of a variant's history.
type Movement struct {
	Kind     string
	OnHand   int64 // the change
	Reserved int64 // the change
	After    int64 // on hand
	Held     int64 // after
	Location string
	Reason   string
	Cause    string // the number that people know
	Actor    string
	At       time.Time
}

// Item is a variant's stock page.
type Item struct {
	Variant   string
	Title     string
	SKU       string
	Tracked   bool
	Backlog   int64
	Endless   bool // backorders without limit
	Rows      []Row
	Locations []ui.Option // where it can go
	Movements []Movement
	First     string
	Next      string
	MayAdjust bool
	Key       string // of a form that changes by a number
	State     ui.Form
	Wrong     string // the form that was sent: "adjust", "move", "place" or "policy"
}

// Place is a line of the locations page.
type Place struct {
	ID       string
	Code     string
	Name     string
	Priority int64
	Active   bool
}

// Places is the locations page.
type Places struct {
	Places    []Place
	MayManage bool
	State     ui.Form
	Wrong     string // "new" or a location's identifier
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

// signed writes a change with its sign.
func signed(n int64) string {
	if n > 0 {
		return "+" + number(n)
	}
	return strings.Replace(number(n), "-", "−", 1)
}

// state is the form that was sent, for the form that it was, and fresh for others.
func state(wrong, which string, s ui.Form) ui.Form {
	if wrong == which {
		return s
	}
	return ui.Form{}
}
