package certify

import (
	"context"

	"orion/kit/db/aside"
	"orion/modules/payments/paytest"
)

// Bank is a store whose orders are paid at doubles that outlive the server: by card, and
// with PayPal.
type Bank struct {
	Counter
	Double  *paytest.Stripe
	Gateway string // address of the double
	Key     string // of the store's account there
	Gate    *Gate  // through which the doubles tell
	Hook    string // path of the store at which cards are told of
	Wallet  *paytest.PayPal
	Purse   string // address of the wallet
	Client  string // of the store's account there
	Secret  string
	// GiveBack lets staff give some of a payment back that was captured by a method.
	GiveBack func(ctx context.Context, method string)
}

// env are the settings with which a server asks the doubles.
func (b *Bank) env() []string {
	return []string{"ORION_SERVICES_STRIPE=" + b.Gateway, "ORION_SERVICES_PAYPAL=" + b.Purse}
}

// Counter is a store with one thing on sale.
type Counter struct {
	Host            string
	Variant, Method string
	Units           int64 // that there were when it began

	Tables *aside.Tables
	In     int64 // the store there
	// Check tells what the program itself finds wrong with its ledger and its stock.
	Check func(ctx context.Context) ([]string, error)
	// Left is how many units are left.
	Left func(ctx context.Context) (int64, error)
}

// Waiting names what is still to be done, for who looks for the reason.
func (b *Bank) Waiting(ctx context.Context) ([]string, error) {
	var out []string
	for what, query := range map[string]string{
		"event waits":     "SELECT CAST(event_id AS TEXT) || ' ' || subscriber || ' ' || state || ' ' || CAST(attempts AS TEXT) || ' ' || error FROM event_deliveries WHERE state <> 'done'",
		"job is not over": "SELECT CAST(id AS TEXT) || ' ' || CAST(state AS TEXT) || ' ' || CAST(attempt AS TEXT) || ' ' || CAST(args AS TEXT) FROM river_job WHERE finalized_at IS NULL",
	} {
		texts, err := b.Tables.Column(ctx, query+" LIMIT 40")
		if err != nil {
			return out, err
		}
		for _, text := range texts {
			out = append(out, what+": "+text)
		}
	}
	return out, nil
}
