package paypal

import (
	"context"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"hash/crc32"
	"strconv"
	"strings"
	"time"

	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/modules/payments"
)

const (
	// oldest is how old a message may be: PayPal sends one that was not taken again
	// for three days. An old one that comes once more does no harm, because each event
	// is kept once, and what it is about is asked of PayPal.
	oldest = 73 * time.Hour
	// ahead is how far ahead of us the time of a message may be.
	ahead = 5 * time.Minute
)

// errNoCertificate makes PayPal send a message again, which nobody could prove.
var errNoCertificate = fault.New(fault.Upstream, "payments.no_answer")

// Verify implements payments.Listener. Only what the whole body, its time, the
// address of the account and a certificate of PayPal's prove is read, and only as far
// as it names something. Nothing is fetched before all is checked that can be without.
func (g *Gateway) Verify(ctx context.Context, in tenant.Store, m payments.Message) (payments.Notice, error) {
	c, ok := g.client(in)
	if !ok || c.a.Webhook == "" {
		return payments.Notice{}, payments.BadAccount
	}
	id, at, from := m.Header("Paypal-Transmission-Id"), m.Header("Paypal-Transmission-Time"), m.Header("Paypal-Cert-Url")
	signature, err := base64.StdEncoding.DecodeString(m.Header("Paypal-Transmission-Sig"))
	if err != nil || len(signature) == 0 || id == "" || m.Header("Paypal-Auth-Algo") != "SHA256withRSA" || !g.allowed(from) {
		return payments.Notice{}, payments.BadSignature
	}
	sent, err := time.Parse(time.RFC3339, at)
	if age := m.At.Sub(sent); err != nil || age > oldest || age < -ahead {
		return payments.Notice{}, payments.BadTime
	}
	certificate, err := g.certificate(ctx, from, c.a.Sandbox)
	switch {
	case errors.Is(err, errCert):
		return payments.Notice{}, payments.BadSignature
	case err != nil:
		return payments.Notice{}, errNoCertificate
	}
	if certificate.CheckSignature(x509.SHA256WithRSA, []byte(Signed(id, at, c.a.Webhook, m.Body)), signature) != nil {
		return payments.Notice{}, payments.BadSignature
	}
	var e event
	if err := json.Unmarshal(m.Body, &e); err != nil || e.ID == "" {
		return payments.Notice{}, payments.BadForm
	}
	return payments.Notice{Event: e.ID, Kind: e.Type, Charge: e.about()}, nil
}

// Signed is what PayPal signs of a message.
func Signed(id, at, webhook string, body []byte) string {
	return strings.Join([]string{id, at, webhook, strconv.FormatUint(uint64(crc32.ChecksumIEEE(body)), 10)}, "|")
}

// event is as much of an event as is read.
type event struct {
	ID       string          `json:"id"`
	Type     string          `json:"event_type"`
	Resource json.RawMessage `json:"resource"`
}

// about names what an event is about as find takes it; empty is none of our business.
func (e event) about() string {
	var p struct {
		piece

		Order string `json:"order_id"` // of an approval that was reversed
		Meta  struct {
			Order string `json:"order_id"`
		} `json:"metadata"` // of an account that is remembered
	}
	if json.Unmarshal(e.Resource, &p) != nil {
		return ""
	}
	switch kind, _, _ := strings.Cut(strings.TrimPrefix(e.Type, "PAYMENT."), "."); {
	case strings.HasPrefix(e.Type, "CHECKOUT.ORDER."):
		return name("", p.ID)
	case strings.HasPrefix(e.Type, "CHECKOUT.PAYMENT-APPROVAL."):
		return name("", p.Order)
	case e.Type == "VAULT.PAYMENT-TOKEN.CREATED": // where it names no order, that is asked about all the same
		return name("", p.Meta.Order)
	case !strings.HasPrefix(e.Type, "PAYMENT."):
		return ""
	case p.About.Related.Order != "":
		return name("", p.About.Related.Order)
	case kind == "CAPTURE" || kind == "REFUND":
		if up := p.Links.to("up"); up != "" { // of a refund: what is given back
			if _, id, ok := strings.Cut(up, "/captures/"); ok {
				return name("captures/", id)
			}
		}
		return name("captures/", p.ID)
	case kind == "AUTHORIZATION":
		return name("authorizations/", p.ID)
	}
	return ""
}

// name is an identifier that can stand in a path; what cannot is none.
func name(kind, id string) string {
	if id == "" || len(id) > 64 || strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" {
		return ""
	}
	return kind + id
}
