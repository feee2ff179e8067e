package payments_test

import (
	"testing"

	"orion/kit/modtest"
	"orion/modules/payments"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	modtest.Conform(t, modtest.Subject{Definition: payments.New(payments.Needs{}).Definition(), Plan: plan})
}
