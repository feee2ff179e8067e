// Package fault is the one error type that crosses layers: a kind, which the
// web maps to a status once, and a stable code, which is also the key of the
// sentence that a person reads.
package fault

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Kind says what sort of thing went wrong, and so whose turn it is.
type Kind uint8

// The kinds, with the HTTP status that kit/web gives them.
const (
	Internal        Kind = iota // 500: ours
	Invalid                     // 422: a field must change
	Unauthenticated             // 401: sign in first
	Forbidden                   // 403: not with these permissions
	NotFound                    // 404: unknown here, or another tenant's
	Conflict                    // 409: somebody was faster; look again
	Rule                        // 400: the state of things forbids it
	RateLimit                   // 429: later
	Upstream                    // 502: a service that we depend on
	Unavailable                 // 503: not now; the argument retry_after says in how many seconds
)

var kindNames = [...]string{"internal", "invalid", "unauthenticated", "forbidden", "not_found", "conflict", "rule", "rate_limit", "upstream", "unavailable"}

// String is the kind's name in snake case.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "internal"
}

// Field is what is wrong with one field of the input.
type Field struct {
	Name string         // as in the form or JSON, with dots for nesting
	Code string         // translation key
	Args map[string]any // for the sentence; never personal data
}

// Error is a fault. Values are immutable: With, Field and Because return
// changed copies, so a package variable can be refined safely.
type Error struct {
	Kind   Kind
	Code   string
	Args   map[string]any
	Fields []Field
	cause  error
}

// New is a fault of a kind with a stable code like "orders.empty_cart".
func New(k Kind, code string) *Error { return &Error{Kind: k, Code: code} }

// With adds an argument for the sentence.
func (e *Error) With(key string, value any) *Error {
	c := *e
	c.Args = maps.Clone(e.Args)
	if c.Args == nil {
		c.Args = map[string]any{}
	}
	c.Args[key] = value
	return &c
}

// Field adds a field error; kv are pairs of argument name and value.
func (e *Error) Field(name, code string, kv ...any) *Error {
	c := *e
	f := Field{Name: name, Code: code}
	for i := 0; i+1 < len(kv); i += 2 {
		if f.Args == nil {
			f.Args = map[string]any{}
		}
		f.Args[fmt.Sprint(kv[i])] = kv[i+1]
	}
	c.Fields = append(slices.Clone(e.Fields), f)
	return &c
}

// Because keeps the cause for the log; a reader never sees it.
func (e *Error) Because(err error) *Error {
	c := *e
	c.cause = err
	return &c
}

// OrNil is nil when no field error was collected, and the fault otherwise.
func (e *Error) OrNil() error {
	if len(e.Fields) == 0 {
		return nil
	}
	return e
}

// Error is for logs.
func (e *Error) Error() string {
	s := e.Code
	for _, f := range e.Fields {
		s += " " + f.Name + "=" + f.Code
	}
	if e.cause != nil {
		s += ": " + e.cause.Error()
	}
	return s
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.cause }

// Is holds for faults of the same code, whatever their arguments.
func (e *Error) Is(target error) bool {
	var t *Error
	return errors.As(target, &t) && t.Code == e.Code
}

var internal = New(Internal, "internal")

// As finds the fault in err; an error without one becomes an internal fault
// with err as its cause. It is nil only for nil.
func As(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return internal.Because(err)
}
