package paytest

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"

	"orion/kit/money"
)

// question is what a card's bank asks its owner.
type question struct {
	text   string
	open   bool // nobody has answered yet
	over   bool // and it was agreed to
	answer func(approved bool) bool
	back   string // address to which the payer comes back; empty tells the page around
	params url.Values
}

// asked finds the question of a page; the books are locked.
func (s *Stripe) asked(r *http.Request) (question, bool) {
	id, secret := r.PathValue("id"), r.PathValue("secret")
	for _, a := range s.accounts {
		if i, bad := a.intent(id); bad == nil && i.ClientSecret == secret {
			return question{
				text: "Do you pay " + i.spelled() + "?", open: i.Status == needsAction, over: i.Status == succeeded || i.Status == needsCapture,
				answer: func(approved bool) bool { return s.authenticate(a, i, approved) }, back: i.back,
				params: url.Values{"payment_intent": {i.ID}, "payment_intent_client_secret": {i.ClientSecret}},
			}, true
		}
		if i, bad := a.setup(id); bad == nil && i.ClientSecret == secret {
			return question{
				text: "Do you let the shop keep this card?", open: i.Status == needsAction, over: i.Status == succeeded,
				answer: func(approved bool) bool { return s.authenticateSetup(a, i, approved) }, back: i.back,
				params: url.Values{"setup_intent": {i.ID}, "setup_intent_client_secret": {i.ClientSecret}},
			}, true
		}
	}
	return question{}, false
}

const bankPage = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Test bank</title>
<link rel="stylesheet" href="/` + train + `/frame.css">
<main class="bank"><h1>Test bank</h1>%s</main></html>`

// showChallenge is the page of a card's bank.
func (s *Stripe) showChallenge(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q, ok := s.asked(r)
	if !ok {
		unknownRoute(r).write(w)
		return
	}
	pageHeaders(w, fileTypes[".html"])
	_, _ = fmt.Fprintf(w, bankPage, `<p>`+html.EscapeString(q.text)+` This is a demo: no money moves.</p>
<form method="post"><button class="is-main" name="answer" value="approve">Approve</button><button name="answer" value="refuse">Refuse</button></form>`)
}

// spelled is an intent's amount as people read it.
func (i *Intent) spelled() string {
	c, err := money.ParseCurrency(strings.ToUpper(i.Currency))
	if err != nil {
		return fmt.Sprint(i.Amount, " ", i.Currency)
	}
	return money.New(i.Amount, c).Decimal() + " " + string(c)
}

// postChallenge is the payer's answer to the bank. Where the bank asked on the
// shop's page, its script is told.
func (s *Stripe) postChallenge(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q, ok := s.asked(r)
	if !ok {
		unknownRoute(r).write(w)
		return
	}
	result := "failed"
	if q.over || q.open && q.answer(r.PostFormValue("answer") == "approve") {
		result = succeeded
	}
	u, err := url.Parse(q.back)
	if err != nil || q.back == "" {
		pageHeaders(w, fileTypes[".html"])
		_, _ = fmt.Fprintf(w, bankPage, `<p>`+result+`</p><script src="/`+train+`/done.js"></script>`)
		return
	}
	params := u.Query()
	for name := range q.params {
		params.Set(name, q.params.Get(name))
	}
	params.Set("redirect_status", result)
	u.RawQuery = params.Encode()
	http.Redirect(w, r, u.String(), http.StatusSeeOther)
}

// authenticate goes on with a challenged intent and tells whether it was paid.
func (s *Stripe) authenticate(a *account, i *Intent, approved bool) bool {
	if !approved {
		s.fail(a, i, notYou("payment_intent_authentication_failure"))
		return false
	}
	return s.charge(call{a: a}, i, a.methods[*i.Method]) == nil
}

// notYou is a payer who refused.
func notYou(code string) *Problem {
	return &Problem{Type: "invalid_request_error", Code: code, Message: "The provided PaymentMethod has failed authentication."}
}
