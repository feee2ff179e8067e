package stripe

import (
	"net/http"

	api "github.com/stripe/stripe-go/v85"

	"orion/kit/tenant"
)

func (o Options) backends(by *http.Client) *api.Backends {
	c := &api.BackendConfig{
		MaxNetworkRetries: api.Int64(0), EnableTelemetry: api.Bool(false), LeveledLogger: &api.LeveledLogger{Level: api.LevelNull}, HTTPClient: by,
	}
	if o.Base != "" {
		c.URL = api.String(o.Base)
	}
	return api.NewBackendsWithConfig(c)
}

// client speaks for a store's account.
func (g *Gateway) client(in tenant.Store) (*api.Client, Account, bool) {
	a, ok := g.o.Account(in)
	if !ok || a.Secret == "" {
		return nil, a, false
	}
	return g.as(a, a.Secret), a, true
}

// as speaks with a key for an account: that of the key, or one under it.
func (g *Gateway) as(a Account, key string) *api.Client {
	if a.Connected == "" {
		return api.NewClient(key, api.WithBackends(g.backends))
	}
	by := http.Client{Transport: http.DefaultTransport}
	if g.o.HTTP != nil {
		by = *g.o.HTTP
	}
	by.Transport = inName{a.Connected, by.Transport}
	return api.NewClient(key, api.WithBackends(g.o.backends(&by)))
}

// inName sends requests in the name of an account under the key's.
type inName struct {
	account string
	by      http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (n inName) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Stripe-Account", n.account)
	return n.by.RoundTrip(r)
}
