package app

import (
	"context"
	"errors"
	"log/slog"

	"orion/kit/observe"
	"orion/modules/monitoring"
)

// tee writes every record to two logs.
type tee struct{ one, two slog.Handler }

// withTail is a log whose lines are kept for the page of logs, too, from the level
// on that is chosen for the log.
func withTail(log *slog.Logger, tail *monitoring.Tail, level slog.Level) *slog.Logger {
	return slog.New(tee{log.Handler(), observe.NewLogger(tail, "json", level).Handler()})
}

// Enabled implements slog.Handler.
func (t tee) Enabled(ctx context.Context, l slog.Level) bool {
	return t.one.Enabled(ctx, l) || t.two.Enabled(ctx, l)
}

// Handle implements slog.Handler.
func (t tee) Handle(ctx context.Context, r slog.Record) error {
	var errs []error
	for _, h := range []slog.Handler{t.one, t.two} {
		if h.Enabled(ctx, r.Level) {
			errs = append(errs, h.Handle(ctx, r.Clone()))
		}
	}
	return errors.Join(errs...)
}

// WithAttrs implements slog.Handler.
func (t tee) WithAttrs(attrs []slog.Attr) slog.Handler {
	return tee{t.one.WithAttrs(attrs), t.two.WithAttrs(attrs)}
}

// WithGroup implements slog.Handler.
func (t tee) WithGroup(name string) slog.Handler {
	return tee{t.one.WithGroup(name), t.two.WithGroup(name)}
}
