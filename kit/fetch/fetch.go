// Package fetch gets files from addresses that people type, without being led
// into the network that the program stands in: only http and https, only from
// addresses of the public internet, looked at when each connection is made, and
// never more than so many bytes for so long.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"syscall"
	"time"

	"orion/kit/fault"
)

// The reasons why nothing is fetched. What stands in a network that is not public
// is told apart from what does not answer for nobody.
var (
	ErrAddress = fault.New(fault.Invalid, "fetch.address")
	ErrNothing = fault.New(fault.Invalid, "fetch.nothing")
	ErrLarge   = fault.New(fault.Invalid, "fetch.large")
)

const (
	maxAddress   = 2000
	maxRedirects = 3
	timeout      = 20 * time.Second
	headTimeout  = 10 * time.Second
	dialTimeout  = 5 * time.Second
	maxHead      = 64 << 10
)

// Client fetches files.
type Client struct{ http *http.Client }

// New makes a client that connects only where allow lets it; nil is Public.
// Names are resolved first, so that allow sees what is really connected to.
func New(allow func(netip.AddrPort) error) *Client {
	if allow == nil {
		allow = Public
	}
	return resolving(nil, allow)
}

// resolving is New with who knows names; nil is the machine's own.
func resolving(names *net.Resolver, allow func(netip.AddrPort) error) *Client {
	dialer := &net.Dialer{Timeout: dialTimeout, Resolver: names, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("%q: %w", address, errNotPublic)
		}
		return allow(to)
	}}
	return &Client{&http.Client{
		Timeout: timeout,
		Transport: &http.Transport{
			Proxy: nil, DialContext: dialer.DialContext, DisableKeepAlives: true, DisableCompression: true, ForceAttemptHTTP2: false,
			TLSHandshakeTimeout: dialTimeout, ResponseHeaderTimeout: headTimeout, MaxResponseHeaderBytes: maxHead,
		},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) > maxRedirects {
				return errors.New("it leads on and on")
			}
			r.Header.Del("Referer")
			return known(r.URL)
		},
	}}
}

// known refuses addresses that are none of a file on the web.
func known(u *url.URL) error {
	if (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil || u.Opaque != "" || u.Hostname() == "" {
		return ErrAddress
	}
	return nil
}

// File is what was fetched, in a file of its own.
type File struct {
	*os.File
	Path string // of the address that it came from, for its name
}

// Close throws the file away.
func (f *File) Close() error { return errors.Join(f.File.Close(), os.Remove(f.Name())) }

// Get fetches at most so many bytes.
func (c *Client) Get(ctx context.Context, address string, limit int64) (*File, error) {
	u, err := url.Parse(address)
	if err != nil || len(address) > maxAddress {
		return nil, ErrAddress.Because(err)
	}
	if err := known(u); err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, ErrAddress.Because(err)
	}
	r.Header.Set("User-Agent", "Orion")
	r.Header.Set("Accept", "*/*")
	r.Header.Set("Accept-Encoding", "identity")
	answer, err := c.http.Do(r)
	if err != nil {
		return nil, ErrNothing.Because(err)
	}
	defer func() { _ = answer.Body.Close() }()
	switch {
	case answer.StatusCode != http.StatusOK:
		return nil, ErrNothing.Because(errors.New(answer.Status))
	case answer.Header.Get("Content-Encoding") != "" && answer.Header.Get("Content-Encoding") != "identity":
		return nil, ErrNothing.Because(errors.New("it is packed"))
	case answer.ContentLength > limit:
		return nil, ErrLarge.With("max", limit>>20)
	}
	return keep(answer.Body, answer.Request.URL.Path, limit)
}

// keep puts what comes into a file.
func keep(r io.Reader, path string, limit int64) (_ *File, err error) {
	file, err := os.CreateTemp("", "orion-fetch-")
	if err != nil {
		return nil, fmt.Errorf("keep what was fetched: %w", err)
	}
	f := &File{File: file, Path: path}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close())
		}
	}()
	n, err := io.Copy(file, io.LimitReader(r, limit+1))
	if err != nil {
		return nil, ErrNothing.Because(err)
	}
	if n > limit {
		return nil, ErrLarge.With("max", limit>>20)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("read what was fetched: %w", err)
	}
	return f, nil
}
