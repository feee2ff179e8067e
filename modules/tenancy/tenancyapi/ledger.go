package tenancyapi

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
)

// At says whose audit log an entry belongs to; zero is nobody's.
type At struct {
	Store    tenant.StoreID
	Merchant tenant.MerchantID
	Platform tenant.PlatformID
}

// Ledger is the audit log for those who work for a platform or a merchant.
type Ledger interface {
	RecordAt(ctx context.Context, tx *db.Tx[tenant.System], at At, e Entry) error
}

// Chronicle is the audit log for those who work in the scope of a platform.
type Chronicle interface {
	// RecordHere writes down what somebody did for the platform of the transaction.
	RecordHere(ctx context.Context, tx *db.Tx[tenant.Platform], e Entry) error
}
