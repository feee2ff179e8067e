package config

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func write(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "orion.yaml")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestLoadPrecedence(t *testing.T) {
	t.Parallel()
	file := write(t, "addr: :1\ndata: /f\nlog_level: debug\nbase_domain: file.example\nsmtp:\n  host: mail.example\n  from: Shop <a@example.com>\ntrusted_proxies: [10.0.0.0/8, 127.0.0.1/32]\n")
	got, err := Load(Sources{
		Args: map[string]string{"addr": ":3", "smtp-port": "25"},
		Env:  []string{"ORION_ADDR=:2", "ORION_DATA=/e", "ORION_SESSION_TIME=7d", "ORION_NODE=", "ORION_TEST_POSTGRES=x", "HOME=/root", "ORION_CONFIG=/nowhere"},
		File: file,
	})
	if err != nil {
		t.Fatal(err)
	}
	want := defaults()
	want.Addr, want.Data, want.DatabaseURL = ":3", "/e", "sqlite:/e/orion.db"
	want.LogLevel, want.BaseDomain, want.Session = slog.LevelDebug, "file.example", 7*24*time.Hour
	want.SMTP = SMTP{Host: "mail.example", Port: 25, From: "Shop <a@example.com>"}
	want.TrustedProxies = []string{"10.0.0.0/8", "127.0.0.1/32"}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Config{})); diff != "" {
		t.Error(diff)
	}
	origins := map[string]string{}
	for _, line := range got.Explain() {
		origins[line.Key] = strings.TrimPrefix(line.Origin, filepath.Dir(file)+"/")
	}
	for key, want := range map[string]string{
		"addr": "--addr", "data": "ORION_DATA", "log_level": "orion.yaml:3", "smtp.host": "orion.yaml:6",
		"smtp.port": "--smtp-port", "node": "default", "session_time": "ORION_SESSION_TIME",
	} {
		if origins[key] != want {
			t.Errorf("%s is from %q, want %q", key, origins[key], want)
		}
	}
}

func TestLoadTakesJSONNamedByTheEnvironment(t *testing.T) {
	t.Parallel()
	got, err := Load(Sources{Env: []string{"ORION_CONFIG=" + write(t, `{"addr": ":9", "testing": true}`)}})
	if err != nil || got.Addr != ":9" || !got.Testing {
		t.Errorf("got %v, %v", got.Addr, err)
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, file string
		env        string
		want       []string
	}{
		{"an unknown key", "adress: x", "", []string{"orion.yaml:1", `"adress"`, `did you mean "addr"`}},
		{"an unknown nested key", "smtp:\n  hots: x", "", []string{"orion.yaml:2", `"smtp.host"`}},
		{"an unknown variable", "", "ORION_DATABASE=x", []string{"ORION_DATABASE", "ORION_DATABASE_URL"}},
		{"a key twice", "addr: :1\naddr: :2", "", []string{"addr", "orion.yaml:"}},
		{"a list as a file", "- a", "", []string{"there is no setting"}},
		{"a scalar as a file", "hello", "", []string{"want keys"}},
		{"broken YAML", "a: [", "", []string{"orion.yaml"}},
		{"a bad number", "", "ORION_WORKERS=many", []string{"workers (ORION_WORKERS)", "whole number"}},
		{"a number out of range", "", "ORION_NODE=1024", []string{"node (ORION_NODE)", "1 to 1023"}},
		{"a bad duration", "", "ORION_RESERVATION_TIME=soon", []string{"reservation_time", "15m"}},
		{"a bad boolean", "", "ORION_TESTING=maybe", []string{"true or false"}},
		{"a bad level", "", "ORION_LOG_LEVEL=loud", []string{"debug, info"}},
		{"a bad format", "", "ORION_LOG_FORMAT=xml", []string{"text or json"}},
		{"a bad address", "", "ORION_ADDR=8080", []string{"host:port"}},
		{"a URL as a domain", "", "ORION_BASE_DOMAIN=https://x.lu", []string{"without scheme"}},
		{"another database", "", "ORION_DATABASE_URL=mysql://x", []string{"sqlite:PATH"}},
		{"a short secret", "", "ORION_SECRET=hunter2", []string{"32 characters"}},
		{"an unknown storage", "", "ORION_STORAGE=tape", []string{"storage", "disk or s3"}},
		{"a storage without a bucket", "", "ORION_STORAGE=s3", []string{"s3.bucket", "needs a bucket"}},
		{"a bucket nowhere", "", "ORION_S3_BUCKET=x", []string{"s3.endpoint", "https://s3.example.com"}},
		{"a mail server without sender", "", "ORION_SMTP_HOST=x", []string{"smtp.from", "sender"}},
		{"a bad network", "", "ORION_TRUSTED_PROXIES=localhost", []string{"10.0.0.0/8"}},
		{"a bad service", "", "ORION_SERVICES_VIES=vies", []string{"services.vies", "base URL"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := Load(Sources{Env: []string{c.env}, File: write(t, c.file)})
			if err == nil {
				t.Fatal("loaded")
			}
			for _, want := range append(c.want, "settings: ") {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q lacks %q", err, want)
				}
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Error("the error tells the secret")
			}
		})
	}
	if _, err := Load(Sources{File: "/nowhere/orion.yaml"}); err == nil || !strings.Contains(err.Error(), "ORION_CONFIG") {
		t.Errorf("a missing file: %v", err)
	}
	if _, err := Load(Sources{Args: map[string]string{"smtp-hots": "x"}}); err == nil || !strings.Contains(err.Error(), "--smtp-hots") {
		t.Errorf("an unknown flag: %v", err)
	}
}

func TestSecretsStaySecret(t *testing.T) {
	t.Parallel()
	const secret = "correct-horse-battery-staple-0123456789"
	c, err := Load(Sources{Env: []string{"ORION_SECRET=" + secret, "ORION_SMTP_PASSWORD=" + secret, "ORION_DATABASE_URL=postgres://orion:" + secret + "@db/orion"}})
	if err != nil {
		t.Fatal(err)
	}
	c.DatabaseURL = "postgres://orion:" + secret + "@db/orion"
	if text := fmt.Sprint(c.Explain()); strings.Contains(text, secret) {
		t.Error(text)
	}
	if text := fmt.Sprintf("%v %+v %#v", c.Secret, c.SMTP, c.SMTP); strings.Contains(text, secret) {
		t.Error(text)
	}
	if string(c.Secret) != secret {
		t.Error("the secret itself is lost")
	}
}

func TestPrepareKeepsTheSecret(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	first, err := Load(Sources{Args: map[string]string{"data": data}})
	if err != nil {
		t.Fatal(err)
	}
	second := first
	second.origins = map[string]string{}
	for _, c := range []*Config{&first, &second} {
		if err := c.Prepare(); err != nil {
			t.Fatal(err)
		}
	}
	if len(first.Secret) != 64 || first.Secret != second.Secret {
		t.Error("the secret was not kept")
	}
	info, err := os.Stat(filepath.Join(data, "secret"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	left, _ := os.ReadDir(data)
	if len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
	if err := os.WriteFile(filepath.Join(data, "secret"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	first.Secret = ""
	if err := first.Prepare(); err == nil {
		t.Error("a damaged secret was taken")
	}
}

// Every field has a setting, and no two settings share a name.
func TestSettingsAreComplete(t *testing.T) {
	t.Parallel()
	c := defaults()
	c.derive()
	seen, fields := map[string]bool{}, map[any]bool{}
	for _, s := range settings {
		if seen[canonical(s.key)] || fields[s.field(&c)] || s.help == "" {
			t.Errorf("setting %s is double or without help", s.key)
		}
		seen[canonical(s.key)], fields[s.field(&c)] = true, true
		if err := s.set(&c, s.show(&c)); err != nil {
			t.Errorf("setting %s does not read what it shows: %v", s.key, err)
		}
	}
	if want := countFields(reflect.TypeFor[Config]()); len(fields) != want {
		t.Errorf("%d settings for %d fields", len(fields), want)
	}
	if wrong := c.validate(); wrong != nil {
		t.Error(wrong)
	}
}

func countFields(t reflect.Type) int {
	n := 0
	for i := range t.NumField() {
		switch f := t.Field(i); {
		case !f.IsExported():
		case f.Type.Kind() == reflect.Struct:
			n += countFields(f.Type)
		default:
			n++
		}
	}
	return n
}
