// Package ordersapi is what other modules may ask of orders, and what orders tell.
package ordersapi

import (
	"time"

	"orion/kit/auth"
	"orion/kit/id"
	"orion/kit/money"
	"orion/modules/catalog/catalogapi"
)

// Code is the module's code.
const Code = "orders"

// OrderID names an order.
type OrderID = id.ID[OrderKind]

// OrderKind is the kind of order identifiers.
type OrderKind struct{}

// Prefix of order identifiers.
func (OrderKind) Prefix() string { return "ord" }

// Status is where an order stands.
type Status string

// The states of an order; modules/orders/README.md draws the moves.
const (
	Pending          Status = "pending"    // placed, waits for payment
	Processing       Status = "processing" // to be shipped
	PartiallyShipped Status = "partially_shipped"
	Shipped          Status = "shipped"
	Delivered        Status = "delivered"
	Cancelled        Status = "cancelled"
	Refunded         Status = "refunded"
)

// Line is what was bought of one variant.
type Line struct {
	Variant  catalogapi.VariantID `json:"variant"`
	Product  catalogapi.ProductID `json:"product"`
	Quantity int64                `json:"quantity"`
	Total    money.Amount         `json:"total"`
}

// Moved is the common part of the module's events.
type Moved struct {
	Order    OrderID         `json:"order"`
	Number   string          `json:"number"`
	Customer auth.CustomerID `json:"customer"`
	At       time.Time       `json:"at"`
	Total    money.Amount    `json:"total"`
}

// EventEntity implements event.Payload.
func (m Moved) EventEntity() int64 { return int64(m.Order) }

// Placed is told when an order was accepted and its goods are held.
type Placed struct {
	Moved
	Lines []Line `json:"lines"`
}

// EventName implements event.Payload.
func (Placed) EventName() string { return "orders.placed.v1" }

// Paid is told when an order's payment is ours, or promised on delivery.
type Paid struct {
	Moved
	AtOnce bool `json:"at_once,omitempty"` // told together with Placed, which says enough
}

// EventName implements event.Payload.
func (Paid) EventName() string { return "orders.paid.v1" }

// WasShipped is told for each parcel.
type WasShipped struct {
	Moved
	Lines    []Line `json:"lines"`
	Complete bool   `json:"complete"`
}

// EventName implements event.Payload.
func (WasShipped) EventName() string { return "orders.shipped.v1" }

// WasCancelled is told when an order ended before it was shipped.
type WasCancelled struct {
	Moved
	Reason string `json:"reason"`
}

// EventName implements event.Payload.
func (WasCancelled) EventName() string { return "orders.cancelled.v1" }

// WasRefunded is told when money went back to the customer.
type WasRefunded struct {
	Moved
	Amount money.Amount `json:"amount"`
}

// EventName implements event.Payload.
func (WasRefunded) EventName() string { return "orders.refunded.v1" }
