package payments_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/fault"
	"orion/modules/payments"
)

// Keys stand where they belong, are both there, and of the same mode; what is
// wrong is named by its field.
func TestKeysInSettings(t *testing.T) {
	t.Parallel()
	conf := payments.New(payments.Needs{}).Definition().Config
	for raw, want := range map[string]string{
		`{}`: "",
		`{"stripe_publishable_key":"pk_test_a","stripe_secret_key":"sk_test_b","stripe_webhook_secret":"whsec_c","stripe_webhook_secret_was":"whsec_d"}`: "",
		`{"stripe_publishable_key":"pk_live_a","stripe_secret_key":"rk_live_b"}`:                                                                         "",
		`{"stripe_publishable_key":"pk_test_a","stripe_secret_key":"sk_live_b"}`:                                                                         "stripe_publishable_key payments.bad_stripe_pair",
		`{"stripe_publishable_key":"pk_live_a","stripe_secret_key":"rk_test_b"}`:                                                                         "stripe_publishable_key payments.bad_stripe_pair",
		`{"stripe_publishable_key":"sk_test_a","stripe_secret_key":"sk_test_b"}`:                                                                         "stripe_publishable_key payments.bad_stripe_public",
		`{"stripe_publishable_key":"pk_test_a","stripe_secret_key":"pk_test_a"}`:                                                                         "stripe_secret_key payments.bad_stripe_secret",
		`{"stripe_publishable_key":"pk_test_a"}`:                                                                                                         "stripe_secret_key form.required",
		`{"stripe_secret_key":"sk_test_a"}`:                                                                                                              "stripe_publishable_key form.required",
		`{"stripe_secret_key":"sk_test_","stripe_publishable_key":"pk_test_a"}`:                                                                          "stripe_secret_key payments.bad_stripe_secret",
		`{"stripe_webhook_secret":"sk_test_a"}`:                                                                                                          "stripe_webhook_secret payments.bad_stripe_signing",
		`{"stripe_webhook_secret_was":"x"}`:                                                                                                              "stripe_webhook_secret_was payments.bad_stripe_signing",
		`{"paypal_client_id":"AY-a_1","paypal_secret":"EK_test_b","paypal_webhook_id":"8PT597110X687430LKGECATA","paypal_sandbox":true}`:                 "",
		`{"paypal_client_id":"AY-a_1"}`:                                                                                                                  "paypal_secret form.required",
		`{"paypal_secret":"EK_test_b"}`:                                                                                                                  "paypal_client_id form.required",
		`{"paypal_client_id":"AY a","paypal_secret":"EK_test_b"}`:                                                                                        "paypal_client_id payments.bad_paypal_client",
		`{"paypal_client_id":"AY:a","paypal_secret":"EK_test_b"}`:                                                                                        "paypal_client_id payments.bad_paypal_client",
		`{"paypal_client_id":"AY","paypal_secret":"EK _test_b"}`:                                                                                         "paypal_secret payments.bad_paypal_secret",
		`{"paypal_webhook_id":"https://shop.example/store/hooks/x"}`:                                                                                     "paypal_webhook_id payments.bad_paypal_webhook",
	} {
		var got []string
		err := conf.Check([]byte(raw))
		if err != nil {
			for _, f := range fault.As(err).Fields {
				got = append(got, f.Name+" "+f.Code)
			}
			if strings.Contains(err.Error(), "_test_b") || strings.Contains(err.Error(), "_live_b") {
				t.Errorf("%s tells a key: %v", raw, err)
			}
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: %v, not %s", raw, got, want)
		}
	}
	secrets := conf.Secrets()
	slices.Sort(secrets)
	if diff := cmp.Diff([]string{"connect_secret_key", "connect_webhook_secret", "connect_webhook_secret_was", "paypal_secret", "stripe_secret_key", "stripe_webhook_secret", "stripe_webhook_secret_was"}, secrets); diff != "" {
		t.Error(diff)
	}
}
