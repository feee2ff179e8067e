package payments

import (
	"context"
	"slices"

	"orion/modules/payments/paymentsapi"
)

// forgottenAtOnce is how many payments one statement names.
const forgottenAtOnce = 200

// Forget implements paymentsapi.Refunds.
func (m *Module) Forget(ctx context.Context, tx tx, ids ...paymentsapi.PaymentID) error {
	for part := range slices.Chunk(ids, forgottenAtOnce) {
		numbers := make([]int64, len(part))
		for i, id := range part {
			numbers[i] = int64(id)
		}
		if err := forgetPayers(ctx, tx, numbers); err != nil {
			return err
		}
		if err := forgetEvidence(ctx, tx, numbers); err != nil {
			return err
		}
	}
	return nil
}
