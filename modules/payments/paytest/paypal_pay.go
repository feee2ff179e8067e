package paytest

import (
	"encoding/json"
	"net/http"
	"time"

	"orion/kit/money"
)

// PayPalEntry is a line of PayPal's own ledger, against which ours is held.
type PayPalEntry struct {
	Move   Move
	Order  string
	Key    string // custom_id, of the order or the refund
	Amount money.Amount
	At     time.Time

	piece *Piece
}

func (p *PayPal) book(a *payer, m Move, x *Piece, sum money.Amount) {
	a.ledger = append(a.ledger, PayPalEntry{m, x.order.ID, x.CustomID, sum, p.clock.Now(), x})
}

// Ledger is what happened to an account's money, the oldest first.
func (p *PayPal) Ledger(client string) []PayPalEntry {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tick()
	return append([]PayPalEntry(nil), p.of(client).ledger...)
}

// approved is an order that can be taken or held now.
func (p *PayPal) approved(e errand, intent string) (*Order, *Refusal) {
	o, bad := e.a.order(e.id)
	switch {
	case bad != nil:
		return nil, bad
	case o.Status == OrderCompleted && intent == "CAPTURE":
		return nil, cannot("ORDER_ALREADY_CAPTURED")
	case o.Status == OrderCompleted:
		return nil, cannot("ORDER_ALREADY_AUTHORIZED")
	case o.Intent != intent:
		return nil, cannot("ACTION_DOES_NOT_MATCH_INTENT")
	case o.Status != OrderApproved:
		return nil, cannot("ORDER_NOT_APPROVED")
	case o.with == declining:
		r := cannot("INSTRUMENT_DECLINED")
		r.Links = []Link{{o.page(p.base), "redirect", http.MethodGet}}
		return nil, r
	}
	return o, nil
}

// piece adds something that was done with an order.
func (p *PayPal) piece(o *Order, kind string, wrong bool, sum money.Amount) *Piece {
	if wrong {
		sum.Minor++
	}
	return &Piece{ID: p.newID(), Kind: kind, Status: "COMPLETED", Amount: sum, CustomID: o.CustomID, Created: p.now(), order: o}
}

func (p *PayPal) captureOrder(e errand) (result, *Refusal) {
	o, bad := p.approved(e, "CAPTURE")
	if bad != nil {
		return result{}, bad
	}
	x := p.piece(o, "captures", e.wrong, o.Amount)
	o.Status, o.Captures = OrderCompleted, append(o.Captures, x)
	if o.with == slowly {
		x.Status = "PENDING"
		p.tell(e.a, "PAYMENT.CAPTURE.PENDING", x.show())
	} else {
		p.book(e.a, Authorise, x, x.Amount)
		p.book(e.a, Capture, x, x.Amount)
		p.tell(e.a, "PAYMENT.CAPTURE.COMPLETED", x.show())
		p.remember(e.a, o)
	}
	return p.showing(o, http.StatusCreated), nil
}

func (p *PayPal) authorizeOrder(e errand) (result, *Refusal) {
	o, bad := p.approved(e, "AUTHORIZE")
	if bad != nil {
		return result{}, bad
	}
	x := p.piece(o, "authorizations", e.wrong, o.Amount)
	x.Status = "CREATED"
	o.Status, o.Holds = OrderCompleted, append(o.Holds, x)
	p.book(e.a, Authorise, x, x.Amount)
	p.tell(e.a, "PAYMENT.AUTHORIZATION.CREATED", x.show())
	p.remember(e.a, o)
	return p.showing(o, http.StatusCreated), nil
}

// find gives a piece of one of an account's orders.
func (a *payer) find(id string) (*Piece, *Refusal) {
	for _, o := range a.orders {
		for _, all := range [][]*Piece{o.Holds, o.Captures, o.Refunds} {
			for _, x := range all {
				if x.ID == id {
					return x, nil
				}
			}
		}
	}
	return nil, noSuch()
}

func (p *PayPal) getPiece(e errand) (result, *Refusal) {
	x, bad := e.a.find(e.id)
	if bad != nil {
		return result{}, bad
	}
	return showingPiece(x, http.StatusOK), nil
}

func showingPiece(x *Piece, status int) result {
	return result{status, func(bool) any { return x.show() }}
}

func (p *PayPal) captureHeld(e errand) (result, *Refusal) {
	held, bad := e.a.find(e.id)
	if bad != nil {
		return result{}, bad
	}
	in := struct {
		Amount *amount `json:"amount"`
	}{}
	if err := json.Unmarshal(e.body, &in); err != nil {
		return result{}, invalidRequest("MALFORMED_REQUEST_JSON")
	}
	sum := held.Amount
	if in.Amount != nil {
		if sum, bad = in.Amount.read(); bad != nil {
			return result{}, bad
		}
	}
	switch {
	case held.Status == "VOIDED":
		return result{}, cannot("AUTHORIZATION_VOIDED")
	case held.Status != "CREATED":
		return result{}, cannot("AUTHORIZATION_ALREADY_CAPTURED")
	case sum.Minor > held.Amount.Minor || sum.Currency != held.Amount.Currency:
		return result{}, cannot("MAX_CAPTURE_AMOUNT_EXCEEDED")
	}
	if e.wrong {
		sum.Minor -= 2 // a piece adds one
	}
	x := p.piece(held.order, "captures", e.wrong, sum)
	held.order.Captures = append(held.order.Captures, x)
	held.Status = "CAPTURED"
	p.book(e.a, Capture, x, x.Amount)
	if rest := held.Amount.Minor - x.Amount.Minor; rest > 0 {
		held.Status = "PARTIALLY_CAPTURED"
		p.book(e.a, Release, x, money.New(rest, x.Amount.Currency)) // final_capture, which is the only way here
	}
	p.tell(e.a, "PAYMENT.CAPTURE.COMPLETED", x.show())
	return showingPiece(x, http.StatusCreated), nil
}

func (p *PayPal) voidHeld(e errand) (result, *Refusal) {
	held, bad := e.a.find(e.id)
	switch {
	case bad != nil:
		return result{}, bad
	case held.Status == "VOIDED":
		return result{}, cannot("PREVIOUSLY_VOIDED")
	case held.Status != "CREATED":
		return result{}, cannot("PREVIOUSLY_CAPTURED")
	}
	held.Status = "VOIDED"
	p.book(e.a, Release, held, held.Amount)
	p.tell(e.a, "PAYMENT.AUTHORIZATION.VOIDED", held.show())
	return showingPiece(held, http.StatusOK), nil
}

func (p *PayPal) refundCapture(e errand) (result, *Refusal) {
	of, bad := e.a.find(e.id)
	if bad != nil {
		return result{}, bad
	}
	in := struct {
		Amount   *amount `json:"amount"`
		CustomID string  `json:"custom_id"`
	}{}
	if err := json.Unmarshal(e.body, &in); err != nil {
		return result{}, invalidRequest("MALFORMED_REQUEST_JSON")
	}
	left := of.Amount
	for _, x := range of.order.Refunds {
		left.Minor -= x.Amount.Minor
	}
	sum := left
	if in.Amount != nil {
		if sum, bad = in.Amount.read(); bad != nil {
			return result{}, bad
		}
	}
	switch {
	case of.Status == "PENDING" || of.Kind != "captures":
		return result{}, cannot("CAPTURE_STATUS_NOT_VALID")
	case left.Minor == 0:
		return result{}, cannot("CAPTURE_FULLY_REFUNDED")
	case sum.Minor > left.Minor || sum.Currency != left.Currency:
		return result{}, cannot("REFUND_AMOUNT_EXCEEDED")
	}
	if e.wrong {
		sum.Minor -= 2 // a piece adds one
	}
	x := p.piece(of.order, "refunds", e.wrong, sum)
	x.CustomID, x.Of = in.CustomID, of.ID
	of.order.Refunds = append(of.order.Refunds, x)
	if of.Status = "PARTIALLY_REFUNDED"; x.Amount.Minor == left.Minor {
		of.Status = "REFUNDED"
	}
	if of.order.with == slowly {
		x.Status = "PENDING"
	} else {
		p.book(e.a, GiveBack, x, x.Amount)
	}
	p.tell(e.a, "PAYMENT.CAPTURE.REFUNDED", x.show())
	return showingPiece(x, http.StatusCreated), nil
}

// tick lets time do its work; the books are locked.
func (p *PayPal) tick() {
	for _, a := range p.accounts {
		for _, o := range a.orders {
			for _, all := range [][]*Piece{o.Captures, o.Refunds} {
				for _, x := range all {
					p.clear(a, x)
				}
			}
			if o.paid() {
				p.remember(a, o)
			}
		}
	}
}

// clear ends what was pending for long enough.
func (p *PayPal) clear(a *payer, x *Piece) {
	at, err := time.Parse(time.RFC3339, x.Created)
	if x.Status != "PENDING" || err != nil || p.clock.Now().Before(at.Add(slow)) {
		return
	}
	x.Status = "COMPLETED"
	if x.Kind == "refunds" {
		p.book(a, GiveBack, x, x.Amount)
		p.tell(a, "PAYMENT.CAPTURE.REFUNDED", x.show())
		return
	}
	p.book(a, Authorise, x, x.Amount)
	p.book(a, Capture, x, x.Amount)
	p.tell(a, "PAYMENT.CAPTURE.COMPLETED", x.show())
}
