package payments

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
)

// Collect begins to save a method without a payment, for a customer who asks for it:
// that is their consent. The key is stored before the gateway is asked.
func (m *Module) Collect(ctx context.Context, in tenant.Store, who auth.CustomerID) (MethodID, error) {
	code, vault := m.collector(in)
	if code == "" || who.IsZero() {
		return 0, errNoSaving
	}
	v, err := db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (saved, error) {
		have, err := methodsOf(ctx, tx, who)
		if err != nil {
			return saved{}, err
		}
		begun, err := begunMethods(ctx, tx, who)
		if err != nil {
			return saved{}, err
		}
		if len(have)+len(begun) >= mostSaved {
			return saved{}, errTooMany
		}
		v := saved{
			ID: db.NewID[methodKind](tx), Customer: who, Gateway: code, Vault: vault, Status: methodAsked, AgreedAt: tx.Now(), CreatedAt: tx.Now(),
			CheckAt: tx.Now().Add(firstCheck),
		}
		v.Key = keyPrefix + v.ID.String()
		_, err = insertMethod(ctx, tx, v)
		return v, err
	})
	if err != nil {
		return 0, err
	}
	p, err := m.enrolled(ctx, in, payer{Customer: who, Gateway: code, Vault: vault})
	if err != nil {
		return 0, err
	}
	g, _ := m.gateway(code)
	s := m.call(ctx, in, question{code, "collect", func(ctx context.Context) (Snapshot, error) {
		return g.(Collector).Collect(ctx, in, Collection{Ref: v.setup(), Payer: p.External})
	}})
	if s.Outcome != RequiresAction {
		return 0, errNoAnswer
	}
	v.Setup = s.External
	_, err = db.Write(context.WithoutCancel(ctx), m.need.Kit.DB, in, func(tx tx) (bool, error) { return updateMethod(ctx, tx, v, methodAsked) })
	return v.ID, err
}

// Collecting is what the page on which a method is entered shows.
type Collecting struct {
	Form
	Open bool // the gateway has just said that it is its owner's turn
	Done bool // it is saved
}

// Collecting asks the gateway of a method that a customer is entering for its form.
func (m *Module) Collecting(ctx context.Context, in tenant.Store, who auth.CustomerID, id MethodID) (Collecting, error) {
	v, err := m.owned(ctx, in, who, id)
	if err != nil || v.Status != methodAsked || v.Setup == "" {
		return Collecting{Done: v.Status == methodSaved}, err
	}
	g, _ := m.gateway(v.Gateway)
	far, ok := g.(Collector)
	if near, saves := m.saver(v.Gateway); !ok || !saves || near.Vault(in) != v.Vault {
		return Collecting{}, errNoCard
	}
	c := Collecting{}
	c.Snapshot = m.call(ctx, in, question{v.Gateway, "collected", func(ctx context.Context) (s Snapshot, err error) {
		c.Form, err = far.Collected(ctx, in, v.setup())
		return c.Form.Snapshot, err
	}})
	if c.Outcome == RequiresAction {
		c.Open = true
		return c, nil
	}
	v, err = m.settleMethod(ctx, in, v.ID, c.Snapshot)
	c.Done = v.Status == methodSaved
	return c, err
}

// owned is a method that a customer has saved or is entering.
func (m *Module) owned(ctx context.Context, in tenant.Store, who auth.CustomerID, id MethodID) (saved, error) {
	v, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (saved, error) { return findMethod(ctx, tx, id) })
	if err == nil && (v.Customer != who || who.IsZero() || v.Status == methodRemoved) {
		err = errNoCard
	}
	return v, err
}

// settleMethod brings a method up to what its gateway said of how it is entered, or
// of how that ended. It may be called any number of times.
func (m *Module) settleMethod(ctx context.Context, in tenant.Store, id MethodID, s Snapshot) (saved, error) {
	ctx = context.WithoutCancel(ctx)
	return db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (saved, error) {
		v, err := findMethod(ctx, tx, id)
		if err != nil {
			return v, err
		}
		was := v.Status
		v.Checks++
		v.CheckAt = v.again(tx.Now())
		switch {
		case was == methodRemoved && s.Saved != nil: // entered after all: it is forgotten under its name
			v.External, v.CheckAt = s.Saved.External, tx.Now()
		case was == methodRemoved && (s.Outcome == Voided || s.Outcome == Declined || s.Outcome == Succeeded):
			v.CheckAt = noMore
		case was == methodAsked && s.Outcome == Succeeded && s.Saved != nil:
			v.Status, v.External, v.Look, v.CheckAt, v.Checks = methodSaved, s.Saved.External, s.Saved.Look, noMore, 0
		case was == methodAsked && (s.Outcome == Voided || s.Outcome == Declined || s.Outcome == Succeeded):
			v.Status, v.CheckAt = methodRemoved, noMore
		case was == methodSaved:
			return v, nil
		}
		done, err := updateMethod(ctx, tx, v, was)
		if err != nil || !done || v.Status != methodSaved || v.Fingerprint == "" {
			return v, err
		}
		return v, replaceMethods(ctx, tx, v)
	})
}
