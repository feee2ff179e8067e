package paytest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// letter is an event on its way.
type letter struct {
	id, kind string
	body     []byte
	fault    Kind
	struck   bool // the script was asked
}

// outbox are an account's letters that were not taken yet. The books are locked
// while it is used.
type outbox struct{ letters []*letter }

func (o *outbox) put(id, kind string, body []byte) {
	o.letters = append(o.letters, &letter{id: id, kind: kind, body: body})
}

// release lets the letters go that the script held.
func (o *outbox) release() {
	for _, l := range o.letters {
		if l.fault == Hold {
			l.fault = ""
		}
	}
}

// order gives the letters in the order in which the script lets them go.
func (o *outbox) order(s *script) []*letter {
	var now, later []*letter
	o.letters = slices.DeleteFunc(o.letters, func(l *letter) bool {
		if !l.struck {
			l.fault, l.struck = s.strike("webhook "+l.kind).Do, true
		}
		switch l.fault {
		case Lose:
			return true
		case Hold:
		case Reorder:
			later = append(later, l)
		default:
			now = append(now, l)
		}
		return false
	})
	return append(now, later...)
}

// post is a letter with where it goes.
type post struct {
	to, id  string
	body    []byte
	headers map[string]string
	letter  *letter
	from    *outbox
}

// posts are the letters that are sent now. sign gives what proves a letter, and
// behind what a body is changed that is tampered with.
func (o *outbox) posts(s *script, to string, sign func(*letter) (amount string, headers map[string]string)) (out []post) {
	for _, l := range o.order(s) {
		amount, headers := sign(l)
		p := post{to, l.id, l.body, headers, l, o}
		if l.fault == Tamper {
			p.body = bytes.Replace(p.body, []byte(amount), []byte(amount+"1"), 1)
		}
		out = append(out, p)
		if l.fault == Duplicate {
			out = append(out, p)
		}
		l.fault = "" // the next time it goes as it is
	}
	return out
}

// deliver sends letters and tells how many were taken. What is not taken waits for
// the next time. mu is the lock of the books.
func deliver(ctx context.Context, mu *sync.Mutex, posts []post) (int, error) {
	taken := 0
	var wrong []error
	for _, p := range posts {
		if err := p.send(ctx); err != nil {
			wrong = append(wrong, err)
			continue
		}
		taken++
		mu.Lock()
		p.from.letters = slices.DeleteFunc(p.from.letters, func(l *letter) bool { return l == p.letter })
		mu.Unlock()
	}
	return taken, errors.Join(wrong...)
}

// courier brings messages. Names below localhost are this machine's, also where
// nobody told the machine so.
var courier = &http.Client{Transport: &http.Transport{
	DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		if host, port, err := net.SplitHostPort(address); err == nil && strings.HasSuffix(host, ".localhost") {
			address = net.JoinHostPort("localhost", port)
		}
		return (&net.Dialer{}).DialContext(ctx, network, address)
	},
	IdleConnTimeout: 30 * time.Second,
}}

// run delivers until ctx ends. What is not taken is tried again.
func run(ctx context.Context, every time.Duration, deliver func(context.Context) (int, error), failed func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if _, err := deliver(ctx); err != nil && ctx.Err() == nil {
				failed(err)
			}
		}
	}
}

func (p post) send(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, p.to, bytes.NewReader(p.body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	for name, value := range p.headers {
		r.Header.Set(name, value)
	}
	res, err := courier.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<16))
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("webhook %s was answered with %d", p.id, res.StatusCode)
	}
	return nil
}
