package paytest

import (
	"context"
	"net/http"
	"strings"
	"time"
)

const (
	orderKeys   = 6 * time.Hour       // how long the keys of orders are remembered
	paymentKeys = 45 * 24 * time.Hour // and those of authorisations, captures and refunds
)

// remembered is what was done under a key.
type remembered struct {
	asked   string // method, path and body
	running bool
	done    result
	at      time.Time
}

// answer is a whole answer.
type answer struct {
	status int
	body   []byte
}

func (a answer) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body)
}

// once does a call, or answers how that stands by now which was done under the same
// key. As documented: what was refused or failed is not remembered; the same key for
// something else is refused; keys of orders are forgotten after six hours.
func (p *PayPal) once(r *http.Request, e errand, f Fault, do func(errand) (result, *Refusal)) answer {
	if r.Method != http.MethodPost || e.key == "" {
		_, out := p.run(r.Context(), e, f, do)
		return out
	}
	life, again := orderKeys, http.StatusOK
	if strings.HasPrefix(r.URL.Path, "/v2/payments/") {
		life, again = paymentKeys, http.StatusCreated
	}
	asked := e.what + " " + string(e.body)
	p.mu.Lock()
	k, known := e.a.keys[e.key]
	known = known && p.clock.Now().Sub(k.at) <= life
	switch {
	case known && k.asked != asked:
		p.mu.Unlock()
		return unprocessable("DUPLICATE_REQUEST_ID", http.StatusUnprocessableEntity).answer()
	case known && k.running:
		p.mu.Unlock()
		return unprocessable("PREVIOUS_REQUEST_IN_PROGRESS", http.StatusConflict).answer()
	case known:
		defer p.mu.Unlock()
		return answer{again, encode(k.done.show(e.whole))}
	}
	k = &remembered{asked: asked, running: true, at: p.clock.Now()}
	e.a.keys[e.key] = k
	p.mu.Unlock()

	done, out := p.run(context.WithoutCancel(r.Context()), e, f, do)

	p.mu.Lock()
	defer p.mu.Unlock()
	if k.running, k.done = false, done; done.show == nil {
		delete(e.a.keys, e.key)
	}
	return out
}

// run does a call with the books locked, and fails as the script says.
func (p *PayPal) run(ctx context.Context, e errand, f Fault, do func(errand) (result, *Refusal)) (result, answer) {
	p.linger(ctx, f)
	if f.Do == FailBefore {
		return result{}, broke().answer()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tick()
	done, refusal := do(e)
	switch {
	case f.Do == FailAfter:
		return done, broke().answer()
	case refusal != nil:
		return result{}, refusal.answer()
	case done.show == nil:
		return done, answer{http.StatusNoContent, nil}
	}
	return done, answer{done.status, encode(done.show(e.whole))}
}

// Refusal is PayPal's error.
type Refusal struct {
	Name    string  `json:"name"`
	Message string  `json:"message"`
	Number  string  `json:"debug_id"`
	Details []Issue `json:"details,omitempty"`
	Links   []Link  `json:"links,omitempty"`

	status int
}

// Issue is what is wrong.
type Issue struct {
	Issue       string `json:"issue"`
	Description string `json:"description"`
}

// Link leads somewhere.
type Link struct {
	Href   string `json:"href"`
	Rel    string `json:"rel"`
	Method string `json:"method,omitempty"`
}

func (r *Refusal) answer() answer {
	r.Number = "f0f0f0f0f0f0f"
	return answer{r.status, encode(r)}
}

func (r *Refusal) write(w http.ResponseWriter) {
	again := *r
	again.answer().write(w)
}

// unprocessable is a request that was understood and cannot be done now.
func unprocessable(issue string, status int) *Refusal {
	return &Refusal{
		Name: "UNPROCESSABLE_ENTITY", Message: "The requested action could not be performed, semantically incorrect, or failed business validation.",
		Details: []Issue{{issue, strings.ToLower(strings.ReplaceAll(issue, "_", " "))}}, status: status,
	}
}

func cannot(issue string) *Refusal { return unprocessable(issue, http.StatusUnprocessableEntity) }

// invalidRequest is a request that can never be done.
func invalidRequest(issue string) *Refusal {
	r := unprocessable(issue, http.StatusBadRequest)
	r.Name, r.Message = "INVALID_REQUEST", "Request is not well-formed, syntactically incorrect, or violates schema."
	return r
}

func noSuch() *Refusal {
	r := unprocessable("INVALID_RESOURCE_ID", http.StatusNotFound)
	r.Name, r.Message = "RESOURCE_NOT_FOUND", "The specified resource does not exist."
	return r
}

func broke() *Refusal {
	return &Refusal{Name: "INTERNAL_SERVER_ERROR", Message: "An internal server error has occurred.", status: http.StatusInternalServerError}
}
