package mail_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"testing"
	"time"

	"orion/kit/config"
	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/mail"
	"orion/kit/tenant"
)

func (b *bundle) start(t *testing.T) {
	t.Helper()
	b.post.Start(t.Context())
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		b.post.Stop(ctx)
	})
}

// jobs is how many messages have been left to jobs.
func (b *bundle) jobs(t *testing.T) (n int) {
	t.Helper()
	query := "SELECT COUNT(*) FROM river_job WHERE json_extract(args, '$.name') = 'mail.send'"
	if b.DB.Dialect() == db.Postgres {
		query = "SELECT COUNT(*) FROM river_job WHERE args->>'name' = 'mail.send'"
	}
	if err := b.DB.Pool().QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// until waits for what another goroutine brings about.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for range 2000 {
		if done() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("never happened: %s", what)
}

// silent is a mail server that takes calls and never says a word.
func silent(t *testing.T) config.SMTP {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all []net.Conn
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			all = append(all, c)
		}
	}()
	t.Cleanup(func() {
		_ = l.Close()
		<-done
		for _, c := range all {
			_ = c.Close()
		}
	})
	return config.SMTP{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, From: "post@orion.example"}
}

func TestLeavesAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e, config.SMTP{})
		b.start(t)
		b.send(t, letter("orders.placed/1"))
		b.send(t, letter("orders.placed/1"))
		stop := errors.New("stop")
		if err := db.Do(t.Context(), b.DB, b.in, func(tx *db.Tx[tenant.Store]) error {
			return errors.Join(b.post.Send(t.Context(), tx, letter("orders.placed/2")), stop)
		}); !errors.Is(err, stop) {
			t.Fatal(err)
		}
		until(t, "the message is sent", func() bool { return b.receipts(t)[0].Status == mail.Sent })
		b.settle(t)
		if names := b.written(t); len(names) != 1 || b.jobs(t) != 0 {
			t.Errorf("%d files, %d jobs", len(names), b.jobs(t))
		}
	})
}

// What could not be sent at once is tried again by a job.
func TestAtOnceFails(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		server := newServer(t, "451 come back later")
		b := setup(t, e, config.SMTP{Host: "127.0.0.1", Port: server.port(), From: "post@orion.example"})
		b.start(t)
		b.send(t, letter("orders.placed/3"))
		until(t, "it gets a job", func() bool { return b.jobs(t) == 1 })
		if r := b.receipts(t)[0]; r.Status != mail.Queued || r.Attempts != 1 || r.Error == "" {
			t.Errorf("receipt %+v", r)
		}
		server.say("250 fine")
		b.settle(t)
		if r := b.receipts(t)[0]; r.Status != mail.Sent || len(server.messages()) != 1 {
			t.Errorf("receipt %+v, the server has %d", r, len(server.messages()))
		}
	})
}

// A message whose process ended before it left is found by another.
func TestLostIsFound(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		gone := setup(t, e, silent(t))
		gone.post.Start(t.Context())
		gone.send(t, letter("orders.placed/4"))
		other := setup(t, e, config.SMTP{})
		other.in = gone.in
		other.settle(t)
		if names := other.written(t); len(names) != 0 {
			t.Fatal("it was taken for lost at once")
		}
		e.Clock.Advance(6 * time.Minute)
		other.settle(t) // the sweep
		other.settle(t)
		if names := other.written(t); len(names) != 1 {
			t.Errorf("it left %d times", len(names))
		}
	})
}

// A store that has much to say takes no more than its share of what waits; the
// rest goes by jobs, and nothing is lost.
func TestShare(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e, silent(t))
		b.post.Start(t.Context())
		const many = 25
		for i := range many {
			b.send(t, letter(fmt.Sprintf("news/%d", i)))
		}
		if n := b.jobs(t); n != many-16 {
			t.Errorf("%d of %d have jobs", n, many)
		}
		other := setup(t, e, config.SMTP{})
		other.in = b.in
		e.Clock.Advance(6 * time.Minute)
		other.settle(t)
		other.settle(t)
		got := other.receipts(t)
		if len(got) != many || slices.ContainsFunc(got, func(r mail.Receipt) bool { return r.Status != mail.Sent }) {
			t.Errorf("%d receipts, some not sent", len(got))
		}
	})
}
