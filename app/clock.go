//go:build !orion_test

package app

import (
	"net/http"

	"orion/kit/clock"
)

// programClock is the machine's.
func programClock() clock.Clock { return clock.System() }

// mountTestRoutes adds nothing: only builds with the tag orion_test let
// somebody move the clock.
func mountTestRoutes(*http.ServeMux, *App) {}
