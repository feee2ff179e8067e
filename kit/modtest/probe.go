package modtest

import (
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
)

// Visitor is somebody who asks a program: where they stand and what they carry.
type Visitor struct {
	Handler http.Handler
	Host    string
	Base    string            // stands before every path
	Token   string            // of the REST interface
	Cookies map[string]string // by name
	Header  map[string]string
}

// Ask is one request.
type Ask struct {
	Method, Path string
	Type, Body   string // of what is sent; a form when Type is empty
}

// Answer is what a visitor learns from a request.
type Answer struct {
	Status   int
	Location string
	Cookies  []string
	Body     string
}

// asked counts requests, so that each comes from an address of its own and no
// limit per address answers instead of the route.
var asked atomic.Uint32

// Ask asks, and takes out of the answer what differs between any two requests.
func (v Visitor) Ask(q Ask) Answer {
	r := httptest.NewRequest(q.Method, "http://"+v.Host+v.Base+q.Path, strings.NewReader(q.Body))
	n := asked.Add(1)
	r.RemoteAddr = fmt.Sprintf("10.%d.%d.%d:99", n>>16&255, n>>8&255, n&255)
	if r.Header.Set("Content-Type", q.Type); q.Type == "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, name := range slices.Sorted(maps.Keys(v.Cookies)) {
		r.AddCookie(&http.Cookie{Name: name, Value: v.Cookies[name]})
	}
	for name, value := range v.Header {
		r.Header.Set(name, value)
	}
	if v.Token != "" {
		r.Header.Set("Authorization", "Bearer "+v.Token)
	}
	w := httptest.NewRecorder()
	v.Handler.ServeHTTP(w, r)
	a := Answer{Status: w.Code, Location: w.Header().Get("Location"), Body: w.Body.String()}
	for _, ck := range w.Result().Cookies() {
		value := ck.Value
		if text, err := base64.RawURLEncoding.DecodeString(value); err == nil {
			value = string(text)
		}
		a.Cookies = append(a.Cookies, ck.Name+"="+value)
	}
	a = a.Without(w.Header().Get("X-Request-Id"))
	if m := nonce.FindStringSubmatch(w.Header().Get("Content-Security-Policy")); m != nil {
		a = a.Without(m[1])
	}
	for _, m := range ticket.FindAllStringSubmatch(a.Body, -1) {
		a = a.Without(m[1])
	}
	return a
}

// ticket is the number of a form that was shown, another one each time.
var ticket = regexp.MustCompile(`name="ticket" value="([^"]+)"`)

var nonce = regexp.MustCompile(`'nonce-([^']+)'`)

// Without is the answer as it reads when word stands nowhere in it.
func (a Answer) Without(word string) Answer {
	if word == "" {
		return a
	}
	const gap = "…"
	a.Location = strings.ReplaceAll(a.Location, word, gap)
	a.Body = strings.ReplaceAll(a.Body, word, gap)
	a.Cookies = slices.Clone(a.Cookies)
	for i, c := range a.Cookies {
		a.Cookies[i] = strings.ReplaceAll(c, word, gap)
	}
	return a
}

// Same tells whether a visitor cannot tell two answers apart.
func (a Answer) Same(b Answer) bool {
	return a.Status == b.Status && a.Location == b.Location && a.Body == b.Body && slices.Equal(a.Cookies, b.Cookies)
}

// String is the answer in short, for reports.
func (a Answer) String() string {
	return fmt.Sprintf("%d %s %v (%d bytes)", a.Status, a.Location, a.Cookies, len(a.Body))
}

// Leak tells how the answer to a foreign identifier betrays that something of
// another tenant has it, and is empty when it reads like that to an unknown
// one. ask makes the request that names an identifier.
func (v Visitor) Leak(ask func(id string) Ask, foreign, unknown string) string {
	before := v.Ask(ask(unknown)).Without(unknown)
	got := v.Ask(ask(foreign)).Without(foreign)
	if got.Same(before) {
		return ""
	}
	// What was asked first may itself have changed the answer to what follows.
	after := v.Ask(ask(unknown)).Without(unknown)
	if got.Same(after) {
		return ""
	}
	q := ask(foreign)
	return fmt.Sprintf("%s %s tells a foreign identifier from an unknown one: %v and %v", q.Method, q.Path, got, after)
}

// Knows tells whether the route answers otherwise for own than for an unknown
// identifier. A route that never does was not really asked.
func (v Visitor) Knows(ask func(id string) Ask, own, unknown string) bool {
	return !v.Ask(ask(own)).Without(own).Same(v.Ask(ask(unknown)).Without(unknown))
}
