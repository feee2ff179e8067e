package payments

import (
	"strconv"
	"time"

	"orion/kit/fault"
	"orion/kit/id"
	"orion/kit/money"
	"orion/modules/payments/paymentsapi"
)

// DisputeID names a dispute.
type DisputeID = id.ID[disputeKind]

type disputeKind struct{}

// Prefix of dispute identifiers.
func (disputeKind) Prefix() string { return "pdp" }

var (
	errNoDispute     = fault.New(fault.NotFound, "payments.no_dispute")
	errNotAnswerable = fault.New(fault.Rule, "payments.dispute_not_answerable")
	errEvidence      = fault.New(fault.Invalid, "payments.dispute_evidence_form")
)

// answerKind is what a store said to a dispute.
type answerKind string

const (
	contested answerKind = "contest"
	conceded  answerKind = "concede"
)

// dispute is money that a payer's bank takes back, or asks about.
type dispute struct {
	ID       DisputeID
	Payment  paymentsapi.PaymentID
	Attempt  AttemptID // that took the money
	Gateway  string
	External string
	Amount   money.Amount // in the gateway's words; never changes here
	Reason   string
	Status   DisputeStatus
	Held     int64     // of it, what the ledger has as claimed
	Lost     int64     // of it, what the ledger has as lost
	DueAt    time.Time // zero is never
	OpenedAt time.Time
	ClosedAt time.Time // zero while it is open

	Answer     answerKind
	Sending    bool      // the gateway is being told; stored before it is
	SentAt     time.Time // when it was known to have heard
	Key        string    // of the answer
	Evidence   Evidence
	Edition    int64  // of the evidence: how often staff have written
	Problem    string // why the answer was not taken
	Actor      string // who answered
	AnsweredAt time.Time
	Reminded   bool // staff were told that the time to answer ends soon

	Checks  int64
	CheckAt time.Time
	Version int64
}

// disputeRank orders states by what comes later. An inquiry that was closed can still
// become a dispute, and what was lost can be won; nothing goes the other way.
var disputeRank = map[DisputeStatus]int{
	InquiryOpen: 1, InquiryReviewed: 2, InquiryClosed: 3, NeedsResponse: 4, DisputeReviewed: 5, DisputeLost: 6, DisputeWon: 7,
}

func (s DisputeStatus) inquiry() bool {
	return s == InquiryOpen || s == InquiryReviewed || s == InquiryClosed
}

func (s DisputeStatus) over() bool {
	return s == InquiryClosed || s == DisputeLost || s == DisputeWon
}

// learn takes in how a dispute stands. It is monotonic: what is older than what is
// known changes nothing, and it tells false.
func (d *dispute) learn(s DisputeSnapshot, now time.Time) bool {
	if disputeRank[s.Status] < max(1, disputeRank[d.Status]) {
		return false
	}
	if d.Status.inquiry() && !s.Status.inquiry() {
		d.Answer, d.Sending, d.SentAt, d.Problem, d.Reminded = "", false, time.Time{}, "", false // the bank asks anew
	}
	d.Status, d.Reason, d.DueAt = s.Status, s.Reason, s.DueAt
	switch {
	case !d.Status.over():
		d.ClosedAt = time.Time{}
	case d.ClosedAt.IsZero():
		d.ClosedAt = now
	}
	return true
}

// heard notes that an answer has arrived, or that it does not matter any more.
func (d *dispute) heard(s DisputeSnapshot, now time.Time) {
	if !d.Sending {
		return
	}
	switch {
	case s.Answer == d.Key && d.Answer == contested, d.Answer == conceded && s.Status == DisputeLost:
		d.Sending, d.SentAt = false, now
	case !d.Status.waits():
		d.Sending, d.Problem = false, "answered_there" // by somebody on the gateway's own pages, or time
	}
}

// waits tells whether the bank waits for the store.
func (s DisputeStatus) waits() bool { return s == InquiryOpen || s == NeedsResponse }

// answerable tells whether staff can say something.
func (d *dispute) answerable(now time.Time) bool {
	return d.Status.waits() && !d.Sending && d.SentAt.IsZero() && now.Before(d.DueAt)
}

// concedable tells whether staff can leave the money to the payer. An inquiry is
// ended by giving it back.
func (d *dispute) concedable(now time.Time) bool {
	return d.Status == NeedsResponse && d.answerable(now)
}

// answer begins an answer, under a key of its own.
func (d *dispute) answer(kind answerKind, by string, now time.Time) {
	d.Answer, d.Sending, d.Problem, d.Actor, d.AnsweredAt = kind, true, "", by, now
	d.Key = keyPrefix + d.ID.String() + "-" + strconv.FormatInt(d.Version, 10)
	d.Checks, d.CheckAt = 0, now
}

// books tells how much of a dispute has to stand in the ledger: claimed or lost.
func (d *dispute) books() (held, lost int64) {
	switch d.Status {
	case NeedsResponse, DisputeReviewed:
		return d.Amount.Minor, 0
	case DisputeLost:
		return 0, d.Amount.Minor
	}
	return 0, 0
}

// booked tells whether the ledger has all of it.
func (d *dispute) booked() bool {
	held, lost := d.books()
	return d.Held == held && d.Lost == lost
}

// contend posts what a dispute's state means for the ledger. Where the payment does
// not have the amount nothing is posted, and it is asked again: a refund under way
// may fail.
func (p *payment) contend(d *dispute) (posts []posting, err error) {
	post := func(one posting, failed error) {
		if err == nil {
			err = failed
		}
		posts = append(posts, one)
	}
	held, lost := d.books()
	if d.booked() {
		return nil, nil
	}
	if held+lost > 0 && d.Held+d.Lost == 0 {
		if d.Amount.Currency != p.Amount.Currency || d.Amount.Minor > p.refundable() {
			return nil, nil
		}
		post(p.claim(d.Amount.Minor))
		d.Held = d.Amount.Minor
	}
	switch {
	case lost > 0 && d.Held > 0:
		post(p.lose(d.Held))
		d.Lost, d.Held = d.Held, 0
	case held+lost == 0 && d.Held > 0:
		post(p.win(d.Held))
		d.Held = 0
	case held+lost == 0 && d.Lost > 0:
		post(p.winLate(d.Lost))
		d.Lost = 0
	}
	return posts, err
}

const (
	disputeEvery = 6 * time.Hour      // an open one is asked about
	remindBefore = 3 * 24 * time.Hour // the time to answer ends
)

// again is when the gateway is asked next. What is being sent, and what the ledger
// cannot have yet, is asked about sooner.
func (d *dispute) again(now time.Time) time.Time {
	soon := now.Add(min(firstCheck<<min(d.Checks, 10), lastCheck))
	switch {
	case d.Sending:
		return soon
	case !d.Status.over():
		if !d.booked() {
			return soon
		}
		return now.Add(disputeEvery)
	case !d.booked() && now.Sub(d.ClosedAt) < giveUp:
		return soon
	}
	return time.Time{}
}
