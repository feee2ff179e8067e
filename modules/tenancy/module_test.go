package tenancy_test

import (
	"testing"

	"orion/kit/modtest"
	"orion/modules/tenancy"
)

func TestConform(t *testing.T) {
	t.Parallel()
	modtest.Conform(t, modtest.Subject{Definition: tenancy.New(tenancy.Needs{}).Definition(), Plan: plan})
}
