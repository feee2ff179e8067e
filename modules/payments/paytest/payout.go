package paytest

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// What came in on a day is paid out some days later, and arrives at the bank after that.
const (
	day     = 24 * 60 * 60 // seconds
	held    = 2 * day
	travels = 1 * day
)

// The fee of a charge, as for cards of the European Economic Area.
const (
	feePerMille = 15
	feeFixed    = 25
)

// transaction is a change of an account's balance, as the gateway shows it.
type transaction struct {
	ID        string `json:"id"`
	Object    string `json:"object"`
	Amount    int64  `json:"amount"`
	Available int64  `json:"available_on"`
	Created   int64  `json:"created"`
	Currency  string `json:"currency"`
	Fee       int64  `json:"fee"`
	Net       int64  `json:"net"`
	Category  string `json:"reporting_category"`
	Source    any    `json:"source"`
	Status    string `json:"status"`
	Type      string `json:"type"`

	source, intent, payout string
	thing                  string // what its source is, when that is not its type
}

// payoutOut is what goes to the account's bank.
type payoutOut struct {
	ID             string `json:"id"`
	Object         string `json:"object"`
	Amount         int64  `json:"amount"`
	Arrives        int64  `json:"arrival_date"`
	Automatic      bool   `json:"automatic"`
	Created        int64  `json:"created"`
	Currency       string `json:"currency"`
	Live           bool   `json:"livemode"`
	Method         string `json:"method"`
	Reconciliation string `json:"reconciliation_status"`
	Status         string `json:"status"`
	Type           string `json:"type"`
}

// balance is what an account's books come to: its transactions and payouts, both the
// oldest first.
func (s *Stripe) balance(a *account) (all []transaction, out []payoutOut) {
	s.tick()
	add := func(kind, source, intent string, amount, fee, created int64, currency string) {
		all = append(all, transaction{
			ID: "txn_" + source, Object: "balance_transaction", Amount: amount, Available: created - created%day + held, Created: created, Currency: currency,
			Fee: fee, Net: amount - fee, Category: kind, Status: "pending", Type: kind, source: source, intent: intent,
		})
	}
	for _, i := range a.intents {
		if i.AmountReceived > 0 {
			fee := i.AmountReceived*feePerMille/1000 + feeFixed
			if i.Fee != nil {
				fee += *i.Fee - i.feeReturned
			}
			add("charge", *i.LatestCharge, i.ID, i.AmountReceived, fee, i.Created, i.Currency)
		}
	}
	for _, r := range a.refunds {
		if r.Status == succeeded {
			add("refund", r.ID, *r.Intent, -r.Amount, 0, r.Created, r.Currency)
		}
	}
	for _, d := range a.disputes {
		for n, b := range d.Balance {
			add([]string{"dispute", "dispute_reversal"}[n], d.ID, d.Intent, b.Amount, 0, b.Created, d.Currency)
			x := &all[len(all)-1]
			x.ID, x.Type, x.thing = b.ID, b.Kind, "dispute"
		}
	}
	slices.SortStableFunc(all, func(x, y transaction) int { return cmp.Compare(x.Created, y.Created) })

	sums, waiting := map[string]int64{}, map[string][]int{}
	for n := range all {
		x := &all[n]
		if x.Available > s.now() {
			continue
		}
		x.Status = "available"
		sums[x.Currency] += x.Net
		waiting[x.Currency] = append(waiting[x.Currency], n)
		last := n+1 == len(all) || !slices.ContainsFunc(all[n+1:], func(y transaction) bool { return y.Currency == x.Currency && y.Available == x.Available })
		if !last || sums[x.Currency] <= 0 { // what is owed waits for what comes in
			continue
		}
		p := payoutOut{
			ID: fmt.Sprintf("po_%s%d", x.Currency, x.Available/day), Object: "payout", Amount: sums[x.Currency], Arrives: x.Available + travels, Automatic: true,
			Created: x.Available, Currency: x.Currency, Method: "standard", Reconciliation: "completed", Status: "in_transit", Type: "bank_account",
		}
		if p.Arrives <= s.now() {
			p.Status = "paid"
		}
		for _, of := range waiting[x.Currency] {
			all[of].payout = p.ID
		}
		delete(sums, x.Currency)
		delete(waiting, x.Currency)
		out = append(out, p)
	}
	return all, out
}

// Payout is what a payout is made of: in the smallest unit, what came and went, and what
// was kept of it.
type Payout struct {
	ID      string
	Net     int64
	Intents []string // with what was given back of them
	Arrives time.Time
}

// Payouts are those of an account, the oldest first.
func (s *Stripe) Payouts(secret string) (out []Payout) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all, payouts := s.balance(s.of(secret))
	for _, p := range payouts {
		one := Payout{ID: p.ID, Net: p.Amount, Arrives: time.Unix(p.Arrives, 0)}
		for _, x := range all {
			if x.payout == p.ID {
				one.Intents = append(one.Intents, x.intent)
			}
		}
		out = append(out, one)
	}
	return out
}

func (s *Stripe) listPayouts(c call) (any, *Problem) {
	if bad := c.p.only("limit", "starting_after", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	_, all := s.balance(c.a)
	return some(c, "/v1/payouts", all, func(p payoutOut) (string, int64) { return p.ID, p.Created })
}

func (s *Stripe) retrievePayout(c call) (any, *Problem) {
	_, all := s.balance(c.a)
	for _, p := range all {
		if p.ID == c.id {
			return p, nil
		}
	}
	return nil, missing("payout", c.id)
}

func (s *Stripe) listTransactions(c call) (any, *Problem) {
	if bad := c.p.only("payout", "limit", "starting_after", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	all, _ := s.balance(c.a)
	var in []transaction
	for _, x := range all {
		if c.p.has("payout") && x.payout != c.p.get("payout") {
			continue
		}
		x.Source = x.source
		if c.p.get("expand[0]") == "data.source" {
			x.Source = map[string]any{"id": x.source, "object": cmp.Or(x.thing, x.Type), "payment_intent": x.intent}
		}
		in = append(in, x)
	}
	return some(c, "/v1/balance_transactions", in, func(x transaction) (string, int64) { return x.ID, x.Created })
}

// funds are an amount of the balance.
type funds struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
}

func (s *Stripe) retrieveBalance(c call) (any, *Problem) {
	if bad := c.p.only("expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	all, _ := s.balance(c.a)
	sums := map[string]map[string]int64{"available": {c.a.currency(): 0}, "pending": {c.a.currency(): 0}}
	for _, x := range all {
		if x.payout == "" {
			sums[x.Status][x.Currency] += x.Net
		}
	}
	out := map[string]any{"object": "balance", "livemode": false}
	for status, of := range sums {
		found := []funds{}
		for currency, amount := range of {
			found = append(found, funds{amount, currency})
		}
		slices.SortFunc(found, func(x, y funds) int { return cmp.Compare(x.Currency, y.Currency) })
		out[status] = found
	}
	return out, nil
}
