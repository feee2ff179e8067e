package report_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"orion/kit/observe"
	"orion/kit/observe/report"
)

// collector is a Sentry that keeps what it is sent.
func collector(t *testing.T) (dsn string, got func() string) {
	t.Helper()
	bodies := make(chan string, 16)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		bodies <- string(text)
		w.WriteHeader(http.StatusOK)
	}))
	t.Cleanup(s.Close)
	return "http://key@" + strings.TrimPrefix(s.URL, "http://") + "/42", func() string {
		select {
		case b := <-bodies:
			return b
		case <-time.After(5 * time.Second):
			t.Fatal("nothing was sent")
			return ""
		}
	}
}

func TestFailuresAreReported(t *testing.T) {
	t.Parallel()
	dsn, got := collector(t)
	r, err := report.New(report.Options{DSN: dsn, Version: "1.2.3", Mask: observe.Mask})
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(observe.Context(r)).With("module", "orders")
	ctx := observe.With(context.Background(), slog.String("request", "abc123"), slog.String("platform", "main"))
	log.WarnContext(ctx, "this is no failure")
	log.ErrorContext(ctx, "request failed", "error", errors.New("the disk is full").Error(), "password", "hunter2", "email", "anna@example.com",
		slog.Group("buyer", "phone", "+352 691 000 100"))
	r.Close(5 * time.Second)
	body := got()
	for _, want := range []string{"request failed", "the disk is full", "abc123", `"module":"orders"`, `"platform":"main"`, "1.2.3"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is not told: %s", want, body)
		}
	}
	for _, secret := range []string{"hunter2", "anna@example.com", "691 000", "no failure"} {
		if strings.Contains(body, secret) {
			t.Errorf("%q is told: %s", secret, body)
		}
	}
}

func TestMalformedAddress(t *testing.T) {
	t.Parallel()
	_, err := report.New(report.Options{DSN: "https://sec ret@/"})
	if !errors.Is(err, report.ErrDSN) || strings.Contains(err.Error(), "sec ret") {
		t.Errorf("got %v", err)
	}
}

// A reporter that reaches nobody costs the request nothing.
func TestNobodyListens(t *testing.T) {
	t.Parallel()
	gate := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-gate }))
	t.Cleanup(s.Close)
	t.Cleanup(func() { close(gate) })
	r, err := report.New(report.Options{DSN: "http://key@" + strings.TrimPrefix(s.URL, "http://") + "/1"})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 1000 {
			slog.New(r).Error("request failed")
		}
	}()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("records wait for the reporter")
	}
}
