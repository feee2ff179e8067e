package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"
)

// SQLite lets whoever asks at the right moment write, and a process that waits
// asks only now and then. One that always has something to write would keep the
// others out for good: an import beside a busy server would never end. So
// writers of several processes take turns: each takes the turn before it begins
// and gives it back once it may write. While it waits for the database, nobody
// else begins.

// turns is the lock file that the processes share. A process writes over one
// connection, so it needs no order within itself.
type turns struct{ file *os.File }

func openTurns(path string) (*turns, error) {
	f, err := os.OpenFile(path+".turn", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the lock that writers take turns by: %w", err)
	}
	return &turns{f}, nil
}

// patience is how long a writer waits for its turn. It then goes on without:
// the turn is a courtesy, and whoever has it may have been stopped for good.
const patience = 5 * time.Second

// take waits for the turn and returns what gives it back.
func (t *turns) take(ctx context.Context) func() {
	wait, waited := 100*time.Microsecond, time.Duration(0)
	for ; ; wait = min(wait*2, time.Millisecond) {
		err := syscall.Flock(int(t.file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { _ = syscall.Flock(int(t.file.Fd()), syscall.LOCK_UN) }
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) || ctx.Err() != nil || waited > patience {
			return func() {}
		}
		time.Sleep(wait)
		waited += wait
	}
}
