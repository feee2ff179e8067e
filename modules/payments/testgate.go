package payments

import (
	"context"
	"errors"
	"slices"
	"time"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
)

// Test is the code of the test gateway.
const Test = "test"

// testCharge is a request as the test gateway remembers it.
type testCharge struct {
	ID          int64
	Key         string
	Amount      money.Amount
	Status      testStatus
	Refunded    int64
	SilentUntil time.Time // it gives no answers before
	SucceedsAt  time.Time // of late ones
}

type testStatus string

const (
	testChoosing  testStatus = "choosing"  // the payer picks an outcome
	testChallenge testStatus = "challenge" // the payer approves or refuses
	testLate      testStatus = "late"      // succeeds by itself
	testHeld      testStatus = "held"      // until it is taken or let go
	testApproved  testStatus = "approved"
	testDeclined  testStatus = "declined"
	testCancelled testStatus = "cancelled"
)

// Choice is what a payer picks on the test gateway's page.
type Choice string

// The choices.
const (
	ChooseSuccess   Choice = "success"
	ChooseDecline   Choice = "decline"
	ChooseChallenge Choice = "challenge"
	ChooseTimeout   Choice = "timeout" // it succeeds, but the answer is lost
	ChooseLate      Choice = "late"    // it succeeds later
	ChooseHold      Choice = "hold"    // the amount is held until staff take it
	Approve         Choice = "approve" // of a challenge
	Refuse          Choice = "refuse"  // of a challenge
)

// silence is how long the test gateway gives no answers after a time-out.
const silence = 45 * time.Second

var errChoice = fault.New(fault.Invalid, "payments.unknown_choice")

// testGateway is a gateway for trying things out. It keeps its own books, as a
// real one does, and takes no money.
type testGateway struct {
	db   *db.DB
	page func(in tenant.Store, payment string) string // path of its page for a payment
	late func(in tenant.Store) time.Duration
}

// Descriptor implements Gateway.
func (g testGateway) Descriptor() Descriptor { return Descriptor{Code: Test, Icon: "puzzle"} }

// Create implements Gateway: the payer goes to the gateway's page.
func (g testGateway) Create(ctx context.Context, in tenant.Store, r Request) (Snapshot, error) {
	c, err := db.Write(ctx, g.db, in, func(tx tx) (testCharge, error) {
		c := testCharge{ID: tx.NewID(), Key: r.Key, Amount: r.Amount}
		if err := insertTestCharge(ctx, tx, c); err != nil {
			return c, err
		}
		return findTestCharge(ctx, tx, r.Key)
	})
	if err != nil {
		return Snapshot{}, err
	}
	s := c.snapshot(g.db.Clock().Now())
	if s.Outcome == RequiresAction {
		s.Redirect = g.page(in, r.Payment)
	}
	return s, nil
}

// Fetch implements Gateway.
func (g testGateway) Fetch(ctx context.Context, in tenant.Store, ref Ref) (Snapshot, error) {
	c, err := g.charge(ctx, in, ref.Key)
	if errors.Is(err, db.ErrNoRow) {
		return Snapshot{Outcome: Declined, Reason: "not_received"}, nil
	}
	if err != nil {
		return Snapshot{}, err
	}
	return c.snapshot(g.db.Clock().Now()), nil
}

// Cancel implements Canceller: what was taken stays taken.
func (g testGateway) Cancel(ctx context.Context, in tenant.Store, ref Ref) (Snapshot, error) {
	return g.move(ctx, in, ref, testCancelled, testChoosing, testChallenge, testHeld)
}

// Capture implements Capturer.
func (g testGateway) Capture(ctx context.Context, in tenant.Store, ref Ref) (Snapshot, error) {
	return g.move(ctx, in, ref, testApproved, testHeld)
}

// move changes a charge that is in one of these states, and tells how it stands.
func (g testGateway) move(ctx context.Context, in tenant.Store, ref Ref, to testStatus, from ...testStatus) (Snapshot, error) {
	c, err := g.charge(ctx, in, ref.Key)
	if err == nil && slices.Contains(from, c.Status) {
		was := c.Status
		c.Status = to
		if err := g.update(ctx, in, c, was); err != nil {
			return Snapshot{}, err
		}
	}
	return g.Fetch(ctx, in, ref)
}

// Refund implements Gateway.
func (g testGateway) Refund(ctx context.Context, in tenant.Store, r RefundRequest) (Snapshot, error) {
	return db.Write(ctx, g.db, in, func(tx tx) (Snapshot, error) {
		c, err := findTestCharge(ctx, tx, r.Charge.Key)
		if err != nil {
			return Snapshot{}, err
		}
		fresh, err := insertTestRefund(ctx, tx, c.ID, r)
		if err != nil {
			return Snapshot{}, err
		}
		done := Snapshot{Outcome: Succeeded, External: "tr_" + r.Key, Amount: r.Amount}
		if !fresh {
			return done, nil
		}
		ok, err := addTestRefund(ctx, tx, c.ID, r.Amount.Minor)
		if err == nil && !ok {
			return Snapshot{}, errAmount
		}
		return done, err
	})
}

// choose does what the payer picked. A choice that was made already stays.
func (g testGateway) choose(ctx context.Context, in tenant.Store, key string, pick Choice) error {
	c, err := g.charge(ctx, in, key)
	if err != nil {
		return err
	}
	was, now := c.Status, g.db.Clock().Now()
	switch pick {
	case ChooseSuccess, Approve:
		c.Status = testApproved
	case ChooseDecline, Refuse:
		c.Status = testDeclined
	case ChooseChallenge:
		c.Status = testChallenge
	case ChooseHold:
		c.Status = testHeld
	case ChooseTimeout:
		c.Status, c.SilentUntil = testApproved, now.Add(silence)
	case ChooseLate:
		c.Status, c.SucceedsAt = testLate, now.Add(g.late(in))
	default:
		return errChoice
	}
	if was != testChoosing && was != testChallenge {
		return nil
	}
	return g.update(ctx, in, c, was)
}

func (g testGateway) charge(ctx context.Context, in tenant.Store, key string) (testCharge, error) {
	return db.Read(ctx, g.db, in, func(tx tx) (testCharge, error) { return findTestCharge(ctx, tx, key) })
}

func (g testGateway) update(ctx context.Context, in tenant.Store, c testCharge, was testStatus) error {
	return db.Do(ctx, g.db, in, func(tx tx) error { return updateTestCharge(ctx, tx, c, was) })
}

// snapshot is what the gateway says of a charge at a time.
func (c testCharge) snapshot(now time.Time) Snapshot {
	s := Snapshot{External: "tg_" + c.Key}
	switch {
	case now.Before(c.SilentUntil):
		return Snapshot{Outcome: Unknown}
	case c.Status == testApproved, c.Status == testLate && !now.Before(c.SucceedsAt):
		s.Outcome, s.Amount = Succeeded, c.Amount
	case c.Status == testHeld:
		s.Outcome, s.Amount = Held, c.Amount
	case c.Status == testLate:
		s.Outcome = Processing
	case c.Status == testDeclined:
		s.Outcome, s.Reason = Declined, "declined"
	case c.Status == testCancelled:
		s.Outcome, s.Reason = Voided, "cancelled"
	default:
		s.Outcome = RequiresAction
	}
	return s
}

// TestPage is what the test gateway's page shows.
type TestPage struct {
	Reference string
	Amount    money.Amount
	Challenge bool // the payer approves or refuses
	Over      bool // chosen already
	key       string
}

// readTestPage reads the test gateway's page of a payment. Stores that do not offer
// it have none.
func (m *Module) readTestPage(ctx context.Context, in tenant.Store, id paymentsapi.PaymentID) (TestPage, error) {
	if !m.settings.Of(in).Test {
		return TestPage{}, errNoPayment
	}
	r, err := m.receipt(ctx, in, id)
	if err != nil {
		return TestPage{}, err
	}
	c, err := m.test.charge(ctx, in, r.attempt.Key)
	if errors.Is(err, db.ErrNoRow) {
		return TestPage{}, errNoPayment
	}
	return TestPage{
		Reference: r.Reference, Amount: c.Amount, Challenge: c.Status == testChallenge,
		Over: c.Status != testChallenge && c.Status != testChoosing, key: r.attempt.Key,
	}, err
}
