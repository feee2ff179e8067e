package orders

import (
	"errors"
	"fmt"

	"orion/kit/money"
)

// Trace is how a total came about: every step with what went in and what came
// out. It is stored with the order, so that the sum can be explained and
// computed again years later, when prices and rates have changed.
type Trace struct {
	Currency money.Currency `json:"currency"`
	Ruling   Ruling         `json:"ruling"`
	Steps    []Step         `json:"steps"`
}

// Step is one computation. Of names earlier steps.
type Step struct {
	Name   string   `json:"name"`
	Op     Op       `json:"op"`
	Label  string   `json:"label,omitempty"` // what people call it
	Value  int64    `json:"value,omitempty"` // what goes in from outside, in minor units
	Factor int64    `json:"factor,omitempty"`
	Of     []string `json:"of,omitempty"`
	Result int64    `json:"result"`
}

// Op is what a step does.
type Op string

// The operations.
const (
	OpTimes    Op = "times"    // Value × Factor
	OpSum      Op = "sum"      // of the steps in Of
	OpIncluded Op = "included" // tax of Factor basis points contained in the sum of Of
)

var errTrace = errors.New("the trace does not add up")

// Check computes every step again and compares.
func (t Trace) Check() error {
	known := map[string]money.Amount{}
	for _, s := range t.Steps {
		got, err := s.compute(t.Currency, known)
		if err != nil {
			return fmt.Errorf("step %s: %w", s.Name, err)
		}
		if got.Minor != s.Result {
			return fmt.Errorf("step %s gives %d, not %d: %w", s.Name, got.Minor, s.Result, errTrace)
		}
		known[s.Name] = got
	}
	return nil
}

func (s Step) compute(c money.Currency, known map[string]money.Amount) (money.Amount, error) {
	if s.Op == OpTimes {
		return money.New(s.Value, c).Times(s.Factor)
	}
	parts := make([]money.Amount, len(s.Of))
	for i, name := range s.Of {
		part, ok := known[name]
		if !ok {
			return money.Amount{}, fmt.Errorf("%q is unknown: %w", name, errTrace)
		}
		parts[i] = part
	}
	sum, err := money.Sum(c, parts...)
	switch {
	case err != nil:
		return money.Amount{}, err
	case s.Op == OpSum:
		return sum, nil
	case s.Op == OpIncluded:
		return sum.Included(s.Factor)
	}
	return money.Amount{}, fmt.Errorf("operation %q: %w", s.Op, errTrace)
}

// tally computes and writes the trace at the same time, so that the two cannot
// differ. After the first error it computes no more.
type tally struct {
	trace Trace
	known map[string]money.Amount
	err   error
}

func newTally(c money.Currency, r Ruling) *tally {
	return &tally{trace: Trace{Currency: c, Ruling: r}, known: map[string]money.Amount{}}
}

func (t *tally) step(s Step) money.Amount {
	if t.err != nil {
		return money.Amount{}
	}
	result, err := s.compute(t.trace.Currency, t.known)
	if err != nil {
		t.err = fmt.Errorf("compute %s: %w", s.Name, err)
		return money.Amount{}
	}
	s.Result = result.Minor
	t.known[s.Name] = result
	t.trace.Steps = append(t.trace.Steps, s)
	return result
}
