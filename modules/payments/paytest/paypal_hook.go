package paytest

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"hash/crc32"
	"math/big"
	"net/http"
	"sync"
	"time"
)

const (
	certPath    = "/v1/notifications/certs/"
	sandboxName = "messageverificationcerts.sandbox.paypal.com"
)

// PayPalMessage is a webhook as it is sent.
type PayPalMessage struct {
	Event   string // its id
	Kind    string
	Body    []byte
	Headers map[string]string
}

// signer signs messages, and has a certificate that says so.
type signer struct {
	key  *rsa.PrivateKey
	cert []byte // PEM: its own, and that of who vouches for it
}

// keys are made once: that takes a while, and nobody is protected by them.
var keys = sync.OnceValues(func() ([2]*rsa.PrivateKey, error) {
	var out [2]*rsa.PrivateKey
	for i := range out {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			return out, err
		}
		out[i] = key
	}
	return out, nil
})

// newSigner makes a certificate out to a name, for ten years around now.
func newSigner(now time.Time, name string) signer {
	made, err := keys()
	if err != nil {
		panic(err) // the machine has no random numbers
	}
	root := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Demo of PayPal"}, NotBefore: now.AddDate(-5, 0, 0), NotAfter: now.AddDate(5, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name}, NotBefore: root.NotBefore, NotAfter: root.NotAfter,
		KeyUsage: x509.KeyUsageDigitalSignature,
	}
	s := signer{key: made[1]}
	for _, c := range []struct {
		of  *x509.Certificate
		key *rsa.PrivateKey
	}{{leaf, made[1]}, {root, made[0]}} {
		der, err := x509.CreateCertificate(rand.Reader, c.of, root, &c.key.PublicKey, made[0])
		if err != nil {
			panic(err) // of our own templates
		}
		s.cert = append(s.cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...)
	}
	return s
}

// sign is the signature of a text.
func (s signer) sign(text string) string {
	sum := sha256.Sum256([]byte(text))
	out, err := rsa.SignPKCS1v15(rand.Reader, s.key, crypto.SHA256, sum[:])
	if err != nil {
		panic(err) // the key is ours
	}
	return base64.StdEncoding.EncodeToString(out)
}

func (p *PayPal) showCertificate(w http.ResponseWriter, r *http.Request) {
	f := p.strike("GET " + r.URL.Path)
	if answered := f.before(w, refusals); answered {
		return
	}
	if f.Do == FailBefore {
		broke().write(w)
		return
	}
	if r.PathValue("name") != "CERT-demo" {
		noSuch().write(w)
		return
	}
	w.Header().Set("Content-Type", "application/x-pem-file")
	_, _ = w.Write(p.signer.cert)
}

// CertURL is where the certificate of messages is.
func (p *PayPal) CertURL() string { return p.base + certPath + "CERT-demo" }

// Sign gives the headers that prove a body to an address.
func (p *PayPal) Sign(body []byte, at time.Time, webhook string) map[string]string {
	id, when := fmt.Sprintf("%08x-demo", crc32.ChecksumIEEE(body)), at.UTC().Format(time.RFC3339)
	return map[string]string{
		"Paypal-Auth-Algo": "SHA256withRSA", "Paypal-Cert-Url": p.CertURL(), "Paypal-Transmission-Id": id, "Paypal-Transmission-Time": when,
		"Paypal-Transmission-Sig": p.signer.sign(fmt.Sprintf("%s|%s|%s|%d", id, when, webhook, crc32.ChecksumIEEE(body))),
	}
}

// tell writes down an event and puts it among those to send; the books are locked.
func (p *PayPal) tell(a *payer, kind string, resource any) {
	id := "WH-" + p.newID()
	body := encode(map[string]any{
		"id": id, "event_version": "1.0", "create_time": p.now(), "event_type": kind, "resource_version": "2.0", "summary": "Something happened", "resource": resource,
	})
	a.sent = append(a.sent, &letter{id: id, kind: kind, body: body})
	a.put(id, kind, body)
}

// Messages are all webhooks of an account so far, the oldest first, signed now.
func (p *PayPal) Messages(client string) []PayPalMessage {
	p.mu.Lock()
	defer p.mu.Unlock()
	a := p.of(client)
	var out []PayPalMessage
	for _, l := range a.sent {
		out = append(out, PayPalMessage{l.id, l.kind, l.body, p.Sign(l.body, p.clock.Now(), a.Webhook)})
	}
	return out
}

// Release lets the webhooks and calls go that the script held.
func (p *PayPal) Release() {
	p.script.open()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, a := range p.accounts {
		a.release()
	}
}

// Deliver sends the webhooks that wait, as the script says, and tells how many
// were taken. What is not taken waits for the next time.
func (p *PayPal) Deliver(ctx context.Context) (int, error) {
	var posts []post
	p.mu.Lock()
	p.tick()
	for _, a := range p.accounts {
		if a.Hook == "" || a.Deaf {
			a.letters = nil
		}
		posts = append(posts, a.posts(&p.script, a.Hook, func(l *letter) (string, map[string]string) {
			return `"value": "`, p.Sign(l.body, p.clock.Now(), a.Webhook)
		})...)
	}
	p.mu.Unlock()
	return deliver(ctx, &p.mu, posts)
}

// Run delivers webhooks until ctx ends. What is not taken is tried again.
func (p *PayPal) Run(ctx context.Context, every time.Duration, failed func(error)) {
	run(ctx, every, p.Deliver, failed)
}

// listHooks are the addresses that an account tells.
func (p *PayPal) listHooks(e errand) (result, *Refusal) {
	all := []any{}
	if e.a.Hook != "" {
		names := e.a.Events
		if names == nil {
			names = []string{"*"}
		}
		var kinds []any
		for _, n := range names {
			kinds = append(kinds, map[string]string{"name": n})
		}
		all = append(all, map[string]any{"id": e.a.Webhook, "url": e.a.Hook, "event_types": kinds})
	}
	return result{http.StatusOK, func(bool) any { return map[string]any{"webhooks": all} }}, nil
}
