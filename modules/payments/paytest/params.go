package paytest

import (
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
)

// params are a request's parameters, flat as they are sent: "metadata[key]".
type params struct{ values url.Values }

// only refuses what an endpoint does not know, as the gateway does. A name may
// end in [*].
func (p params) only(known ...string) *Problem {
	for name := range p.values {
		plain := strings.ReplaceAll(strings.ReplaceAll(name, "[", "/"), "]", "")
		if !slices.ContainsFunc(known, func(k string) bool {
			ok, _ := path.Match(strings.ReplaceAll(strings.ReplaceAll(k, "[", "/"), "]", ""), plain)
			return ok
		}) {
			return invalid("parameter_unknown", name, "Received unknown parameter: "+name)
		}
	}
	return nil
}

func (p params) get(name string) string { return p.values.Get(name) }

func (p params) has(name string) bool { return p.values.Has(name) }

// number is an integer; an absent one is the fallback.
func (p params) number(name string, fallback int64) (int64, *Problem) {
	if !p.has(name) {
		return fallback, nil
	}
	n, err := strconv.ParseInt(p.get(name), 10, 64)
	if err != nil {
		return 0, invalid("parameter_invalid_integer", name, "Invalid integer: "+p.get(name))
	}
	return n, nil
}

// metadata are the values under metadata[…].
func (p params) metadata() map[string]string { return p.under("metadata") }

// under are the values under a name, "evidence[…]".
func (p params) under(group string) map[string]string {
	out := map[string]string{}
	for name := range p.values {
		if rest, ok := strings.CutPrefix(name, group+"["); ok {
			out[strings.TrimSuffix(rest, "]")] = p.get(name)
		}
	}
	return out
}

// fingerprint tells whether a repetition asks for the same.
func (p params) fingerprint() string { return p.values.Encode() }

// text is a value that may be absent.
func (p params) text(name string) *string {
	if v := p.get(name); v != "" {
		return &v
	}
	return nil
}

// slice is a part of a list, the newest first.
type slice struct {
	limit, from, to int64
	after           string // begins behind this one
}

func (p params) slice() (s slice, bad *Problem) {
	for name, into := range map[string]*int64{"limit": &s.limit, "created[gte]": &s.from, "created[lte]": &s.to} {
		if *into, bad = p.number(name, 0); bad != nil {
			return s, bad
		}
	}
	if s.limit == 0 {
		s.limit = 10
	}
	s.after = p.get("starting_after")
	return s, nil
}

// outside tells whether the next thing of a list does not belong to the slice.
func (s *slice) outside(id string, created int64) bool {
	if s.after != "" {
		if s.after == id {
			s.after = ""
		}
		return true
	}
	return created < s.from || s.to > 0 && created > s.to
}

// some is the part of a list that was asked for, the newest first.
func some[T any](c call, url string, all []T, which func(T) (id string, created int64)) (any, *Problem) {
	part, bad := c.p.slice()
	if bad != nil {
		return nil, bad
	}
	out, found := list{Object: "list", URL: url}, []T{}
	for _, one := range slices.Backward(all) {
		id, created := which(one)
		switch {
		case part.outside(id, created):
		case int64(len(found)) == part.limit:
			out.HasMore = true
		default:
			found = append(found, one)
		}
	}
	out.Data = found
	return out, nil
}

// those are copies of the things of an account that are wanted; a nil fits wants all.
func those[T any](all []*T, fits func(*T) bool) []T {
	out := make([]T, 0, len(all))
	for _, one := range all {
		if fits == nil || fits(one) {
			out = append(out, *one)
		}
	}
	return out
}
