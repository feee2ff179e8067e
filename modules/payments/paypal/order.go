package paypal

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"orion/kit/money"
	"orion/modules/payments"
)

// order is an order as PayPal shows it, as far as it is read.
type order struct {
	ID      string    `json:"id"`
	Status  string    `json:"status"`
	Intent  string    `json:"intent"`
	Created time.Time `json:"create_time"`
	Units   []unit    `json:"purchase_units"`
	Links   links     `json:"links"`
	Source  struct {
		PayPal wallet `json:"paypal"`
	} `json:"payment_source"`
}

// unit is what an order is for; ours have one.
type unit struct {
	CustomID    string `json:"custom_id,omitempty"`
	Description string `json:"description,omitempty"`
	Amount      sum    `json:"amount"`
	Payments    *done  `json:"payments,omitempty"`
}

// done is what was done with an order.
type done struct {
	Authorizations []piece `json:"authorizations"`
	Captures       []piece `json:"captures"`
	Refunds        []piece `json:"refunds"`
}

// piece is an authorisation, a capture or a refund.
type piece struct {
	ID       string `json:"id"`
	Status   string `json:"status"`
	Amount   sum    `json:"amount"`
	CustomID string `json:"custom_id"`
	Details  struct {
		Reason string `json:"reason"`
	} `json:"status_details"`
	About struct {
		Related struct {
			Order string `json:"order_id"`
		} `json:"related_ids"`
	} `json:"supplementary_data"`
	Links links `json:"links"`
}

// over begins the key of an order that is not to be taken any more. PayPal lets nobody
// take an order back, so the order itself says that we do not want it: whoever reads
// it, also on another node and after a restart, does not take its money.
const over = "over:"

func (o *order) unit() unit {
	if len(o.Units) == 0 {
		return unit{}
	}
	return o.Units[0]
}

func (o *order) key() string { return strings.TrimPrefix(o.unit().CustomID, over) }

func (o *order) given() bool { return strings.HasPrefix(o.unit().CustomID, over) }

func (o *order) done() done {
	if p := o.unit().Payments; p != nil {
		return *p
	}
	return done{}
}

// waits tells whether nothing was taken and nothing held of an order yet.
func (o *order) waits() bool {
	d := o.done()
	return len(d.Captures) == 0 && len(d.Authorizations) == 0 && (o.Status == "APPROVED" || o.open())
}

// open tells whether it is the payer's turn.
func (o *order) open() bool {
	return o.Status == "CREATED" || o.Status == "SAVED" || o.Status == "PAYER_ACTION_REQUIRED"
}

// held is the authorisation of an order whose amount is held.
func (o *order) held() (piece, bool) {
	d := o.done()
	i := slices.IndexFunc(d.Authorizations, func(p piece) bool { return p.Status == "CREATED" })
	if i < 0 || o.snapshot().Outcome != payments.Held {
		return piece{}, false
	}
	return d.Authorizations[i], true
}

// snapshot is how an order stands.
func (o *order) snapshot() payments.Snapshot {
	s := payments.Snapshot{Outcome: payments.Unknown, External: o.ID, Key: o.key(), Saved: o.saved()}
	d := o.done()
	switch {
	case len(d.Captures) > 0 && captured(&s, d.Captures):
	case len(d.Authorizations) > 0:
		authorised(&s, d.Authorizations[len(d.Authorizations)-1])
	case len(d.Captures) > 0:
		s.Outcome, s.Reason = payments.Declined, "declined"
	case o.waits() && o.given():
		s.Outcome, s.Reason = payments.Voided, "cancelled"
	case o.open():
		s.Outcome, s.Redirect = payments.RequiresAction, o.Links.to("payer-action", "approve")
	case o.Status == "APPROVED":
		s.Outcome = payments.Processing
	case o.Status == "VOIDED":
		s.Outcome, s.Reason = payments.Voided, "cancelled"
	}
	return s
}

// captured tells whether anything was taken, or is about to be.
func captured(s *payments.Snapshot, all []piece) bool {
	var taken []money.Amount
	pending := false
	for _, p := range all {
		switch p.Status {
		case "COMPLETED", "REFUNDED", "PARTIALLY_REFUNDED":
			taken = append(taken, read(p.Amount))
		case "PENDING":
			pending, s.Reason = true, strings.ToLower(p.Details.Reason)
		}
	}
	switch {
	case len(taken) > 0:
		s.Outcome, s.Reason = payments.Succeeded, ""
		s.Amount, _ = money.Sum(taken[0].Currency, taken...) // what cannot be added is no amount that we asked for
	case pending:
		s.Outcome = payments.Processing
	}
	return len(taken) > 0 || pending
}

func authorised(s *payments.Snapshot, p piece) {
	switch p.Status {
	case "CREATED":
		s.Outcome, s.Amount = payments.Held, read(p.Amount)
	case "PENDING":
		s.Outcome, s.Reason = payments.Processing, strings.ToLower(p.Details.Reason)
	case "DENIED":
		s.Outcome, s.Reason = payments.Declined, "declined"
	case "VOIDED":
		s.Outcome, s.Reason = payments.Voided, "cancelled"
	case "EXPIRED":
		s.Outcome, s.Reason = payments.Voided, "expired"
	}
}

// advance takes or holds what was approved, and tells how an order stands then. One
// that nobody approved while they could is given up, so that its payer can begin anew.
func (c *client) advance(ctx context.Context, o *order) (payments.Snapshot, error) {
	switch {
	case o.given() || !o.waits():
		return o.snapshot(), nil
	case o.open() && !o.Created.IsZero() && c.g.since(o.Created) > lapses:
		return c.giveUp(ctx, o, "expired")
	case o.open():
		return o.snapshot(), nil
	}
	do := map[string]string{"CAPTURE": "capture", "AUTHORIZE": "authorize"}[o.Intent]
	if do == "" {
		return unknown, nil
	}
	var now order
	err := c.do(ctx, request{http.MethodPost, "/v2/checkout/orders/" + o.ID + "/" + do, c.key(o, do), struct{}{}}, &now)
	if err == nil {
		return o.became(now).snapshot(), nil
	}
	return c.refused(ctx, o, err)
}

// became is an order after a step. Its answer may leave out what stays as it was.
func (o *order) became(now order) *order {
	now.ID, now.Intent, now.Created = o.ID, o.Intent, o.Created
	if len(now.Units) > 0 {
		now.Units[0].CustomID = o.unit().CustomID
	}
	return &now
}

// choose are refusals after which the payer may choose another way to pay at PayPal.
var choose = []string{"INSTRUMENT_DECLINED", "PAYER_ACTION_REQUIRED", "PAYER_CANNOT_PAY"}

// refused is how an order stands whose money was not taken. What PayPal refuses for
// good is given up before we say so: nobody takes it later, while its payer pays anew.
func (c *client) refused(ctx context.Context, o *order, failed error) (payments.Snapshot, error) {
	said := hear(failed)
	if slices.Contains(choose, said.issue) {
		s := payments.Snapshot{Outcome: payments.RequiresAction, External: o.ID, Key: o.key(), Reason: said.reason()}
		if p, ok := failed.(*Problem); ok { //nolint:errorlint // made by this client
			s.Redirect = p.turn
		}
		return s, nil
	}
	now, err := c.find(ctx, o.ID) // the step may have been done, also by somebody else
	switch {
	case err != nil:
		return unknown, err
	case !now.waits() || now.given():
		return now.snapshot(), nil
	case now.open():
		return now.snapshot(), nil
	case !said.final:
		return unknown, failed
	}
	return c.giveUp(ctx, now, said.reason())
}

// giveUp writes into an order that its money is not wanted any more.
func (c *client) giveUp(ctx context.Context, o *order, why string) (payments.Snapshot, error) {
	s := payments.Snapshot{Outcome: payments.Voided, External: o.ID, Key: o.key(), Reason: why}
	if o.given() {
		return s, nil
	}
	err := c.do(ctx, request{http.MethodPatch, "/v2/checkout/orders/" + o.ID, "", []map[string]string{
		{"op": "replace", "path": "/purchase_units/@reference_id=='default'/custom_id", "value": over + o.key()},
	}}, nil)
	if err == nil {
		return s, nil
	}
	now, again := c.find(ctx, o.ID) // it may have been taken meanwhile, or be given up
	if again == nil && (!now.waits() || now.given()) {
		return now.snapshot(), nil
	}
	return unknown, err
}

// step does something with an order's authorisation, and tells how the order stands then.
func (c *client) step(ctx context.Context, o *order, r request) (payments.Snapshot, error) {
	failed := c.do(ctx, r, nil)
	now, err := c.find(ctx, o.ID)
	if err != nil {
		return unknown, err
	}
	s := now.snapshot()
	if s.Outcome == payments.Held {
		return unknown, failed
	}
	return s, nil
}
