package paypal

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// largestAnswer is how much of an answer is read.
const largestAnswer = 8 << 20

// Problem is an answer of PayPal's that is none. It repeats nothing of the payer.
type Problem struct {
	Status int
	Name   string // "UNPROCESSABLE_ENTITY"
	Issue  string // "INSTRUMENT_DECLINED"
	Number string // under which PayPal finds the call again
	turn   string // where the payer goes on
}

// Error implements error.
func (p *Problem) Error() string {
	return fmt.Sprintf("paypal: %d %s %s (%s)", p.Status, p.Name, p.Issue, p.Number)
}

// client speaks for a store's account.
type client struct {
	g    *Gateway
	a    Account
	base string
}

// request is one call: what is asked for, under which key, and what is sent.
type request struct {
	method, path string
	key          string // PayPal-Request-Id; empty for what changes nothing
	body         any
}

// do calls, and reads the answer into out. A token that is not taken any more is
// got anew once: such a call has done nothing. All other repetitions are the
// caller's, so that they are the same for all gateways.
func (c *client) do(ctx context.Context, r request, out any) error {
	token, err := c.g.tokens.get(ctx, c, "")
	if err != nil {
		return err
	}
	err = c.send(ctx, r, token.value, out)
	if p, ok := errors.AsType[*Problem](err); !ok || p.Status != http.StatusUnauthorized {
		return err
	}
	if token, err = c.g.tokens.get(ctx, c, token.value); err != nil {
		return err
	}
	return c.send(ctx, r, token.value, out)
}

func (c *client) send(ctx context.Context, r request, token string, out any) error {
	var body io.Reader
	if r.body != nil {
		text, err := json.Marshal(r.body)
		if err != nil {
			return fmt.Errorf("paypal: write a request: %w", err)
		}
		body = bytes.NewReader(text)
	}
	call, err := http.NewRequestWithContext(ctx, r.method, c.base+r.path, body)
	if err != nil {
		return fmt.Errorf("paypal: %w", err)
	}
	call.Header.Set("Authorization", "Bearer "+token)
	call.Header.Set("Accept", "application/json")
	if r.method != http.MethodGet {
		call.Header.Set("Content-Type", "application/json")
		call.Header.Set("Prefer", "return=representation")
	}
	if r.key != "" {
		call.Header.Set("PayPal-Request-Id", r.key)
	}
	return c.g.answer(call, out)
}

// answer sends a request and reads what comes back: an object, nothing, or a Problem.
func (g *Gateway) answer(r *http.Request, out any) error {
	res, err := g.http.Do(r)
	if err != nil {
		return fmt.Errorf("paypal: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(res.Body, largestAnswer))
	switch {
	case err != nil:
		return fmt.Errorf("paypal: %w", err)
	case res.StatusCode/100 != 2:
		return problem(res, body)
	case out == nil || res.StatusCode == http.StatusNoContent:
		return nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		return errors.New("paypal: the answer cannot be read") // what it says is not for logs
	}
	return nil
}

// problem reads an answer that is none.
func problem(res *http.Response, body []byte) *Problem {
	var said struct {
		Name    string `json:"name"`
		Error   string `json:"error"` // of the token's address
		Number  string `json:"debug_id"`
		Details []struct {
			Issue string `json:"issue"`
		} `json:"details"`
		Links links `json:"links"`
	}
	_ = json.Unmarshal(body, &said) // a proxy between us says something else
	p := &Problem{Status: res.StatusCode, Name: said.Name, Number: said.Number, turn: said.Links.to("redirect")}
	if p.Name == "" {
		p.Name = said.Error
	}
	if len(said.Details) > 0 {
		p.Issue = said.Details[0].Issue
	}
	return p
}

// links are where an answer leads.
type links []struct {
	Rel  string `json:"rel"`
	Href string `json:"href"`
}

// to is the first of the links of these kinds.
func (l links) to(rels ...string) string {
	for _, rel := range rels {
		for _, one := range l {
			if one.Rel == rel {
				return one.Href
			}
		}
	}
	return ""
}

// heard is what a failed call says.
type heard struct {
	err    error
	final  bool // it will not happen; else nobody knows
	locked bool // our keys are not accepted: nothing happened, and staff mend it
	absent bool // the account has no such thing
	issue  string
}

// hear reads an error. Only what PayPal has understood and refused is final; no
// answer, its own failure, a call under way and too many calls are not.
func hear(err error) heard {
	p, ok := errors.AsType[*Problem](err)
	if !ok {
		return heard{err: err}
	}
	h := heard{err: err, issue: p.Issue, absent: p.Status == http.StatusNotFound}
	if h.issue == "" {
		h.issue = p.Name
	}
	switch s := p.Status; {
	case s >= http.StatusInternalServerError, s == http.StatusConflict, s == http.StatusTooManyRequests, s == http.StatusRequestTimeout:
	case s == http.StatusUnauthorized, s == http.StatusForbidden:
		h.locked = true
	default:
		h.final = h.issue != "PREVIOUS_REQUEST_IN_PROGRESS" && h.issue != "ORDER_COMPLETION_IN_PROGRESS"
	}
	return h
}

// reason is what is final, as a code of ours.
func (h heard) reason() string {
	if h.issue == "" {
		return "declined"
	}
	return strings.ToLower(h.issue)
}
