package paypal

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"hash/crc32"
	"math/big"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"orion/kit/clock"
	"orion/kit/tenant"
	"orion/modules/payments"
)

// Certificates come from PayPal's own hosts by https, and nothing else is fetched.
func TestAddressesOfCertificates(t *testing.T) {
	t.Parallel()
	itself, stand := New(Options{}), New(Options{Base: "http://127.0.0.1:9"})
	for address, want := range map[string][2]bool{
		"https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-1d93a270":         {true, false},
		"https://api.sandbox.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77": {true, false},
		"https://paypal.com/v1/notifications/certs/CERT-1":                                      {true, false},
		"http://127.0.0.1:9/v1/notifications/certs/CERT-1":                                      {false, true},
		"http://127.0.0.1:90/v1/notifications/certs/CERT-1":                                     {false, false},
		"http://api.paypal.com/v1/notifications/certs/CERT-1":                                   {false, false},
		"https://api.paypal.com:8443/v1/notifications/certs/CERT-1":                             {false, false},
		"https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1":                     {false, false},
		"https://evilpaypal.com/v1/notifications/certs/CERT-1":                                  {false, false},
		"https://evil.example/paypal.com/v1/notifications/certs/CERT-1":                         {false, false},
		"https://api.paypal.com@evil.example/v1/notifications/certs/CERT-1":                     {false, false},
		"https://evil.example#.paypal.com/v1/notifications/certs/CERT-1":                        {false, false},
		"https://evil.example\\.paypal.com/v1/notifications/certs/CERT-1":                       {false, false},
		"https://api.paypal.com/v1/notifications/certs/":                                        {false, false},
		"https://api.paypal.com/v1/notifications/certs/../../x":                                 {false, false},
		"https://api.paypal.com/v1/notifications/certs/%2e%2e":                                  {false, false},
		"https://api.paypal.com/v1/notifications/certs/CERT-1?to=x":                             {false, false},
		"https://api.paypal.com/redirect":                                                       {false, false},
		"file:///v1/notifications/certs/CERT-1":                                                 {false, false},
		"":                                                                                      {false, false},
	} {
		if got := [2]bool{itself.allowed(address), stand.allowed(address)}; got != want {
			t.Errorf("%s: %v, not %v", address, got, want)
		}
	}
}

var now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// authority vouches for certificates, by one that stands between.
type authority struct {
	root, between *x509.Certificate
	key           *rsa.PrivateKey
}

var made = sync.OnceValue(func() authority {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	a := authority{key: key}
	a.root = a.sign("Root", &x509.Certificate{IsCA: true, BasicConstraintsValid: true}, nil)
	a.between = a.sign("Between", &x509.Certificate{IsCA: true, BasicConstraintsValid: true}, a.root)
	return a
})

// sign makes a certificate; all have one key, because making keys takes long.
func (a authority) sign(name string, c, by *x509.Certificate) *x509.Certificate {
	c.SerialNumber, c.Subject = big.NewInt(time.Now().UnixNano()), pkix.Name{CommonName: name}
	if c.NotAfter.IsZero() {
		c.NotBefore, c.NotAfter = now.AddDate(-1, 0, 0), now.AddDate(1, 0, 0)
	}
	if by == nil {
		by = c
	}
	der, err := x509.CreateCertificate(rand.Reader, c, by, &a.key.PublicKey, a.key)
	if err != nil {
		panic(err)
	}
	out, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	return out
}

func bundle(all ...*x509.Certificate) []byte {
	var out []byte
	for _, c := range all {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})...)
	}
	return out
}

// Chain, name and validity count; with real money and without are kept apart.
func TestWhoIsBelieved(t *testing.T) {
	t.Parallel()
	a := made()
	roots := x509.NewCertPool()
	roots.AddCert(a.root)
	g := New(Options{Roots: roots, Clock: clock.NewManual(now)})
	names := func(n ...string) *x509.Certificate { return &x509.Certificate{DNSNames: n} }
	old, early := names(LiveName), names(LiveName)
	old.NotBefore, old.NotAfter = now.AddDate(-2, 0, 0), now.Add(-time.Second)
	early.NotBefore, early.NotAfter = now.Add(time.Second), now.AddDate(1, 0, 0)
	good := a.sign("x", names(LiveName), a.between)
	for what, c := range map[string]struct {
		text []byte
		want string
	}{
		"good":                {bundle(good, a.between), LiveName},
		"good, without names": {bundle(a.sign(LiveName, &x509.Certificate{}, a.between), a.between), LiveName},
		"of the sandbox":      {bundle(a.sign(SandboxName, names(SandboxName), a.between), a.between), SandboxName},
		"a chain with a gap":  {bundle(good), ""},
		"its own":             {bundle(a.sign(LiveName, names(LiveName), nil)), ""},
		"its own root":        {bundle(good, a.sign("Root", &x509.Certificate{IsCA: true, BasicConstraintsValid: true}, nil)), ""},
		"another name":        {bundle(a.sign(LiveName, names("evil.example"), a.between), a.between), ""},
		"a name that begins":  {bundle(a.sign("x", names(LiveName+".evil.example"), a.between), a.between), ""},
		"over":                {bundle(a.sign("x", old, a.between), a.between), ""},
		"not yet":             {bundle(a.sign("x", early, a.between), a.between), ""},
		"nothing":             {nil, ""},
		"no certificate":      {[]byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), ""},
	} {
		for _, name := range []string{LiveName, SandboxName} {
			if _, err := g.believe(c.text, name); (err == nil) != (name == c.want) {
				t.Errorf("%s as %s: %v", what, name, err)
			}
		}
	}
}

// carrier brings a certificate, as far as it is one of PayPal's that is asked for.
type carrier struct {
	asked []string
}

// RoundTrip implements http.RoundTripper.
func (c *carrier) RoundTrip(r *http.Request) (*http.Response, error) {
	c.asked = append(c.asked, r.URL.String())
	return &http.Response{StatusCode: http.StatusFound, Header: http.Header{"Location": {"https://evil.example/"}}, Body: http.NoBody}, nil
}

// Who leads elsewhere with a certificate is not followed.
func TestCertificateThatLeadsElsewhere(t *testing.T) {
	t.Parallel()
	c := &carrier{}
	g := New(Options{HTTP: c, Clock: clock.NewManual(now), Account: func(tenant.Store) (Account, bool) {
		return Account{Client: "a", Secret: "b", Webhook: "W"}, true
	}})
	m := payments.Message{Body: []byte("{}"), At: now, Header: http.Header{
		"Paypal-Transmission-Id": {"1"}, "Paypal-Transmission-Time": {now.Format(time.RFC3339)}, "Paypal-Transmission-Sig": {"AAAA"},
		"Paypal-Auth-Algo": {"SHA256withRSA"}, "Paypal-Cert-Url": {"https://api.paypal.com/v1/notifications/certs/CERT-1"},
	}.Get}
	for range 3 {
		if _, err := g.Verify(t.Context(), tenant.Store{}, m); err != payments.BadSignature { //nolint:errorlint // nothing wraps it
			t.Error(err)
		}
	}
	if len(c.asked) != 1 {
		t.Errorf("asked %v", c.asked)
	}
}

// The message that is signed is built as PayPal's own libraries build it.
func TestSigned(t *testing.T) {
	t.Parallel()
	body := []byte("123456789")
	if crc32.ChecksumIEEE(body) != 0xCBF43926 { // the check value of CRC-32
		t.Fatal("another checksum")
	}
	if got, want := Signed("id", "2026-03-02T09:00:00Z", "WEBHOOK", body), "id|2026-03-02T09:00:00Z|WEBHOOK|3421780262"; got != want {
		t.Errorf("%s, not %s", got, want)
	}
	if got := Signed("", "", "", []byte(strings.Repeat("x", 3))); !strings.HasPrefix(got, "|||") {
		t.Error(got)
	}
}
