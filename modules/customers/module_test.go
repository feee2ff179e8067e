package customers_test

import (
	"testing"

	"orion/kit/modtest"
	"orion/modules/customers"
)

func TestConform(t *testing.T) {
	t.Parallel()
	modtest.Conform(t, modtest.Subject{Definition: customers.New(customers.Needs{}).Definition(), Plan: plan})
}
