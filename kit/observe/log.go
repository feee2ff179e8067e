// Package observe lets operators see how the program is: logs that know their
// request and tell no secrets, metrics, and health checks.
package observe

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"strings"
)

// NewLogger writes records of at least that level to out, as "json" or else as
// text, and gives them to others that want them. Every record gets what With put
// into its context, and attributes whose key sounds secret or personal are masked;
// the others mask for themselves, with Mask.
func NewLogger(out io.Writer, format string, level slog.Leveler, others ...slog.Handler) *slog.Logger {
	options := &slog.HandlerOptions{Level: level, ReplaceAttr: Mask}
	var h slog.Handler = slog.NewTextHandler(out, options)
	if format == "json" {
		h = slog.NewJSONHandler(out, options)
	}
	if len(others) > 0 {
		h = slog.NewMultiHandler(append([]slog.Handler{h}, others...)...)
	}
	return slog.New(Context(h))
}

// Context is a handler whose records get what With put into their context.
func Context(h slog.Handler) slog.Handler { return contextHandler{h} }

type attrsKey struct{}

// With returns a context whose log records carry the attributes. A key that is
// already there gets the new value.
func With(ctx context.Context, attrs ...slog.Attr) context.Context {
	known, _ := ctx.Value(attrsKey{}).([]slog.Attr)
	all := slices.Clone(known)
	for _, attr := range attrs {
		at := slices.IndexFunc(all, func(known slog.Attr) bool { return known.Key == attr.Key })
		if at < 0 {
			all = append(all, attr)
			continue
		}
		all[at] = attr
	}
	return context.WithValue(ctx, attrsKey{}, all)
}

// Subject is what a context is about: a request, a job. It is asked only when
// something is logged.
type Subject interface {
	LogAttrs() []slog.Attr
}

type subjectKey struct{}

// About returns a context whose log records say what they are about.
func About(ctx context.Context, s Subject) context.Context {
	return context.WithValue(ctx, subjectKey{}, s)
}

func attrsOf(ctx context.Context) []slog.Attr {
	attrs, _ := ctx.Value(attrsKey{}).([]slog.Attr)
	if s, ok := ctx.Value(subjectKey{}).(Subject); ok {
		return append(s.LogAttrs(), attrs...)
	}
	return attrs
}

// contextHandler adds the attributes of the context to each record.
type contextHandler struct{ slog.Handler }

// Handle writes a record.
func (h contextHandler) Handle(ctx context.Context, r slog.Record) error {
	if attrs := attrsOf(ctx); len(attrs) > 0 {
		r = r.Clone()
		r.AddAttrs(attrs...)
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs keeps the context's attributes coming after a logger was derived.
func (h contextHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return contextHandler{h.Handler.WithAttrs(attrs)}
}

// WithGroup does the same for groups.
func (h contextHandler) WithGroup(name string) slog.Handler {
	return contextHandler{h.Handler.WithGroup(name)}
}

// sensitive are parts of keys whose values do not belong into logs.
var sensitive = []string{
	"password", "passwd", "secret", "token", "authorization", "cookie", "api_key", "apikey",
	"email", "phone", "iban", "card_number",
}

// Mask hides the value of an attribute whose key, or whose group's, sounds secret
// or personal.
func Mask(groups []string, attr slog.Attr) slog.Attr {
	if isSensitive(attr.Key) || slices.ContainsFunc(groups, isSensitive) {
		attr.Value = slog.StringValue("(masked)")
	}
	return attr
}

func isSensitive(key string) bool {
	key = strings.ReplaceAll(strings.ToLower(key), "-", "_")
	return slices.ContainsFunc(sensitive, func(part string) bool { return strings.Contains(key, part) })
}
