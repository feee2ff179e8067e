package catalog

import (
	"testing"

	"orion/kit/modtest"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	modtest.Conform(t, modtest.Subject{Definition: New(Needs{}).Definition(), Plan: plan})
}
