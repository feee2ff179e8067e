package payments

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
)

// How many events of a store are heeded at once when many wait: they are settled in
// one transaction, for which the messages that still come have to wait on SQLite.
const (
	heedAtOnce = 24
	askAtOnce  = 8 // of them, how many the gateway is asked about at the same time
)

// matter is something that a gateway told of, once or several times.
type matter struct {
	gateway, charge string
	events          []EventID
	dispute         string    // of the charge, when it is about one: then it is alone
	since           time.Time // when it was told of first
	known           trial
	said            Snapshot
}

// heed asks the gateway about what it told of, and settles what it says. Events
// may come in any order, any number of times: none of them is believed. Those that wait
// as well are heeded with it, so that their own jobs have nothing left to do.
func (m *Module) heed(ctx context.Context, in tenant.Store, number EventID) error {
	leave, err := m.heeding.enter(ctx, in.ID())
	if err != nil {
		return err
	}
	defer leave()
	all, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) ([]matter, error) { return matters(ctx, tx, number) })
	if err != nil || len(all) == 0 {
		return err
	}
	if all[0].dispute != "" {
		return m.heedDisputed(ctx, in, all[0])
	}
	if err := m.askAll(ctx, in, all); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	own := all[slices.IndexFunc(all, func(a matter) bool { return slices.Contains(a.events, number) })]
	answered := slices.DeleteFunc(all, func(a matter) bool { return a.said.Outcome == Unknown })
	if err = m.settleAll(ctx, in, answered); err != nil && len(answered) > 1 && own.said.Outcome != Unknown {
		err = m.settleAll(ctx, in, []matter{own}) // what stands in the way of others has a job of its own
	}
	if err == nil && own.said.Outcome == Unknown {
		err = m.silence(own)
	}
	return err
}

// silence is how heeding ends that got no answer: it is done again, soon as long as the
// gateway may only be away.
func (m *Module) silence(about matter) error {
	if m.need.Kit.Clock.Now().Sub(about.since) < waitsFor {
		return errSilent
	}
	return errNoAnswer
}

// matters are what an event is about, and what others are that wait: none, when the
// event does not wait any more.
func matters(ctx context.Context, tx tx, number EventID) ([]matter, error) {
	first, err := findEvent(ctx, tx, number)
	if err != nil || first.Status != eventWaiting {
		return nil, err
	}
	if first.Dispute != "" {
		return []matter{{gateway: first.Gateway, dispute: first.Dispute, events: []EventID{number}, since: first.ReceivedAt}}, nil
	}
	waiting, err := waitingEvents(ctx, tx, first, heedAtOnce-1)
	if err != nil {
		return nil, err
	}
	var out []matter
	for _, e := range append([]told{first}, waiting...) {
		at := slices.IndexFunc(out, func(a matter) bool { return a.charge == e.Charge })
		if at < 0 {
			out, at = append(out, matter{gateway: e.Gateway, charge: e.Charge, since: e.ReceivedAt}), len(out)
		}
		out[at].events = append(out[at].events, e.ID)
	}
	if err := recall(ctx, tx, first.Gateway, out); err != nil {
		return nil, err
	}
	// Payments are locked in the same order by all.
	slices.SortFunc(out, func(a, b matter) int { return cmp.Compare(a.known.p.ID, b.known.p.ID) })
	return out, nil
}

// recall says what we know of what a gateway told of: three statements. What we did not
// ask for has no key, and nothing is done about it.
func recall(ctx context.Context, tx tx, gateway string, all []matter) error {
	n := named{externals: make([]string, len(all)), keys: []string{}}
	for i := range all {
		n.externals[i] = all[i].charge
		all[i].known = trial{a: attempt{Gateway: gateway, External: all[i].charge}}
	}
	charges, err := chargesOf(ctx, tx, gateway, n)
	if err != nil {
		return err
	}
	ids, owners := make([]int64, len(charges)), make([]int64, len(charges))
	for i, c := range charges {
		ids[i], owners[i] = c.ID, int64(c.Payment)
	}
	attempts, err := attemptsBy(ctx, tx, ids)
	if err != nil {
		return err
	}
	payments, err := paymentsBy(ctx, tx, owners)
	if err != nil {
		return err
	}
	for i := range all {
		for _, a := range attempts {
			if p := slices.IndexFunc(payments, func(p payment) bool { return p.ID == a.Payment }); a.External == all[i].charge && p >= 0 {
				all[i].known = trial{payments[p], a}
			}
		}
	}
	return nil
}

func (m *Module) askAll(ctx context.Context, in tenant.Store, all []matter) error {
	g, ok := m.gateway(all[0].gateway)
	if !ok {
		return errMethod
	}
	var asked sync.WaitGroup
	places := make(chan struct{}, askAtOnce)
	for i := range all {
		places <- struct{}{}
		asked.Go(func() {
			defer func() { <-places }()
			all[i].said = m.ask(ctx, in, g, all[i].known.a, all[i].known.p.Cancelled)
		})
	}
	asked.Wait()
	return nil
}

func (m *Module) settleAll(ctx context.Context, in tenant.Store, all []matter) error {
	if len(all) == 0 {
		return nil
	}
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		var settled []attempt
		for _, a := range all {
			of, status, err := m.heard(ctx, tx, a.known.a, a.said)
			if err != nil {
				return err
			}
			if status == eventDone {
				settled = append(settled, of)
			}
			for _, e := range a.events {
				if err := endEvent(tx, e, status); err != nil {
					return err
				}
			}
		}
		return m.askRefunds(ctx, tx, settled...)
	})
}

// askAbout asks a gateway how something stands that it named itself, and settles
// what it says.
func (m *Module) askAbout(ctx context.Context, in tenant.Store, gateway, charge string) (eventStatus, error) {
	g, ok := m.gateway(gateway)
	if !ok {
		return "", errMethod
	}
	known, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (trial, error) { return trialOf(ctx, tx, gateway, charge) })
	if err != nil {
		return "", err
	}
	s := m.ask(ctx, in, g, known.a, known.p.Cancelled)
	if s.Outcome == Unknown {
		return "", errNoAnswer
	}
	ctx = context.WithoutCancel(ctx)
	return db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (eventStatus, error) {
		of, status, err := m.heard(ctx, tx, known.a, s)
		if err != nil || status != eventDone {
			return status, err
		}
		return status, m.askRefunds(ctx, tx, of)
	})
}

// trialOf is recall of one thing.
func trialOf(ctx context.Context, tx tx, gateway, charge string) (trial, error) {
	one := []matter{{charge: charge}}
	err := recall(ctx, tx, gateway, one)
	return one[0].known, err
}

// heard settles what a gateway said about something that it named itself, and tells which
// attempt that was: mostly the one that we had in mind.
func (m *Module) heard(ctx context.Context, tx tx, known attempt, s Snapshot) (attempt, eventStatus, error) {
	a := known
	if a.ID.IsZero() || a.Key != s.Key {
		var err error
		a, err = attemptOf(ctx, tx, s.Key)
		if errors.Is(err, db.ErrNoRow) || err == nil && a.Gateway != known.Gateway {
			return a, eventForeign, nil
		}
		if err != nil {
			return a, "", err
		}
	}
	_, err := m.settle(ctx, tx, a, s)
	return a, eventDone, err
}

// askRefunds has the gateways asked about what was given back of attempts.
func (m *Module) askRefunds(ctx context.Context, tx tx, of ...attempt) error {
	if len(of) == 0 {
		return nil
	}
	owners := make([]int64, len(of))
	for i, a := range of {
		owners[i] = int64(a.Payment)
	}
	refunds, err := refundsOfAll(ctx, tx, owners)
	if err != nil {
		return err
	}
	for _, r := range refunds {
		if r.askable() && slices.ContainsFunc(of, func(a attempt) bool { return a.ID == r.Attempt }) {
			if err := m.soon(ctx, tx, r.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// turns lets one at a time work for a store in this process.
type turns struct {
	mu   sync.Mutex
	busy map[tenant.StoreID]chan struct{} // closed when its turn is over
}

// enter waits until it is the caller's turn, who has to leave.
func (t *turns) enter(ctx context.Context, store tenant.StoreID) (leave func(), err error) {
	for {
		t.mu.Lock()
		over, busy := t.busy[store]
		if !busy {
			over = make(chan struct{})
			if t.busy == nil {
				t.busy = map[tenant.StoreID]chan struct{}{}
			}
			t.busy[store] = over
		}
		t.mu.Unlock()
		if !busy {
			return func() {
				t.mu.Lock()
				defer t.mu.Unlock()
				delete(t.busy, store)
				close(over)
			}, nil
		}
		select {
		case <-over:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
