package trace

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"
)

// collector sends spans as OTLP in JSON over HTTP
// (https://opentelemetry.io/docs/specs/otlp/#otlphttp). The exporter of
// OpenTelemetry brings gRPC along, which is larger than all of this program.
type collector struct {
	url    string
	client *http.Client
}

const sendTime = 10 * time.Second

func newCollector(endpoint string) *collector {
	return &collector{url: endpoint + "/v1/traces", client: &http.Client{Timeout: sendTime}}
}

// The parts of a message, as the protocol names them.
type (
	pairJSON struct {
		Key   string `json:"key"`
		Value struct {
			Text string `json:"stringValue"`
		} `json:"value"`
	}
	spanJSON struct {
		TraceID string     `json:"traceId"`
		SpanID  string     `json:"spanId"`
		Parent  string     `json:"parentSpanId,omitempty"`
		Name    string     `json:"name"`
		Kind    int        `json:"kind"`
		Start   string     `json:"startTimeUnixNano"`
		End     string     `json:"endTimeUnixNano"`
		Pairs   []pairJSON `json:"attributes,omitempty"`
		Status  statusJSON `json:"status"`
		State   string     `json:"traceState,omitempty"`
	}
	statusJSON struct {
		Code    int    `json:"code,omitempty"`
		Message string `json:"message,omitempty"`
	}
	scopeJSON struct {
		Scope struct {
			Name string `json:"name"`
		} `json:"scope"`
		Spans []spanJSON `json:"spans"`
	}
	resourceJSON struct {
		Resource struct {
			Pairs []pairJSON `json:"attributes"`
		} `json:"resource"`
		Scopes []scopeJSON `json:"scopeSpans"`
	}
	messageJSON struct {
		Resources []resourceJSON `json:"resourceSpans"`
	}
)

// failedCode is OTLP's number of a status that is an error.
const failedCode = 2

func pairsOf(attrs []attribute.KeyValue) []pairJSON {
	out := make([]pairJSON, len(attrs))
	for i, a := range attrs {
		out[i].Key, out[i].Value.Text = string(a.Key), a.Value.String()
	}
	return out
}

func message(spans []sdk.ReadOnlySpan) messageJSON {
	var r resourceJSON
	r.Resource.Pairs = pairsOf(spans[0].Resource().Attributes())
	var scope scopeJSON
	scope.Scope.Name = "orion"
	for _, s := range spans {
		span := spanJSON{
			TraceID: s.SpanContext().TraceID().String(), SpanID: s.SpanContext().SpanID().String(), Name: s.Name(), Kind: int(s.SpanKind()),
			Start: nanos(s.StartTime()), End: nanos(s.EndTime()), Pairs: pairsOf(s.Attributes()), State: s.SpanContext().TraceState().String(),
		}
		if s.Parent().SpanID().IsValid() {
			span.Parent = s.Parent().SpanID().String()
		}
		if s.Status().Code == codes.Error {
			span.Status = statusJSON{failedCode, s.Status().Description}
		}
		scope.Spans = append(scope.Spans, span)
	}
	r.Scopes = []scopeJSON{scope}
	return messageJSON{[]resourceJSON{r}}
}

func nanos(t time.Time) string { return strconv.FormatInt(t.UnixNano(), 10) }

// ExportSpans sends a batch; what a collector refuses is lost.
func (c *collector) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	if len(spans) == 0 {
		return nil
	}
	body, err := json.Marshal(message(spans))
	if err != nil {
		return fmt.Errorf("write traces: %w", err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("send traces: %w", err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := c.client.Do(r)
	if err != nil {
		return fmt.Errorf("send traces: %w", err)
	}
	_, err = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<20))
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return fmt.Errorf("send traces: %w", err)
	}
	if answer.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("send traces: the collector answered %s", answer.Status)
	}
	return nil
}

// Shutdown has nothing left to do: batches are sent whole.
func (c *collector) Shutdown(context.Context) error { return nil }
