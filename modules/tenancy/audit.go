package tenancy

import (
	"context"
	"encoding/json"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// AuditRow is an entry of the audit log as it is read.
type AuditRow struct {
	ID     EntryID
	Store  tenant.StoreID // zero for entries of the operator
	Actor  auth.Actor
	Action string
	Target string
	Title  string
	Before json.RawMessage // empty when there was nothing before
	After  json.RawMessage
	At     time.Time

	platform tenant.PlatformID
	seq      int64  // place in the chain; 0 is not chained yet
	hash     string // of the chain up to here
}

var (
	_ tenancyapi.Audit   = (*Module)(nil)
	_ tenancyapi.Journal = (*Module)(nil)
	_ tenancyapi.Ledger  = (*Module)(nil)

	_ tenancyapi.Chronicle = (*Module)(nil)
	_ tenancyapi.Forgetter = (*Module)(nil)
)

// Record writes down what somebody did, in the transaction that does it.
func (m *Module) Record(ctx context.Context, tx *db.Tx[tenant.Store], e tenancyapi.Entry) error {
	tx.AfterCommit(m.noted)
	return insertAudit(ctx, tx, e)
}

// RecordAt writes down what somebody did for a platform or a merchant.
func (m *Module) RecordAt(ctx context.Context, tx *db.Tx[tenant.System], at tenancyapi.At, e tenancyapi.Entry) error {
	tx.AfterCommit(m.noted)
	return insertAuditFor(ctx, tx, where{store: at.Store, merchant: at.Merchant, platform: at.Platform}, e)
}

// RecordHere writes down what somebody did for the platform of the transaction.
func (m *Module) RecordHere(ctx context.Context, tx *db.Tx[tenant.Platform], e tenancyapi.Entry) error {
	tx.AfterCommit(m.noted)
	return insertAuditHere(ctx, tx, e)
}

// RecordAll writes down many things at once, in one statement.
func (m *Module) RecordAll(ctx context.Context, tx *db.Tx[tenant.Store], entries []tenancyapi.Entry) error {
	tx.AfterCommit(m.noted)
	return insertAudits(ctx, tx, entries)
}

// Story is what happened to one thing, newest first.
func (m *Module) Story(ctx context.Context, tx *db.Tx[tenant.Store], target string, before int64, limit int) ([]tenancyapi.Past, error) {
	return storyOf(ctx, tx, target, before, limit)
}

// AuditFilter chooses entries of the audit log. Empty is any.
type AuditFilter struct {
	Query    string            // in the name of who did it or of the thing
	Actor    string            // public identifier
	Kind     string            // of who did it: user, customer, token or system
	Area     string            // code of the module whose action it was
	Action   string            // exactly
	Target   string            // public identifier
	Platform tenant.PlatformID // of AuditOfAll only
	Store    tenant.StoreID    // of AuditOfAll only
	Since    time.Time         // with it
	Until    time.Time         // before it
	page.Request

	operator bool // only entries of the operator
}

// AuditLog is what happened in a store, newest first.
func (m *Module) AuditLog(ctx context.Context, in tenant.Store, f AuditFilter) (page.Page[AuditRow], error) {
	rows, err := db.Read(ctx, m.db, in, func(tx storeTx) ([]AuditRow, error) { return listAudit(ctx, tx, f) })
	return auditPage(rows, f, err)
}

// AuditOfAll is what happened everywhere within reach, newest first.
func (m *Module) AuditOfAll(ctx context.Context, r Reach, f AuditFilter) (page.Page[AuditRow], error) {
	rows, err := db.Read(ctx, m.db, m.system, func(tx systemTx) ([]AuditRow, error) { return listAuditOfAll(ctx, tx, r, f) })
	return auditPage(rows, f, err)
}

func auditPage(rows []AuditRow, f AuditFilter, err error) (page.Page[AuditRow], error) {
	if err != nil {
		return page.Page[AuditRow]{}, err
	}
	return page.Of(rows, f.Rows(), func(a AuditRow) []any { return []any{int64(a.ID)} }), nil
}
