package paymentsui

import (
	"time"

	"orion/modules/customers/customersapi"
)

// Card is a saved card.
type Card struct {
	ID     string
	Name   string // "Visa •••• 4242"
	Until  string // "12/34"; empty when it does not end
	Ended  bool
	Usable bool
	At     time.Time // when its owner agreed that it is saved
}

// label is a card with its date, in words.
func (c Card) label() string {
	if c.Until == "" {
		return c.Name
	}
	return c.Name + " (" + c.Until + ")"
}

// Cards are a customer's saved cards.
type Cards struct {
	Base  string // under which they are removed; empty when the reader may not
	Add   string // where one is added; empty when none can be
	Menu  customersapi.Section
	Cards []Card
}
