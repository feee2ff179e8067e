package payments

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"orion/kit/clock"
	"orion/kit/module"
	"orion/kit/tenant"
)

// However a gateway fails to answer, a call of it ends within the nine seconds that a
// shopper's answer has for it.
func TestACallEnds(t *testing.T) {
	t.Parallel()
	for name, ask := range map[string]func(context.Context) (Snapshot, error){
		"it never answers": func(ctx context.Context) (Snapshot, error) {
			<-ctx.Done()
			return Snapshot{}, ctx.Err()
		},
		"it answers late and wrongly": func(ctx context.Context) (Snapshot, error) {
			select {
			case <-ctx.Done():
			case <-time.After(3900 * time.Millisecond):
			}
			return Snapshot{}, errors.New("500")
		},
		"it breaks off": func(context.Context) (Snapshot, error) { return Snapshot{}, errors.New("reset") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m := New(Needs{Kit: module.Kit{Clock: clock.System(), Log: slog.New(slog.DiscardHandler)}})
				began := time.Now()
				in := tenant.NewGate().Store(1, 1, 1)
				if s := m.call(t.Context(), in, question{"far", "create", ask}); s.Outcome != Unknown {
					t.Errorf("%+v", s)
				}
				if took := time.Since(began); took > 9*time.Second {
					t.Errorf("a shopper waited %s", took)
				}
			})
		})
	}
}

// A request that alone has no answer is asked about again within a minute for some quarter
// of an hour, and then ever more rarely.
func TestOneRequestHasNoAnswer(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	wait := func(checks int64) time.Duration {
		return attempt{Checks: checks, CreatedAt: now}.alone(now).Sub(now)
	}
	sum := time.Duration(0)
	for checks := int64(1); checks <= 40; checks++ {
		if sum += wait(checks); wait(checks) > 30*time.Second {
			t.Errorf("after %d times it waits %s", checks, wait(checks))
		}
	}
	if sum < 10*time.Minute || wait(42) != 4*time.Minute || wait(1000) != 6*time.Hour {
		t.Errorf("after %s it waits %s, and %s at last", sum, wait(42), wait(1000))
	}
}
