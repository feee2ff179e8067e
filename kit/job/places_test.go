package job

import (
	"testing"
	"testing/synctest"
	"time"
)

// A store has half of the places, the other half stays for others, and whoever
// waits gets the place of the one who leaves.
func TestPlaces(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPlaces(4)
		const big, small = 1, 2
		for range 2 {
			if !p.enter(t.Context(), big) {
				t.Fatal("there were places")
			}
		}
		began := time.Now()
		if p.enter(t.Context(), big) {
			t.Error("a store has more than its share")
		}
		if waited := time.Since(began); waited != patience {
			t.Errorf("it stood ready for %s; want %s", waited, patience)
		}
		if !p.enter(t.Context(), small) || !p.enter(t.Context(), 0) {
			t.Error("the others find no place")
		}
		if p.enter(t.Context(), 0) {
			t.Error("five jobs in four places")
		}
		went := make(chan bool)
		go func() { went <- p.enter(t.Context(), big) }()
		synctest.Wait()
		p.leave(small) // is no help: the big store has its share
		synctest.Wait()
		p.leave(big)
		if !<-went {
			t.Error("nobody got the place that was left")
		}
	})
}
