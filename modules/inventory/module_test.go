package inventory_test

import (
	"testing"

	"orion/kit/modtest"
	"orion/modules/inventory"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	modtest.Conform(t, modtest.Subject{Definition: inventory.New(inventory.Needs{}).Definition(), Plan: plan})
}
