package customers

import (
	"net/mail"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/letters"
	"orion/modules/customers/customersapi"
)

const (
	maxName  = 120
	maxPhone = 40
	maxEmail = 254 // RFC 5321
)

var (
	errUnknown     = fault.New(fault.NotFound, "customers.unknown")
	errUnconfirmed = fault.New(fault.Rule, "customers.erase_unconfirmed")
	errErased      = fault.New(fault.Conflict, "customers.already_erased")
	errSignIn      = fault.New(fault.Unauthenticated, "customers.wrong_sign_in")
	errLink        = fault.New(fault.NotFound, "customers.link_spent")
	errProfile     = fault.New(fault.Invalid, "customers.invalid_profile")
	errAddress     = fault.New(fault.Invalid, "customers.invalid_address")
	errPassword    = fault.New(fault.Invalid, "customers.invalid_password")
	errTooMany     = fault.New(fault.Rule, "customers.too_many_addresses")
)

// Status is how a customer stands with the store.
type Status string

// The states of a customer.
const (
	Guest   Status = "guest"   // bought or was imported, and has no account
	Active  Status = "active"  // has an account
	Blocked Status = "blocked" // staff took the account away
)

// Customer is somebody who buys in one store. Customers of two stores have
// nothing to do with each other, even with one address.
type Customer struct {
	ID         auth.CustomerID
	Number     int64 // per store, from 1001
	Email      string
	Name       string
	Phone      string
	Lang       i18n.Lang
	Status     Status
	Consent    bool      // to marketing mail
	ConsentAt  time.Time // when that was last decided, zero when never
	Orders     int64
	Spent      int64     // minor units of the store's currency, less what went back
	Returned   int64     // of it, given back
	Tags       []string  // of the staff, in order
	LastOrder  time.Time // zero when there is none
	Registered time.Time // zero for guests
	Created    time.Time
	Erased     time.Time // zero while the store knows who it is

	hash    string // of the password, empty for guests
	version int64  // of the password: links that were made for an older one are spent
}

// Label is the number as people write it.
func (c Customer) Label() string { return "C" + strconv.FormatInt(c.Number, 10) }

// Title is how the customer is called: by name, else by address.
func (c Customer) Title() string {
	if c.Name != "" {
		return c.Name
	}
	return c.Email
}

func (c Customer) profile() customersapi.Profile {
	return customersapi.Profile{
		ID: c.ID, Number: c.Label(), Email: c.Email, Name: c.Name, Lang: c.Lang, Guest: c.Registered.IsZero(),
	}
}

// mayEnter tells that the customer can sign in.
func (c Customer) mayEnter() bool { return c.Status == Active }

// decide notes a decision about marketing mail, with its time if it is a new one.
func (c *Customer) decide(consent bool, now time.Time) {
	if c.Consent != consent || c.ConsentAt.IsZero() && consent {
		c.Consent, c.ConsentAt = consent, now
	}
}

// emailKey is an address as it is compared.
func emailKey(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// checkEmail adds what is wrong with an address.
func checkEmail(bad *fault.Error, email string) *fault.Error {
	if email == "" {
		return bad.Field("email", "form.required")
	}
	a, err := mail.ParseAddress(email)
	if err != nil || a.Address != email || len(email) > maxEmail || !strings.Contains(email[strings.LastIndex(email, "@"):], ".") {
		return bad.Field("email", "form.bad_email")
	}
	return bad
}

func checkText(bad *fault.Error, name, value string, limit int) *fault.Error {
	if utf8.RuneCountInString(value) > limit {
		return bad.Field(name, "form.too_long", "max", limit)
	}
	return bad
}

func checkName(bad *fault.Error, name string) *fault.Error {
	if name == "" {
		return bad.Field("name", "form.required")
	}
	return checkText(bad, "name", name, maxName)
}

// clip is a text without surrounding space, cut to what can be kept.
func clip(s string, limit int) string {
	return strings.TrimSpace(letters.Clip(strings.TrimSpace(strings.ToValidUTF8(s, "")), limit))
}

func known(l i18n.Lang) i18n.Lang {
	if l.Valid() {
		return l
	}
	return i18n.En
}
