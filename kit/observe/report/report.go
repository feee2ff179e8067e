// Package report tells a Sentry, or what speaks like one, of failures. It sends
// what the log says of them and nothing else: no request, no user, no address.
package report

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/getsentry/sentry-go"
)

// Reporter is a handler of log records that sends those of failures.
type Reporter struct {
	client *sentry.Client
	mask   func(groups []string, a slog.Attr) slog.Attr
	attrs  []slog.Attr
	groups []string
}

// Options are where failures go and as whose they are shown.
type Options struct {
	DSN     string // of the project
	Version string
	// Mask hides what does not belong into a report, as the log does.
	Mask func(groups []string, a slog.Attr) slog.Attr
}

// ErrDSN is the answer to an address that cannot be reported to. The address is
// a secret and not repeated.
var ErrDSN = errors.New("sentry_dsn is malformed; expected https://key@host/project")

// New makes a reporter.
func New(o Options) (*Reporter, error) {
	client, err := sentry.NewClient(sentry.ClientOptions{
		Dsn: o.DSN, Release: o.Version, AttachStacktrace: false, MaxBreadcrumbs: -1,
		// Nothing is taken from the surroundings: events are made of log records.
		Integrations: func([]sentry.Integration) []sentry.Integration { return nil },
		BeforeSend: func(e *sentry.Event, _ *sentry.EventHint) *sentry.Event {
			e.User, e.Request, e.Breadcrumbs, e.Modules = sentry.User{}, nil, nil, nil
			return e
		},
	})
	if err != nil {
		return nil, ErrDSN
	}
	return &Reporter{client: client, mask: o.Mask}, nil
}

// Enabled takes failures.
func (r *Reporter) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelError }

// tags are the attributes by which failures are found and counted.
var tags = map[string]bool{"module": true, "platform": true, "store": true, "route": true, "job": true, "event": true, "subscriber": true, "audience": true}

// Handle puts a record into the queue of what is sent; it waits for nobody.
// Failures with the same message and route are one to Sentry, whatever they are about.
func (r *Reporter) Handle(_ context.Context, rec slog.Record) error {
	e := sentry.NewEvent()
	e.Level, e.Message, e.Timestamp, e.Logger = sentry.LevelError, rec.Message, rec.Time, "orion"
	extra := sentry.Context{}
	add := func(a slog.Attr) { r.add(e, extra, r.groups, a) }
	for _, a := range r.attrs {
		add(a)
	}
	rec.Attrs(func(a slog.Attr) bool {
		add(a)
		return true
	})
	e.Contexts["record"] = extra
	if cause, ok := extra["error"].(string); ok {
		e.Exception = []sentry.Exception{{Type: rec.Message, Value: cause}}
	}
	e.Fingerprint = []string{rec.Message, e.Tags["module"], e.Tags["route"], e.Tags["job"], e.Tags["subscriber"]}
	r.client.CaptureEvent(e, nil, nil)
	return nil
}

func (r *Reporter) add(e *sentry.Event, extra sentry.Context, groups []string, a slog.Attr) {
	if r.mask != nil && a.Value.Kind() != slog.KindGroup {
		a = r.mask(groups, a)
	}
	a.Value = a.Value.Resolve()
	if a.Value.Kind() == slog.KindGroup {
		for _, in := range a.Value.Group() {
			r.add(e, extra, append(groups[:len(groups):len(groups)], a.Key), in)
		}
		return
	}
	key := strings.Join(append(groups[:len(groups):len(groups)], a.Key), ".")
	if tags[key] {
		e.Tags[key] = a.Value.String()
		return
	}
	extra[key] = fmt.Sprint(a.Value.Any())
}

// WithAttrs is the same reporter for a derived logger.
func (r *Reporter) WithAttrs(attrs []slog.Attr) slog.Handler {
	out := *r
	out.attrs = append(r.attrs[:len(r.attrs):len(r.attrs)], attrs...)
	return &out
}

// WithGroup is the same for a group.
func (r *Reporter) WithGroup(name string) slog.Handler {
	out := *r
	out.groups = append(r.groups[:len(r.groups):len(r.groups)], name)
	return &out
}

// Close sends what is in the queue, for at most that long.
func (r *Reporter) Close(limit time.Duration) { r.client.Flush(limit) }
