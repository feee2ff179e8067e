package web

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/observe"
	"orion/kit/tenant"
)

// Site serves the pages and the REST interface of all modules.
type Site struct {
	options Options
	routes  []Route

	platform   *hub[Platform]
	admin      *hub[Admin]
	merchant   *hub[Merchant]
	store      *hub[Store]
	storefront *hub[Storefront]
	api        *API
	guard      *http.CrossOriginProtection
}

// Routes are one module's, by audience; any may be nil.
type Routes struct {
	Platform   func(*Mux[Platform])
	Admin      func(*Mux[Admin])
	Merchant   func(*Mux[Merchant])
	Store      func(*Mux[Store])
	Storefront func(*Mux[Storefront])
	API        func(*API)
}

// Seen is what is known about an answered request, for metrics and logs.
type Seen struct {
	Platform string // code; "" where the host is nobody's
	Audience AudienceName
	Module   string // whose route it is; "" of none, as the next
	Route    string // the pattern; the REST interface's begin with APIRoot
	Method   string
	Status   int // 0 when nothing was said, which is 200
	Took     time.Duration
}

// routeName is what a route is called in logs and metrics.
type routeName struct{ module, method, pattern string }

// String implements fmt.Stringer.
func (r routeName) String() string {
	return strings.TrimSpace(r.module + " " + r.method + " " + r.pattern)
}

// LogAttrs implements observe.Subject: what the records of a request say about it.
func (s *state) LogAttrs() []slog.Attr {
	attrs := []slog.Attr{slog.String("request", s.requestID)}
	if s.place.Platform.Code != "" {
		attrs = append(attrs, slog.String("platform", s.place.Platform.Code))
	}
	if s.place.Shop != nil {
		attrs = append(attrs, slog.String("store", s.place.Shop.Code))
	}
	return attrs
}

// NewSite makes a site without routes.
func NewSite(o Options) *Site {
	s := &Site{
		options:    o,
		platform:   newHub(o.Frames.Platform),
		admin:      newHub(o.Frames.Admin),
		merchant:   newHub(o.Frames.Merchant),
		store:      newHub(o.Frames.Store),
		storefront: newHub(o.Frames.Storefront),
		guard:      http.NewCrossOriginProtection(),
	}
	s.api = newAPI(s)
	return s
}

// Mount adds a module's routes. Two routes that cannot be told apart panic,
// since this runs while the program starts.
func (s *Site) Mount(module string, r Routes) {
	mount(s, module, s.platform, r.Platform)
	mount(s, module, s.admin, r.Admin)
	mount(s, module, s.merchant, r.Merchant)
	mount(s, module, s.store, r.Store)
	mount(s, module, s.storefront, r.Storefront)
	if r.API != nil {
		r.API(s.api.of(module))
	}
}

func mount[A Audience](s *Site, module string, h *hub[A], routes func(*Mux[A])) {
	if routes != nil {
		routes(&Mux[A]{site: s, module: module, hub: h})
	}
}

// Catalogue lists all routes.
func (s *Site) Catalogue() []Route { return slices.Clone(s.routes) }

func (s *Site) enabled(p tenant.PlatformID, module string) bool {
	return s.options.Enabled == nil || s.options.Enabled(p, module)
}

// ServeHTTP finds out where the request arrived and who asks, and calls the
// route.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	st := &state{site: s, requestID: requestID(r), nonce: random(12), clientAddr: s.options.Proxies.client(r), scheme: s.options.Proxies.scheme(r)}
	w.Header().Set("X-Request-Id", st.requestID)
	started := time.Now()
	defer func() {
		s.recovered(w, r, st, recover())
		if seen := observe.InspectionOf(r.Context()); seen != nil {
			seen.Answer(observe.Answered{
				Request: st.requestID, Route: st.route.String(), Audience: string(st.place.Audience), Platform: st.place.Platform.Code, Status: st.status,
			})
		}
		if s.options.Observe != nil {
			s.options.Observe(r.Context(), Seen{
				Platform: st.place.Platform.Code, Audience: st.place.Audience, Module: st.route.module, Route: st.route.pattern,
				Method: r.Method, Status: st.status, Took: time.Since(started),
			})
		}
	}()
	if !isText(r.URL) {
		s.refuse(w, r, st, errUnknown)
		return
	}
	place, err := s.options.Resolve(r)
	st.place = place
	if err != nil {
		st.place.Audience = PlatformPages
		s.refuse(w, r, st, err)
		return
	}
	if err := s.guard.Check(r); err != nil && !hasBearer(r) {
		st.place.API = false
		s.refuse(w, r, st, errForbidden.Because(err))
		return
	}
	if place.API {
		s.api.serve(w, r, st)
		return
	}
	s.serve(w, r, st)
}

func (s *Site) serve(w http.ResponseWriter, r *http.Request, st *state) {
	ctx := r.Context()
	switch st.place.Audience {
	case AdminPages:
		as, _ := s.options.Identify.Admin(ctx, session(r, AdminPages))
		serveAs(newCtx(s.admin, st, as), w, r)
	case MerchantPages:
		as, ok := s.options.Identify.Merchant(ctx, st.place.Platform.In, session(r, MerchantPages))
		if !ok {
			as = Merchant{}
		}
		serveAs(newCtx(s.merchant, st, as), w, r)
	case StorePages:
		as := Store{In: st.place.In, Shop: st.place.Shop}
		if user, grants, ok := s.options.Identify.Staff(ctx, as.In, session(r, StorePages)); ok {
			as.User, as.Grants = user, grants
		}
		serveAs(newCtx(s.store, st, as), w, r)
	case StorefrontPages:
		as := Storefront{In: st.place.In, Shop: st.place.Shop}
		if token := session(r, StorefrontPages); token != "" {
			as.Customer, _ = s.options.Identify.Customer(ctx, as.In, token)
		}
		serveAs(newCtx(s.storefront, st, as), w, r)
	default:
		serveAs(newCtx(s.platform, st, st.place.Platform), w, r)
	}
}

// serveAs calls the route for a reader who is known by now.
func serveAs[A Audience](c *Ctx[A], w http.ResponseWriter, r *http.Request) {
	c.meets(w, r)
	c.R = at(r.WithContext(observe.About(context.WithValue(r.Context(), ctxKey{}, c), c.state)), c.place.Path)
	c.hub.mux.ServeHTTP(w, c.R)
}

func newCtx[A Audience](h *hub[A], st *state, as A) *Ctx[A] {
	return &Ctx[A]{As: as, state: st, hub: h}
}

// meets gives the request to its context, and the answer its headers.
func (c *Ctx[A]) meets(w http.ResponseWriter, r *http.Request) {
	lang, langs := language(r, c.place, c.As)
	c.W, c.R, c.Words, c.langs = w, r, c.site.options.Bundle.In(lang), langs
	if shop := c.place.Shop; shop != nil {
		c.Words = c.Words.Zone(i18n.ZoneOf(shop.Country)) // a store's pages tell its own time
	}
	securityHeaders(w, c.nonce)
	// The pages that are reached from a page in a language are in it too; a preview in
	// a page of the staff changes nothing for who looks at it.
	framed := r.Header.Get("Sec-Fetch-Dest") == "iframe"
	if _, ok := asked(r, langs); ok && !framed && c.place.Audience == StorefrontPages && c.Cookie(langCookie) != string(lang) {
		c.SetCookie(langCookie, string(lang), yearLong)
	}
}

// refuse answers before anybody was asked who they are.
func (s *Site) refuse(w http.ResponseWriter, r *http.Request, st *state, err error) {
	c := newCtx(s.platform, st, Platform{})
	c.meets(w, r.WithContext(observe.About(r.Context(), st)))
	if strings.HasPrefix(r.URL.Path, "/api/") {
		writeFault(w, c.Words, fault.As(err), st)
		return
	}
	c.finish(err)
}

func (s *Site) recovered(w http.ResponseWriter, r *http.Request, st *state, p any) {
	if err, ok := p.(error); p == nil || ok && errors.Is(err, http.ErrAbortHandler) {
		return
	}
	s.options.Errors(observe.About(r.Context(), st), "request panicked", "route", st.route.String(), "panic", p, "stack", stack())
	st.status = http.StatusInternalServerError
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusInternalServerError)
	words := s.options.Bundle.In(i18n.En)
	_, _ = w.Write([]byte(words.T("internal") + " (" + st.requestID + ")\n"))
}

func session(r *http.Request, a AudienceName) string {
	ck, err := r.Cookie(cookiePrefix + string(a))
	if err != nil {
		return ""
	}
	return ck.Value
}

func requestID(r *http.Request) string {
	if id := r.Header.Get("X-Request-Id"); len(id) >= 8 && len(id) <= 64 && !strings.ContainsFunc(id, notToken) {
		return id
	}
	return random(9)
}

// isText tells that an address is text when its escapes are undone. Nothing has
// a name that is none, and no database could be asked for it.
func isText(address *url.URL) bool {
	query := address.RawQuery
	if strings.ContainsRune(query, '%') {
		if plain, err := url.QueryUnescape(query); err == nil {
			query = plain
		}
	}
	whole := address.Path + query
	return utf8.ValidString(whole) && strings.IndexByte(whole, 0) < 0
}

func notToken(r rune) bool {
	return !(r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z')
}

func random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}
