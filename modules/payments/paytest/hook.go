package paytest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Version is the version of Stripe's interface that is spoken here.
const Version = "2026-03-25." + train

// train is the name of the versions that go together, also in the address of
// the script.
const train = "dahlia"

// Event is something that happened, as it is told.
type Event struct {
	ID      string    `json:"id"`
	Object  string    `json:"object"`
	Version string    `json:"api_version"`
	Created int64     `json:"created"`
	Data    eventData `json:"data"`
	Live    bool      `json:"livemode"`
	Pending int       `json:"pending_webhooks"`
	Type    string    `json:"type"`
}

type eventData struct {
	Object json.RawMessage `json:"object"` // as it was when it happened
}

// letter is an event on its way.
type letter struct {
	event  Event
	fault  Kind
	struck bool // the script was asked
}

// Message is a webhook as it is sent.
type Message struct {
	Event     string // its id
	Kind      string
	Body      []byte
	Signature string
}

// tell writes down an event and puts it among those to send; the books are
// locked.
func (s *Stripe) tell(a *account, kind string, object any) {
	e := Event{
		ID: s.newID("evt"), Object: "event", Version: Version, Created: s.now(), Data: eventData{encode(object)}, Pending: 1, Type: kind,
	}
	a.sent = append(a.sent, e)
	a.outbox = append(a.outbox, &letter{event: e})
}

// Sign is the header that proves a body: a time, and one signature per secret.
func Sign(body []byte, at time.Time, secrets ...string) string {
	t := strconv.FormatInt(at.Unix(), 10)
	parts := []string{"t=" + t}
	for _, secret := range secrets {
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write([]byte(t + "."))
		mac.Write(body)
		parts = append(parts, "v1="+hex.EncodeToString(mac.Sum(nil)))
	}
	return strings.Join(parts, ",")
}

// Messages are all webhooks of an account so far, the oldest first, signed now.
func (s *Stripe) Messages(secret string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.of(secret)
	var out []Message
	for _, e := range a.sent {
		out = append(out, s.message(a, e))
	}
	return out
}

func (s *Stripe) message(a *account, e Event) Message {
	body := encode(e)
	return Message{e.ID, e.Type, body, Sign(body, s.clock.Now(), a.Signing...)}
}

// Release lets the webhooks go that the script held.
func (s *Stripe) Release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.accounts {
		for _, l := range a.outbox {
			if l.fault == Hold {
				l.fault = ""
			}
		}
	}
}

// Deliver sends the webhooks that wait, as the script says, and tells how many
// were taken. What is not taken waits for the next time.
func (s *Stripe) Deliver(ctx context.Context) (int, error) {
	type post struct {
		to string
		m  Message
		l  *letter
		a  *account
	}
	var posts []post
	s.mu.Lock()
	s.tick()
	for _, a := range s.accounts {
		for _, l := range s.order(a) {
			m := s.message(a, l.event)
			if l.fault == Tamper {
				m.Body = bytes.Replace(m.Body, []byte(`"amount": `), []byte(`"amount": 1`), 1)
			}
			posts = append(posts, post{a.Hook, m, l, a})
			if l.fault == Duplicate {
				posts = append(posts, post{a.Hook, m, l, a})
			}
			l.fault = "" // the next time it goes as it is
		}
	}
	s.mu.Unlock()

	taken := 0
	var wrong []error
	for _, p := range posts {
		if err := send(ctx, p.to, p.m); err != nil {
			wrong = append(wrong, err)
			continue
		}
		taken++
		s.mu.Lock()
		p.a.outbox = slices.DeleteFunc(p.a.outbox, func(l *letter) bool { return l == p.l })
		s.mu.Unlock()
	}
	return taken, errors.Join(wrong...)
}

// order gives an account's waiting letters in the order in which the script
// lets them go; the books are locked.
func (s *Stripe) order(a *account) []*letter {
	if a.Hook == "" || a.Deaf {
		a.outbox = nil
		return nil
	}
	var now, later []*letter
	a.outbox = slices.DeleteFunc(a.outbox, func(l *letter) bool {
		if !l.struck {
			l.fault, l.struck = s.struck("webhook "+l.event.Type).Do, true
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

// Run delivers webhooks until ctx ends. What is not taken is tried again.
func (s *Stripe) Run(ctx context.Context, every time.Duration, failed func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if _, err := s.Deliver(ctx); err != nil && ctx.Err() == nil {
				failed(err)
			}
		}
	}
}

func send(ctx context.Context, to string, m Message) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(m.Body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.Header.Set("Stripe-Signature", m.Signature)
	res, err := courier.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<16))
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("webhook %s was answered with %d", m.Event, res.StatusCode)
	}
	return nil
}
