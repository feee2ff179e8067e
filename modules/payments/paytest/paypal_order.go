package paytest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"orion/kit/money"
)

// The states of an order.
const (
	OrderCreated   = "PAYER_ACTION_REQUIRED"
	OrderApproved  = "APPROVED"
	OrderCompleted = "COMPLETED"
)

// Order is an order as PayPal keeps it.
type Order struct {
	ID       string
	Intent   string
	Status   string
	Created  string
	CustomID string
	About    string // description
	Amount   money.Amount
	Return   string // where its payer goes when it is approved
	Cancel   string // and when not

	Holds    []*Piece
	Captures []*Piece
	Refunds  []*Piece

	with  funding
	wish  *wish        // that the payer's account is remembered
	token *WalletToken // under which it is
}

// funding is what a payer pays with.
type funding string

const (
	fromBalance funding = "approve"
	declining   funding = "decline" // their bank says no
	slowly      funding = "slow"    // pending for a minute
)

// Piece is an authorisation, a capture or a refund.
type Piece struct {
	ID       string
	Kind     string // "authorizations", "captures", "refunds"
	Status   string
	Amount   money.Amount
	CustomID string
	Created  string
	Of       string // of a refund: the capture

	order *Order
}

// amount is an amount as PayPal writes it.
type amount struct {
	Currency string `json:"currency_code"`
	Value    string `json:"value"`
}

// digits are those behind the point where they are not two.
var digits = map[string]int{"HUF": 0, "JPY": 0, "TWD": 0}

// takes are the currencies that can be paid.
var takes = strings.Fields("AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD USD")

// read is an amount in our units. It has as many digits as its currency, or none.
func (a amount) read() (money.Amount, *Refusal) {
	n, special := digits[a.Currency]
	if !special {
		n = 2
	}
	whole, fraction, point := strings.Cut(a.Value, ".")
	switch {
	case !slices.Contains(takes, a.Currency):
		return money.Amount{}, cannot("CURRENCY_NOT_SUPPORTED")
	case point && (n == 0 || len(fraction) != n):
		return money.Amount{}, cannot("DECIMAL_PRECISION")
	case len(whole) > 15:
		return money.Amount{}, cannot("MAX_VALUE_EXCEEDED")
	}
	c := money.Currency(a.Currency)
	text := whole + fraction + strings.Repeat("0", c.Exponent()-len(fraction))
	minor, err := strconv.ParseInt(text, 10, 64)
	if err != nil || minor <= 0 {
		return money.Amount{}, cannot("CANNOT_BE_ZERO_OR_NEGATIVE")
	}
	return money.New(minor, c), nil
}

// spell is an amount of ours as PayPal writes it.
func spell(a money.Amount) amount {
	text := a.Decimal()
	if n, special := digits[string(a.Currency)]; special && n == 0 {
		text, _, _ = strings.Cut(text, ".")
	}
	return amount{string(a.Currency), text}
}

func (p *PayPal) createOrder(e errand) (result, *Refusal) {
	var in struct {
		Intent string `json:"intent"`
		Units  []struct {
			CustomID    string `json:"custom_id"`
			Description string `json:"description"`
			Amount      amount `json:"amount"`
		} `json:"purchase_units"`
		Source struct {
			PayPal source `json:"paypal"`
		} `json:"payment_source"`
	}
	if err := json.Unmarshal(e.body, &in); err != nil {
		return result{}, invalidRequest("MALFORMED_REQUEST_JSON")
	}
	switch {
	case e.key == "":
		return result{}, cannot("PAYPAL_REQUEST_ID_REQUIRED")
	case in.Intent != "CAPTURE" && in.Intent != "AUTHORIZE":
		return result{}, invalidRequest("INVALID_PARAMETER_VALUE")
	case len(in.Units) != 1:
		return result{}, invalidRequest("MISSING_REQUIRED_PARAMETER")
	case in.Source.PayPal.VaultID != "":
		return result{}, invalidRequest("UNSUPPORTED_PAYMENT_SOURCE") // the real one takes the money at once; nobody asks this one to
	}
	u, vault := in.Units[0], in.Source.PayPal.Attributes.Vault
	sum, bad := u.Amount.read()
	if bad == nil {
		bad = vault.allowed(e.a)
	}
	if bad != nil {
		return result{}, bad
	}
	if e.wrong {
		sum.Minor++
	}
	o := &Order{
		ID: p.newID(), Intent: in.Intent, Status: OrderCreated, Created: p.now(), CustomID: u.CustomID, About: u.Description, Amount: sum,
		Return: in.Source.PayPal.Context.Return, Cancel: in.Source.PayPal.Context.Cancel, wish: vault,
	}
	e.a.orders = append(e.a.orders, o)
	return p.showing(o, http.StatusCreated), nil
}

// showing answers with an order, as it stands whenever that is.
func (p *PayPal) showing(o *Order, status int) result {
	return result{status, func(whole bool) any { return p.show(o, whole) }}
}

func (p *PayPal) show(o *Order, whole bool) map[string]any {
	out := map[string]any{"id": o.ID, "status": o.Status, "links": o.links(p.base)}
	if !whole {
		return out
	}
	unit := map[string]any{"reference_id": "default", "amount": spell(o.Amount)}
	if o.CustomID != "" {
		unit["custom_id"] = o.CustomID
	}
	if o.About != "" {
		unit["description"] = o.About
	}
	if done := o.done(); len(done) > 0 {
		unit["payments"] = done
	}
	out["intent"], out["create_time"], out["purchase_units"] = o.Intent, o.Created, []any{unit}
	out["payment_source"] = map[string]any{"paypal": o.wallet(p.base)}
	return out
}

func (o *Order) done() map[string]any {
	out := map[string]any{}
	for kind, pieces := range map[string][]*Piece{"authorizations": o.Holds, "captures": o.Captures, "refunds": o.Refunds} {
		var all []any
		for _, one := range pieces {
			all = append(all, one.show())
		}
		if len(all) > 0 {
			out[kind] = all
		}
	}
	return out
}

// show is a piece as it stands by itself.
func (x *Piece) show() map[string]any {
	out := map[string]any{"id": x.ID, "status": x.Status, "amount": spell(x.Amount), "create_time": x.Created, "update_time": x.Created}
	if x.CustomID != "" {
		out["custom_id"] = x.CustomID
	}
	if x.Kind == "refunds" {
		out["links"] = []Link{{"https://api.paypal.com/v2/payments/captures/" + x.Of, "up", http.MethodGet}}
		return out
	}
	if x.Status == "PENDING" {
		out["status_details"] = map[string]string{"reason": "ECHECK"}
	}
	out["supplementary_data"] = map[string]any{"related_ids": map[string]string{"order_id": x.order.ID}}
	return out
}

func (o *Order) links(base string) []Link {
	out := []Link{{base + "/v2/checkout/orders/" + o.ID, "self", http.MethodGet}}
	if o.Status == OrderCreated {
		out = append(out, Link{o.page(base), "payer-action", http.MethodGet})
	}
	return out
}

func (o *Order) page(base string) string { return base + "/checkoutnow?token=" + o.ID }

func (a *payer) order(id string) (*Order, *Refusal) {
	for _, o := range a.orders {
		if o.ID == id {
			return o, nil
		}
	}
	return nil, noSuch()
}

func (p *PayPal) getOrder(e errand) (result, *Refusal) {
	o, bad := e.a.order(e.id)
	if bad != nil {
		return result{}, bad
	}
	return p.showing(o, http.StatusOK), nil
}

func (p *PayPal) patchOrder(e errand) (result, *Refusal) {
	o, bad := e.a.order(e.id)
	if bad != nil {
		return result{}, bad
	}
	var in []struct{ Op, Path, Value string }
	if err := json.Unmarshal(e.body, &in); err != nil || len(in) != 1 || in[0].Op != "replace" {
		return result{}, invalidRequest("INVALID_PATCH_OPERATION")
	}
	switch {
	case in[0].Path != "/purchase_units/@reference_id=='default'/custom_id":
		return result{}, cannot("NOT_PATCHABLE")
	case o.Status == OrderCompleted:
		return result{}, cannot("ORDER_ALREADY_COMPLETED")
	}
	o.CustomID = in[0].Value
	return result{status: http.StatusNoContent}, nil
}

// Orders are an account's orders, the oldest first.
func (p *PayPal) Orders(client string) []Order {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []Order
	for _, o := range p.of(client).orders {
		out = append(out, *o)
	}
	return out
}
