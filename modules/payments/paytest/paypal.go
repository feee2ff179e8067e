package paytest

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"orion/kit/clock"
)

// PayPalAccount is an app at PayPal, with where it is told.
type PayPalAccount struct {
	Client  string
	Secret  string
	Webhook string // identifier of the address
	Hook    string // the address; empty sends nothing

	Scopes []string // what it may do; nil is all that a shop needs
	Events []string // of which it is told; nil is all
	Deaf   bool     // nothing is sent
	Slow   bool     // payers' accounts are remembered a while after they have paid
}

// PayPal is a PayPal on loopback. It is an http.Handler and safe for concurrent use.
type PayPal struct {
	script

	clock  clock.Clock
	base   string
	mux    *http.ServeMux
	signer signer

	mu       sync.Mutex
	accounts []*payer
	tokens   map[string]grant
	life     time.Duration // of a token
	serial   int64
	requests int64
	granted  int64
}

// payer is an account's books.
type payer struct {
	PayPalAccount
	orders []*Order // the oldest first
	ledger []PayPalEntry
	keys   map[string]*remembered
	sent   []*letter

	vault    []*WalletToken // the oldest first
	customer string         // PayPal's name of the payer
	outbox
}

// grant is a token.
type grant struct {
	a     *payer
	until time.Time
}

// NewPayPal makes a gateway without accounts. base is its own address.
func NewPayPal(c clock.Clock, base string) *PayPal {
	p := &PayPal{
		clock: c, base: strings.TrimSuffix(base, "/"), mux: http.NewServeMux(), tokens: map[string]grant{}, life: 9 * time.Hour,
		signer: newSigner(c.Now(), sandboxName),
	}
	p.routes()
	return p
}

// Open adds an account, or replaces the one of the same client.
func (p *PayPal) Open(a PayPalAccount) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, known := range p.accounts {
		if known.Client == a.Client {
			known.PayPalAccount = a
			return
		}
	}
	p.accounts = append(p.accounts, &payer{PayPalAccount: a, keys: map[string]*remembered{}})
}

func (p *PayPal) routes() {
	p.mux.HandleFunc("POST /v1/oauth2/token", p.postToken)
	p.api("POST /v2/checkout/orders", p.createOrder)
	p.api("GET /v2/checkout/orders/{id}", p.getOrder)
	p.api("PATCH /v2/checkout/orders/{id}", p.patchOrder)
	p.api("POST /v2/checkout/orders/{id}/capture", p.captureOrder)
	p.api("POST /v2/checkout/orders/{id}/authorize", p.authorizeOrder)
	p.api("POST /v2/checkout/orders/{id}/confirm-payment-source", p.confirmSource)
	p.api("GET /v3/vault/payment-tokens", p.listTokens)
	p.api("GET /v3/vault/payment-tokens/{id}", p.getToken)
	p.api("DELETE /v3/vault/payment-tokens/{id}", p.deleteToken)
	p.api("GET /v2/payments/authorizations/{id}", p.getPiece)
	p.api("POST /v2/payments/authorizations/{id}/capture", p.captureHeld)
	p.api("POST /v2/payments/authorizations/{id}/void", p.voidHeld)
	p.api("GET /v2/payments/captures/{id}", p.getPiece)
	p.api("POST /v2/payments/captures/{id}/refund", p.refundCapture)
	p.api("GET /v2/payments/refunds/{id}", p.getPiece)
	p.api("GET /v1/reporting/transactions", p.searchTransactions)
	p.api("GET /v1/notifications/webhooks", p.listHooks)
	p.mux.HandleFunc("GET "+certPath+"{name}", p.showCertificate)
	p.mux.HandleFunc("GET /checkoutnow", p.showApproval)
	p.mux.HandleFunc("POST /checkoutnow", p.postApproval)
	p.mux.HandleFunc("GET /checkoutnow.css", p.showStyle)
	p.mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { noSuch().write(w) })
}

// ServeHTTP implements http.Handler.
func (p *PayPal) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.mux.ServeHTTP(w, r) }

// errand is one call, read and allowed.
type errand struct {
	a     *payer
	id    string // of the path
	what  string // method and path
	key   string // PayPal-Request-Id
	body  json.RawMessage
	query func(string) string
	whole bool // the whole object is wanted
	wrong bool // the script says that another amount is taken
}

// result is what a call did: what it answers, now and when it is asked again.
type result struct {
	status int
	show   func(whole bool) any // nil is nothing
}

// refusals are how PayPal says that nothing was done.
var refusals = map[Kind]func(http.ResponseWriter){
	RateLimit: (&Refusal{Name: "RATE_LIMIT_REACHED", Message: "Too many requests. Blocked due to rate limiting.", status: http.StatusTooManyRequests}).write,
	InUse:     unprocessable("PREVIOUS_REQUEST_IN_PROGRESS", http.StatusConflict).write,
	Forbid:    (&Refusal{Name: "NOT_AUTHORIZED", Message: "Authorization failed due to insufficient permissions.", status: http.StatusForbidden}).write,
}

func (p *PayPal) api(pattern string, do func(errand) (result, *Refusal)) {
	p.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		f := p.strike(r.Method + " " + r.URL.Path)
		if answered := f.before(w, refusals); answered {
			return
		}
		e, refusal := p.admit(r)
		if refusal != nil {
			refusal.write(w)
			return
		}
		e.wrong = f.Do == WrongAmount
		var out answer
		for range f.times() {
			out = p.once(r, e, f, do)
		}
		out.body = f.after(out.body)
		out.write(w)
	})
}

// admit finds the account that a token belongs to, and reads the call.
func (p *PayPal) admit(r *http.Request) (errand, *Refusal) {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	p.mu.Lock()
	p.requests++
	g, ok := p.tokens[token]
	p.mu.Unlock()
	if !ok || !p.clock.Now().Before(g.until) {
		return errand{}, &Refusal{Name: "AUTHENTICATION_FAILURE", Message: "Authentication failed due to invalid authentication credentials.", status: http.StatusUnauthorized}
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	e := errand{
		a: g.a, id: r.PathValue("id"), what: r.Method + " " + r.URL.Path, key: r.Header.Get("PayPal-Request-Id"), body: body, query: r.URL.Query().Get,
		whole: r.Header.Get("Prefer") == "return=representation" || r.Method == http.MethodGet,
	}
	if err != nil || len(body) > 0 && !json.Valid(body) {
		return e, invalidRequest("MALFORMED_REQUEST_JSON")
	}
	if len(e.key) > 108 {
		return e, invalidRequest("INVALID_STRING_LENGTH")
	}
	return e, nil
}

// postToken gives a token to who knows an account's secret.
func (p *PayPal) postToken(w http.ResponseWriter, r *http.Request) {
	f := p.strike("POST /v1/oauth2/token")
	if answered := f.before(w, refusals); answered {
		return
	}
	if f.Do == FailBefore || f.Do == FailAfter {
		broke().write(w)
		return
	}
	kind := r.PostFormValue("grant_type") // who has left is noticed only once all is read
	p.linger(r.Context(), f)
	f.after(nil) // a token that is given and lost is another token the next time
	client, secret, _ := r.BasicAuth()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.requests++
	for _, a := range p.accounts {
		if a.Client != client || a.Secret != secret || kind != "client_credentials" {
			continue
		}
		p.granted++
		value := "A21AA" + p.newID()
		p.tokens[value] = grant{a, p.clock.Now().Add(p.life)}
		answer{http.StatusOK, encode(map[string]any{
			"scope": strings.Join(a.scopes(), " "), "access_token": value, "token_type": "Bearer", "app_id": "APP-80W284485P519543T",
			"expires_in": int64(p.life / time.Second),
		})}.write(w)
		return
	}
	answer{http.StatusUnauthorized, encode(map[string]string{"error": "invalid_client", "error_description": "Client Authentication failed"})}.write(w)
}

func (a *payer) scopes() []string {
	if a.Scopes != nil {
		return a.Scopes
	}
	const uri = "https://uri.paypal.com/services/"
	return []string{uri + "payments/payment/authcapture", uri + "payments/refund", uri + "reporting/search/read", uri + "applications/webhooks", vaultScope}
}

// Revoke makes all tokens worthless, as PayPal does now and then.
func (p *PayPal) Revoke() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.tokens)
}

// Granted is how many tokens were given so far.
func (p *PayPal) Granted() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.granted
}

// Requests is how many calls have arrived so far, those for tokens among them.
func (p *PayPal) Requests() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.requests
}

// newID makes an identifier as PayPal's look; the books are locked.
func (p *PayPal) newID() string {
	p.serial++
	n := strings.ToUpper(strconv.FormatInt(p.serial, 36))
	return "5T" + strings.Repeat("0", max(0, 14-len(n))) + n + "T"
}

func (p *PayPal) now() string { return p.clock.Now().UTC().Format(time.RFC3339) }

// of finds an account; the books are locked. An unknown one has nothing.
func (p *PayPal) of(client string) *payer {
	for _, a := range p.accounts {
		if a.Client == client {
			return a
		}
	}
	return &payer{}
}
