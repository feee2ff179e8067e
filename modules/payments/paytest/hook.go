package paytest

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
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
	Account string    `json:"account,omitempty"` // under the one whose address it is sent to
	Data    eventData `json:"data"`
	Live    bool      `json:"livemode"`
	Pending int       `json:"pending_webhooks"`
	Type    string    `json:"type"`
}

type eventData struct {
	Object json.RawMessage `json:"object"` // as it was when it happened
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
		ID: s.newID("evt"), Object: "event", Version: Version, Created: s.now(), Data: eventData{encode(object)}, Pending: 1, Type: kind, Account: a.id,
	}
	a.sent = append(a.sent, e)
	a.put(e.ID, kind, encode(e))
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
		out = append(out, s.message(a, &letter{id: e.ID, kind: e.Type, body: encode(e)}))
	}
	return out
}

func (s *Stripe) message(a *account, l *letter) Message {
	return Message{l.id, l.kind, l.body, Sign(l.body, s.clock.Now(), a.told().Signing...)}
}

// Release lets the webhooks and calls go that the script held.
func (s *Stripe) Release() {
	s.script.open()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.accounts {
		a.release()
	}
}

// Deliver sends the webhooks that wait, as the script says, and tells how many
// were taken. What is not taken waits for the next time.
func (s *Stripe) Deliver(ctx context.Context) (int, error) {
	var posts []post
	s.mu.Lock()
	s.tick()
	for _, a := range s.accounts {
		to := a.told()
		if to.Hook == "" || to.Deaf {
			a.letters = nil
		}
		posts = append(posts, a.posts(&s.script, to.Hook, func(l *letter) (string, map[string]string) {
			m := s.message(a, l)
			return `"amount": `, map[string]string{"Stripe-Signature": m.Signature}
		})...)
	}
	s.mu.Unlock()
	return deliver(ctx, &s.mu, posts)
}

// Run delivers webhooks until ctx ends. What is not taken is tried again.
func (s *Stripe) Run(ctx context.Context, every time.Duration, failed func(error)) {
	run(ctx, every, s.Deliver, failed)
}
