package paytest

// card is how a card behaves.
type card struct {
	brand, last4 string
	challenge    bool   // its bank asks the payer
	decline      string // why its bank says no; empty is yes
	slow         bool   // refunds to it are pending for a minute
	bounces      bool   // refunds to it succeed, and fail a minute later
}

// cards are test cards by number, as Stripe documents them.
var cards = map[string]card{
	"4242424242424242": {brand: "visa", last4: "4242"},
	"5555555555554444": {brand: "mastercard", last4: "4444"},
	"4000002500003155": {brand: "visa", last4: "3155", challenge: true},
	"4000008260003178": {brand: "visa", last4: "3178", challenge: true, decline: "insufficient_funds"},
	"4000000000000002": {brand: "visa", last4: "0002", decline: "generic_decline"},
	"4000000000009995": {brand: "visa", last4: "9995", decline: "insufficient_funds"},
	"4000000000007726": {brand: "visa", last4: "7726", slow: true},
	"4000000000005126": {brand: "visa", last4: "5126", bounces: true},
}

// methods are the names under which tests may use cards without a number.
var methods = map[string]string{
	"pm_card_visa":                   "4242424242424242",
	"pm_card_mastercard":             "5555555555554444",
	"pm_card_authenticationRequired": "4000002500003155",
	"pm_card_threeDSecure2Required":  "4000002500003155",
	"pm_card_authenticationRequiredChargeDeclinedInsufficientFunds": "4000008260003178",
	"pm_card_visa_chargeDeclined":                                   "4000000000000002",
	"pm_card_visa_chargeDeclinedInsufficientFunds":                  "4000000000009995",
	"pm_card_pendingRefund":                                         "4000000000007726",
	"pm_card_refundFail":                                            "4000000000005126",
}

// Method is what a payer pays with.
type Method struct {
	ID      string `json:"id"`
	Object  string `json:"object"`
	Type    string `json:"type"`
	Created int64  `json:"created"`
	Live    bool   `json:"livemode"`
	Card    struct {
		Brand string `json:"brand"`
		Last4 string `json:"last4"`
	} `json:"card"`
}

func (s *Stripe) createMethod(c call) (any, *Problem) {
	if bad := c.p.only("type", "card[number]", "card[exp_month]", "card[exp_year]", "card[cvc]", "billing_details[*]", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	if c.p.get("type") != "card" {
		return nil, invalid("parameter_missing", "type", "Only cards are known here.")
	}
	known, ok := cards[c.p.get("card[number]")]
	if !ok {
		return nil, &Problem{Type: "card_error", Code: "incorrect_number", Param: "number", Message: "Your card number is incorrect.", status: 402, early: true}
	}
	m := Method{ID: s.newID("pm"), Object: "payment_method", Type: "card", Created: s.now()}
	m.Card.Brand, m.Card.Last4 = known.brand, known.last4
	c.a.methods[m.ID] = known
	return m, nil
}

// card finds the card behind a payment method.
func (a *account) card(method string) (card, bool) {
	if number, ok := methods[method]; ok {
		return cards[number], true
	}
	c, ok := a.methods[method]
	return c, ok
}
