package cms

import (
	"encoding/json"
	"net/mail"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"orion/kit/fault"
	"orion/kit/i18n"
)

// Menu is what leads through a store: its entries in order, those below another one
// right behind it.
type Menu struct {
	Last  int64      `json:"last"` // the number that was given last
	Items []MenuItem `json:"items"`
}

// MenuItem is one entry of a menu.
type MenuItem struct {
	ID    string    `json:"id"`
	Kind  string    `json:"kind"`
	To    string    `json:"to,omitempty"`    // what it leads to: a key of its kind, or an address
	Label i18n.Text `json:"label,omitempty"` // empty is what it leads to is called
	Sub   bool      `json:"sub,omitempty"`   // it stands below the last one before it that does not
	Gone  bool      `json:"gone,omitempty"`  // it was deleted, and comes back until the menu is published
}

// The kinds of entries that cms has itself. Modules bring others; see menusapi.
const (
	asHeading = "heading" // leads nowhere, and has others below it
	asPage    = "page"
	asAddress = "address"
)

const (
	maxMenu  = 60
	maxEntry = 80
)

var (
	errMenuItem = fault.New(fault.Invalid, "cms.menu_invalid")
	errNoItem   = fault.New(fault.NotFound, "cms.menu_no_item")
	errMenuFull = fault.New(fault.Rule, "cms.menu_full").With("max", maxMenu)
	errMenuDeep = fault.New(fault.Rule, "cms.menu_deep")
	errMenuFlat = fault.New(fault.Rule, "cms.menu_flat")
)

// readMenu reads a stored menu. One that is not whole is an error.
func readMenu(kind FittingKind, text string) (Menu, error) {
	var m Menu
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		return m, errFittingBad.Because(err)
	}
	seen := map[string]bool{}
	for _, i := range m.Items {
		if i.ID == "" || seen[i.ID] || i.leadsWrong() {
			return Menu{}, errFittingBad
		}
		seen[i.ID] = true
	}
	if len(m.Items) > 2*maxMenu {
		return Menu{}, errFittingBad
	}
	m.settle(kind)
	return m, nil
}

func (m Menu) text() string {
	text, err := json.Marshal(m)
	if err != nil { // a menu is plain structs, which can always be written
		return "{}"
	}
	return string(text)
}

// normal is the entry as it is compared and kept.
func (i MenuItem) normal() MenuItem {
	i.Label = tidy(i.Label, line)
	if i.To = line(i.To); i.Kind == asHeading {
		i.To = ""
	}
	return i
}

// check tells everything that is wrong with an entry by itself; lang is the language
// that must have a label where one is needed, empty is any.
func (i MenuItem) check(lang i18n.Lang) *fault.Error {
	bad := errMenuItem
	switch i.Kind {
	case asHeading:
	case asAddress:
		bad = checkAddress(bad, i.To)
		if i.To == "" {
			bad = bad.Field("to", "form.required")
		}
	default:
		if i.To == "" {
			bad = bad.Field("to", "form.choose")
		}
		bad = short(bad, "to", i.To, maxPath)
	}
	if i.needsLabel() && (i.Label.IsEmpty() || lang != "" && i.Label[lang] == "") {
		bad = bad.Field("label_"+string(lang), "form.required")
	}
	for l, text := range i.Label {
		bad = short(bad, "label_"+string(l), text, maxEntry)
	}
	return bad
}

// leadsWrong tells whether an entry that is stored must not be followed.
func (i MenuItem) leadsWrong() bool {
	return i.Kind == "" || i.Kind == asAddress && checkAddress(errMenuItem, i.To).OrNil() != nil
}

func (i MenuItem) needsLabel() bool { return i.Kind == asHeading || i.Kind == asAddress }

// dialled is a number as addresses have it.
var dialled = regexp.MustCompile(`^\+?[0-9][0-9 ().\-]{1,30}$`)

// checkAddress tells what is wrong with where a link leads: a path of the store, an
// https address, a mail address or a number. Everything else may run, or load.
func checkAddress(bad *fault.Error, s string) *fault.Error {
	if s == "" {
		return bad
	}
	if utf8.RuneCountInString(s) > mostAddress {
		return bad.Field("to", "form.too_long", "max", mostAddress)
	}
	ok := false
	scheme, rest, _ := strings.Cut(s, ":")
	switch strings.ToLower(scheme) {
	case "mailto":
		a, err := mail.ParseAddress(rest)
		ok = err == nil && a.Address == rest && !strings.ContainsAny(rest, "<>\"\\ ?&%")
	case "tel":
		ok = dialled.MatchString(rest)
	default:
		u, err := url.Parse(s)
		ok = err == nil && goodAddress(s) && !strings.HasPrefix(s, "#") && (u.Scheme == "" || u.Hostname() != "")
	}
	if !ok {
		return bad.Field("to", "cms.menu_bad_address")
	}
	return bad
}
