package app

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"orion/kit/db"
	"orion/kit/db/postgres"
)

// child is the program in a process of its own.
type child struct {
	cmd   *exec.Cmd
	base  string
	ended chan struct{}
}

// startChild starts the program, with these settings besides, and waits until it
// answers. A port that is free now may be another's a moment later, so the program
// takes one and tells.
func startChild(t *testing.T, data, dsn string, env ...string) child {
	t.Helper()
	var said bytes.Buffer
	cmd := exec.Command(os.Args[0])
	args := []string{"serve", "--addr", "127.0.0.1:0", "--data", data, "--database-url", dsn, "--log-level", "info"}
	cmd.Env = append(os.Environ(), childArgs+"="+strings.Join(args, "\n"), childEnv+"="+strings.Join(env, "\n"))
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c := child{cmd: cmd, ended: make(chan struct{})}
	up := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if _, port, found := strings.Cut(lines.Text(), " is up: http://localhost:"); found {
				up <- "http://127.0.0.1:" + port
			}
		}
		_ = cmd.Wait() // only once all is read
		close(c.ended)
	}()
	fail := func(why string) {
		c.kill()
		t.Fatalf("the program %s after %s; it said:\n%s", why, time.Since(began).Round(time.Millisecond), said.Bytes())
	}
	late := time.After(time.Minute)
	select {
	case c.base = <-up:
	case <-c.ended:
		fail("ended")
	case <-late:
		fail("did not come up")
	}
	for {
		if resp, err := http.Get(c.base + "/health/ready"); err == nil {
			_ = resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return c
			}
		}
		select {
		case <-c.ended:
			fail("ended")
		case <-late:
			fail("was not ready")
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// kill ends the process as a power cut would.
func (c child) kill() {
	_ = c.cmd.Process.Kill()
	<-c.ended
}

// call sends JSON to the store's REST interface.
func (c child) call(ctx context.Context, method, path, cart, key string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, method, c.base+"/api/v1/storefront"+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Host = "maison-kirchberg.localhost"
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Cart-Token", cart)
	r.Header.Set("Idempotency-Key", key)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode >= 300 {
		return fmt.Errorf("%s: %s %s", path, resp.Status, text)
	}
	return json.Unmarshal(text, out)
}

// purchase is what somebody buys, and how.
type purchase struct{ variant, method, payment, key string }

// bought is an order that the server has acknowledged.
type bought struct {
	Number string `json:"number"`
	Token  string `json:"token"`
}

// buy is a whole purchase, paid on delivery; it gives the order's number.
func (c child) buy(ctx context.Context, variant, method, key string) (string, error) {
	o, err := c.order(ctx, purchase{variant, method, "on_delivery", key})
	return o.Number, err
}

// order goes from an empty cart to an order.
func (c child) order(ctx context.Context, p purchase) (o bought, err error) {
	var cart struct {
		Token string `json:"token"`
	}
	if err := c.call(ctx, "POST", "/cart/items", "", "", map[string]any{"variant": p.variant, "quantity": 1}, &cart); err != nil {
		return o, err
	}
	address := map[string]any{"name": "Buyer", "line1": "1, rue du Fort", "postal_code": "1234", "city": "Luxembourg", "country": "LU"}
	for _, part := range []struct {
		path string
		in   map[string]any
	}{
		{"contact", map[string]any{"email": "buyer@example.com", "name": "Buyer", "terms": true, "marketing": false}},
		{"address", map[string]any{"address": address}},
		{"delivery", map[string]any{"method": p.method}},
		{"payment", map[string]any{"method": p.payment}},
	} {
		if err := c.call(ctx, "PUT", "/checkout/"+part.path, cart.Token, "", part.in, &struct{}{}); err != nil {
			return o, err
		}
	}
	return o, c.call(ctx, "POST", "/orders", cart.Token, p.key, map[string]any{}, &o)
}

// A server that is killed again and again, while shoppers buy, loses no order
// that it acknowledged, sells nothing twice, and needs no help to start.
func TestKilledServerLosesNoOrder(t *testing.T) {
	t.Parallel()
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": sqliteDemo, "postgres": postgresDemo} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, data := dsn(t), t.TempDir()
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
							number, err := p.buy(ctx, c.variant.String(), c.method.String(), fmt.Sprintf("r%d-s%d-%d", round, s, i))
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
				p.kill()
				wg.Wait()
				cancel()
			}
			c.survived(t, acknowledged, units)
		})
	}
}

// survived looks at what is left after the last kill.
func (c counter) survived(t *testing.T, acknowledged map[string]bool, units int64) {
	t.Helper()
	// The tables themselves are asked, as somebody who looks from outside.
	pool := c.a.db.Pool()
	if c.a.db.Dialect() == db.Postgres {
		owner, err := postgres.OpenOwner(c.a.config.DatabaseURL)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = owner.Close() }()
		pool = owner
	}
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
