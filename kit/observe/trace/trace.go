// Package trace follows one request through transactions, jobs and events, and
// sends what it saw by OTLP. Where it is off, which is the default, it costs a
// look into the context.
package trace

import (
	"context"
	"net/http"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// Tracer begins traces. A nil one is off.
type Tracer struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
}

// Options are where traces go, and how many.
type Options struct {
	Endpoint string // http://host:4318, to which /v1/traces is added
	Version  string
	Share    float64 // of traces that begin here, 0 to 1; whoever calls us with one decides for it
}

// New makes a tracer that sends in batches and waits for nobody.
func New(o Options) *Tracer { return with(o, sdk.NewBatchSpanProcessor(newCollector(o.Endpoint))) }

func with(o Options, p sdk.SpanProcessor) *Tracer {
	about := resource.NewSchemaless(attribute.String("service.name", "orion"), attribute.String("service.version", o.Version))
	provider := sdk.NewTracerProvider(sdk.WithSpanProcessor(p), sdk.WithResource(about), sdk.WithSampler(sdk.ParentBased(sdk.TraceIDRatioBased(o.Share))))
	return &Tracer{provider: provider, tracer: provider.Tracer("orion")}
}

// Close sends what is left.
func (t *Tracer) Close(ctx context.Context) error {
	if t == nil {
		return nil
	}
	return t.provider.Shutdown(ctx) //nolint:wrapcheck // it says what it could not send
}

// Span is a stretch of work; nil is one that nobody watches.
type Span struct{ span trace.Span }

// Enter begins the work that somebody asked this program for: a request, a job.
// parent is where it comes from as W3C's traceparent, or empty.
func (t *Tracer) Enter(ctx context.Context, name, parent string) (context.Context, *Span) {
	if t == nil {
		return ctx, nil
	}
	if parent != "" {
		ctx = propagation.TraceContext{}.Extract(ctx, propagation.MapCarrier{"traceparent": parent})
	}
	ctx, span := t.tracer.Start(ctx, name, trace.WithSpanKind(trace.SpanKindServer))
	return ctx, &Span{span}
}

// Did records a stretch of work inside of another that is over, and took so long.
func Did(ctx context.Context, kind, name string, took time.Duration, err error) {
	outer := trace.SpanFromContext(ctx)
	if !outer.IsRecording() {
		return
	}
	_, span := outer.TracerProvider().Tracer("orion").Start(ctx, kind+" "+name, trace.WithTimestamp(time.Now().Add(-took)))
	(&Span{span}).End(err)
}

// Parent is where work that is caused now would come from, as traceparent; empty
// where nobody watches.
func Parent(ctx context.Context) string {
	if !trace.SpanContextFromContext(ctx).IsSampled() {
		return ""
	}
	carrier := propagation.MapCarrier{}
	propagation.TraceContext{}.Inject(ctx, carrier)
	return carrier["traceparent"]
}

// Name gives a span its name, once that is known.
func (s *Span) Name(name string) {
	if s != nil {
		s.span.SetName(name)
	}
}

// Set tells something about the work. Values are codes and numbers, never what
// people typed.
func (s *Span) Set(key, value string) {
	if s != nil && value != "" {
		s.span.SetAttributes(attribute.String(key, value))
	}
}

// End ends a span; an error makes it a failed one. Its text may quote what
// people typed and is left to the log.
func (s *Span) End(err error) {
	if s == nil {
		return
	}
	if err != nil {
		s.Fail()
	}
	s.span.End()
}

// Handler begins a span for each request. Whoever knows more about it finds the
// span with Of. A traceparent is only believed of those for whom trusted is true,
// so that nobody outside makes us trace.
func (t *Tracer) Handler(next http.Handler, trusted func(*http.Request) bool) http.Handler {
	if t == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		parent := ""
		if trusted(r) {
			parent = r.Header.Get("traceparent")
		}
		ctx, span := t.Enter(r.Context(), r.Method, parent)
		defer span.End(nil)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// Of is the span of the request or job in a context; nil where nobody watches.
func Of(ctx context.Context) *Span {
	if span := trace.SpanFromContext(ctx); span.IsRecording() {
		return &Span{span}
	}
	return nil
}

// Fail marks a span as failed.
func (s *Span) Fail() {
	if s != nil {
		s.span.SetStatus(codes.Error, "see the log")
	}
}
