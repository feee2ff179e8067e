package paytest

// card is how a card behaves.
type card struct {
	brand, last4 string
	challenge    bool   // its bank asks the payer
	decline      string // why its bank says no; empty is yes
	slow         bool   // refunds to it are pending for a minute
	bounces      bool   // refunds to it succeed, and fail a minute later
	attaches     bool   // it can be saved, although its bank says no to every payment
	claim        *Claim // what its bank says once it is paid with
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
	"4000000000000341": {brand: "visa", last4: "0341", decline: "generic_decline", attaches: true},
	"4000000000005126": {brand: "visa", last4: "5126", bounces: true},
	"4000000000000259": {brand: "visa", last4: "0259", claim: &Claim{}},
	"4000000000002685": {brand: "visa", last4: "2685", claim: &Claim{Reason: "product_not_received"}},
	"4000000000001976": {brand: "visa", last4: "1976", claim: &Claim{Inquiry: true}},
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
	"pm_card_chargeCustomerFail":                                    "4000000000000341",
	"pm_card_pendingRefund":                                         "4000000000007726",
	"pm_card_refundFail":                                            "4000000000005126",
	"pm_card_createDispute":                                         "4000000000000259",
	"pm_card_createDisputeProductNotReceived":                       "4000000000002685",
	"pm_card_createDisputeInquiry":                                  "4000000000001976",
}
