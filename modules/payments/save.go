package payments

import (
	"context"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
)

// Owned is a customer's payment.
type Owned struct {
	Customer auth.CustomerID
	Payment  paymentsapi.PaymentID
}

// open locks a customer's payment whose turn it is, and finds its attempt and the
// account in which methods are saved.
func (o Owned) open(ctx context.Context, tx tx, m *Module) (t trial, vault string, err error) {
	if t.p, err = lockPayment(ctx, tx, o.Payment); err != nil {
		return t, "", err
	}
	if o.Customer.IsZero() || t.p.Customer != o.Customer || t.p.Attempt.IsZero() {
		return t, "", errNoPayment
	}
	if t.a, err = findAttempt(ctx, tx, t.p.Attempt); err != nil {
		return t, "", err
	}
	if far, ok := m.saver(t.a.Gateway); ok {
		vault = far.Vault(tx.Scope())
	}
	if vault == "" || t.a.Status != attemptAction || t.p.Cancelled {
		return t, "", errNoSaving
	}
	return t, vault, nil
}

// Remember has the gateway save what a payment is going to be paid with, for the
// customer's next purchase. That they agreed, and when, is stored first.
func (m *Module) Remember(ctx context.Context, in tenant.Store, o Owned) error {
	return m.keep(ctx, in, o, true)
}

// Disregard is Remember by whoever thinks better of it before they pay.
func (m *Module) Disregard(ctx context.Context, in tenant.Store, o Owned) error {
	return m.keep(ctx, in, o, false)
}

func (m *Module) keep(ctx context.Context, in tenant.Store, o Owned, yes bool) error {
	var vault string
	t, err := db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (t trial, err error) {
		if t, vault, err = o.open(ctx, tx, m); err != nil {
			return t, err
		}
		t.a.SaveAt = time.Time{}
		if yes {
			t.a.SaveAt = tx.Now()
		}
		return t, updateAttempt(ctx, tx, t.a)
	})
	if err != nil {
		return err
	}
	k := Keeping{Return: m.path(in, o.Payment), Back: t.p.Return, Lang: t.p.Lang}
	if yes {
		p, err := m.enrolled(ctx, in, payer{Customer: o.Customer, Gateway: t.a.Gateway, Vault: vault})
		if err != nil {
			return err
		}
		k.Payer = p.External
	}
	far, _ := m.saver(t.a.Gateway)
	s := m.call(ctx, in, question{t.a.Gateway, "keep", func(ctx context.Context) (Snapshot, error) { return far.Keep(ctx, in, t.a.ref(), k) }})
	switch s.Outcome {
	case RequiresAction:
		return nil
	case Declined:
		return errNotKept
	}
	return errNoAnswer
}

// PayWith pays a customer's payment with what they saved. Which method, and under which
// key, is stored before the gateway is asked; what it says is settled like all else.
func (m *Module) PayWith(ctx context.Context, in tenant.Store, o Owned, method MethodID) (Snapshot, error) {
	var v saved
	t, err := db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (trial, error) {
		t, vault, err := o.open(ctx, tx, m)
		if err != nil {
			return t, err
		}
		if v, err = findMethod(ctx, tx, method); err != nil {
			return t, err
		}
		if v.Customer != o.Customer || v.Status != methodSaved || v.Gateway != t.a.Gateway || v.Vault != vault {
			return t, errNoCard
		}
		t.a.Method, t.a.Uses, t.a.SaveAt = v.ID, t.a.Uses+1, time.Time{}
		return t, updateAttempt(ctx, tx, t.a)
	})
	if err != nil {
		return Snapshot{}, err
	}
	g, _ := m.gateway(t.a.Gateway)
	far, ok := g.(Reuser)
	if !ok {
		return Snapshot{}, errNoSaving
	}
	p, err := m.enrolled(ctx, in, payer{Customer: o.Customer, Gateway: v.Gateway, Vault: v.Vault})
	if err != nil {
		return Snapshot{}, err
	}
	r := Reuse{Key: t.a.useKey(), Payer: p.External, Method: v.External, Return: m.path(in, o.Payment), Back: t.p.Return, Lang: t.p.Lang}
	s := m.call(ctx, in, question{t.a.Gateway, "reuse", func(ctx context.Context) (Snapshot, error) { return far.Reuse(ctx, in, t.a.ref(), r) }})
	err = db.Do(context.WithoutCancel(ctx), m.need.Kit.DB, in, func(tx tx) error {
		_, err := m.settle(ctx, tx, t.a, s)
		return err
	})
	return s, err
}

// savingSoon is when a gateway is asked again about a payment that is over, because it is
// still saving the method for a customer who agreed; zero is not. Due is when it was to be
// asked so far.
func (a attempt) savingSoon(s Snapshot, due, now time.Time) time.Time {
	saving := s.Saved != nil && s.Saved.External == "" && !a.SaveAt.IsZero()
	silent := !due.IsZero() && (s.Outcome == Unknown || s.Outcome == Elsewhere)
	if !saving && !silent || now.Sub(a.CreatedAt) > abandoned {
		return time.Time{}
	}
	return a.again(now)
}

// keepMethod writes down what a gateway saved while it was paid. What nobody agreed to,
// or somebody who is forgotten by now, it has to forget again.
func (t trial) keepMethod(ctx context.Context, tx tx, vault string, k SavedMethod) error {
	v := saved{
		ID: db.NewID[methodKind](tx), Customer: t.p.Customer, Gateway: t.a.Gateway, Vault: vault, External: k.External, Look: k.Look,
		Status: methodSaved, AgreedAt: t.a.SaveAt,
	}
	v.Key = keyPrefix + v.ID.String()
	if t.a.SaveAt.IsZero() || t.p.Customer.IsZero() {
		v.Status, v.Customer, v.Look, v.AgreedAt, v.CheckAt = methodRemoved, 0, Look{}, tx.Now(), tx.Now()
	}
	fresh, err := insertMethod(ctx, tx, v)
	if err != nil || !fresh || v.Status == methodRemoved || v.Fingerprint == "" {
		return err
	}
	return replaceMethods(ctx, tx, v)
}
