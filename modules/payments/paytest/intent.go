package paytest

import (
	"net/url"
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
	Description      *string           `json:"description"`
	LastError        *Problem          `json:"last_payment_error"`
	LatestCharge     *string           `json:"latest_charge"`
	Live             bool              `json:"livemode"`
	Metadata         map[string]string `json:"metadata"`
	NextAction       *nextAction       `json:"next_action"`
	Method           *string           `json:"payment_method"`
	MethodTypes      []string          `json:"payment_method_types"`
	ReceiptEmail     *string           `json:"receipt_email"`
	Status           string            `json:"status"`

	refunded int64
	back     string // address to which a challenged payer comes back
}

type automatic struct {
	Enabled   bool   `json:"enabled"`
	Redirects string `json:"allow_redirects"`
}

type nextAction struct {
	Type     string `json:"type"`
	Redirect struct {
		URL    string  `json:"url"`
		Return *string `json:"return_url"`
	} `json:"redirect_to_url"`
}

// largest is the largest amount that the gateway takes.
const largest = 99_999_999

var threeDecimals = []string{"bhd", "jod", "kwd", "omr", "tnd"}

func (s *Stripe) createIntent(c call) (any, *Problem) {
	if bad := c.p.only("amount", "currency", "automatic_payment_methods[*]", "capture_method", "confirm", "description", "metadata[*]",
		"payment_method", "receipt_email", "return_url", "expand[*]", "expand"); bad != nil {
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
	i := &Intent{
		ID: s.newID("pi"), Object: "payment_intent", Amount: amount, CaptureMethod: "automatic_async", ConfirmMethod: "automatic",
		Created: s.now(), Currency: currency, Description: c.p.text("description"), Metadata: c.p.metadata(), MethodTypes: []string{"card"},
		ReceiptEmail: c.p.text("receipt_email"), Status: needsMethod,
	}
	i.ClientSecret = i.ID + "_secret_" + s.newID("k")
	if c.p.get("automatic_payment_methods[enabled]") == "true" {
		i.Automatic = &automatic{true, "always"}
	}
	if m := c.p.get("capture_method"); m != "" {
		i.CaptureMethod = m
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
	return *i, nil
}

func (s *Stripe) listIntents(c call) (any, *Problem) {
	if bad := c.p.only("created[gte]", "created[lte]", "limit", "starting_after", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	some, bad := c.p.slice()
	if bad != nil {
		return nil, bad
	}
	out := list{Object: "list", URL: "/v1/payment_intents"}
	found := []Intent{}
	for _, i := range slices.Backward(c.a.intents) {
		switch {
		case some.outside(i.ID, i.Created):
		case int64(len(found)) == some.limit:
			out.HasMore = true
		default:
			found = append(found, *i)
		}
	}
	out.Data = found
	return out, nil
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

// returns adds what became of a challenge to the address a payer comes back to.
func (i *Intent) returns(result string) string {
	u, err := url.Parse(i.back)
	if err != nil || i.back == "" {
		return ""
	}
	q := u.Query()
	q.Set("payment_intent", i.ID)
	q.Set("payment_intent_client_secret", i.ClientSecret)
	q.Set("redirect_status", result)
	u.RawQuery = q.Encode()
	return u.String()
}
