package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// setting is one key: what it is called, what it means and where it is kept.
type setting struct {
	key   string
	help  string
	field func(*Config) any // pointer to the field
}

// settings are all keys, in the order in which Explain shows them.
var settings = []setting{
	{"addr", "where to listen, host:port", func(c *Config) any { return &c.Addr }},
	{"data", "folder of the database, files and keys", func(c *Config) any { return &c.Data }},
	{"database_url", "sqlite:PATH or postgres://…; empty is a file in the data folder", func(c *Config) any { return &c.DatabaseURL }},
	{"connections", "connections of this node to PostgreSQL", func(c *Config) any { return &c.Connections }},
	{"base_domain", "domain below which platforms and stores live", func(c *Config) any { return &c.BaseDomain }},
	{"secret", "key that signs links and sessions, 32 characters or more; empty is kept in the data folder", func(c *Config) any { return &c.Secret }},
	{"settings_key", "key that encrypts the secrets of settings, 32 characters or more, the same on all nodes; empty uses secret", func(c *Config) any { return &c.SettingsKey }},
	{"settings_key_was", "keys before, separated by commas, until orion secrets rotate is done", func(c *Config) any { return &c.SettingsKeyWas }},
	{"trusted_proxies", "networks whose X-Forwarded-* headers are believed, separated by commas", func(c *Config) any { return &c.TrustedProxies }},
	{"reservation_time", "how long a checkout holds its goods", func(c *Config) any { return &c.Reservation }},
	{"session_time", "how long a sign-in lasts", func(c *Config) any { return &c.Session }},
	{"log_level", "debug, info, warn or error", func(c *Config) any { return &c.LogLevel }},
	{"log_format", "text or json", func(c *Config) any { return &c.LogFormat }},
	{"traces", "collector that traces are sent to by OTLP, http://host:4318; empty follows nothing", func(c *Config) any { return &c.Traces }},
	{"trace_share", "of a hundred requests, how many are followed", func(c *Config) any { return &c.TraceShare }},
	{"sentry_dsn", "where failures are reported, https://key@host/project of a Sentry or what speaks like one; empty reports nowhere", func(c *Config) any { return &c.SentryDSN }},
	{"metrics_token", "bearer token for /metrics from other machines", func(c *Config) any { return &c.MetricsToken }},
	{"drain_time", "how long a node that stops still answers after it said that it is not ready", func(c *Config) any { return &c.DrainTime }},
	{"tools", "pages that the operator watches with, as Grafana=https://grafana.example.com, separated by commas", func(c *Config) any { return &c.Tools }},
	{"node", "number of this node, 1 to 1023; 0 leases a free one", func(c *Config) any { return &c.Node }},
	{"workers", "jobs that this node runs at once", func(c *Config) any { return &c.Workers }},
	{"inspect", "keep what the last requests did, for the developer tools; not in production", func(c *Config) any { return &c.Inspect }},
	{"testing", "open the clock and the doubles to tests; never in production", func(c *Config) any { return &c.Testing }},

	{"storage", "where new files are stored: disk (in the data folder) or s3; orion media move moves those that there are", func(c *Config) any { return &c.Storage }},
	{"s3.endpoint", "address of a storage that speaks S3, https://s3.example.com", func(c *Config) any { return &c.S3.Endpoint }},
	{"s3.region", "region of the bucket; empty is found out", func(c *Config) any { return &c.S3.Region }},
	{"s3.bucket", "bucket for the files; empty is none", func(c *Config) any { return &c.S3.Bucket }},
	{"s3.key", "access key for the bucket", func(c *Config) any { return &c.S3.Key }},
	{"s3.secret", "secret key for the bucket", func(c *Config) any { return &c.S3.Secret }},

	{"smtp.host", "mail server; empty keeps mails in the outbox", func(c *Config) any { return &c.SMTP.Host }},
	{"smtp.port", "port of the mail server", func(c *Config) any { return &c.SMTP.Port }},
	{"smtp.user", "user at the mail server", func(c *Config) any { return &c.SMTP.User }},
	{"smtp.password", "password at the mail server", func(c *Config) any { return &c.SMTP.Password }},
	{"smtp.from", "sender of the operator's mails", func(c *Config) any { return &c.SMTP.From }},

	{"services.stripe", "base URL of Stripe", func(c *Config) any { return &c.Services.Stripe }},
	{"services.paypal", "base URL of PayPal", func(c *Config) any { return &c.Services.PayPal }},
	{"services.vies", "base URL of the VAT number check", func(c *Config) any { return &c.Services.VIES }},
	{"services.letzshop", "base URL of Letzshop", func(c *Config) any { return &c.Services.Letzshop }},
}

// set reads a text into the field of the setting.
func (s setting) set(c *Config, text string) error {
	text = strings.TrimSpace(text)
	switch field := s.field(c).(type) {
	case *string:
		*field = text
	case *Secret:
		*field = Secret(text)
	case *[]string:
		*field = strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
	case *int:
		n, err := strconv.Atoi(text)
		if err != nil {
			return errors.New("want a whole number such as 4")
		}
		*field = n
	case *bool:
		b, err := strconv.ParseBool(text)
		if err != nil {
			return errors.New("want true or false")
		}
		*field = b
	case *time.Duration:
		d, err := parseDuration(text)
		if err != nil {
			return errors.New("want a duration such as 15m, 12h or 30d")
		}
		*field = d
	case *slog.Level:
		if err := field.UnmarshalText([]byte(text)); err != nil {
			return errors.New("want debug, info, warn or error")
		}
	default:
		panic(fmt.Sprintf("setting %s has a field of type %T", s.key, field))
	}
	return nil
}

// show writes the value in force, without what must stay secret.
func (s setting) show(c *Config) string {
	switch field := s.field(c).(type) {
	case *string:
		if u, err := url.Parse(*field); err == nil && u.User != nil {
			return u.Redacted()
		}
		return *field
	case *Secret:
		return field.String()
	case *[]string:
		return strings.Join(*field, ",")
	case *int:
		return strconv.Itoa(*field)
	case *bool:
		return strconv.FormatBool(*field)
	case *time.Duration:
		return showDuration(*field)
	case *slog.Level:
		return strings.ToLower(field.String())
	default:
		panic(fmt.Sprintf("setting %s has a field of type %T", s.key, field))
	}
}

// parseDuration also knows days, which the standard library does not because
// they can have 23 hours; ours have 24.
func parseDuration(text string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.Atoi(days)
		if err != nil || n > 100_000 || n < 0 {
			return 0, errors.New("bad number of days")
		}
		return time.Duration(n) * 24 * time.Hour, nil
	}
	return time.ParseDuration(text)
}

// showDuration writes 15m instead of 15m0s.
func showDuration(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}
