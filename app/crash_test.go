package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"orion/app/certify"
)

// asChild runs a command line of the program as a process of its own.
func asChild(args, env []string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childArgs+"="+strings.Join(args, "\n"), childEnv+"="+strings.Join(env, "\n"))
	return cmd
}

// startChild starts the program, with these settings besides, and waits until it
// answers.
func startChild(t *testing.T, data, dsn string, env ...string) *certify.Server {
	t.Helper()
	s, err := certify.Program{Command: asChild, Data: data, DSN: dsn, Env: env}.Start(t.Context(), trialStore+".localhost")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// buys is a whole purchase, paid on delivery; it gives the order's number.
func (c counter) buys(ctx context.Context, s *certify.Server, key string) (string, error) {
	o, err := s.Order(ctx, certify.Purchase{Variant: c.variant.String(), Method: c.method.String(), Payment: "on_delivery", Key: key})
	return o.Number, err
}

// A server that is killed again and again, while shoppers buy, loses no order
// that it acknowledged, sells nothing twice, and needs no help to start.
func TestKilledServerLosesNoOrder(t *testing.T) {
	t.Parallel()
	eachDemo(t, func(t *testing.T, dsn string) {
		address, data := dsn, t.TempDir()
		const units, rounds, shoppers = 400, 4, 6
		a := start(t, address)
		c := sellOne(t, a, units)
		acknowledged := map[string]bool{}
		var mu sync.Mutex
		for round := range rounds {
			p := startChild(t, data, address)
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			var wg sync.WaitGroup
			enough := make(chan struct{}, 1000)
			for s := range shoppers {
				wg.Go(func() {
					for i := 0; ; i++ {
						number, err := c.buys(ctx, p, fmt.Sprintf("r%d-s%d-%d", round, s, i))
						if err != nil {
							return // the server is gone, or the shelf is empty
						}
						mu.Lock()
						acknowledged[number] = true
						mu.Unlock()
						enough <- struct{}{}
					}
				})
			}
			for range 10 + 3*round { // never at the same moment
				select {
				case <-enough:
				case <-ctx.Done():
				}
			}
			p.Kill()
			wg.Wait()
			cancel()
		}
		c.survived(t, acknowledged, units)
	})
}

// survived looks at what is left after the last kill.
func (c counter) survived(t *testing.T, acknowledged map[string]bool, units int64) {
	t.Helper()
	// The tables themselves are asked, as somebody who looks from outside.
	pool := owner(t, c.a)
	rows, err := pool.QueryContext(t.Context(), fmt.Sprintf(`SELECT o.number, SUM(l.quantity)
		FROM orders_orders o JOIN orders_lines l ON l.store_id = o.store_id AND l.order_id = o.id
		WHERE o.store_id = %d AND l.variant_id = %d GROUP BY o.number`, int64(c.in.ID()), int64(c.variant)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	there, sold := map[string]bool{}, int64(0)
	for rows.Next() {
		var number string
		var quantity int64
		if err := rows.Scan(&number, &quantity); err != nil {
			t.Fatal(err)
		}
		there[number] = true
		sold += quantity
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		t.Fatal(err)
	}
	for number := range acknowledged {
		if !there[number] {
			t.Errorf("order %s was acknowledged and is lost", number)
		}
	}
	if len(acknowledged) < 20 {
		t.Errorf("only %d orders were acknowledged, which shows nothing", len(acknowledged))
	}
	left, err := c.left(t.Context())
	if err != nil || left != units-sold {
		t.Errorf("%d are left of %d after %d were sold, %v", left, units, sold, err)
	}
	if wrong, err := c.a.modules.inventory.Check(t.Context(), c.in); err != nil || len(wrong) != 0 {
		t.Errorf("movements do not add up to levels: %v, %v", wrong, err)
	}
}
