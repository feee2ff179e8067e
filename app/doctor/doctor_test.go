package doctor_test

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/app/doctor"
	"orion/kit/config"
)

// states are what a check found, as "state found".
func states(t *testing.T, c doctor.Check) (out []string) {
	t.Helper()
	doctor.Examine(t.Context(), []doctor.Check{c}, func(f doctor.Finding) {
		if f.Check != c.Name || f.State != doctor.Fine && f.Mend == "" {
			t.Errorf("a finding without its check's name, or without a way out: %+v", f)
		}
		out = append(out, string(f.State)+" "+f.Found)
	})
	return out
}

func wants(t *testing.T, got []string, want string) {
	t.Helper()
	if len(got) != 1 || !strings.HasPrefix(got[0], want) {
		t.Errorf("found %q, want one that begins with %q", got, want)
	}
}

func load(t *testing.T, env ...string) config.Config {
	t.Helper()
	c, err := config.Load(config.Sources{Env: env})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSettings(t *testing.T) {
	t.Parallel()
	wants(t, states(t, doctor.Settings(load(t, "ORION_BASE_DOMAIN=shops.example"))), "fine 1 of ")
	wants(t, states(t, doctor.Settings(load(t))), "doubt base_domain is localhost")
	wants(t, states(t, doctor.Settings(load(t, "ORION_BASE_DOMAIN=shops.example", "ORION_TESTING=true"))), "wrong testing is on")
	wants(t, states(t, doctor.Settings(load(t, "ORION_BASE_DOMAIN=shops.example", "ORION_DATABASE_URL=postgres://db/orion"))), "doubt secret is made by each node")
}

func TestStorage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	wants(t, states(t, doctor.Storage(filepath.Join(dir, "none"))), "doubt there is no folder")
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	wants(t, states(t, doctor.Storage(dir)), "fine ")
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("the check leaves files behind: %v %v", left, err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	wants(t, states(t, doctor.Storage(dir)), "doubt others on this machine")
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	wants(t, states(t, doctor.Storage(file)), "wrong no file can be kept")
}

func TestDatabase(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "orion.db")
	wants(t, states(t, doctor.Database("sqlite:"+path)), "doubt there is no database")
	if err := os.WriteFile(path, []byte(strings.Repeat("this is no database. ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	wants(t, states(t, doctor.Database("sqlite:"+path)), "wrong ")
	nobody := closed(t)
	got := states(t, doctor.Database("postgres://orion:pa55word@"+nobody+"/orion?connect_timeout=2"))
	wants(t, got, "wrong ")
	if strings.Contains(got[0], "pa55word") {
		t.Error("the password is shown:", got)
	}
	if dsn := os.Getenv("ORION_TEST_POSTGRES"); dsn != "" && os.Getenv("ORION_TEST_DURABLE") == "" {
		wants(t, states(t, doctor.Database(dsn)), "wrong what it confirmed may be lost with the power: fsync")
	}
}

func TestClock(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "orion.db")
	now := time.Now()
	check := doctor.Clock("sqlite:"+path, func() time.Time { return now })
	wants(t, states(t, check), "fine ")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, now, now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	wants(t, states(t, check), "wrong "+path+" was written at")
	if dsn := os.Getenv("ORION_TEST_POSTGRES"); dsn != "" {
		wants(t, states(t, doctor.Clock(dsn, time.Now)), "fine ")
	}
}

// closed is an address at which nobody listens.
func closed(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return l.Addr().String()
}

func TestMail(t *testing.T) {
	t.Parallel()
	wants(t, states(t, doctor.Mail(config.SMTP{}, "/data/mail")), "doubt no mail leaves this machine: mails are kept as files in /data/mail")
	addr, err := net.ResolveTCPAddr("tcp", closed(t))
	if err != nil {
		t.Fatal(err)
	}
	wants(t, states(t, doctor.Mail(config.SMTP{Host: "127.0.0.1", Port: addr.Port}, "")), "wrong 127.0.0.1:")
}

func TestHosts(t *testing.T) {
	t.Parallel()
	lookup := func(_ context.Context, host string) ([]string, error) {
		switch host {
		case "shops.example", "a.shops.example":
			return []string{"192.0.2.1", "2001:db8::1"}, nil
		case "behind.example":
			return []string{"198.51.100.7"}, nil
		}
		return nil, &net.DNSError{Err: "no such host", Name: host, Server: "192.0.2.53:53", IsNotFound: true}
	}
	wants(t, states(t, doctor.Hosts("localhost", []string{"a.localhost"}, lookup)), "fine base_domain is localhost")
	wants(t, states(t, doctor.Hosts("shops.example", []string{"a.shops.example"}, lookup)), "fine shops.example and 1 names")
	wants(t, states(t, doctor.Hosts("lost.example", []string{"a.shops.example"}, lookup)), "wrong lost.example is not found: no such host")
	got := states(t, doctor.Hosts("shops.example", []string{"a.shops.example", "behind.example", "gone.example"}, lookup))
	want := []string{
		"doubt behind.example leads to 198.51.100.7, the base domain to 192.0.2.1, 2001:db8::1",
		"wrong gone.example is not found: no such host",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestACheckThatBreaks(t *testing.T) {
	t.Parallel()
	wants(t, states(t, doctor.Check{Name: "broken", Run: func(context.Context) []doctor.Finding { panic(errors.New("no")) }}), "wrong the check broke: no")
}
