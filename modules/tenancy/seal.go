package tenancy

import (
	"context"
	"crypto/rand"
	"fmt"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// errHead tells that somebody changed the end of the chain.
var errHead = fault.New(fault.Conflict, "tenancy.audit_head")

// sealBatch is how many entries are chained in one transaction.
const sealBatch = 500

// SealAudit chains the entries that are not yet, in the order of their
// identifiers, and tells how many. Whoever writes an entry never waits for it:
// the chain is for after the fact. It stops when the end of the chain is not as
// it was left, and leaves it to VerifyAudit to say more.
func (m *Module) SealAudit(ctx context.Context) (int, error) {
	sum := 0
	for {
		n, err := db.Write(ctx, m.db, m.system, func(tx systemTx) (int, error) { return m.sealSome(ctx, tx) })
		sum += n
		if err != nil {
			return sum, fmt.Errorf("chain the audit log: %w", err)
		}
		if n < sealBatch {
			return sum, nil
		}
	}
}

func (m *Module) sealSome(ctx context.Context, tx systemTx) (int, error) {
	head, err := holdHead(ctx, tx)
	if err != nil {
		return 0, err
	}
	if err := m.checkHead(head); err != nil {
		return 0, err
	}
	entries, err := unsealed(ctx, tx, head.oldest(), sealBatch)
	if err != nil || len(entries) == 0 && (head.seq == 0 || m.box.Current(head.seal)) {
		return 0, err
	}
	for i := range entries {
		e := &entries[i]
		e.seq, e.salt = head.seq+1, rand.Text()
		e.told = e.promise()
		e.hash = e.link(head.hash)
		head.seq, head.hash = e.seq, e.hash
		if e.at.After(head.at) {
			head.at = e.at
		}
	}
	if err := sealAll(ctx, tx, entries); err != nil {
		return 0, err
	}
	head.seal = m.box.Seal(head.text(), headPlace)
	return len(entries), moveHead(ctx, tx, head)
}

// checkHead tells whether the end of the chain is as it was left.
func (m *Module) checkHead(h auditHead) error {
	if h.seq == 0 && h.seal == "" {
		return nil
	}
	text, err := m.box.Open(h.seal, headPlace)
	if err != nil {
		return errHead.Because(err)
	}
	if text != h.text() {
		return errHead
	}
	return nil
}

// TrustAudit seals the end of the chain as it stands with the key of now. It is
// for an operator who lost the key, or looked into what VerifyAudit found.
func (m *Module) TrustAudit(ctx context.Context) error {
	return db.Do(ctx, m.db, m.system, func(tx systemTx) error {
		head, err := holdHead(ctx, tx)
		if err != nil || head.seq == 0 {
			return err
		}
		head.seal = m.box.Seal(head.text(), headPlace)
		return moveHead(ctx, tx, head)
	})
}

// Forget removes from a store's audit log what it says about somebody: titles
// and values of entries about them and by them. That they were there, when, and
// which member of staff it was, stays, and the chain goes on to hold.
func (m *Module) Forget(ctx context.Context, tx *db.Tx[tenant.Store], e tenancyapi.Entry) error {
	if err := forgetEntries(ctx, tx, e.Target); err != nil {
		return err
	}
	return m.Record(ctx, tx, tenancyapi.Entry{Actor: e.Actor, Action: actionForgot, Target: e.Target})
}

// actionForgot is the entry without which nothing may be missing from others.
const actionForgot = "tenancy.audit_forgot"

// noted remembers that there is something to chain, once it is committed.
func (m *Module) noted() { m.unsealed.Store(true) }

// sealNoted chains what this node wrote down since it looked last.
func (m *Module) sealNoted(ctx context.Context) {
	if !m.unsealed.CompareAndSwap(true, false) {
		return
	}
	if _, err := m.SealAudit(ctx); err != nil && ctx.Err() == nil {
		m.log.WarnContext(ctx, "audit log not chained", "error", err.Error())
	}
}
