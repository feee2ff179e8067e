package job

import (
	"slices"
	"testing"
	"time"

	"github.com/riverqueue/river/rivertype"
)

// A job that was killed often and failed once is tried again soon.
func TestKillsAreNoFailures(t *testing.T) {
	t.Parallel()
	kills := slices.Repeat([]rivertype.AttemptError{{Error: killed}}, 6)
	if wait := time.Until(retry{}.NextRetry(&rivertype.JobRow{Errors: kills})); wait > 2*time.Second {
		t.Errorf("after kills it waits %s", wait)
	}
	if wait := time.Until(retry{}.NextRetry(&rivertype.JobRow{Errors: append(kills, rivertype.AttemptError{Error: "paper jam"})})); wait < 3*time.Second {
		t.Errorf("after a failure it waits %s", wait)
	}
}
