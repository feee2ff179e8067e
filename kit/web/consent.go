package web

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Purpose is what a cookie is for.
type Purpose string

// The purposes. What is necessary asks nobody; the others wait for a visitor
// who allows them.
const (
	Necessary      Purpose = "necessary"
	ForPreferences Purpose = "preferences"
	ForHistory     Purpose = "history" // what the visitor looked at
	ForStatistics  Purpose = "statistics"
	ForMarketing   Purpose = "marketing"
)

// Purposes are those that a visitor decides about, in the order of pages.
var Purposes = []Purpose{ForPreferences, ForHistory, ForStatistics, ForMarketing}

// InPlace tells that visitors are asked about a purpose where it helps them, and
// not when they come.
func (p Purpose) InPlace() bool { return p == ForHistory }

// CookieUse is a cookie that a module sets on storefronts. Modules declare
// theirs, so that the page on cookies names them all and a visitor is asked
// about nothing that the store does not do.
type CookieUse struct {
	Name    string // ends in * when it is the beginning of several
	Purpose Purpose
	Label   string // translation key of the sentence on what it does
	Days    int    // how long it is kept; 0 is until the browser is closed
}

// ConsentVersion names the text that visitors agree to. Whoever changes what it
// says raises it, and everybody is asked again.
const ConsentVersion = 1

const (
	consentCookie = "orion_consent"
	consentAge    = 180 * 24 * time.Hour // as regulators advise
	pseudonym     = 22                   // characters of 16 random bytes
)

// Consent is what a visitor decided about cookies.
type Consent struct {
	ID      string // a pseudonym, which the log of decisions has too
	Allowed []Purpose
	Refused []Purpose
}

// Decided tells whether the visitor said yes or no to a purpose.
func (d Consent) Decided(p Purpose) bool {
	return slices.Contains(d.Allowed, p) || slices.Contains(d.Refused, p)
}

// letter names a purpose in the cookie: a capital for yes, a small one for no.
func letter(p Purpose) string { return string(p[0]) }

// String is the consent as the cookie has it.
func (d Consent) String() string {
	var out strings.Builder
	out.WriteString(strconv.Itoa(ConsentVersion) + "." + d.ID + ".")
	for _, p := range d.Allowed {
		out.WriteString(strings.ToUpper(letter(p)))
	}
	for _, p := range d.Refused {
		out.WriteString(letter(p))
	}
	return out.String()
}

// parseConsent reads the cookie. A decision about another text is none, but
// keeps its pseudonym.
func parseConsent(text string) Consent {
	version, rest, _ := strings.Cut(text, ".")
	name, letters, _ := strings.Cut(rest, ".")
	if len(name) != pseudonym || strings.ContainsFunc(name, notToken) {
		return Consent{}
	}
	d := Consent{ID: name}
	if version != strconv.Itoa(ConsentVersion) {
		return d
	}
	for _, p := range Purposes {
		switch {
		case strings.Contains(letters, strings.ToUpper(letter(p))):
			d.Allowed = append(d.Allowed, p)
		case strings.Contains(letters, letter(p)):
			d.Refused = append(d.Refused, p)
		}
	}
	return d
}

// Consent is what the reader decided about the present text.
func (c *Ctx[A]) Consent() Consent { return parseConsent(c.Cookie(consentCookie)) }

// Allows tells whether the reader allowed a purpose. A cookie that is not
// necessary is neither set nor read without it.
func (c *Ctx[A]) Allows(p Purpose) bool {
	return p == Necessary || slices.Contains(c.Consent().Allowed, p)
}

// Decide keeps what the reader decided, and gives it back with the pseudonym
// under which it is kept.
func (c *Ctx[A]) Decide(d Consent) Consent {
	if d.ID = c.Consent().ID; d.ID == "" {
		d.ID = random(16)
	}
	c.SetCookie(consentCookie, d.String(), consentAge)
	return d
}
