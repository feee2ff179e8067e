package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/a-h/templ"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/web/form"
)

// Frame draws a whole page around a body.
type Frame[A Audience] func(c *Ctx[A], h Head, body templ.Component) templ.Component

// ErrorBody draws what is said about a failed request.
type ErrorBody func(w i18n.Words, f *fault.Error, status int, requestID string) templ.Component

type ctxKey struct{}

// Ctx is a request of one audience and the means to answer it.
type Ctx[A Audience] struct {
	W     http.ResponseWriter
	R     *http.Request
	As    A
	Words i18n.Words

	*state
	hub *hub[A]
}

// state is the part of a request that does not depend on the audience.
type state struct {
	site       *Site
	place      Place
	requestID  string
	nonce      string
	route      routeName
	status     int
	langs      []i18n.Lang
	kind       fault.Kind
	clientAddr string
	scheme     string
}

// Context is the request's.
func (c *Ctx[A]) Context() context.Context { return c.R.Context() }

// Param is a wildcard of the route's pattern.
func (c *Ctx[A]) Param(name string) string { return c.R.PathValue(name) }

// Query is a parameter of the address.
func (c *Ctx[A]) Query(name string) string { return strings.TrimSpace(c.R.URL.Query().Get(name)) }

// RequestID names the request in logs and error pages.
func (c *Ctx[A]) RequestID() string { return c.requestID }

// Nonce is what inline style elements of this page carry.
func (c *Ctx[A]) Nonce() string { return c.nonce }

// Place is where the request arrived.
func (c *Ctx[A]) Place() Place { return c.place }

// Langs are the languages that a reader may choose here.
func (c *Ctx[A]) Langs() []i18n.Lang { return c.langs }

// base is the prefix of the audience's links.
func (c *Ctx[A]) base() string {
	switch c.hub.name {
	case AdminPages:
		return "/admin"
	case MerchantPages:
		return "/merchants"
	case StorePages:
		return c.place.StaffBase
	case StorefrontPages:
		return c.place.ShopBase
	}
	return ""
}

// Base is the prefix of the audience's links, without a trailing slash.
func (c *Ctx[A]) Base() string { return c.base() }

// URL is a link inside the audience.
func (c *Ctx[A]) URL(path string) string { return c.base() + path }

// ShopURL is a link into the storefront of the same store.
func (c *Ctx[A]) ShopURL(path string) string { return c.place.ShopBase + path }

// StoreURL is a link into the staff pages of the same store.
func (c *Ctx[A]) StoreURL(path string) string { return c.place.StaffBase + path }

// Origin is the absolute address of the storefront or audience, for links in
// mails.
func (c *Ctx[A]) Origin() string { return c.scheme + "://" + c.R.Host + c.base() }

// ShopOrigin is the absolute address of the storefront of the same store.
func (c *Ctx[A]) ShopOrigin() string { return c.scheme + "://" + c.R.Host + c.place.ShopBase }

// Address is the absolute address by which a page of the storefront is known to
// others: in the language that this one was asked for in.
func (c *Ctx[A]) Address(path string) string {
	page := c.ShopOrigin() + path
	if l := c.Words.Lang(); c.place.Shop != nil && c.R.URL.RawQuery != "" && c.Query(LangParam) == string(l) {
		return c.place.Shop.InLang(page, l)
	}
	return page
}

// IsPartial tells that a page which is shown asks for a part of itself.
func (c *Ctx[A]) IsPartial() bool { return c.R.Header.Get("Orion-Part") == "true" }

// Granted tells whether the plan has a feature, so that a page offers only what it has.
func (c *Ctx[A]) Granted(feature string) bool { return granted(c.site, c.As, feature) }

// From is where the reader is, for the list of their sessions.
func (c *Ctx[A]) From() auth.From { return auth.From{Addr: c.clientAddr, Agent: c.R.UserAgent()} }

// Actor is who does this, for audit logs and timelines.
func (c *Ctx[A]) Actor() auth.Actor { return actorOf(c.As) }

func actorOf[A Audience](as A) auth.Actor {
	switch v := any(as).(type) {
	case Admin:
		return auth.UserActor(v.User)
	case Merchant:
		return auth.UserActor(v.User)
	case Store:
		return auth.UserActor(v.User)
	case Storefront:
		return auth.CustomerActor(v.Customer)
	}
	return auth.Actor{}
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Page answers with a whole page.
func (c *Ctx[A]) Page(h Head, body templ.Component) error {
	return c.PageStatus(http.StatusOK, h, body)
}

// PageStatus is Page with another status, such as 422 for a form shown again.
func (c *Ctx[A]) PageStatus(status int, h Head, body templ.Component) error {
	return c.write(status, c.hub.frame(c, h, body))
}

// Partial answers with a fragment.
func (c *Ctx[A]) Partial(body templ.Component) error { return c.write(http.StatusOK, body) }

// PartialStatus is Partial with another status.
func (c *Ctx[A]) PartialStatus(status int, body templ.Component) error { return c.write(status, body) }

// write renders before it sends, so that a page that fails half way is an
// error page and not half a page.
func (c *Ctx[A]) write(status int, body templ.Component) error {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	ctx := ui.With(c.R.Context(), ui.Env{Words: c.Words, Base: c.base(), Nonce: c.nonce})
	if err := body.Render(ctx, buf); err != nil {
		return err
	}
	c.W.Header().Set("Content-Type", "text/html; charset=utf-8")
	c.status = status
	c.W.WriteHeader(status)
	_, err := c.W.Write(buf.Bytes())
	return ignoreGone(err)
}

// Download makes the answer a file that the reader keeps and nobody else does.
// The name is plain: letters, digits, dots and dashes.
func (c *Ctx[A]) Download(name, contentType string) io.Writer {
	h := c.W.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Cache-Control", "no-store")
	return c.W
}

// CSV is the type of a file for spreadsheets.
const CSV = "text/csv; charset=utf-8"

// Redirect sends the reader to a path of the same audience.
func (c *Ctx[A]) Redirect(path string) error { return c.RedirectTo(c.URL(path)) }

// RedirectTo sends the reader to a whole path, which must be ours.
func (c *Ctx[A]) RedirectTo(path string) error {
	if !localPath(path) {
		path = c.base() + "/"
	}
	c.status = http.StatusSeeOther
	http.Redirect(c.W, c.R, path, http.StatusSeeOther)
	return nil
}

// Form parses the body of a form.
func (c *Ctx[A]) Form() (*form.Form, error) { return form.Parse(c.W, c.R) }

func localPath(p string) bool {
	return strings.HasPrefix(p, "/") && !strings.HasPrefix(p, "//") && !strings.ContainsAny(p, "\\\r\n")
}
