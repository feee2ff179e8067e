package paytest

import "slices"

// accountOut is an account as it is asked about itself.
type accountOut struct {
	ID             string            `json:"id"`
	Object         string            `json:"object"`
	Capabilities   map[string]string `json:"capabilities"`
	ChargesEnabled bool              `json:"charges_enabled"`
	Country        string            `json:"country"`
	Currency       string            `json:"default_currency"`
	PayoutsEnabled bool              `json:"payouts_enabled"`
	Submitted      bool              `json:"details_submitted"`
	Created        int64             `json:"created,omitempty"`
	Metadata       map[string]string `json:"metadata"`
	Wanted         requirements      `json:"requirements"`
}

func (s *Stripe) retrieveAccount(c call) (any, *Problem) {
	if bad := c.p.only("expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	return c.a.shown(), nil
}

// requirements are what the gateway wants to know of an account's owner.
type requirements struct {
	Due    []string `json:"currently_due"`
	Reason string   `json:"disabled_reason,omitempty"`
}

func (a Account) country() string {
	if a.Country == "" {
		return "LU"
	}
	return a.Country
}

func (a Account) currency() string {
	if a.Currency == "" {
		return "eur"
	}
	return a.Currency
}

// endpoint is an address to which an account's events are told.
type endpointOut struct {
	ID      string   `json:"id"`
	Object  string   `json:"object"`
	Created int64    `json:"created"`
	Events  []string `json:"enabled_events"`
	Live    bool     `json:"livemode"`
	Status  string   `json:"status"`
	URL     string   `json:"url"`
}

func (s *Stripe) listEndpoints(c call) (any, *Problem) {
	if bad := c.p.only("limit", "starting_after", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	found := []endpointOut{}
	if c.a.Hook != "" {
		e := endpointOut{ID: "we_" + c.a.Public, Object: "webhook_endpoint", Created: s.now(), Events: c.a.Events, Status: "enabled", URL: c.a.Hook}
		if e.Events == nil {
			e.Events = []string{"*"}
		}
		if c.a.Deaf {
			e.Status = "disabled"
		}
		found = append(found, e)
	}
	return list{Object: "list", URL: "/v1/webhook_endpoints", Data: found}, nil
}

// countryOut is what can be paid with in a country.
type countryOut struct {
	ID         string   `json:"id"`
	Object     string   `json:"object"`
	Currency   string   `json:"default_currency"`
	Currencies []string `json:"supported_payment_currencies"`
}

// currencies are some of those that can be paid with.
var currencies = []string{"aed", "aud", "bhd", "cad", "chf", "czk", "dkk", "eur", "gbp", "huf", "isk", "jpy", "kwd", "nok", "pln", "sek", "tnd", "usd"}

func (s *Stripe) retrieveCountry(c call) (any, *Problem) {
	if len(c.id) != 2 {
		return nil, missing("country", c.id)
	}
	return countryOut{c.id, "country_spec", c.a.currency(), slices.Clone(currencies)}, nil
}
