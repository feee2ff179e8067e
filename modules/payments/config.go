package payments

import (
	"strings"

	"orion/kit/config"
	"orion/kit/module"
	"orion/kit/money"
)

// Config are a store's settings for being paid.
type Config struct {
	Stripe           bool          `json:"stripe" label:"payments.config.stripe" help:"payments.config.stripe_help"`
	StripePublic     string        `json:"stripe_publishable_key" label:"payments.config.stripe_publishable_key" help:"payments.config.stripe_publishable_key_help" max:"255"`
	StripeSecret     config.Secret `json:"stripe_secret_key" label:"payments.config.stripe_secret_key" help:"payments.config.stripe_secret_key_help" max:"255"`
	StripeSigning    config.Secret `json:"stripe_webhook_secret" label:"payments.config.stripe_webhook_secret" help:"payments.config.stripe_webhook_secret_help" max:"255"`
	StripeSigningWas config.Secret `json:"stripe_webhook_secret_was" label:"payments.config.stripe_webhook_secret_was" help:"payments.config.stripe_webhook_secret_was_help" max:"255"`
	StripeHold       bool          `json:"stripe_hold" label:"payments.config.stripe_hold" help:"payments.config.stripe_hold_help"`

	ConnectPublic     string        `json:"connect_publishable_key" label:"payments.config.connect_publishable_key" help:"payments.config.connect_publishable_key_help" at:"platform" max:"255"`
	ConnectSecret     config.Secret `json:"connect_secret_key" label:"payments.config.connect_secret_key" help:"payments.config.connect_secret_key_help" at:"platform" max:"255"`
	ConnectSigning    config.Secret `json:"connect_webhook_secret" label:"payments.config.connect_webhook_secret" help:"payments.config.connect_webhook_secret_help" at:"platform" max:"255"`
	ConnectSigningWas config.Secret `json:"connect_webhook_secret_was" label:"payments.config.connect_webhook_secret_was" help:"payments.config.stripe_webhook_secret_was_help" at:"platform" max:"255"`
	ConnectFee        int64         `json:"connect_fee" label:"payments.config.connect_fee" help:"payments.config.connect_fee_help" at:"platform" min:"0" max:"5000"` // hundredths of a percent

	PayPal        bool          `json:"paypal" label:"payments.config.paypal" help:"payments.config.paypal_help"`
	PayPalClient  string        `json:"paypal_client_id" label:"payments.config.paypal_client_id" help:"payments.config.paypal_client_id_help" max:"255"`
	PayPalSecret  config.Secret `json:"paypal_secret" label:"payments.config.paypal_secret" help:"payments.config.paypal_secret_help" max:"255"`
	PayPalWebhook string        `json:"paypal_webhook_id" label:"payments.config.paypal_webhook_id" help:"payments.config.paypal_webhook_id_help" max:"64"`
	PayPalSandbox bool          `json:"paypal_sandbox" label:"payments.config.paypal_sandbox" help:"payments.config.paypal_sandbox_help"`
	PayPalHold    bool          `json:"paypal_hold" label:"payments.config.paypal_hold" help:"payments.config.paypal_hold_help"`

	BankTransfer  bool   `json:"bank_transfer" label:"payments.config.bank_transfer" help:"payments.config.bank_transfer_help"`
	Holder        string `json:"account_holder" label:"payments.config.account_holder" help:"payments.config.account_holder_help"`
	IBAN          string `json:"iban" label:"payments.config.iban" help:"payments.config.iban_help"`
	BIC           string `json:"bic" label:"payments.config.bic" help:"payments.config.bic_help"`
	OnDelivery    bool   `json:"on_delivery" label:"payments.config.on_delivery" help:"payments.config.on_delivery_help"`
	DeliveryLimit int64  `json:"on_delivery_limit" label:"payments.config.on_delivery_limit" help:"payments.config.on_delivery_limit_help"` // minor units; 0 is none
	Test          bool   `json:"test" label:"payments.config.test" help:"payments.config.test_help"`
	LateMinutes   int64  `json:"test_late_minutes" label:"payments.config.test_late_minutes" help:"payments.config.test_late_minutes_help"`
}

var defaults = Config{Stripe: true, PayPal: true, BankTransfer: true, OnDelivery: true, DeliveryLimit: 500_00, LateMinutes: 5}

func (c Config) validate() error {
	bad := module.ErrSettings
	if c.IBAN != "" && !validIBAN(c.IBAN) {
		bad = bad.Field("iban", "payments.bad_iban")
	}
	if c.IBAN != "" && strings.TrimSpace(c.Holder) == "" {
		bad = bad.Field("account_holder", "form.required")
	}
	if c.DeliveryLimit < 0 {
		bad = bad.Field("on_delivery_limit", "payments.bad_amount")
	}
	if c.LateMinutes < 1 || c.LateMinutes > 60*24*14 {
		bad = bad.Field("test_late_minutes", "form.too_large", "max", 60*24*14)
	}
	return c.validatePayPal(c.validateFee(c.platformKeys().validate(c.ownKeys().validate(bad)))).OrNil()
}

// offers tells whether a method may be chosen for an amount. Methods that have
// no settings are on as soon as the program has them.
func (c Config) offers(method string, amount money.Amount) bool {
	switch method {
	case Stripe:
		return c.Stripe
	case PayPal:
		return c.PayPal
	case BankTransfer:
		return c.BankTransfer && c.IBAN != ""
	case OnDelivery:
		return c.OnDelivery && (c.DeliveryLimit == 0 || amount.Minor <= c.DeliveryLimit)
	case Test:
		return c.Test
	}
	return true
}

// validIBAN checks length, letters and the check digits (ISO 13616: the number
// with its first four characters at the end, letters as 10 to 35, is 1 mod 97).
func validIBAN(s string) bool {
	s = plainIBAN(s)
	if len(s) < 15 || len(s) > 34 {
		return false
	}
	rest := 0
	for _, c := range s[4:] + s[:4] {
		switch {
		case c >= '0' && c <= '9':
			rest = (rest*10 + int(c-'0')) % 97
		case c >= 'A' && c <= 'Z':
			rest = (rest*100 + int(c-'A') + 10) % 97
		default:
			return false
		}
	}
	return rest == 1
}

func plainIBAN(s string) string {
	return strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(s), " ", ""))
}

// account is where a transfer goes; inside the euro area that needs no BIC.
func (c Config) account() string {
	if c.BIC == "" {
		return groupIBAN(c.IBAN)
	}
	return groupIBAN(c.IBAN) + ", BIC " + c.BIC
}

// groupIBAN writes an IBAN in groups of four, as people read it.
func groupIBAN(s string) string {
	s = plainIBAN(s)
	var out strings.Builder
	for i, c := range s {
		if i > 0 && i%4 == 0 {
			out.WriteByte(' ')
		}
		out.WriteRune(c)
	}
	return out.String()
}
