package web

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/go-chi/httprate"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/observe"
)

// APIRoot is where the REST interface begins; the audience's name follows.
const APIRoot = "/api/v1"

// API takes the REST routes of one module. Its description at /openapi.json is
// made from the handlers' types.
type API struct {
	site   *Site
	module string
	mux    *http.ServeMux
	huma   huma.API
	names  *schemaNames
}

// Op describes a REST operation.
type Op struct {
	Method  string
	Path    string // inside the audience, such as /products/{slug}
	ID      string // camel case, unique, such as getProduct
	Summary string
	Need    Access
	Status  int // of a success; 0 is 200
	Example any // of the answer's body
}

type apiKey struct{}

type apiCtx[A Audience] struct {
	as    A
	words i18n.Words
	state *state
	r     *http.Request
}

func newAPI(s *Site) *API {
	mux := http.NewServeMux()
	conf := huma.DefaultConfig("Orion", s.options.Version)
	conf.OpenAPIPath = "/openapi"
	conf.DocsPath = ""
	conf.SchemasPath = ""
	conf.CreateHooks = nil
	names := &schemaNames{types: map[string]reflect.Type{}}
	conf.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", names.name)
	conf.Info.Description = "The REST interface of Orion. Amounts are integers in minor units; identifiers are text; lists are paged with the answer's next value."
	conf.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token": {Type: "http", Scheme: "bearer", Description: "A token made with: orion token create"},
	}
	huma.NewErrorWithContext = humaError
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if st, ok := r.Context().Value(stateKey{}).(*state); ok {
			writeFault(w, WordsOf(r.Context()), errUnknown, st)
			return
		}
		http.NotFound(w, r)
	})
	return &API{site: s, mux: mux, huma: humago.New(mux, conf), names: names}
}

func (a *API) of(module string) *API {
	c := *a
	c.module = module
	return &c
}

// Spec is the description of all operations, as JSON.
func (s *Site) Spec() ([]byte, error) { return json.Marshal(s.api.huma.OpenAPI()) }

// Handle mounts an operation for audience A. The handler gets the caller and
// the typed input; its error becomes an answer in one place.
func Handle[A Audience, I, O any](a *API, op Op, h func(ctx context.Context, as A, in *I) (*O, error)) {
	name := nameOf[A]()
	module, site := a.module, a.site
	site.routes = append(site.routes, Route{Module: module, Audience: name, Method: op.Method, Pattern: op.Path, Access: op.Need, API: true})
	limiter := newLimiter(op.Need)
	a.names.module = module
	route := routeName{module, op.Method, APIRoot + op.Path}
	huma.Register(a.huma, operation(name, module, op), func(ctx context.Context, in *I) (*O, error) {
		c, ok := ctx.Value(apiKey{}).(*apiCtx[A])
		if !ok {
			return nil, fault.New(fault.Internal, "internal")
		}
		c.state.route = route
		if err := c.admit(site, module, op.Need, limiter); err != nil {
			return nil, c.problem(err)
		}
		out, err := h(ctx, c.as, in)
		if err != nil {
			return nil, c.problem(err)
		}
		return out, nil
	})
}

func (c *apiCtx[A]) admit(site *Site, module string, need Access, limiter *httprate.RateLimiter) error {
	return admit(site, door{module, c.state.place.Platform.In.ID(), need}, c.as, func() bool {
		return limiter != nil && limiter.OnLimit(httpDiscard{}, c.r, c.state.client())
	})
}

func operation(name AudienceName, module string, op Op) huma.Operation {
	prefix := string(name)
	if name == MerchantPages {
		prefix = "merchants"
	}
	o := huma.Operation{
		OperationID: prefix + "-" + op.ID, Method: op.Method, Path: APIRoot + "/" + prefix + op.Path,
		Summary: op.Summary, Tags: []string{prefix + ": " + module}, DefaultStatus: op.Status,
		MaxBodyBytes: 1 << 20, Errors: []int{http.StatusNotFound, http.StatusUnprocessableEntity},
	}
	if need := op.Need.permission.Code; need != "" {
		o.Security = []map[string][]string{{"token": {need}}}
		o.Description = "Needs the permission `" + need + "`."
		o.Errors = append(o.Errors, http.StatusUnauthorized, http.StatusForbidden)
	}
	if op.Example != nil {
		status := "200"
		if op.Status != 0 {
			status = itoa(op.Status)
		}
		o.Responses = map[string]*huma.Response{status: {
			Description: "Done", Content: map[string]*huma.MediaType{"application/json": {Example: op.Example}},
		}}
	}
	return o
}

// serve resolves the caller of a REST request by the audience in its path.
func (a *API) serve(w http.ResponseWriter, r *http.Request, st *state) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	rest, ok := strings.CutPrefix(st.place.Path, APIRoot+"/")
	if !ok {
		a.mux.ServeHTTP(w, at(r, st.place.Path))
		return
	}
	who, _, _ := strings.Cut(rest, "/")
	ctx, identify := r.Context(), a.site.options.Identify
	bearer, known := Bearer{}, false
	if token, ok := bearerToken(r); ok && identify.Bearer != nil {
		bearer, known = identify.Bearer(ctx, token)
		if !known {
			st.place.Audience = audienceOf(who)
			writeFault(w, a.words(r, st), errSignIn, st)
			return
		}
		st.place.Platform = bearer.Platform
	}
	switch who {
	case "storefront":
		as := Storefront{In: st.place.In, Shop: st.place.Shop}
		if st.place.Shop == nil {
			break
		}
		if token := session(r, StorefrontPages); token != "" {
			as.Customer, _ = identify.Customer(ctx, as.In, token)
		}
		serveAPI(newAPICtx(st, as), w, r)
		return
	case "store":
		serveAPI(newAPICtx(st, deref(bearer.Store)), w, r)
		return
	case "merchants":
		serveAPI(newAPICtx(st, deref(bearer.Merchant)), w, r)
		return
	case "admin":
		serveAPI(newAPICtx(st, deref(bearer.Admin)), w, r)
		return
	case "platform":
		serveAPI(newAPICtx(st, st.place.Platform), w, r)
		return
	}
	writeFault(w, a.words(r, st), errUnknown, st)
}

// audienceOf is the audience that a path of the API names. What a caller made up
// is the platform's, so that it becomes no name of ours.
func audienceOf(who string) AudienceName {
	switch name := AudienceName(strings.TrimSuffix(who, "s")); name {
	case AdminPages, MerchantPages, StorePages, StorefrontPages:
		return name
	}
	return PlatformPages
}

func deref[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

func (a *API) words(r *http.Request, st *state) i18n.Words {
	lang, _ := language(r, st.place, Storefront{Shop: st.place.Shop})
	return a.site.options.Bundle.In(lang)
}

func newAPICtx[A Audience](st *state, as A) *apiCtx[A] { return &apiCtx[A]{as: as, state: st} }

// serveAPI calls the operation for a caller who is known by now.
func serveAPI[A Audience](c *apiCtx[A], w http.ResponseWriter, r *http.Request) {
	a, st := c.state.site.api, c.state
	st.place.Audience = nameOf[A]()
	c.r, c.words = r, a.words(r, st)
	rec := &statusWriter{ResponseWriter: w, state: st}
	ctx := context.WithValue(r.Context(), apiKey{}, c)
	ctx = context.WithValue(ctx, wordsKey{}, c.words)
	ctx = observe.About(context.WithValue(ctx, stateKey{}, st), st)
	ctx = context.WithValue(ctx, originKey{}, st.scheme+"://"+r.Host+st.place.ShopBase)
	inner := at(r.WithContext(ctx), st.place.Path)
	a.mux.ServeHTTP(rec, inner)
}

func at(r *http.Request, path string) *http.Request {
	c := r.Clone(r.Context())
	c.URL.Path, c.URL.RawPath = path, ""
	return c
}

type (
	wordsKey  struct{}
	originKey struct{}
	stateKey  struct{}
)

// WordsOf are the words of the caller of a REST operation.
func WordsOf(ctx context.Context) i18n.Words {
	w, _ := ctx.Value(wordsKey{}).(i18n.Words)
	return w
}

// OriginOf is the absolute address of the storefront that a REST operation was
// called on, or a page was asked for; empty where nobody asked.
func OriginOf(ctx context.Context) string {
	if c, ok := ctx.Value(ctxKey{}).(interface{ ShopOrigin() string }); ok {
		return c.ShopOrigin()
	}
	o, _ := ctx.Value(originKey{}).(string)
	return o
}

func bearerToken(r *http.Request) (string, bool) {
	return strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
}

// hasBearer tells that the request carries its own proof, which no browser
// adds by itself, so that forgery across sites is out of the question.
func hasBearer(r *http.Request) bool {
	_, ok := bearerToken(r)
	return ok
}
