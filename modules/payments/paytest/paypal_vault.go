package paytest

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

// vaultScope is what an account needs to remember its payers' accounts.
const vaultScope = "https://uri.paypal.com/services/vault/payment-tokens/readwrite"

// Of the payer who is at the page.
const (
	payerEmail   = "lea.schmit@example.org"
	payerAccount = "QYR5Z8XDVJNXQ"
)

// asking is how a payment goes with a remembered account for which PayPal wants to see its owner.
const asking funding = "ask"

// WalletToken is a payer's account that PayPal remembers for a shop.
type WalletToken struct {
	ID       string
	Customer string // PayPal's name of who it belongs to

	next funding
}

// source is what an order is paid from.
type source struct {
	VaultID string `json:"vault_id"`
	Context struct {
		Return string `json:"return_url"`
		Cancel string `json:"cancel_url"`
	} `json:"experience_context"`
	Attributes struct {
		Vault *wish `json:"vault"`
	} `json:"attributes"`
}

// wish is that an account is remembered once it has paid.
type wish struct {
	Store    string `json:"store_in_vault"`
	Usage    string `json:"usage_type"`
	Multiple bool   `json:"permit_multiple_payment_tokens"`
}

// allowed tells whether an account may remember what it wishes to.
func (w *wish) allowed(a *payer) *Refusal {
	switch {
	case w == nil:
		return nil
	case w.Store != "ON_SUCCESS":
		return cannot("VAULT_INSTRUCTION_REQUIRED")
	case w.Usage == "":
		return invalidRequest("MISSING_REQUIRED_PARAMETER")
	case !slices.Contains(a.scopes(), vaultScope):
		return cannot("NOT_ENABLED_TO_VAULT_PAYMENT_SOURCE")
	}
	return nil
}

// confirmSource says anew how an order is going to be paid that nobody has approved. A
// remembered account approves by itself, unless PayPal wants to see its owner.
func (p *PayPal) confirmSource(e errand) (result, *Refusal) {
	o, bad := e.a.order(e.id)
	if bad != nil {
		return result{}, bad
	}
	var in struct {
		Source struct {
			PayPal *source `json:"paypal"`
		} `json:"payment_source"`
	}
	if err := json.Unmarshal(e.body, &in); err != nil || in.Source.PayPal == nil {
		return result{}, invalidRequest("MISSING_REQUIRED_PARAMETER")
	}
	s := in.Source.PayPal
	var used *WalletToken
	if s.VaultID != "" {
		if used = e.a.token(s.VaultID); used == nil {
			return result{}, cannot("TOKEN_ID_NOT_FOUND")
		}
	}
	switch bad = s.Attributes.Vault.allowed(e.a); {
	case o.Status == OrderCompleted:
		return result{}, cannot("ORDER_CANNOT_BE_CONFIRMED")
	case o.Status == OrderApproved:
		return result{}, cannot("PAYMENT_ALREADY_APPROVED")
	case bad != nil:
		return result{}, bad
	}
	o.wish, o.Return, o.Cancel = s.Attributes.Vault, s.Context.Return, s.Context.Cancel
	if used != nil && used.next != asking {
		o.Status, o.with = OrderApproved, used.next
	}
	return p.showing(o, http.StatusOK), nil
}

func (a *payer) token(id string) *WalletToken {
	for _, t := range a.vault {
		if t.ID == id {
			return t
		}
	}
	return nil
}

// remember keeps the account with which an order was paid, when that was wished.
func (p *PayPal) remember(a *payer, o *Order) {
	if o.wish == nil || o.token != nil {
		return
	}
	if a.Slow {
		if at, err := time.Parse(time.RFC3339, o.Created); err == nil && p.clock.Now().Before(at.Add(slow)) {
			return
		}
	}
	if !o.wish.Multiple && len(a.vault) > 0 {
		o.token = a.vault[0]
		return
	}
	if a.customer == "" {
		a.customer = p.newID()
	}
	o.token = &WalletToken{ID: p.newID(), Customer: a.customer, next: fromBalance}
	a.vault = append(a.vault, o.token)
	told := o.token.show(p.base)
	told["metadata"] = map[string]string{"order_id": o.ID}
	p.tell(a, "VAULT.PAYMENT-TOKEN.CREATED", told)
}

// paid tells whether an order was paid or is held for the shop.
func (o *Order) paid() bool {
	return len(o.Holds) > 0 || slices.ContainsFunc(o.Captures, func(x *Piece) bool { return x.Status != "PENDING" })
}

// wallet is the payer's account as an order shows it.
func (o *Order) wallet(base string) map[string]any {
	out := map[string]any{}
	if o.Status == OrderCreated {
		return out
	}
	out["email_address"], out["account_id"] = payerEmail, payerAccount
	switch vault := map[string]any{}; {
	case o.wish == nil || o.Status != OrderCompleted:
	case o.token == nil:
		vault["status"], vault["links"] = "APPROVED", []Link{{base + "/v2/checkout/orders/" + o.ID, "up", http.MethodGet}}
		out["attributes"] = map[string]any{"vault": vault}
	default:
		vault["id"], vault["status"], vault["customer"] = o.token.ID, "VAULTED", map[string]string{"id": o.token.Customer}
		vault["links"] = o.token.links(base)
		out["attributes"] = map[string]any{"vault": vault}
	}
	return out
}

func (t *WalletToken) links(base string) []Link {
	at := base + "/v3/vault/payment-tokens/" + t.ID
	return []Link{{at, "self", http.MethodGet}, {at, "delete", http.MethodDelete}}
}

func (t *WalletToken) show(base string) map[string]any {
	return map[string]any{
		"id": t.ID, "customer": map[string]string{"id": t.Customer}, "links": t.links(base),
		"payment_source": map[string]any{"paypal": map[string]any{"usage_type": "MERCHANT", "customer_type": "CONSUMER", "email_address": payerEmail, "account_id": payerAccount}},
	}
}

func (p *PayPal) getToken(e errand) (result, *Refusal) {
	t := e.a.token(e.id)
	if t == nil {
		return result{}, noSuch()
	}
	return result{http.StatusOK, func(bool) any { return t.show(p.base) }}, nil
}

func (p *PayPal) listTokens(e errand) (result, *Refusal) {
	customer, all := e.query("customer_id"), []any{}
	if customer == "" {
		return result{}, invalidRequest("MISSING_REQUIRED_PARAMETER")
	}
	for _, t := range e.a.vault {
		if t.Customer == customer {
			all = append(all, t.show(p.base))
		}
	}
	return result{http.StatusOK, func(bool) any {
		return map[string]any{"customer": map[string]string{"id": customer}, "payment_tokens": all}
	}}, nil
}

func (p *PayPal) deleteToken(e errand) (result, *Refusal) {
	if !p.forget(e.a, e.id) {
		return result{}, noSuch()
	}
	return result{status: http.StatusNoContent}, nil
}

func (p *PayPal) forget(a *payer, id string) bool {
	t := a.token(id)
	if t == nil {
		return false
	}
	a.vault = slices.DeleteFunc(a.vault, func(one *WalletToken) bool { return one == t })
	p.tell(a, "VAULT.PAYMENT-TOKEN.DELETED", t.show(p.base))
	return true
}

// TakesBack is what the owner of a remembered account can do at PayPal.
func (p *PayPal) TakesBack(client, token string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forget(p.of(client), token)
}

// Remembered are the accounts that PayPal remembers for a shop, the oldest first.
func (p *PayPal) Remembered(client string) []WalletToken {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tick()
	var out []WalletToken
	for _, t := range p.of(client).vault {
		out = append(out, *t)
	}
	return out
}

// Befalls says how payments with a remembered account go from now on: they are taken
// ("approve"), pending for a while ("slow"), declined ("decline"), or PayPal wants to see
// its owner ("ask").
func (p *PayPal) Befalls(client, token, how string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if t := p.of(client).token(token); t != nil {
		t.next = funding(how)
	}
}
