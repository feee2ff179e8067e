package cms

import (
	"testing"

	"orion/kit/modtest"
)

func TestConform(t *testing.T) {
	t.Parallel()
	modtest.Conform(t, modtest.Subject{Definition: New(Needs{}).Definition(), Plan: plan})
}
