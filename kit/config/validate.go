package config

import (
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// validate returns what is wrong, each with the key, its origin and a way out.
func (c *Config) validate() []error {
	var wrong []error
	check := func(ok bool, key, way string) {
		if !ok {
			s, _ := findKey(key)
			wrong = append(wrong, fmt.Errorf("%s (%s): %q: %s", key, c.origin(key), s.show(c), way))
		}
	}
	_, _, err := net.SplitHostPort(c.Addr)
	check(err == nil, "addr", "want host:port such as :8080 or 127.0.0.1:8080")
	check(c.Data != "", "data", "want a folder that the program may write")
	check(strings.HasPrefix(c.DatabaseURL, "sqlite:") || strings.HasPrefix(c.DatabaseURL, "postgres://") || strings.HasPrefix(c.DatabaseURL, "postgresql://"),
		"database_url", "want sqlite:PATH or postgres://user:password@host/database")
	check(c.Connections >= 4 && c.Connections <= 1000, "connections", "want 4 to 1000, and fewer on all nodes together than the server takes")
	check(isDomain(c.BaseDomain), "base_domain", "want a domain without scheme, port and path, such as example.com")
	check(c.Secret == "" || len(c.Secret) >= 32, "secret", "want at least 32 characters; leave it empty to have one made")
	check(c.SettingsKey == "" || len(c.SettingsKey) >= 32, "settings_key", "want at least 32 characters; leave it empty to use secret")
	for _, network := range c.TrustedProxies {
		_, err := netip.ParsePrefix(network)
		check(err == nil, "trusted_proxies", "want networks such as 10.0.0.0/8")
	}
	check(c.Reservation >= time.Minute && c.Reservation <= 24*time.Hour, "reservation_time", "want between 1m and 24h")
	check(c.Session >= 5*time.Minute && c.Session <= 400*24*time.Hour, "session_time", "want between 5m and 400d")
	check(c.LogFormat == "text" || c.LogFormat == "json", "log_format", "want text or json")
	check(c.DrainTime >= 0 && c.DrainTime <= 5*time.Minute, "drain_time", "want between 0s and 5m")
	for _, tool := range c.Links() {
		check(tool.Name != "" && isBase(tool.URL), "tools", "want Name=URL such as Grafana=https://grafana.example.com")
	}
	check(c.Traces == "" || isBase(c.Traces), "traces", "want the collector's address such as http://127.0.0.1:4318")
	check(c.TraceShare >= 0 && c.TraceShare <= 100, "trace_share", "want 0 to 100")
	check(c.Node >= 0 && c.Node <= 1023, "node", "want 1 to 1023, or 0 to lease one")
	check(c.Workers >= 1 && c.Workers <= 1000, "workers", "want 1 to 1000")
	check(c.Storage == "disk" || c.Storage == "s3", "storage", "want disk or s3")
	check(c.Storage != "s3" || c.S3.Bucket != "", "s3.bucket", "storage is s3, which needs a bucket")
	check(c.S3.Bucket == "" || isBase(c.S3.Endpoint), "s3.endpoint", "want the storage's address such as https://s3.example.com")
	check(c.SMTP.Port >= 1 && c.SMTP.Port <= 65535, "smtp.port", "want 1 to 65535; most servers use 587")
	if c.SMTP.Host != "" {
		_, err := mail.ParseAddress(c.SMTP.From)
		check(err == nil, "smtp.from", "a mail server needs a sender such as Orion <shop@example.com>")
	}
	for _, s := range settings {
		if strings.HasPrefix(s.key, "services.") {
			check(isBase(*s.field(c).(*string)), s.key, "want a base URL such as https://api.example.com")
		}
	}
	return wrong
}

// isBase tells that a text is the address of a service on the web.
func isBase(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

// isDomain is generous: what it refuses could never be the end of a host.
func isDomain(s string) bool {
	return s != "" && !strings.ContainsAny(s, "/:@ _*") && !strings.HasPrefix(s, ".") && !strings.HasSuffix(s, ".")
}
