// Package paytest is a Stripe and a PayPal on loopback: they speak the protocols of
// both, keep books of their own, and can be told to fail in every way a gateway
// fails. They take no money.
package paytest

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"orion/kit/clock"
)

// Account is an account at the gateway, with where it sends its webhooks.
type Account struct {
	Secret  string   // the key of servers, "sk_test_…"
	Public  string   // the key of browsers, "pk_test_…"
	Hook    string   // address of the webhooks; empty sends none
	Signing []string // secrets that sign webhooks; two while one takes over from the other

	Country  string   // empty is "LU"
	Currency string   // in which it is paid out; empty is "eur"
	Closed   bool     // nothing can be charged yet
	Cardless bool     // nor with a card
	Events   []string // of which the webhooks tell; nil is all
	Deaf     bool     // the webhooks are switched off
}

// Stripe is the gateway. It is an http.Handler and safe for concurrent use.
type Stripe struct {
	script

	clock clock.Clock
	base  string
	mux   *http.ServeMux

	mu       sync.Mutex
	accounts []*account
	serial   int64
	requests int64
}

// account is an account's books.
type account struct {
	Account
	intents   []*Intent // the oldest first
	refunds   []*Refund
	disputes  []*Dispute
	setups    []*Setup
	methods   map[string]*Method
	customers []Customer
	ledger    []Entry
	keys      map[string]*kept
	outbox
	sent []Event
	connected
}

// New makes a gateway without accounts. base is its own address, for the page
// to which it sends payers who are challenged.
func New(c clock.Clock, base string) *Stripe {
	s := &Stripe{clock: c, base: strings.TrimSuffix(base, "/"), mux: http.NewServeMux()}
	s.routes()
	return s
}

// Open adds an account.
func (s *Stripe) Open(a Account) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.accounts = append(s.accounts, &account{Account: a, methods: map[string]*Method{}, keys: map[string]*kept{}})
}

func (s *Stripe) routes() {
	s.api("POST /v1/payment_intents", server, s.createIntent)
	s.api("GET /v1/payment_intents", server, s.listIntents)
	s.api("GET /v1/payment_intents/{id}", browser, s.retrieveIntent)
	s.api("POST /v1/payment_intents/{id}", server, s.updateIntent)
	s.api("POST /v1/payment_intents/{id}/confirm", browser, s.confirmIntent)
	s.api("POST /v1/payment_intents/{id}/capture", server, s.captureIntent)
	s.api("POST /v1/payment_intents/{id}/cancel", server, s.cancelIntent)
	s.api("POST /v1/refunds", server, s.createRefund)
	s.api("GET /v1/refunds", server, s.listRefunds)
	s.api("GET /v1/refunds/{id}", server, s.retrieveRefund)
	s.api("GET /v1/disputes", server, s.listDisputes)
	s.api("GET /v1/disputes/{id}", server, s.retrieveDispute)
	s.api("POST /v1/disputes/{id}", server, s.updateDispute)
	s.api("POST /v1/disputes/{id}/close", server, s.closeDispute)
	s.api("POST /v1/setup_intents", server, s.createSetup)
	s.api("GET /v1/setup_intents/{id}", browser, s.retrieveSetup)
	s.api("POST /v1/setup_intents/{id}/confirm", browser, s.confirmSetup)
	s.api("POST /v1/setup_intents/{id}/cancel", server, s.cancelSetup)
	s.api("GET /v1/setup_intents", server, s.listSetups)
	s.api("POST /v1/customers", server, s.createCustomer)
	s.api("POST /v1/payment_methods", browser, s.createMethod)
	s.api("GET /v1/payment_methods", server, s.listMethods)
	s.api("GET /v1/payment_methods/{id}", server, s.retrieveMethod)
	s.api("POST /v1/payment_methods/{id}/attach", server, s.attachMethod)
	s.api("POST /v1/payment_methods/{id}/detach", server, s.detachMethod)
	s.api("GET /v1/account", server, s.retrieveAccount)
	s.api("POST /v1/accounts", server, s.createAccount)
	s.api("GET /v1/accounts", server, s.listAccounts)
	s.api("GET /v1/accounts/{id}", server, s.retrieveUnder)
	s.api("POST /v1/account_links", server, s.createLink)
	s.api("GET /v1/balance", server, s.retrieveBalance)
	s.api("GET /v1/balance_transactions", server, s.listTransactions)
	s.api("GET /v1/payouts", server, s.listPayouts)
	s.api("GET /v1/payouts/{id}", server, s.retrievePayout)
	s.api("GET /v1/webhook_endpoints", server, s.listEndpoints)
	s.api("GET /v1/country_specs/{id}", server, s.retrieveCountry)
	s.mux.HandleFunc("GET /"+train+"/{file}", s.showFile)
	s.mux.HandleFunc("GET /challenge/{id}/{secret}", s.showChallenge)
	s.mux.HandleFunc("POST /challenge/{id}/{secret}", s.postChallenge)
	s.mux.HandleFunc("GET /onboard/{id}/{link}", s.showOwner)
	s.mux.HandleFunc("POST /onboard/{id}/{link}", s.postOwner)
	s.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		unknownRoute(r).write(w)
	})
}

// ServeHTTP implements http.Handler.
func (s *Stripe) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// caller is who may use an endpoint.
type caller bool

const (
	server  caller = false // with the secret key only
	browser caller = true  // also with the public key, and the client secret of what it is about
)

// call is one request, read and allowed.
type call struct {
	a      *account
	id     string // of the path
	p      params
	public bool // by a browser
	wrong  bool // the script says that another amount is taken
}

// endpoint does a call while the books are locked.
type endpoint func(c call) (any, *Problem)

func (s *Stripe) api(pattern string, who caller, do endpoint) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		f := s.strike(r.Method + " " + r.URL.Path)
		if answered := f.before(w, failures); answered {
			return
		}
		c, problem := s.read(r, who)
		if problem != nil {
			problem.write(w)
			return
		}
		c.wrong = f.Do == WrongAmount
		var out reply
		for range f.times() {
			out = s.once(c, r, f, do)
		}
		out.body = f.after(out.body)
		out.write(w)
	})
}

// failures are how Stripe says that nothing was done.
var failures = map[Kind]func(http.ResponseWriter){RateLimit: tooMany().write, InUse: inUse().write, Forbid: forbidden().write}

// read finds the account that a request's key belongs to, and its parameters.
func (s *Stripe) read(r *http.Request, who caller) (call, *Problem) {
	key, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	c := call{id: r.PathValue("id")}
	s.mu.Lock()
	s.requests++
	for _, a := range s.accounts {
		switch key {
		case "":
		case a.Secret:
			c.a = a
		case a.Public:
			c.a, c.public = a, true
		}
	}
	var apart *Problem
	if named := r.Header.Get("Stripe-Account"); named != "" && c.a != nil {
		c.a, apart = s.under(c.a, named)
	}
	s.mu.Unlock()
	switch {
	case apart != nil:
		return c, apart
	case c.a == nil || c.public && who == server:
		return c, invalidKey()
	}
	r.Body = http.MaxBytesReader(nil, r.Body, 1<<20)
	if err := r.ParseForm(); err != nil {
		return c, invalid("", "", "The request could not be read.")
	}
	c.p = params{values: r.Form}
	return c, nil
}

// reply is a whole answer, as it is kept for repetitions.
type reply struct {
	status int
	body   []byte
	again  bool // it was given before
	first  bool // nothing had begun: it is not kept
}

func (r reply) write(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	if r.again {
		h.Set("Idempotent-Replayed", "true")
	}
	if r.status == http.StatusTooManyRequests || r.status == http.StatusConflict {
		h.Set("Stripe-Should-Retry", "true")
	}
	w.WriteHeader(r.status)
	_, _ = w.Write(r.body)
}

func replyTo(v any, problem *Problem) reply {
	if problem != nil {
		return problem.reply()
	}
	return reply{status: http.StatusOK, body: encode(v)}
}

func encode(v any) []byte {
	body, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		panic(err) // of our own types
	}
	return body
}

// newID makes an identifier as the gateway's look; the books are locked.
func (s *Stripe) newID(prefix string) string {
	s.serial++
	n := strconv.FormatInt(s.serial, 36)
	return prefix + "_3Test" + strings.Repeat("0", max(0, 12-len(n))) + n
}

func (s *Stripe) now() int64 { return s.clock.Now().Unix() }

// Requests is how many calls have arrived so far.
func (s *Stripe) Requests() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests
}

// list is a page of objects, the newest first.
type list struct {
	Object  string `json:"object"`
	Data    any    `json:"data"`
	HasMore bool   `json:"has_more"`
	URL     string `json:"url"`
}

// horizon is how long a key is remembered.
const horizon = 24 * time.Hour
