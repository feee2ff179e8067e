package paypal

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// Names are those in the certificates that sign messages, with real money and
// without: so neither is taken for the other.
const (
	LiveName    = "messageverificationcerts.paypal.com"
	SandboxName = "messageverificationcerts.sandbox.paypal.com"
)

const (
	// CertPath begins the paths of certificates.
	CertPath = "/v1/notifications/certs/"

	largestCert = 64 << 10
	mostCerts   = 16               // that are remembered
	certTime    = 12 * time.Hour   // how long one is remembered
	certWait    = 3 * time.Second  // for one that is fetched
	failTime    = 30 * time.Second // how long one that cannot be had is not asked for again
)

var (
	errCert  = errors.New("paypal: the certificate is not one of PayPal's")
	errQuiet = errors.New("paypal: the certificate could not be fetched")
)

// certificates are those that were fetched.
type certificates struct {
	mu    sync.Mutex
	known map[string]certificate
	fetch sync.Mutex // held by who fetches; those who find one do not wait
}

// certificate is one that was fetched and found to be whose it should be, or why not.
type certificate struct {
	leaf  *x509.Certificate
	err   error
	until time.Time
}

// allowed tells whether a certificate may be fetched from an address: only from
// PayPal's hosts, by https, or from whoever stands in for PayPal, and nothing else
// that is there. Nobody is asked for this.
func (g *Gateway) allowed(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Opaque != "" || strings.Contains(address, "#") {
		return false
	}
	name, ok := strings.CutPrefix(u.EscapedPath(), CertPath)
	if !ok || name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != "" {
		return false
	}
	if !Itself(g.o.Base) {
		return u.Scheme+"://"+u.Host == g.o.Base
	}
	return u.Scheme == "https" && (u.Host == "paypal.com" || strings.HasSuffix(u.Host, ".paypal.com") && strings.Trim(u.Host, "abcdefghijklmnopqrstuvwxyz0123456789-.") == "")
}

// certificate is the one at an address that is allowed, checked and remembered.
func (g *Gateway) certificate(ctx context.Context, address string, sandbox bool) (*x509.Certificate, error) {
	name := LiveName
	if sandbox {
		name = SandboxName
	}
	now := g.o.Clock.Now()
	c, ok := g.certs.find(name+" "+address, now)
	if !ok {
		g.certs.fetch.Lock()
		defer g.certs.fetch.Unlock()
		if c, ok = g.certs.find(name+" "+address, now); !ok {
			c = certificate{until: now.Add(certTime)}
			if c.leaf, c.err = g.fetchCertificate(ctx, address, name); c.err != nil {
				c.until = now.Add(failTime)
			}
			if ctx.Err() == nil { // whoever left says nothing of the certificate
				g.certs.keep(name+" "+address, c)
			}
		}
	}
	if c.err == nil && (now.Before(c.leaf.NotBefore) || now.After(c.leaf.NotAfter)) {
		return nil, errCert
	}
	return c.leaf, c.err
}

func (s *certificates) find(key string, now time.Time) (certificate, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.known[key]
	return c, ok && now.Before(c.until)
}

func (s *certificates) keep(key string, c certificate) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.known) >= mostCerts {
		clear(s.known)
	}
	if s.known == nil {
		s.known = map[string]certificate{}
	}
	s.known[key] = c
}

// fetchCertificate gets a certificate, and proves that it was made out to PayPal by
// somebody who is believed.
func (g *Gateway) fetchCertificate(ctx context.Context, address, name string) (*x509.Certificate, error) {
	ctx, cancel := context.WithTimeout(ctx, certWait)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, errCert
	}
	res, err := g.http.Do(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errQuiet, err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(res.Body, largestCert))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", errQuiet, err)
	case res.StatusCode >= http.StatusInternalServerError || res.StatusCode == http.StatusTooManyRequests:
		return nil, fmt.Errorf("%w: %d", errQuiet, res.StatusCode)
	case res.StatusCode != http.StatusOK:
		return nil, errCert
	}
	return g.believe(text, name)
}

// believe reads a certificate with those that vouch for it, and checks chain, name
// and validity. Who stands in for PayPal vouches for itself: the operator has chosen
// to ask it, and nobody else's address is allowed then.
func (g *Gateway) believe(text []byte, name string) (*x509.Certificate, error) {
	var chain []*x509.Certificate
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			continue
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, errCert
		}
		chain = append(chain, c)
	}
	if len(chain) == 0 {
		return nil, errCert
	}
	leaf, roots, between := chain[0], g.o.Roots, x509.NewCertPool()
	for _, c := range chain[1:] {
		between.AddCert(c)
	}
	if roots == nil && !Itself(g.o.Base) {
		roots = x509.NewCertPool()
		roots.AddCert(chain[len(chain)-1])
	}
	if !slices.Contains(leaf.DNSNames, name) && (len(leaf.DNSNames) > 0 || leaf.Subject.CommonName != name) {
		return nil, errCert
	}
	_, err := leaf.Verify(x509.VerifyOptions{
		Roots: roots, Intermediates: between, CurrentTime: g.o.Clock.Now(), KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	})
	if err != nil {
		return nil, errCert
	}
	return leaf, nil
}
