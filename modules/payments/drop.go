package payments

import (
	"context"
	"strings"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/customers/customersapi"
	"orion/modules/tenancy/tenancyapi"
)

// noMore is when a gateway is asked again about what is over.
var noMore time.Time

// Remove takes a method away from a customer: at once for everybody here, and at the
// gateway now, or as soon as it answers.
func (m *Module) Remove(ctx context.Context, in tenant.Store, who auth.CustomerID, id MethodID) error {
	return m.remove(ctx, in, id, func(_ tx, v saved) error {
		if who.IsZero() || v.Customer != who {
			return errNoCard
		}
		return nil
	})
}

// RemoveAs is Remove by a member of staff, and tells whose it was.
func (m *Module) RemoveAs(ctx context.Context, in tenant.Store, by auth.Actor, id MethodID) (who auth.CustomerID, err error) {
	return who, m.remove(ctx, in, id, func(tx tx, v saved) error {
		who = v.Customer
		return m.need.Audit.Record(ctx, tx, tenancyapi.Entry{Actor: by, Action: "payments.remove_card", Target: v.ID.String(), Title: strings.TrimSpace(v.Brand + " " + v.Last4 + v.Account)})
	})
}

func (m *Module) remove(ctx context.Context, in tenant.Store, id MethodID, may func(tx, saved) error) error {
	err := db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		v, err := findMethod(ctx, tx, id)
		if err != nil {
			return err
		}
		if v.Status == methodRemoved {
			return errNoCard
		}
		if err := may(tx, v); err != nil {
			return err
		}
		was := v.Status
		v.Status, v.Look, v.Checks, v.CheckAt = methodRemoved, Look{}, 0, tx.Now()
		if done, err := updateMethod(ctx, tx, v, was); err != nil || done {
			return err
		}
		return errGuard
	})
	if err != nil {
		return err
	}
	return m.resolveMethod(ctx, in, id)
}

// forgetCards removes what somebody saved when they are forgotten. The gateways hear
// of it by the job.
func (m *Module) forgetCards(ctx context.Context, tx tx, who customersapi.Erased) error {
	return forgetMethods(ctx, tx, who.Customer)
}

// resolveMethod asks about a method that is being entered, and has the gateway forget
// one that is removed. Nothing can be asked while another account is in use.
func (m *Module) resolveMethod(ctx context.Context, in tenant.Store, id MethodID) error {
	type known struct {
		saved
		now time.Time
	}
	v, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (known, error) {
		v, err := findMethod(ctx, tx, id)
		return known{v, tx.Now()}, err
	})
	if err != nil || v.Status == methodSaved || v.CheckAt.IsZero() {
		return err
	}
	s := Snapshot{Outcome: Unknown}
	g, _ := m.gateway(v.Gateway)
	far, ok := g.(Saver)
	switch collector, _ := g.(Collector); {
	case v.External == "" && v.Setup == "": // nobody ever saw its form
		s.Outcome = Voided
	case !ok || far.Vault(in) != v.Vault:
	case v.External != "":
		s = m.call(ctx, in, question{v.Gateway, "drop", func(ctx context.Context) (Snapshot, error) { return far.Drop(ctx, in, v.ref()) }})
	case v.Status == methodRemoved, v.now.Sub(v.CreatedAt) > abandoned:
		s = m.call(ctx, in, question{v.Gateway, "abandon", func(ctx context.Context) (Snapshot, error) { return collector.Abandon(ctx, in, v.setup()) }})
	default:
		s = m.call(ctx, in, question{v.Gateway, "collected", func(ctx context.Context) (Snapshot, error) {
			f, err := collector.Collected(ctx, in, v.setup())
			return f.Snapshot, err
		}})
	}
	_, err = m.settleMethod(ctx, in, id, s)
	return err
}
