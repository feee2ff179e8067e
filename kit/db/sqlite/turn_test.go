package sqlite

import (
	"path/filepath"
	"sync/atomic"
	"testing"
)

// TestWritersTakeTurns lets one process write without a pause, and another now
// and then: the second must not wait for a lucky moment.
func TestWritersTakeTurns(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "busy.db")
	open := func() func(text string) {
		write, read, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			_ = read.Close()
			_ = write.Close()
		})
		return func(text string) {
			tx, err := write.BeginTx(t.Context(), nil)
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := tx.ExecContext(t.Context(), text); err != nil {
				t.Error(err)
			}
			if err := tx.Commit(); err != nil {
				t.Error(err)
			}
		}
	}
	busy, patient := open(), open()
	busy("CREATE TABLE lines (who TEXT)")

	// Some milliseconds of work, so that the database is free for moments only.
	const long = `INSERT INTO lines
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT 'busy' FROM n WHERE i = 20000`
	var stop atomic.Bool
	var written atomic.Int64
	done := make(chan struct{})
	go func() {
		defer close(done)
		for !stop.Load() {
			busy(long)
			written.Add(1)
		}
	}()
	for written.Load() < 10 { //nolint:revive // until it is under way
	}
	const times = 20
	before := written.Load()
	for range times {
		patient("INSERT INTO lines VALUES ('patient')")
	}
	between := written.Load() - before
	stop.Store(true)
	<-done
	if between > 4*times {
		t.Errorf("the busy one wrote %d times while the patient one wrote %d times", between, times)
	}
	t.Logf("%d to %d", between, times)
}
