package stripe

import (
	"context"

	api "github.com/stripe/stripe-go/v85"

	"orion/kit/tenant"
	"orion/modules/payments"
)

// onSession is what methods are saved for: purchases while their owner is there. A
// bank may ask then, so that it need not ask more than once when they are saved.
const onSession = "on_session"

// Vault implements payments.Saver: the key of browsers, which names account and mode
// and is no secret. It outlives secret keys, which are the ones that are changed.
func (g *Gateway) Vault(in tenant.Store) string {
	a, ok := g.o.Account(in)
	if !ok || a.Secret == "" || !a.paired() {
		return ""
	}
	if a.Connected != "" {
		return a.Public + " " + a.Connected // who changes platforms has other methods
	}
	return a.Public
}

// Enrol implements payments.Saver. Stripe learns nothing of who it is. After a day it
// may make a second one for the same key: an empty name that nobody uses.
func (g *Gateway) Enrol(ctx context.Context, in tenant.Store, ref payments.Ref) (payments.Snapshot, error) {
	c, _, ok := g.client(in)
	if !ok {
		return notSetUp, nil
	}
	p := &api.CustomerCreateParams{Metadata: map[string]string{keyName: ref.Key}}
	p.SetIdempotencyKey(g.hourly(ref, "enrol"))
	who, err := c.V1Customers.Create(ctx, p)
	if err != nil {
		return hear(err).snapshot()
	}
	return payments.Snapshot{Outcome: payments.Succeeded, External: who.ID}, nil
}

// Keep implements payments.Saver. It says how things are to be, so it needs no key:
// under one, whoever changes their mind twice would hear the first answer again.
func (g *Gateway) Keep(ctx context.Context, in tenant.Store, ref payments.Ref, k payments.Keeping) (payments.Snapshot, error) {
	c, _, ok := g.client(in)
	if !ok {
		return notSetUp, nil
	}
	i, err := c.V1PaymentIntents.Update(ctx, ref.External, belongs(k.Payer, k.Payer != ""))
	if err != nil {
		return hear(err).snapshot()
	}
	return g.snapshot(in, i), nil
}

// belongs makes an intent that of a payer, whose method is saved or not.
func belongs(payer string, saves bool) *api.PaymentIntentUpdateParams {
	p := &api.PaymentIntentUpdateParams{}
	if payer != "" {
		p.Customer = api.String(payer)
	}
	if saves {
		p.SetupFutureUsage = api.String(onSession)
		return p
	}
	p.AddUnsetField(api.PaymentIntentUpdateParamsUnsetFieldSetupFutureUsage)
	return p
}

// unusable is the reason when a saved method is refused for what it is, and not by its bank.
const unusable = payments.Unusable

// Reuse implements payments.Reuser.
func (g *Gateway) Reuse(ctx context.Context, in tenant.Store, ref payments.Ref, r payments.Reuse) (payments.Snapshot, error) {
	c, _, ok := g.client(in)
	if !ok {
		return payments.Snapshot{Outcome: payments.Unknown}, nil
	}
	_, err := c.V1PaymentIntents.Update(ctx, ref.External, belongs(r.Payer, false))
	if err != nil && !hear(err).final { // what is over cannot be changed: how it stands is told below
		return payments.Snapshot{Outcome: payments.Unknown}, hear(err).err
	}
	p := &api.PaymentIntentConfirmParams{
		PaymentMethod: api.String(r.Method), ReturnURL: api.String(g.o.Address(ctx, in, r.Return)), UseStripeSDK: api.Bool(true),
	}
	p.SetIdempotencyKey(r.Key)
	i, err := c.V1PaymentIntents.Confirm(ctx, ref.External, p)
	if err == nil {
		return g.snapshot(in, i), nil
	}
	said := hear(err)
	s, err := g.Fetch(ctx, in, ref)
	if err == nil && s.Outcome == payments.RequiresAction && said.final && !said.bank {
		s.Reason = unusable
	}
	if err == nil && s.Outcome == payments.RequiresAction && !said.final {
		return payments.Snapshot{Outcome: payments.Unknown}, said.err
	}
	return s, err
}

// Drop implements payments.Saver.
func (g *Gateway) Drop(ctx context.Context, in tenant.Store, ref payments.Ref) (payments.Snapshot, error) {
	c, _, ok := g.client(in)
	if !ok {
		return payments.Snapshot{Outcome: payments.Unknown}, nil
	}
	p := &api.PaymentMethodDetachParams{}
	p.SetIdempotencyKey(g.hourly(ref, "drop"))
	_, failed := c.V1PaymentMethods.Detach(ctx, ref.External, p)
	if failed == nil {
		return payments.Snapshot{Outcome: payments.Succeeded, External: ref.External}, nil
	}
	m, err := c.V1PaymentMethods.Retrieve(ctx, ref.External, nil) // it may have been done
	switch {
	case err != nil && hear(err).absent, err == nil && m.Customer == nil:
		return payments.Snapshot{Outcome: payments.Succeeded, External: ref.External}, nil
	}
	return payments.Snapshot{Outcome: payments.Unknown}, hear(failed).err
}

// Collect implements payments.Collector: an intent that its payer confirms on the
// page. Nobody but the payer's browser learns its secret, so what did not answer
// saves nothing.
func (g *Gateway) Collect(ctx context.Context, in tenant.Store, r payments.Collection) (payments.Snapshot, error) {
	c, _, ok := g.client(in)
	if !ok {
		return notSetUp, nil
	}
	p := &api.SetupIntentCreateParams{
		Customer: api.String(r.Payer), Usage: api.String(onSession), PaymentMethodTypes: []*string{api.String("card")},
		Metadata: map[string]string{keyName: r.Key},
	}
	p.SetIdempotencyKey(r.Key)
	i, err := c.V1SetupIntents.Create(ctx, p)
	if err != nil {
		return hear(err).snapshot()
	}
	return collected(i), nil
}

// Collected implements payments.Collector.
func (g *Gateway) Collected(ctx context.Context, in tenant.Store, ref payments.Ref) (payments.Form, error) {
	c, a, ok := g.client(in)
	if !ok {
		return payments.Form{Snapshot: payments.Snapshot{Outcome: payments.Unknown}}, nil
	}
	p := &api.SetupIntentRetrieveParams{}
	p.AddExpand("payment_method")
	i, err := c.V1SetupIntents.Retrieve(ctx, ref.External, p)
	if err != nil {
		s, err := hear(err).asked()
		return payments.Form{Snapshot: s}, err
	}
	f := g.element()
	f.Snapshot, f.Key, f.Account, f.Secret, f.Test = collected(i), a.Public, a.Connected, i.ClientSecret, !a.Live()
	return f, nil
}

// Abandon implements payments.Collector.
func (g *Gateway) Abandon(ctx context.Context, in tenant.Store, ref payments.Ref) (payments.Snapshot, error) {
	c, _, ok := g.client(in)
	if !ok {
		return payments.Snapshot{Outcome: payments.Unknown}, nil
	}
	p := &api.SetupIntentCancelParams{CancellationReason: api.String("abandoned")}
	p.SetIdempotencyKey(g.hourly(ref, "abandon"))
	i, failed := c.V1SetupIntents.Cancel(ctx, ref.External, p)
	if failed == nil {
		return collected(i), nil
	}
	f, err := g.Collected(ctx, in, ref) // it may be over
	if err == nil && f.Outcome == payments.RequiresAction {
		return payments.Snapshot{Outcome: payments.Unknown}, hear(failed).err
	}
	return f.Snapshot, err
}

// collected is how a method that is to be saved stands.
func collected(i *api.SetupIntent) payments.Snapshot {
	s := payments.Snapshot{Outcome: payments.Unknown, External: i.ID, Key: i.Metadata[keyName]}
	switch i.Status {
	case api.SetupIntentStatusSucceeded:
		s.Outcome, s.Saved = payments.Succeeded, kept(i.PaymentMethod)
	case api.SetupIntentStatusProcessing:
		s.Outcome = payments.Processing
	case api.SetupIntentStatusRequiresPaymentMethod, api.SetupIntentStatusRequiresConfirmation, api.SetupIntentStatusRequiresAction:
		s.Outcome = payments.RequiresAction
		if e := i.LastSetupError; e != nil {
			s.Reason = string(e.Code)
		}
	case api.SetupIntentStatusCanceled:
		s.Outcome, s.Reason = payments.Voided, "cancelled"
	}
	return s
}

// kept is a method that is saved for somebody; nil is none, or one that is not, or is
// not any more.
func kept(m *api.PaymentMethod) *payments.SavedMethod {
	if m == nil || m.Customer == nil {
		return nil
	}
	k := &payments.SavedMethod{External: m.ID, Look: payments.Look{Brand: string(m.Type)}}
	if c := m.Card; c != nil {
		k.Look = payments.Look{Brand: string(c.Brand), Last4: c.Last4, ExpMonth: c.ExpMonth, ExpYear: c.ExpYear, Fingerprint: c.Fingerprint}
	}
	return k
}
