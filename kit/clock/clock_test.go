package clock_test

import (
	"testing"
	"time"

	"orion/kit/clock"
)

func TestManual(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 3, 1, 9, 0, 0, 1234, time.FixedZone("LU", 3600))
	c := clock.NewManual(start)
	if got, want := c.Now(), start.UTC().Truncate(time.Microsecond); !got.Equal(want) || got.Location() != time.UTC {
		t.Errorf("now = %v, want %v", got, want)
	}
	c.Advance(26 * time.Hour)
	if got := c.Now().Sub(start); got.Round(time.Millisecond) != 26*time.Hour {
		t.Errorf("advanced by %v", got)
	}
}

func TestShiftedNeverRunsBackwards(t *testing.T) {
	t.Parallel()
	c := clock.NewShifted(clock.NewManual(time.Unix(1000, 0)))
	c.Advance(time.Minute)
	c.Advance(-time.Hour)
	if got := c.Now().Unix(); got != 1060 {
		t.Errorf("now = %d, want 1060", got)
	}
}
