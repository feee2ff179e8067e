package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"syscall"

	"orion/kit/fault"
)

var (
	errUnknown   = fault.New(fault.NotFound, "not_found")
	errSignIn    = fault.New(fault.Unauthenticated, "unauthenticated")
	errForbidden = fault.New(fault.Forbidden, "forbidden")
	errNotInPlan = fault.New(fault.Forbidden, "not_in_plan")
	errTooMany   = fault.New(fault.RateLimit, "rate_limited")
)

// StatusOf is the one mapping from kinds of faults to HTTP.
func StatusOf(k fault.Kind) int {
	switch k {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.Unauthenticated:
		return http.StatusUnauthorized
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.Rule:
		return http.StatusBadRequest
	case fault.RateLimit:
		return http.StatusTooManyRequests
	case fault.Upstream:
		return http.StatusBadGateway
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// gone tells that an error is only that the reader does not wait any more.
func gone(r *http.Request, err error) bool {
	return errors.Is(err, context.Canceled) && r.Context().Err() != nil
}

// led lets somebody else answer a shopper whom nothing else answered.
func (c *Ctx[A]) led() bool {
	shopper, ok := any(c).(*Ctx[Storefront])
	lost := c.site.options.Lost
	if !ok || lost == nil || c.R.Method != http.MethodGet && c.R.Method != http.MethodHead || c.IsPartial() {
		return false
	}
	answered, err := lost(shopper)
	if err != nil {
		c.site.options.Errors(c.R.Context(), "nobody could tell where an address leads", "error", err.Error())
	}
	return answered
}

// finish answers for a handler that returned an error.
func (c *Ctx[A]) finish(err error) {
	if err == nil {
		return
	}
	f := fault.As(err)
	if gone(c.R, err) {
		return
	}
	if f.Kind == fault.Internal {
		c.site.options.Errors(c.R.Context(), "request failed", "route", c.route.String(), "error", err.Error())
	}
	if f.Kind == fault.Unauthenticated && c.R.Method == http.MethodGet && !c.IsPartial() {
		_ = c.RedirectTo(c.loginPath() + "?next=" + url.QueryEscape(c.URL(c.R.URL.RequestURI())))
		return
	}
	if f.Kind == fault.NotFound && c.led() {
		return
	}
	c.kind = f.Kind
	if after := retryAfter(f); after != "" {
		c.W.Header().Set("Retry-After", after)
	}
	status := StatusOf(f.Kind)
	body := c.site.options.Frames.Error(c.Words, f, status, c.requestID)
	head := Head{Title: c.Words.Fault(f), NoIndex: true}
	if err := c.PageStatus(status, head, body); err != nil {
		c.site.options.Errors(c.R.Context(), "error page failed", "route", c.route.String(), "error", err.Error())
		http.Error(c.W, http.StatusText(status), status)
	}
}

// retryAfter is in how many seconds it is worth to ask again, if that is known.
func retryAfter(f *fault.Error) string {
	if s, ok := f.Args["retry_after"].(int); ok {
		return strconv.Itoa(s)
	}
	return ""
}

// loginPath is where people of the audience sign in.
func (c *Ctx[A]) loginPath() string {
	if c.hub.name == StorefrontPages {
		return c.URL("/account/login")
	}
	return c.URL("/login")
}

func ignoreGone(err error) error {
	if errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, http.ErrHandlerTimeout) {
		return nil
	}
	return err
}
