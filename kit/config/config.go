// Package config has the settings of the whole program: one typed struct, filled
// from flags before environment before file before defaults. A key that nobody
// knows is an error that names the nearest one, and Explain says for every
// setting which value is in force and where it is from.
package config

import (
	"log/slog"
	"net/netip"
	"path/filepath"
	"strings"
	"time"
)

// Config is every setting of the program. Settings of modules that a merchant
// can change at run time are not here but in the database.
type Config struct {
	Addr           string        // where to listen, host:port
	Data           string        // folder of the database, files and keys
	DatabaseURL    string        // "sqlite:PATH" or "postgres://…"; never empty once loaded
	Connections    int           // to a PostgreSQL database, of this node
	BaseDomain     string        // platforms and stores live below it
	Secret         Secret        // signs links and sessions; the same on all nodes
	SettingsKey    Secret        // encrypts the secrets of settings; empty is Secret
	SettingsKeyWas Secret        // keys before, separated by commas; they still open
	TrustedProxies []string      // networks (CIDR) whose X-Forwarded-* are believed; by default this machine
	Reservation    time.Duration // how long a checkout holds its goods
	Session        time.Duration // how long a sign-in lasts
	LogLevel       slog.Level
	LogFormat      string        // "text" or "json"
	Traces         string        // collector of traces, http://host:4318; empty follows nothing
	TraceShare     int           // of a hundred requests, how many are followed
	SentryDSN      Secret        // where failures are reported, https://key@host/project; empty is nowhere
	MetricsToken   Secret        // lets a scraper that is not on this machine read /metrics
	DrainTime      time.Duration // how long a node that stops still answers after it said that it is not ready
	Tools          []string      // Name=URL of what else the operator watches with
	Node           int           // number of this node, 1 to 1023; 0 leases a free one
	Workers        int           // jobs that this node runs at once
	Inspect        bool          // keeps what the last requests did, for the developer tools; not in production
	Testing        bool          // opens the clock and the doubles to tests; never in production
	Storage        string        // where files are stored, "disk" or "s3"
	S3             S3
	SMTP           SMTP
	Services       Services

	origins map[string]string // key → where its value is from
}

// SMTP is the mail server. Without a host mails are kept in the outbox only.
type SMTP struct {
	Host     string
	Port     int
	User     string
	Password Secret
	From     string // "Name <address>" of the operator's mails
}

// S3 is a bucket of a storage that speaks as Amazon's S3 does. Without a bucket
// there is none. Files that are not where new ones are stored are read from the
// other place, so that they can move.
type S3 struct {
	Endpoint string // https://s3.example.com
	Region   string // empty is found out
	Bucket   string
	Key      string
	Secret   Secret
}

// Services are the base URLs of the services outside, so that a test or a
// sandbox can stand in for each. A new one is a field here and a row in settings.
type Services struct {
	Stripe   string
	PayPal   string
	VIES     string // VAT numbers of the European Union
	Letzshop string
}

// defaults are the settings of a program started without any.
func defaults() Config {
	return Config{
		Addr:        ":8080",
		Data:        "./data",
		BaseDomain:  "localhost",
		Reservation: 15 * time.Minute,
		Session:     30 * 24 * time.Hour,
		LogLevel:    slog.LevelInfo,
		LogFormat:   "text",
		Workers:     4,
		Connections: 24,
		Storage:     "disk",
		TraceShare:  10,
		// A proxy on this machine; anybody else could write what they like.
		TrustedProxies: []string{"127.0.0.0/8", "::1/128"},
		SMTP:           SMTP{Port: 587},
		Services: Services{
			Stripe:   "https://api.stripe.com",
			PayPal:   "https://api-m.paypal.com",
			VIES:     "https://ec.europa.eu/taxation_customs/vies/rest-api",
			Letzshop: "https://letzshop.lu",
		},
		origins: map[string]string{},
	}
}

// Proxies are the networks of the trusted proxies.
func (c *Config) Proxies() []netip.Prefix {
	var out []netip.Prefix
	for _, text := range c.TrustedProxies {
		if network, err := netip.ParsePrefix(text); err == nil { // validated when loaded
			out = append(out, network)
		}
	}
	return out
}

// Tool is a page beside this program.
type Tool struct{ Name, URL string }

// Links are the Tools.
func (c *Config) Links() []Tool {
	var out []Tool
	for _, text := range c.Tools {
		name, address, _ := strings.Cut(text, "=")
		out = append(out, Tool{name, address})
	}
	return out
}

// Keys are what encrypts the secrets of settings: the first one seals, all open.
func (c *Config) Keys() []string {
	keys := []string{string(c.SettingsKey)}
	for _, k := range strings.Split(string(c.SettingsKeyWas), ",") {
		keys = append(keys, strings.TrimSpace(k))
	}
	return append(keys, string(c.Secret))
}

// derive sets what follows from other settings.
func (c *Config) derive() {
	if c.DatabaseURL == "" {
		c.DatabaseURL = "sqlite:" + filepath.Join(c.Data, "orion.db")
	}
}

// Secret is a setting that must not be printed. Convert it to a string where it
// is used.
type Secret string

// String hides the secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "(secret)"
}

// GoString hides the secret from %#v.
func (s Secret) GoString() string { return s.String() }

// LogValue hides the secret from logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText hides the secret from JSON.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
