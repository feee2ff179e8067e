package stripe

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"orion/kit/tenant"
	"orion/modules/payments"
)

// tolerance is how old a message may be, and how far ahead of us its time.
const tolerance = 300 * time.Second

// Verify implements payments.Listener. Only what the whole body, its time and a
// secret of the account prove is read, and only as far as it names something.
func (g *Gateway) Verify(_ context.Context, in tenant.Store, m payments.Message) (payments.Notice, error) {
	a, ok := g.o.Account(in)
	if !ok || len(a.Signing) == 0 {
		return payments.Notice{}, payments.BadAccount
	}
	at, signatures := parseSignature(m.Header("Stripe-Signature"))
	if !signed(m.Body, at, signatures, a.Signing) {
		return payments.Notice{}, payments.BadSignature
	}
	sec, err := strconv.ParseInt(at, 10, 64)
	if err != nil || m.At.Sub(time.Unix(sec, 0)).Abs() > tolerance {
		return payments.Notice{}, payments.BadTime
	}
	var e event
	if err := json.Unmarshal(m.Body, &e); err != nil || e.ID == "" {
		return payments.Notice{}, payments.BadForm
	}
	if e.Account != a.Connected || e.Live != a.Live() {
		return payments.Notice{}, payments.BadAccount
	}
	n := payments.Notice{Event: e.ID, Kind: e.Type}
	switch e.Type {
	case "account.updated", "account.application.deauthorized":
		n.Account = e.Account
	default:
		n.Charge, n.Dispute = e.about()
	}
	return n, nil
}

// event is as much of an event as is read.
type event struct {
	ID      string `json:"id"`
	Type    string `json:"type"`
	Live    bool   `json:"livemode"`
	Account string `json:"account"` // of those that are connected to ours
	Data    struct {
		Object json.RawMessage `json:"object"`
	} `json:"data"`
}

// about are the intent and the dispute that an event is about; empty for none.
func (e event) about() (intent, dispute string) {
	var about struct {
		ID     string `json:"id"`
		Object string `json:"object"`
		Intent string `json:"payment_intent"`
	}
	if json.Unmarshal(e.Data.Object, &about) != nil {
		return "", "" // something of which we know nothing
	}
	switch about.Object {
	case "payment_intent":
		return about.ID, ""
	case "refund", "charge":
		return about.Intent, ""
	case "dispute":
		return about.Intent, about.ID
	}
	return "", ""
}

// parseSignature takes "t=…,v1=…,v1=…" apart. Other versions do not count.
func parseSignature(header string) (at string, signatures []string) {
	for part := range strings.SplitSeq(header, ",") {
		switch name, value, _ := strings.Cut(strings.TrimSpace(part), "="); name {
		case "t":
			at = value
		case "v1":
			signatures = append(signatures, value)
		}
	}
	return at, signatures
}

// signed tells whether any of the signatures was made with any of the secrets.
func signed(body []byte, at string, signatures, secrets []string) bool {
	ok := false
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write([]byte(at + "."))
		mac.Write(body)
		want := mac.Sum(nil)
		for _, s := range signatures {
			got, err := hex.DecodeString(s)
			ok = ok || err == nil && hmac.Equal(got, want)
		}
	}
	return ok
}
