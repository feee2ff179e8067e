package paytest

import (
	"slices"
	"strings"
)

// The states of an intent.
const (
	needsMethod  = "requires_payment_method"
	needsConfirm = "requires_confirmation"
	needsAction  = "requires_action"
	needsCapture = "requires_capture"
	canceled     = "canceled"
	succeeded    = "succeeded"
)

// Intent is a PaymentIntent as the gateway has and shows it.
type Intent struct {
	ID               string            `json:"id"`
	Object           string            `json:"object"`
	Amount           int64             `json:"amount"`
	AmountCapturable int64             `json:"amount_capturable"`
	AmountReceived   int64             `json:"amount_received"`
	Automatic        *automatic        `json:"automatic_payment_methods"`
	CanceledAt       *int64            `json:"canceled_at"`
	CancelReason     *string           `json:"cancellation_reason"`
	CaptureMethod    string            `json:"capture_method"`
	ClientSecret     string            `json:"client_secret"`
	ConfirmMethod    string            `json:"confirmation_method"`
	Created          int64             `json:"created"`
	Currency         string            `json:"currency"`
	Customer         *string           `json:"customer"`
	Description      *string           `json:"description"`
	LastError        *Problem          `json:"last_payment_error"`
	LatestCharge     *string           `json:"latest_charge"`
	Fee              *int64            `json:"application_fee_amount"`
	Live             bool              `json:"livemode"`
	Metadata         map[string]string `json:"metadata"`
	NextAction       *nextAction       `json:"next_action"`
	Method           *string           `json:"payment_method"`
	MethodTypes      []string          `json:"payment_method_types"`
	ReceiptEmail     *string           `json:"receipt_email"`
	FutureUsage      *string           `json:"setup_future_usage"`
	Status           string            `json:"status"`

	refunded    int64
	feeReturned int64
	back        string // address to which a challenged payer comes back
}

type automatic struct {
	Enabled   bool   `json:"enabled"`
	Redirects string `json:"allow_redirects"`
}

type nextAction struct {
	Type     string    `json:"type"`
	Redirect *redirect `json:"redirect_to_url,omitempty"`
	SDK      *sdk      `json:"use_stripe_sdk,omitempty"`
}

type redirect struct {
	URL    string  `json:"url"`
	Return *string `json:"return_url"`
}

// sdk is what the script does by itself, on the page that it is on.
type sdk struct {
	Type string `json:"type"`
	URL  string `json:"stripe_js"`
}

// asks is what a payer has to do whose bank asks: on its own page, or on that on
// which the script is when the caller says that it is there.
func (s *Stripe) asks(c call, id, secret string) *nextAction {
	page := s.base + "/challenge/" + id + "/" + secret
	if c.p.get("use_stripe_sdk") == "true" {
		return &nextAction{Type: "use_stripe_sdk", SDK: &sdk{"three_d_secure_redirect", page}}
	}
	return &nextAction{Type: "redirect_to_url", Redirect: &redirect{page, c.p.text("return_url")}}
}

// Bank is the page on which a payer's bank asks; empty when it does not.
func (i Intent) Bank() string {
	switch n := i.NextAction; {
	case n == nil:
		return ""
	case n.SDK != nil:
		return n.SDK.URL
	default:
		return n.Redirect.URL
	}
}

// backTo is where a payer goes whose bank asked on its own page.
func (c call) backTo() string {
	if c.p.get("use_stripe_sdk") == "true" {
		return ""
	}
	return c.p.get("return_url")
}

// largest is the largest amount that the gateway takes.
const largest = 99_999_999

var threeDecimals = []string{"bhd", "jod", "kwd", "omr", "tnd"}

func (s *Stripe) createIntent(c call) (any, *Problem) {
	if bad := c.p.only("amount", "application_fee_amount", "currency", "automatic_payment_methods[*]", "capture_method", "confirm", "customer", "description", "metadata[*]",
		"payment_method", "receipt_email", "return_url", "setup_future_usage", "use_stripe_sdk", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	amount, bad := c.p.number("amount", 0)
	if bad != nil {
		return nil, bad
	}
	currency := strings.ToLower(c.p.get("currency"))
	switch {
	case !c.p.has("amount"):
		return nil, invalid("parameter_missing", "amount", "Missing required param: amount.")
	case len(currency) != 3:
		return nil, invalid("parameter_missing", "currency", "Missing required param: currency.")
	case amount < 1:
		return nil, invalid("parameter_invalid_integer", "amount", "This value must be greater than or equal to 1.")
	case amount > largest:
		return nil, invalid("amount_too_large", "amount", "Amount must be no more than 999,999.99.")
	case slices.Contains(threeDecimals, currency) && amount%10 != 0, currency == "isk" && amount%100 != 0, currency == "ugx" && amount%100 != 0:
		return nil, invalid("parameter_invalid_integer", "amount", "The amount cannot be charged in this currency.")
	}
	if c.wrong && c.p.get("confirm") != "true" { // else it is charged wrongly
		amount++
	}
	i := &Intent{
		ID: s.newID("pi"), Object: "payment_intent", Amount: amount, CaptureMethod: "automatic_async", ConfirmMethod: "automatic",
		Created: s.now(), Currency: currency, Description: c.p.text("description"), Metadata: c.p.metadata(), MethodTypes: []string{"card"},
		ReceiptEmail: c.p.text("receipt_email"), Status: needsMethod,
	}
	i.ClientSecret = i.ID + "_secret_" + s.newID("k")
	if bad := i.belongs(c); bad != nil {
		return nil, bad
	}
	if c.p.get("automatic_payment_methods[enabled]") == "true" {
		i.Automatic = &automatic{true, "always"}
	}
	if m := c.p.get("capture_method"); m != "" {
		i.CaptureMethod = m
	}
	if bad := i.withFee(c); bad != nil {
		return nil, bad
	}
	if m := c.p.get("payment_method"); m != "" {
		i.Method, i.Status = &m, needsConfirm
	}
	c.a.intents = append(c.a.intents, i)
	s.tell(c.a, "payment_intent.created", *i)
	if c.p.get("confirm") == "true" {
		return s.confirm(c, i)
	}
	return *i, nil
}

func (a *account) intent(id string) (*Intent, *Problem) {
	for _, i := range a.intents {
		if i.ID == id {
			return i, nil
		}
	}
	return nil, missing("payment_intent", id)
}

// reachable is the intent of a call; browsers need its client secret.
func (c call) reachable() (*Intent, *Problem) {
	i, bad := c.a.intent(c.id)
	if bad == nil && c.public && c.p.get("client_secret") != i.ClientSecret {
		return nil, missing("payment_intent", c.id)
	}
	return i, bad
}

func (s *Stripe) retrieveIntent(c call) (any, *Problem) {
	i, bad := c.reachable()
	if bad != nil {
		return nil, bad
	}
	if m, ok := c.a.expanded(c, i.Method); ok {
		return struct {
			Intent
			Full Method `json:"payment_method"`
		}{*i, m}, nil
	}
	return *i, nil
}

// expanded is the method of something that is asked for with all of it.
func (a *account) expanded(c call, method *string) (Method, bool) {
	if c.p.get("expand[0]") != "payment_method" || method == nil {
		return Method{}, false
	}
	m, ok := a.methods[*method]
	if !ok {
		return Method{}, false
	}
	return *m, true
}

// belongs notes whose an intent is, and whether its method is to be saved.
func (i *Intent) belongs(c call) *Problem {
	if who := c.p.get("customer"); who != "" {
		if !slices.Contains(c.a.customerIDs(), who) {
			return missing("customer", who)
		}
		i.Customer = &who
	}
	if c.p.has("setup_future_usage") {
		i.FutureUsage = c.p.text("setup_future_usage")
	}
	return nil
}

// updateIntent changes what can be changed before an intent is paid.
func (s *Stripe) updateIntent(c call) (any, *Problem) {
	if bad := c.p.only("customer", "setup_future_usage", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	i, bad := c.a.intent(c.id)
	if bad != nil {
		return nil, bad
	}
	switch i.Status {
	case needsMethod, needsConfirm, needsAction:
	default:
		return nil, unexpected(i, "update")
	}
	if bad := i.belongs(c); bad != nil {
		return nil, bad
	}
	return *i, nil
}

func (s *Stripe) listIntents(c call) (any, *Problem) {
	if bad := c.p.only("created[gte]", "created[lte]", "limit", "starting_after", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	return some(c, "/v1/payment_intents", those(c.a.intents, nil), func(i Intent) (string, int64) { return i.ID, i.Created })
}

func (s *Stripe) cancelIntent(c call) (any, *Problem) {
	if bad := c.p.only("cancellation_reason", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	i, bad := c.a.intent(c.id)
	if bad != nil {
		return nil, bad
	}
	if i.Status == succeeded || i.Status == canceled {
		return nil, unexpected(i, "cancel")
	}
	if i.AmountCapturable > 0 {
		s.book(c.a, i, Release, i.AmountCapturable)
	}
	now := s.now()
	i.Status, i.AmountCapturable, i.NextAction, i.CanceledAt, i.CancelReason = canceled, 0, nil, &now, c.p.text("cancellation_reason")
	s.tell(c.a, "payment_intent.canceled", *i)
	return *i, nil
}

// unexpected is a step that an intent's state does not allow.
func unexpected(i *Intent, what string) *Problem {
	p := refused("payment_intent_unexpected_state", "This PaymentIntent could not be used for "+what+": it has a status of "+i.Status+".")
	shown := *i
	p.Intent = &shown
	return p
}
