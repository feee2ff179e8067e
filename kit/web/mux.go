package web

import (
	"net/http"
	"time"

	"github.com/go-chi/httprate"

	"orion/kit/auth"
	"orion/kit/tenant"
)

// Handler answers a request of one audience. The error it returns is turned
// into a page or JSON in one place.
type Handler[A Audience] func(c *Ctx[A]) error

// Access says who may call a route.
type Access struct {
	permission auth.Permission
	feature    string
	signedIn   bool
	limit      int
	window     time.Duration
}

// Public routes are open to everybody of the audience.
var Public = Access{}

// SignedIn routes ask for a user or customer, whatever they may do.
var SignedIn = Access{signedIn: true}

// Need asks for a permission.
func Need(p auth.Permission) Access { return Access{permission: p, signedIn: true} }

// Limit also lets each client address call the route n times per window.
func (a Access) Limit(n int, window time.Duration) Access {
	a.limit, a.window = n, window
	return a
}

// Of also asks for a feature of the plan of the store or merchant.
func (a Access) Of(feature string) Access {
	a.feature = feature
	return a
}

// Feature is what the plan must have; empty is nothing.
func (a Access) Feature() string { return a.feature }

// Permission is what the route asks for; its code is empty when none.
func (a Access) Permission() auth.Permission { return a.permission }

// IsPublic tells that nobody has to sign in.
func (a Access) IsPublic() bool { return !a.signedIn }

// Route is one line of the route catalogue.
type Route struct {
	Module   string
	Audience AudienceName
	Method   string
	Pattern  string // inside the audience
	Access   Access
	API      bool
}

// Mux takes the routes of one module for one audience.
type Mux[A Audience] struct {
	site   *Site
	module string
	hub    *hub[A]
}

// hub is the routes of all modules for one audience.
type hub[A Audience] struct {
	name  AudienceName
	mux   *http.ServeMux
	frame Frame[A]
}

func newHub[A Audience](frame Frame[A]) *hub[A] {
	h := &hub[A]{name: nameOf[A](), mux: http.NewServeMux(), frame: frame}
	h.ownRoutes()
	return h
}

// Get mounts a page. The pattern is net/http's, inside the audience.
func (m *Mux[A]) Get(pattern string, need Access, h Handler[A]) {
	m.handle(http.MethodGet, pattern, need, h)
}

// Post mounts a form's target.
func (m *Mux[A]) Post(pattern string, need Access, h Handler[A]) {
	m.handle(http.MethodPost, pattern, need, h)
}

func (m *Mux[A]) handle(method, pattern string, need Access, h Handler[A]) {
	m.site.routes = append(m.site.routes, Route{Module: m.module, Audience: m.hub.name, Method: method, Pattern: pattern, Access: need})
	route := routeName{m.module, method, pattern}
	if pattern == "/" {
		pattern = "/{$}"
	}
	limiter := newLimiter(need)
	m.hub.mux.HandleFunc(method+" "+pattern, func(w http.ResponseWriter, r *http.Request) {
		c, ok := r.Context().Value(ctxKey{}).(*Ctx[A])
		if !ok {
			http.Error(w, "routing", http.StatusInternalServerError)
			return
		}
		c.R, c.W, c.route = r, w, route
		c.finish(m.serve(c, need, limiter, h))
	})
}

func (m *Mux[A]) serve(c *Ctx[A], need Access, limiter *httprate.RateLimiter, h Handler[A]) error {
	if err := admit(m.site, door{m.module, c.place.Platform.In.ID(), need}, c.As, func() bool {
		return limiter != nil && limiter.OnLimit(c.W, c.R, c.client())
	}); err != nil {
		return err
	}
	return h(c)
}

// door is what stands before a route.
type door struct {
	module   string
	platform tenant.PlatformID
	need     Access
}

// admit decides who may pass, in the order of the layers: what the plan has,
// which modules the platform has, and what the caller may do. Menus show what
// passes here.
func admit[A Audience](s *Site, d door, as A, tooMany func() bool) error {
	if f := d.need.feature; f != "" && !granted(s, as, f) {
		return errNotInPlan.With("feature", f)
	}
	if !s.enabled(d.platform, d.module) {
		return errUnknown
	}
	if tooMany() {
		return errTooMany
	}
	grants, signedIn := access(as)
	if d.need.signedIn && !signedIn {
		return errSignIn
	}
	if p := d.need.permission; p.Code != "" && !grants.Has(p) {
		return errForbidden
	}
	return nil
}

// granted tells whether the plan of whom a request is about has a feature.
func granted[A Audience](s *Site, as A, feature string) bool {
	return s.options.Granted == nil || s.options.Granted(subscriber(as), feature)
}

func newLimiter(need Access) *httprate.RateLimiter {
	if need.limit == 0 {
		return nil
	}
	return httprate.NewRateLimiter(need.limit, need.window)
}
