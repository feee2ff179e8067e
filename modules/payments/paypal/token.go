package paypal

import (
	"context"
	"crypto/sha256"
	"net/http"
	"strings"
	"sync"
	"time"
)

const (
	// slack is how long before its end a token is not used any more.
	slack = time.Minute
	// patience is how long a token is waited for; who asked first may have gone by then.
	patience = 8 * time.Second
)

// token lets an account call for a while.
type token struct {
	value string
	scope string // what it may do, separated by spaces
	until time.Time
}

// tokens are those of all accounts. All who need one of an account wait for the same
// call.
type tokens struct {
	mu  sync.Mutex
	all map[[sha256.Size]byte]*purse
}

// purse is an account's token, and the call that gets the next.
type purse struct {
	token  token
	flight chan struct{} // closed when the call has ended; nil when there is none
	err    error         // of the last call
}

// get is a token of a client's account. stale is one that was not taken; it is not
// given again.
func (t *tokens) get(ctx context.Context, c *client, stale string) (token, error) {
	key := sha256.Sum256([]byte(c.base + "\x00" + c.a.Client + "\x00" + c.a.Secret))
	t.mu.Lock()
	if t.all == nil {
		t.all = map[[sha256.Size]byte]*purse{}
	}
	p := t.all[key]
	if p == nil {
		t.forget(c.g.o.Clock.Now())
		p = &purse{}
		t.all[key] = p
	}
	if p.token.value != "" && p.token.value != stale && c.g.o.Clock.Now().Before(p.token.until) {
		defer t.mu.Unlock()
		return p.token, nil
	}
	if p.flight == nil {
		p.flight = make(chan struct{})
		go t.fetch(context.WithoutCancel(ctx), c, p)
	}
	flight := p.flight
	t.mu.Unlock()
	select {
	case <-ctx.Done():
		return token{}, ctx.Err()
	case <-flight:
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return p.token, p.err
}

// fetch gets the next token of a purse.
func (t *tokens) fetch(ctx context.Context, c *client, p *purse) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	got, err := c.token(ctx)
	t.mu.Lock()
	defer t.mu.Unlock()
	p.token, p.err = got, err
	close(p.flight)
	p.flight = nil
}

// forget takes those away that have ended, as after keys were changed; they are locked.
func (t *tokens) forget(now time.Time) {
	for key, p := range t.all {
		if p.flight == nil && !now.Before(p.token.until) {
			delete(t.all, key)
		}
	}
}

// token asks for a token.
func (c *client) token(ctx context.Context) (token, error) {
	now := c.g.o.Clock.Now()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/v1/oauth2/token", strings.NewReader("grant_type=client_credentials"))
	if err != nil {
		return token{}, err
	}
	r.SetBasicAuth(c.a.Client, c.a.Secret)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
	var out struct {
		Value string `json:"access_token"`
		Scope string `json:"scope"`
		Sec   int64  `json:"expires_in"`
	}
	if err := c.g.answer(r, &out); err != nil {
		return token{}, err
	}
	return token{out.Value, out.Scope, now.Add(time.Duration(min(out.Sec, 24*60*60))*time.Second - slack)}, nil
}
