package auth

import (
	"slices"
	"strings"
)

// Permission is something that a role may include. Its description for people
// is the word "permissions." plus its code.
type Permission struct {
	Code  string // module.verb
	Group string // for showing; the module when empty
	Reach Reach
}

// Reach is how far a permission goes, and so who can have it at all.
type Reach uint8

// The reaches.
const (
	InStores   Reach = iota // roles of stores may include it
	OfOperator              // means nothing in a store; every admin of a platform has it
	Everywhere              // goes beyond the platforms of an admin; super admins only
)

// Permit declares a permission.
func Permit(code string) Permission {
	module, _, _ := strings.Cut(code, ".")
	return Permission{Code: code, Group: module}
}

// Only is the permission with another reach.
func (p Permission) Only(r Reach) Permission {
	p.Reach = r
	return p
}

// Grants is what somebody may do. The zero value may do nothing.
type Grants struct {
	all   bool
	codes map[string]struct{}
}

// Everything grants all permissions, also those of modules yet to come.
func Everything() Grants { return Grants{all: true} }

// Granted grants the permissions with these codes.
func Granted(codes ...string) Grants {
	g := Grants{codes: make(map[string]struct{}, len(codes))}
	for _, c := range codes {
		g.codes[c] = struct{}{}
	}
	return g
}

// Has tells whether p is granted.
func (g Grants) Has(p Permission) bool { return g.HasCode(p.Code) }

// HasCode tells whether the permission with this code is granted.
func (g Grants) HasCode(code string) bool {
	if g.all {
		return true
	}
	_, ok := g.codes[code]
	return ok
}

// IsAll tells that everything is granted.
func (g Grants) IsAll() bool { return g.all }

// Codes are the granted codes, sorted; none are listed when everything is.
func (g Grants) Codes() []string {
	out := make([]string, 0, len(g.codes))
	for c := range g.codes {
		out = append(out, c)
	}
	slices.Sort(out)
	return out
}

// Covers tells whether all of other is granted here too. Nobody grants what
// they do not have.
func (g Grants) Covers(other Grants) bool {
	if g.all {
		return true
	}
	if other.all {
		return false
	}
	for c := range other.codes {
		if _, ok := g.codes[c]; !ok {
			return false
		}
	}
	return true
}
