package cms

import (
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"orion/kit/fault"
	"orion/kit/id"
)

// RedirectID names a redirect of a store.
type RedirectID = id.ID[redirectKind]

type redirectKind struct{}

// Prefix of the identifiers.
func (redirectKind) Prefix() string { return "rdr" }

// Redirect leads from an address of a store that nothing answers to another one.
type Redirect struct {
	ID     RedirectID
	Path   string // that is asked for
	Prefix bool   // what stands below it, too, with the rest of the path behind Target
	Target string // a path of the store, or an https address; empty with 410
	Code   int    // 301, 302 or 410
	Hits   int64
	Hit    time.Time // the last one, zero is never
	By     string    // who made it, empty is the program
	Made   time.Time
}

// The answers, as HTTP has them.
const (
	MovedForGood = 301
	MovedForNow  = 302
	GoneForGood  = 410
)

// RedirectCodes are the answers: moved for good, for now, and gone.
var RedirectCodes = []int{MovedForGood, MovedForNow, GoneForGood}

const (
	maxRedirects = 2_000
	maxPath      = 300
)

var (
	errNoRedirect   = fault.New(fault.NotFound, "cms.redirect_unknown")
	errRedirect     = fault.New(fault.Invalid, "cms.redirect_invalid")
	errRedirectFull = fault.New(fault.Rule, "cms.redirect_full")
)

// normal is the redirect as it is compared and kept.
func (r Redirect) normal() Redirect {
	r.Path, r.Target = pathAsked(r.Path), line(r.Target)
	if r.Code == GoneForGood {
		r.Target = ""
	}
	if r.Code == 0 {
		r.Code = MovedForGood
	}
	return r
}

// pathAsked is the path of an address, as it is asked for: without what follows it,
// and without a slash at the end.
func pathAsked(s string) string {
	s = line(s)
	if u, err := url.Parse(s); err == nil {
		s = u.Path
	}
	if s = strings.TrimRight(s, "/"); s == "" {
		return "/"
	}
	return s
}

// check tells everything that is wrong with a redirect by itself.
func (r Redirect) check() *fault.Error {
	bad := errRedirect
	switch {
	case r.Path == "/" || !strings.HasPrefix(r.Path, "/") || strings.HasPrefix(r.Path, "//") || strings.ContainsAny(r.Path, "\\\x00"):
		bad = bad.Field("path", "cms.redirect_bad_path")
	case utf8.RuneCountInString(r.Path) > maxPath:
		bad = bad.Field("path", "form.too_long", "max", maxPath)
	}
	switch {
	case r.Code == GoneForGood:
	case r.Target == "":
		bad = bad.Field("target", "form.required")
	case !goodAddress(r.Target) || strings.HasPrefix(r.Target, "#"):
		bad = bad.Field("target", "cms.redirect_bad_target")
	}
	return bad
}

// redirects are those of a store, to be asked.
type redirects struct {
	all   []Redirect
	exact map[string]int
}

func newRedirects(all []Redirect) *redirects {
	r := &redirects{all: all, exact: make(map[string]int, len(all))}
	for i, d := range all {
		r.exact[d.Path] = i
	}
	return r
}

// at is the redirect of a path: its own, else that of what it is below, the nearest first.
func (r *redirects) at(path string) (Redirect, bool) {
	path = pathAsked(path)
	for p, own := path, true; p != ""; own = false {
		if i, ok := r.exact[p]; ok && (own || r.all[i].Prefix) {
			return r.all[i], true
		}
		p = p[:strings.LastIndexByte(p, '/')]
	}
	return Redirect{}, false
}

// to is where a path below the redirect leads.
func (r Redirect) to(path string) string {
	rest := strings.TrimPrefix(pathAsked(path), r.Path)
	if rest == "" || r.Target == "/" {
		return r.Target
	}
	target, query, asks := strings.Cut(r.Target, "?")
	target = strings.TrimRight(target, "/") + (&url.URL{Path: rest}).EscapedPath()
	if asks {
		target += "?" + query
	}
	return target
}

// fits tells whether a new redirect goes with those that there are: none may lead to
// where another one leads away from.
func (r *redirects) fits(d Redirect) *fault.Error {
	with := newRedirects(append(r.all[:len(r.all):len(r.all)], d))
	if _, taken := r.exact[d.Path]; taken {
		return errRedirect.Field("path", "form.taken")
	}
	if strings.HasPrefix(d.Target, "/") {
		next, ok := with.at(d.Target)
		switch {
		case ok && next.Path == d.Path:
			return errRedirect.Field("target", "cms.redirect_loop")
		case ok:
			return errRedirect.Field("target", "cms.redirect_chain", "path", next.Path, "target", next.Target)
		}
	}
	for _, have := range r.all {
		if !strings.HasPrefix(have.Target, "/") {
			continue
		}
		if next, ok := with.at(have.Target); ok && next.Path == d.Path {
			return errRedirect.Field("path", "cms.redirect_before", "path", have.Path)
		}
	}
	return nil
}
