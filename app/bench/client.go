package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// client speaks to one server as many stores' shoppers.
type client struct {
	asked atomic.Uint32
	http  *http.Client
	addr  string
}

func newClient(addr string, workers int) *client {
	return &client{addr: addr, http: &http.Client{
		Timeout:       30 * time.Second,
		Transport:     &http.Transport{MaxIdleConns: workers, MaxIdleConnsPerHost: workers, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// request is what a shopper sends to a store.
type request struct {
	method, store, path string
	body                any               // as JSON; nil for none
	header              map[string]string // besides what the body needs
}

// call sends a request and reads the answer into out, if any.
func (c *client) call(ctx context.Context, q request, out any) error {
	var body io.Reader
	if q.body != nil {
		text, err := json.Marshal(q.body)
		if err != nil {
			return err
		}
		body = bytes.NewReader(text)
	}
	r, err := http.NewRequestWithContext(ctx, q.method, "http://"+c.addr+q.path, body)
	if err != nil {
		return err
	}
	r.Host = q.store + ".localhost"
	r.Header.Set("X-Forwarded-For", c.somebody())
	if q.body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for name, value := range q.header {
		r.Header.Set(name, value)
	}
	resp, err := c.http.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode >= 300 {
		text, _ := io.ReadAll(io.LimitReader(resp.Body, 300))
		return fmt.Errorf("%s %s: %s %s", q.method, q.path, resp.Status, strings.TrimSpace(string(text)))
	}
	if out == nil {
		_, err = io.Copy(io.Discard, resp.Body)
		return err
	}
	return json.NewDecoder(resp.Body).Decode(out)
}

// somebody is another address for each request: the limits on how often one
// address may buy are not what is measured.
func (c *client) somebody() string {
	n := c.asked.Add(1)
	return fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255)
}

func (c *client) get(ctx context.Context, store, path string) error {
	return c.call(ctx, request{method: http.MethodGet, store: store, path: path}, nil)
}

// text is the body of a page.
func (c *client) text(ctx context.Context, store, path string) (string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+c.addr+path, nil)
	if err != nil {
		return "", err
	}
	r.Host = store + ".localhost"
	resp, err := c.http.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 16<<20))
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("GET %s: %s", path, resp.Status)
	}
	return string(body), err
}
