package payments

import (
	"strconv"
	"time"

	"orion/modules/payments/paymentsapi"
)

// AttemptStatus is where an attempt stands.
type AttemptStatus string

// The states of an attempt, from the weakest knowledge to the strongest. An
// attempt does not go back, except between the payer's turn and the gateway's:
// what a gateway said later counts, not what arrived later.
const (
	attemptSent       AttemptStatus = "sent"            // stored, and the gateway is being asked
	attemptUnknown    AttemptStatus = "unknown"         // asked, no answer
	attemptAction     AttemptStatus = "requires_action" // the payer's turn
	attemptPending    AttemptStatus = "pending"         // the gateway's turn, or the bank's
	attemptMismatch   AttemptStatus = "mismatch"        // the gateway took another amount than we asked for
	attemptDeclined   AttemptStatus = "declined"
	attemptCancelled  AttemptStatus = "cancelled"
	attemptAuthorised AttemptStatus = "authorised"
	attemptSucceeded  AttemptStatus = "succeeded"
)

var rank = map[AttemptStatus]int{
	attemptSent: 0, attemptUnknown: 1, attemptAction: 2, attemptPending: 3, attemptMismatch: 4,
	attemptDeclined: 5, attemptCancelled: 5, attemptAuthorised: 6, attemptSucceeded: 7,
}

// beats tells whether a state is news to an attempt. What is held can be let go,
// and then it is over. What a gateway worked on can become the payer's turn, as
// when a bank wants to see them after all. And of what is held another amount can
// be taken than we asked for.
func (s AttemptStatus) beats(known AttemptStatus) bool {
	switch known {
	case attemptAuthorised:
		return s == attemptSucceeded || s == attemptCancelled || s == attemptMismatch
	case attemptPending:
		return rank[s] > rank[known] || s == attemptAction
	}
	return rank[s] > rank[known]
}

var statusOf = map[Outcome]AttemptStatus{
	Unknown: attemptUnknown, Elsewhere: attemptUnknown, RequiresAction: attemptAction, Processing: attemptPending, Declined: attemptDeclined,
	Voided: attemptCancelled, Held: attemptAuthorised, Succeeded: attemptSucceeded,
}

// attempt is one try to pay at a gateway.
type attempt struct {
	ID        AttemptID
	Payment   paymentsapi.PaymentID
	Number    int64
	Gateway   string
	Status    AttemptStatus
	Key       string // stored before the gateway is called
	External  string
	Redirect  string
	Reason    string
	Take      bool      // what is held is to be taken; stored before the gateway is asked
	SaveAt    time.Time // when the payer agreed that what they pay with is saved; zero is not at all
	Method    MethodID  // the saved one that it was tried with last; zero is none
	Uses      int64     // so many tries with saved ones; each has a key of its own
	Checks    int64
	CheckAt   time.Time // when the gateway is asked next; zero is never
	CreatedAt time.Time
	ChangedAt time.Time
}

// keyPrefix begins our keys, so that a gateway's books show what is ours.
const keyPrefix = "orion-"

func newAttempt(number AttemptID, p payment) attempt {
	return attempt{
		ID: number, Payment: p.ID, Number: p.Tries + 1, Gateway: p.Method, Status: attemptSent,
		Key: keyPrefix + number.String(),
	}
}

// over tells that this attempt will not change by itself any more.
func (a attempt) over() bool {
	switch a.Status {
	case attemptDeclined, attemptCancelled, attemptSucceeded, attemptMismatch:
		return true
	}
	return false
}

// useKey is the key of the latest try with a saved method.
func (a attempt) useKey() string { return a.Key + "-use-" + strconv.FormatInt(a.Uses, 10) }

func (a attempt) ref() Ref { return Ref{Key: a.Key, External: a.External, At: a.CreatedAt} }

const (
	firstCheck = time.Minute
	lastCheck  = 6 * time.Hour
	giveUp     = 5 * 24 * time.Hour // an attempt that is not resolved by then waits for people
	abandoned  = 24 * time.Hour     // a payer who has not come back by then does not
)

// again is when to ask the gateway next: after a minute, then twice as long
// each time, and never once people have to look. What staff want taken is asked
// for until the gateway has answered.
func (a attempt) again(now time.Time) time.Time {
	if now.Sub(a.CreatedAt) > giveUp && !a.Take {
		return time.Time{}
	}
	wait := firstCheck << min(a.Checks, 10)
	return now.Add(min(wait, lastCheck))
}
