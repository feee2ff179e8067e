package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/observe"
)

// Problem is the body of every answer that is not a success (RFC 9457).
type Problem struct {
	Title     string         `json:"title" doc:"A sentence for people, in the caller's language" example:"Only 3 left"`
	Status    int            `json:"status" example:"409"`
	Code      string         `json:"code" doc:"Stable; programs act on this" example:"inventory.short"`
	Detail    map[string]any `json:"detail,omitempty" doc:"Values that belong to the code"`
	Fields    []ProblemField `json:"fields,omitempty" doc:"What is wrong with which field"`
	RequestID string         `json:"request_id,omitempty"`
	header    http.Header
}

// ProblemField is what is wrong with one field.
type ProblemField struct {
	Name  string `json:"name" example:"email"`
	Code  string `json:"code" example:"form.bad_email"`
	Title string `json:"title" example:"This is not an e-mail address"`
}

// Error implements error.
func (p *Problem) Error() string { return p.Code }

// GetStatus implements huma.StatusError; the name is huma's.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders implements huma.HeadersError; the name is huma's.
func (p *Problem) GetHeaders() http.Header { return p.header }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

func newProblem(w i18n.Words, f *fault.Error, requestID string) *Problem {
	p := &Problem{Title: w.Fault(f), Status: StatusOf(f.Kind), Code: f.Code, RequestID: requestID}
	if f.Kind != fault.Internal {
		p.Detail = f.Args
	}
	for _, field := range f.Fields {
		p.Fields = append(p.Fields, ProblemField{Name: field.Name, Code: field.Code, Title: w.FaultField(field)})
	}
	if after := retryAfter(f); after != "" {
		p.header = http.Header{"Retry-After": {after}}
	}
	return p
}

func (c *apiCtx[A]) problem(err error) error {
	f := fault.As(err)
	if f.Kind == fault.Internal && !gone(c.r, err) {
		c.state.site.options.Errors(observe.About(c.r.Context(), c.state), "request failed", "route", c.state.route.String(), "error", err.Error())
	}
	return newProblem(c.words, f, c.state.requestID)
}

func writeFault(w http.ResponseWriter, words i18n.Words, f *fault.Error, st *state) {
	p := newProblem(words, f, st.requestID)
	w.Header().Set("Content-Type", "application/problem+json")
	if after := p.header.Get("Retry-After"); after != "" {
		w.Header().Set("Retry-After", after)
	}
	st.status = p.Status
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}

// humaError gives huma's own refusals, such as a failed validation, the same
// body as ours.
func humaError(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
	p := &Problem{Title: msg, Status: status, Code: "api." + strings.ReplaceAll(strings.ToLower(http.StatusText(status)), " ", "_")}
	if ctx != nil {
		if w := WordsOf(ctx.Context()); w.Has("api.invalid") && status == http.StatusUnprocessableEntity {
			p.Title, p.Code = w.T("api.invalid"), "api.invalid"
		}
	}
	for _, err := range errs {
		var own *Problem
		if errors.As(err, &own) {
			return own
		}
		var d huma.ErrorDetailer
		if errors.As(err, &d) {
			e := d.ErrorDetail()
			p.Fields = append(p.Fields, ProblemField{Name: strings.TrimPrefix(e.Location, "body."), Code: "form.invalid", Title: e.Message})
		}
	}
	return p
}

// statusWriter remembers the status for metrics.
type statusWriter struct {
	http.ResponseWriter
	state *state
}

// WriteHeader implements http.ResponseWriter.
func (w *statusWriter) WriteHeader(status int) {
	w.state.status = status
	w.ResponseWriter.WriteHeader(status)
}

// httpDiscard takes the headers that a limiter writes where nobody wants them.
type httpDiscard struct{}

// Header implements http.ResponseWriter.
func (httpDiscard) Header() http.Header { return http.Header{} }

// Write implements http.ResponseWriter.
func (httpDiscard) Write(b []byte) (int, error) { return len(b), nil }

// WriteHeader implements http.ResponseWriter.
func (httpDiscard) WriteHeader(int) {}

func itoa(n int) string { return strconv.Itoa(n) }
