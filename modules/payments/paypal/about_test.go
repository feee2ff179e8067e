package paypal

import (
	"encoding/json"
	"testing"
)

// Each event names the order that it is about, or what leads there; what is none of
// our business, or no name at all, names nothing.
func TestWhatEventsAreAbout(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"event_type":"CHECKOUT.ORDER.APPROVED","resource":{"id":"5O190127TN364715T"}}`:                                                                         "5O190127TN364715T",
		`{"event_type":"CHECKOUT.PAYMENT-APPROVAL.REVERSED","resource":{"order_id":"5O190127TN364715T"}}`:                                                        "5O190127TN364715T",
		`{"event_type":"PAYMENT.CAPTURE.COMPLETED","resource":{"id":"2GG","supplementary_data":{"related_ids":{"order_id":"5O1"}}}}`:                             "5O1",
		`{"event_type":"PAYMENT.CAPTURE.COMPLETED","resource":{"id":"2GG"}}`:                                                                                     "captures/2GG",
		`{"event_type":"PAYMENT.AUTHORIZATION.VOIDED","resource":{"id":"0VF"}}`:                                                                                  "authorizations/0VF",
		`{"event_type":"PAYMENT.CAPTURE.REFUNDED","resource":{"id":"1JU","links":[{"rel":"up","href":"https://api.paypal.com/v2/payments/captures/2GG"}]}}`:      "captures/2GG",
		`{"event_type":"PAYMENT.CAPTURE.REFUNDED","resource":{"id":"1JU","links":[{"rel":"up","href":"https://api.paypal.com/v2/payments/captures/2GG/../x"}]}}`: "",
		`{"event_type":"PAYMENT.CAPTURE.COMPLETED","resource":{"id":"../../v1/x"}}`:                                                                              "",
		`{"event_type":"CHECKOUT.ORDER.APPROVED","resource":{}}`:                                                                                                 "",
		`{"event_type":"CHECKOUT.ORDER.APPROVED","resource":[]}`:                                                                                                 "",
		`{"event_type":"VAULT.PAYMENT-TOKEN.CREATED","resource":{"id":"7vrxmrw","metadata":{"order_id":"5O190127TN364715T"}}}`:                                   "5O190127TN364715T",
		`{"event_type":"VAULT.PAYMENT-TOKEN.CREATED","resource":{"id":"7vrxmrw","customer":{"id":"208743798"}}}`:                                                 "",
		`{"event_type":"VAULT.PAYMENT-TOKEN.DELETED","resource":{"id":"7vrxmrw"}}`:                                                                               "",
		`{"event_type":"CUSTOMER.DISPUTE.CREATED","resource":{"id":"PP-D-1"}}`:                                                                                   "",
		`{"event_type":"BILLING.SUBSCRIPTION.ACTIVATED","resource":{"id":"I-1"}}`:                                                                                "",
	} {
		var e event
		if err := json.Unmarshal([]byte(body), &e); err != nil {
			t.Fatal(err)
		}
		if got := e.about(); got != want {
			t.Errorf("%s is about %q, not %q", body, got, want)
		}
	}
}
