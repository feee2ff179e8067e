package stripe

import (
	"errors"
	"fmt"
	"net/http"

	api "github.com/stripe/stripe-go/v85"

	"orion/kit/tenant"
	"orion/modules/payments"
)

var (
	errOther   = errors.New("stripe: the intent belongs to another request")
	errTooMany = errors.New("stripe: too many intents to look through")

	errNoAccount = errors.New("stripe: the store has no account")
)

// heard is what a failed call says.
type heard struct {
	err    error  // without what the gateway repeats of the payer
	final  bool   // it will not happen; else nobody knows
	broken bool   // 5xx: it may have happened
	locked bool   // our key is not accepted: nothing happened, and staff mend it
	apart  bool   // the account that is named is not under our key's, or no more
	absent bool   // the account has no such thing
	bank   bool   // it was the card's bank that refused
	again  bool   // an answer that was given before under this key
	reason string // of what is final
}

// hear reads an error. Only what the gateway has understood and refused is
// final; no answer, its own failure, a busy key, too many calls and a key of ours
// that is wrong are not.
func hear(err error) heard {
	var e *api.Error
	if !errors.As(err, &e) {
		return heard{err: err}
	}
	h := heard{err: fmt.Errorf("stripe: %d %s %s (%s)", e.HTTPStatusCode, e.Type, e.Code, e.RequestID), reason: string(e.Code)}
	h.bank = e.Type == api.ErrorTypeCard
	h.apart = e.HTTPStatusCode == http.StatusForbidden && e.Code == api.ErrorCodeAccountInvalid
	h.absent = e.HTTPStatusCode == http.StatusNotFound
	if e.LastResponse != nil {
		h.again = e.LastResponse.Header.Get("Idempotent-Replayed") == "true"
	}
	switch s := e.HTTPStatusCode; {
	case s >= http.StatusInternalServerError:
		h.broken = true
	case s == http.StatusUnauthorized, s == http.StatusForbidden:
		h.locked = true
	case s == http.StatusConflict, s == http.StatusTooManyRequests:
	case e.Type == api.ErrorTypeIdempotency:
	default:
		h.final = true
	}
	if h.reason == "" {
		h.reason = "declined"
	}
	return h
}

// asked is what is known after a question that failed.
func (h heard) asked() (payments.Snapshot, error) {
	if h.absent {
		return payments.Snapshot{Outcome: payments.Elsewhere}, nil
	}
	return payments.Snapshot{Outcome: payments.Unknown}, h.err
}

// snapshot is what is known after a call that failed.
func (h heard) snapshot() (payments.Snapshot, error) {
	if h.final {
		return payments.Snapshot{Outcome: payments.Declined, Reason: h.reason}, nil
	}
	return payments.Snapshot{Outcome: payments.Unknown}, h.err
}

// snapshot is how an intent stands. A card that was declined leaves the intent
// open for another, so that is the payer's turn again and no end.
func (g *Gateway) snapshot(in tenant.Store, i *api.PaymentIntent) payments.Snapshot {
	s := payments.Snapshot{Outcome: payments.Unknown, External: i.ID, Key: i.Metadata[keyName]}
	if i.SetupFutureUsage != "" {
		s.Saved = kept(i.PaymentMethod)
	}
	switch i.Status {
	case api.PaymentIntentStatusSucceeded:
		s.Outcome, s.Amount = payments.Succeeded, amount(i.AmountReceived, i.Currency)
	case api.PaymentIntentStatusRequiresCapture:
		s.Outcome, s.Amount = payments.Held, amount(i.AmountCapturable, i.Currency)
	case api.PaymentIntentStatusProcessing:
		s.Outcome = payments.Processing
	case api.PaymentIntentStatusRequiresPaymentMethod, api.PaymentIntentStatusRequiresConfirmation, api.PaymentIntentStatusRequiresAction:
		s.Outcome, s.Redirect = payments.RequiresAction, g.o.Page(in, i.Metadata[paymentName])
		if e := i.LastPaymentError; e != nil {
			s.Reason = string(e.Code)
		}
	case api.PaymentIntentStatusCanceled:
		s.Outcome, s.Reason = payments.Voided, "cancelled"
	}
	return s
}
